"""The desk gets onto a computer without a network, beside an older one, and back: the installer as people type it.

Debian's own Python and shell, a home of its own, and no network; fresh Debians are `python -m tests.desk_root`.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import lonely
from tests.lonely import Computer
from tests.soak import SOAK, count

WORDS = "trial trial trial trial trial trial trial\n"
_SECONDS = 120


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle on the stick."""
    out = tmp_path_factory.mktemp("stick") / "bundle"
    lonely.make(out)
    return out


@pytest.fixture(scope="module")
def later(bundle: Path) -> Path:
    """The bundle of a later version."""
    return lonely.other_version(bundle, bundle.with_name("later"), "0.2.0")


@pytest.fixture(scope="module")
def installed(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Computer:
    """A computer on which the desk is installed, for the first time."""
    computer = Computer(tmp_path_factory.mktemp("anna"))
    computer.install(bundle)
    return computer


def lying(folder: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of each file in a folder."""
    found = {path: path.lstat() for path in folder.rglob("*")}
    return {path: (status.st_size, status.st_mtime_ns) for path, status in found.items()}


def copy_of(computer: Computer, home: Path) -> Computer:
    """The same once more; nothing in it depends on where it lies."""
    shutil.copytree(computer.home, home, symlinks=True, copy_function=os.link)
    return Computer(home)


@pytest.fixture
def computer(installed: Computer, tmp_path: Path) -> Computer:
    """Such a computer for one test."""
    return copy_of(installed, tmp_path / "home")


@pytest.fixture(scope="module")
def upgraded(
    installed: Computer, later: Path, tmp_path_factory: pytest.TempPathFactory
) -> Computer:
    """A computer on which a later desk stands beside the first, and is the one."""
    computer = copy_of(installed, tmp_path_factory.mktemp("upgraded") / "home")
    first = computer.base / computer.current
    old = lying(first)
    kill_at_steps(computer, later)
    said = computer.install(later)
    assert f"the way back: sh {computer.base}/current/install --back" in said
    assert lying(first) == old
    return computer


@pytest.fixture(scope="module")
def store(installed: Computer) -> Path:
    """A case store, made there with the practice keys of the desk's own verbs."""
    for use in ("intake", "board"):
        made = installed.run("desk", "key", "new", use, "--practice", "--out", "keys")
        assert made.returncode == 0, made.stderr
    done = installed.run("desk", "rehearse", "store", "--keys", "keys")
    assert done.returncode == 0, done.stderr
    return installed.home / "store"


def test_the_desk_is_a_command_and_does_its_work_without_a_network(
    installed: Computer, bundle: Path, store: Path
) -> None:
    """It says which it is, rehearses, and proves a case store; nothing of the machine's Python is in it."""
    said = installed.run("desk", "--version").stdout
    listed = (bundle / "SHA256SUMS").read_text("ascii").splitlines(keepends=True)
    runs = "".join(line for line in listed if line[66:].startswith(("desk/", "docs/data/")))
    digits = subprocess.run(["sha256sum"], input=runs, capture_output=True, text=True).stdout[:64]
    commit = (bundle / "VERSION").read_text("ascii").splitlines()[1].removeprefix("commit ")
    assert said == f"desk 0.1.0\ncommit  {commit}\nfiles   {digits}\n"
    checked = installed.run("desk", "check", store, "--language", "en", input=WORDS)
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.endswith("faults: 0\n")
    there = installed.base / installed.current
    assert "include-system-site-packages = false" in (there / ".venv/pyvenv.cfg").read_text()
    packages = {path.name for path in there.glob(".venv/lib/python3*/site-packages/*")}
    assert "nacl" in packages
    assert not any(name.startswith(("boto", "pip", "setuptools")) for name in packages)


def test_a_verb_of_the_network_says_where_it_is_typed(installed: Computer) -> None:
    """There is no library for buckets, and the desk says so in a sentence."""
    (installed.home / "empty").mkdir()
    for words in (("fetch", "s3://bucket", "empty"), ("publish", "--probe", "s3://bucket")):
        said = installed.refused("desk", *words)
        assert said.startswith("desk: this desk is one without a network and reaches no bucket\n")


def test_nothing_is_loaded_from_the_folder_in_which_somebody_stands(
    installed: Computer, tmp_path: Path
) -> None:
    """A stick with a json.py or a desk of its own on it changes nothing, nor does a variable."""
    for name in ("json.py", "desk.py", "argparse.py", "sitecustomize.py"):
        (tmp_path / name).write_text("raise SystemExit('taken over')")
    words = ("env", f"PYTHONPATH={tmp_path}", f"PYTHONHOME={tmp_path}", "desk", "--version")
    done = installed.run(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout[:10]) == (0, "desk 0.1.0"), done.stderr
    there = installed.run("env", "-C", tmp_path, "desk", "key", "list", ".")
    assert "there is no public half of a key here" in there.stderr


def test_an_upgrade_stands_beside_the_old_one_opens_the_same_store_and_has_a_way_back(
    upgraded: Computer, store: Path, later: Path, tmp_path: Path
) -> None:
    """It becomes the desk when it finds the store whole, and not before."""
    computer = copy_of(upgraded, tmp_path / "home")
    way_back = ("sh", computer.base / "current/install", "--back")
    assert computer.run(*way_back).returncode == 0
    old = computer.current
    damaged = tmp_path / "damaged"
    shutil.copytree(store, damaged)
    (damaged / "stranger").write_text("x")
    said = computer.refused("sh", later / "install", "--store", damaged, input=WORDS)
    assert "the other desk does not take this case store" in said
    assert (computer.current, computer.number) == (old, "desk 0.1.0")
    said = computer.install(later, "--store", store, "--handler", "anna", input=WORDS)
    assert "faults: 0\n" in said
    assert computer.number == "desk 0.2.0"
    back = computer.run(*way_back, "--store", store, input=WORDS)
    assert (back.returncode, computer.current) == (0, old), back.stderr
    assert computer.run(*way_back).returncode == 0
    assert computer.number == "desk 0.2.0"


def test_there_is_no_way_back_from_the_first(computer: Computer) -> None:
    """Who asks for it is told so, and installing the same again changes nothing."""
    before = computer.current
    said = computer.refused("sh", computer.base / "current/install", "--back")
    assert "there is no desk before this one" in said
    assert "go to that folder on the stick" in computer.refused(
        "sh", computer.base / "current/install"
    )
    assert computer.current == before


def spoil_wheel(stick: Path) -> None:
    wheel = next((stick / "wheels").glob("polib-*.whl"))
    wheel.write_bytes(wheel.read_bytes()[:-1] + b"x")


def spoil_code(stick: Path) -> None:
    (stick / "desk/cli.py").write_text("print('mine')")


def lead_out(stick: Path) -> None:
    (stick.parent / "outside").write_bytes(b"")
    line = f"{hashlib.sha256(b'').hexdigest()}  ../outside\n"
    sums = (stick / "SHA256SUMS").read_text("ascii")
    (stick / "SHA256SUMS").write_text(line + sums, "ascii")


def lose(stick: Path) -> None:
    (stick / "desk/wire/seal.py").unlink()


def pin_another(stick: Path) -> None:
    """A wheel that the list knows, and the pins do not."""
    wheel = next((stick / "wheels").glob("polib-*.whl"))
    octets = wheel.read_bytes()
    lonely.rewrite(stick, f"wheels/{wheel.name}", octets[-1:], octets[-1:] + b"\0")


@pytest.mark.parametrize("spoil", [spoil_wheel, spoil_code, lead_out, lose, pin_another])
def test_a_stick_that_was_changed_installs_nothing(
    computer: Computer, later: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """A byte, a path or a file that is not as it was made: the desk that was here is still the one."""
    stick = tmp_path / "stick"
    shutil.copytree(later, stick)
    spoil(stick)
    said = computer.refused("sh", stick / "install")
    assert "install: " in said
    assert computer.number == "desk 0.1.0"
    assert not list(computer.base.glob("versions/0.2.0*/complete"))
    assert not any(path.is_file() for path in computer.home.rglob("outside"))


def test_what_the_computer_cannot_take_is_said_before_anything_is_done(
    bundle: Path, tmp_path: Path
) -> None:
    """An older Python, none at all, another program of that name, a word that is not known."""
    bare = Computer(tmp_path)
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\necho 3.9\n")
    old.chmod(0o755)
    install = ("sh", bundle / "install")
    assert "Python 3.9 on" in bare.refused("env", f"PYTHON={old}", *install)
    assert "no Python here" in bare.refused("env", "PYTHON=no-such-python", *install)
    assert "not known here" in bare.refused(*install, "--upgrade")
    assert "nothing behind --store" in bare.refused(*install, "--store")
    assert not bare.base.exists()
    (tmp_path / ".local/bin").mkdir(parents=True)
    (tmp_path / ".local/bin/desk").write_text("another program")
    said = bare.refused(*install)
    hint = said.partition("hint: give it another name first: ")[2]
    assert bare.run("sh", "-c", hint).returncode == 0
    assert not (tmp_path / ".local/bin/desk").exists()
    assert list(bare.base.glob("versions/*")) == []


def test_another_python_of_the_system_is_named(computer: Computer) -> None:
    """After an upgrade of Debian the desk says what to do, and installing from the same stick is it."""
    (lib,) = (computer.base / computer.current).glob(".venv/lib/python3*")
    lib.rename(lib.with_name("python3.1"))
    said = computer.refused("desk", "--version")
    assert "installed for another Python than python3." in said


def killed(computer: Computer, bundle: Path, moment: Callable[[], bool]) -> None:
    """Begin an install and kill it, with all that it started, when the moment has come or it has ended."""
    command = computer.command("sh", bundle / "install")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, start_new_session=True, **quiet) as child:
        until = time.monotonic() + _SECONDS
        while not moment() and child.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.001)
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)


