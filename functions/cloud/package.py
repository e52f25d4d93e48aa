"""The package of the function: `python -m functions.cloud.package OUT.zip`.

Our modules, what of the S3 library a put uses, the key list and the site's headers come in; a zip goes
out, the same bytes each time from one Python, whose byte code it holds (`README.md` beside this). It
has no key but public ones, and nothing compiled: it runs on both kinds of processor.
"""

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from functions import accepted, site_headers
from functions.cloud import trim
from functions.cloud.wheels import wheels
from functions.errors import SetupError

LIBRARIES = ("botocore", "jmespath", "python-dateutil", "six", "urllib3")
_HOUSE = Path(__file__).resolve().parents[2]
LOCK = _HOUSE / "requirements" / "serve.txt"
_OURS = (
    "functions/__init__.py",
    "functions/accepted.py",
    "functions/cloud/__init__.py",
    "functions/cloud/event.py",
    "functions/cloud/handler.py",
    "functions/drop.py",
    "functions/errors.py",
    "functions/probe.py",
    "functions/shape.py",
    "functions/site_headers.py",
    "functions/store.py",
    "functions/store_s3.py",
)
_HINT = "make the site first, and check what --keys, --headers and --python name"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name
_FILE_MODE = 0o100644 << 16

Files = dict[str, bytes]


def build(keys: Path, headers: Path, cache: Path, python: str = sys.executable) -> bytes:
    """Return the zip. `keys` is the key list, `headers` those of the site, `cache` a folder for wheels.

    `python` is that of the runtime: another version reads the sources too, and takes twice as long to
    start. Raises `SetupError` or `OSError`: a function without these would refuse every sender.
    """
    texts = {"keys.json": _text(keys), "headers.json": _text(headers)}
    accepted.read(texts["keys.json"])
    site_headers.parse(texts["headers.json"])
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    files |= {name: (_HOUSE / name).read_bytes() for name in _OURS}
    for wheel in wheels(LOCK, LIBRARIES, cache):
        files |= trim.needed(_unpacked(wheel))
    return _zipped(files | _byte_code(files, python))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise SetupError(f"{path.name} is no text") from error


def _unpacked(wheel: Path) -> Files:
    with zipfile.ZipFile(wheel) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _zipped(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system, entry.external_attr = 3, _FILE_MODE
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, files[name])
    return made.getvalue()


# Python asks a file for its time before it believes its byte code, and a zip's times are not those of
# the package's machine. `UNCHECKED_HASH` is the kind that it believes as it is.
_COMPILE = """
import pathlib, py_compile, sys
kind = py_compile.PycInvalidationMode.UNCHECKED_HASH
for path in sorted(pathlib.Path().rglob("*.py")):
    py_compile.compile(str(path), dfile=str(path), doraise=True, invalidation_mode=kind)
"""


def _byte_code(files: Mapping[str, bytes], python: str) -> Files:
    """Compile the modules among these, in a process with nothing else in it: else the bytes differ."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write({path: one for path, one in files.items() if path.endswith(".py")}, folder)
        command = [_whole(python), "-S", "-s", "-P", "-c", _COMPILE]
        one_order = {"PYTHONHASHSEED": "0"}
        subprocess.run(command, cwd=folder, env=one_order, check=True)  # noqa: S603 - our own words
        compiled = sorted(folder.rglob("*.pyc"))
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in compiled}


def _whole(program: str) -> str:
    """Return where a program is, for a process that begins in another folder."""
    found = shutil.which(program)
    if found is None:
        raise SetupError(f"there is no {program}")
    return str(Path(found).absolute())


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _runtime(names: Iterable[str]) -> str:
    """Return the name that Lambda has for the Python whose byte code this is."""
    tag = next(name for name in names if name.endswith(".pyc")).rpartition("cpython-")[2]
    return f"python{tag[0]}.{tag[1:].partition('.')[0]}"


def main(arguments: Iterable[str] | None = None) -> None:
    """Write the package and say how large it is; exits with a sentence if it cannot."""
    args = _parser().parse_args(None if arguments is None else [*arguments])
    try:
        packed = build(args.keys, args.headers, args.cache, args.python)
        args.out.write_bytes(packed)
    except (SetupError, OSError) as error:
        sys.exit(f"functions: {error}\nhint: {_HINT}")
    with zipfile.ZipFile(io.BytesIO(packed)) as made:
        runtime = _runtime(made.namelist())
    sys.stderr.write(
        f"functions: {args.out} has {len(packed):,} bytes, for the runtime {runtime}\n"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="functions.cloud.package", description="pack the drop")
    parser.add_argument("out", type=Path, help="the zip to write")
    parser.add_argument("--keys", type=Path, required=True, help="the key list of the site")
    parser.add_argument(
        "--headers", type=Path, required=True, help="its headers, beside the built site"
    )
    parser.add_argument("--python", default=sys.executable, help="that of the runtime")
    parser.add_argument(
        "--cache", type=Path, default=Path("var/function-wheels"), help="folder for wheels"
    )
    return parser


if __name__ == "__main__":
    main()
