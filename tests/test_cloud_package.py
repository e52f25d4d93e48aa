"""The package of the function: the same bytes each time, small, and nothing in it that need not be."""

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from functions.cloud import package, wheels
from functions.errors import SetupError
from tests import cloud
from tests.stores import REPO

MB = 1_000_000
UNCHECKED = 0b01  # flags of a .pyc with a hash that is not looked at (PEP 552)


def arguments(folder: Path, *more: str) -> list[str]:
    """What is typed to make it from the files of that folder."""
    line = [str(folder / "out.zip"), "--keys", str(folder / "keys.json")]
    line += ["--headers", str(folder / "site.headers.json"), "--cache", str(cloud.WHEELS)]
    return [*line, *more]


def refused(folder: Path, *more: str) -> list[str]:
    """The two lines with which it makes none."""
    with pytest.raises(SystemExit) as caught:
        package.main(arguments(folder, *more))
    assert not (folder / "out.zip").exists()
    return str(caught.value).splitlines()


def test_the_same_bytes_each_time(zipped: bytes, tmp_path: Path) -> None:
    """Whatever order the process has for its sets, and wherever it was made."""
    cloud.packed(tmp_path)
    line = [sys.executable, "-m", "functions.cloud.package", *arguments(tmp_path)]
    env = os.environ | {"PYTHONHASHSEED": "7", "TMPDIR": str(tmp_path)}
    done = subprocess.run(line, cwd=REPO, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "out.zip").read_bytes() == zipped
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    assert done.stderr == (
        f"functions: {tmp_path / 'out.zip'} has {len(zipped):,} bytes, for the runtime {version}\n"
    )


def test_it_is_small(zipped: bytes, unpacked: Path) -> None:
    """What a start has to read and unpack."""
    assert len(zipped) <= 2.5 * MB
    assert sum(path.stat().st_size for path in unpacked.rglob("*") if path.is_file()) <= 7 * MB


def test_every_module_has_byte_code_that_python_believes(unpacked: Path) -> None:
    """Byte code of the kind whose source is not looked at, which names no folder of this machine."""
    modules = [*unpacked.rglob("*.py")]
    assert len(modules) > 100
    for path in modules:
        code = path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.pyc"
        octets = code.read_bytes()
        assert int.from_bytes(octets[4:8], "little") == UNCHECKED, path
        assert str(REPO).encode() not in octets
        assert str(unpacked).encode() not in octets


def test_it_holds_our_modules_five_libraries_and_two_files(unpacked: Path) -> None:
    """Nothing compiled, so it runs on both kinds of processor; no key but public ones."""
    top = {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}
    libraries = {"botocore", "dateutil", "jmespath", "six.py", "urllib3"}
    assert top == {"functions", "keys.json", "headers.json", "__pycache__", *libraries}
    kinds = {path.suffix for path in unpacked.rglob("*") if path.is_file()}
    assert not kinds - {".py", ".pyc", ".json", ".pem", ".txt", ".rst", ".md", ""}
    licences = {path.parts[len(unpacked.parts)] for path in unpacked.rglob("*LICEN*")}
    assert len(licences) == len(package.LIBRARIES)


def test_our_modules_in_it_are_those_that_the_handler_needs(unpacked: Path) -> None:
    """None is missing, and none lies there for nothing."""
    script = "import functions.cloud.handler, sys; print(*(n for n in sys.modules if n.startswith('functions')))"
    line = [sys.executable, "-S", "-s", "-P", "-B", "-c", script]
    done = subprocess.run(
        line, env={"PYTHONPATH": str(unpacked)}, capture_output=True, text=True, check=True
    )
    found = {
        path.relative_to(unpacked).with_suffix("") for path in unpacked.glob("functions/**/*.py")
    }
    names = {".".join(path.parts).removesuffix(".__init__") for path in found}
    assert names == set(done.stdout.split())


def test_a_python_that_is_not_there_makes_no_package(tmp_path: Path) -> None:
    """Its name is said; a program of another folder would be looked for in the wrong one."""
    cloud.make_deployment(tmp_path)
    assert refused(tmp_path, "--python", "python2.0")[0] == "functions: there is no python2.0"


@pytest.mark.parametrize("name", ["keys.json", "site.headers.json"])
@pytest.mark.parametrize("text", ["{}", "\udcff", None], ids=["empty", "no_text", "missing"])
def test_a_file_that_the_function_could_not_use_makes_no_package(
    tmp_path: Path, name: str, text: str | None
) -> None:
    """It would refuse every sender, and say so to nobody."""
    cloud.make_deployment(tmp_path)
    (tmp_path / name).unlink()
    if text is not None:
        (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    said, hint = refused(tmp_path)
    assert said.startswith("functions: ")
    assert hint.startswith("hint: make the site first")


def test_a_wheel_with_other_bytes_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zipped: bytes
) -> None:
    """One changed byte, and nobody to fetch another from: no package."""
    assert zipped  # so the wheels are there
    shutil.copytree(cloud.WHEELS, tmp_path / "wheels")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert len(wheels.wheels(package.LOCK, package.LIBRARIES, tmp_path / "wheels")) == 5
    (six,) = (tmp_path / "wheels").glob("six-*.whl")
    six.write_bytes(six.read_bytes()[:-1] + b"x")
    with pytest.raises(SetupError, match="could not be fetched"):
        wheels.wheels(package.LOCK, package.LIBRARIES, tmp_path / "wheels")


def test_a_library_that_is_not_in_the_lock_file_is_not_fetched(tmp_path: Path) -> None:
    """Every library comes by its hash, or not at all."""
    with pytest.raises(SetupError, match="the lock file has no left-pad"):
        wheels.wheels(package.LOCK, ["left-pad"], tmp_path)


def test_a_zip_unpacks_to_files_that_everybody_may_read(zipped: bytes) -> None:
    """Lambda runs as another user than the one who unpacks."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as opened:
        assert {entry.external_attr >> 16 for entry in opened.infolist()} == {0o100644}
        assert opened.namelist() == sorted(opened.namelist())