def kill_at_steps(computer: Computer, later: Path) -> None:
    """Begin to install and be killed at a step of the work; the desk that was there is still the one."""
    new = "versions/0.2.0-*"
    steps = [
        f"{new}/SHA256SUMS",
        f"{new}/wheels/*",
        f"{new}/.venv/bin/python",
        f"{new}/.venv/lib/python3*/site-packages/*",
    ]
    for step in steps[count(0, 2) :][: count(4, 1)]:
        killed(computer, later, lambda step=step: any(computer.base.glob(step)))  # type: ignore[misc]
        assert any(computer.base.glob(step)), step
        assert not any(computer.base.glob(f"{new}/complete"))
        assert computer.number == "desk 0.1.0"


def test_a_killed_install_leaves_the_desk_that_was_there(
    computer: Computer, upgraded: Computer, later: Path
) -> None:
    """At each step of its work, and then it installs all the same; `make soak` kills at any time too."""
    assert upgraded.number == "desk 0.2.0"  # which `kill_at_steps` began
    began = time.monotonic()
    for _ in range(count(20, 0)):
        span = random.random() * 10
        killed(computer, later, lambda s=span, b=began: time.monotonic() > b + s)  # type: ignore[misc]
        began = time.monotonic()
        assert computer.number in ("desk 0.1.0", "desk 0.2.0")
    if SOAK:
        computer.install(later)
        assert computer.number == "desk 0.2.0"


def test_a_kill_while_the_links_change_leaves_one_of_the_two(
    upgraded: Computer, bundle: Path, later: Path, tmp_path: Path
) -> None:
    """There is always a desk, the one or the other, and afterwards both can still be had."""
    computer = copy_of(upgraded, tmp_path / "home")
    began = time.monotonic()
    computer.install(bundle)
    span = time.monotonic() - began
    for number in range(count(200, 4)):
        until = time.monotonic() + span * random.random()
        killed(computer, (later, bundle)[number % 2], lambda u=until: time.monotonic() > u)  # type: ignore[misc]
        assert computer.number in ("desk 0.1.0", "desk 0.2.0")
    computer.install(later)
    assert computer.number == "desk 0.2.0"
    computer.install(bundle)
    assert computer.number == "desk 0.1.0"
