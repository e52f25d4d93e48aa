"""The package's libraries, as wheels: those of our lock file, each known by its hash and no other way.

A lock file and names come in, files of wheels go out. What a folder holds is looked at again each
time; what is missing there is asked of the package index, which cannot give anything else.
"""

import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from functions.errors import SetupError

_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def wheels(lock: Path, names: Sequence[str], folder: Path) -> list[Path]:
    """Return the wheel of each name, in that order, out of `folder` or fetched into it.

    Raises `SetupError` if the lock file has no such name, or the index does not give the file.
    """
    wanted = pins(lock, names)
    folder.mkdir(parents=True, exist_ok=True)
    missing = [pin for pin in wanted if _held(pin, folder) is None]
    if missing:
        _fetch(missing, folder)
    found = [_held(pin, folder) for pin in wanted]
    if None in found:
        raise SetupError("a library of the package could not be fetched")
    return [path for path in found if path is not None]


def pins(lock: Path, names: Sequence[str]) -> list[str]:
    """Return the lines of each library in a lock file, or raise `SetupError`."""
    text = lock.read_text("utf-8")
    return [_pin(text, name) for name in names]


def _pin(lock: str, name: str) -> str:
    """Return the lines of one library: its version and its hashes."""
    found = re.search(rf"^{re.escape(name)}==.*?(?=^\S|\Z)", lock, re.M | re.S)
    if found is None:
        raise SetupError(f"the lock file has no {name}")
    return found[0]


def _held(pin: str, folder: Path) -> Path | None:
    hashes = set(_HASH.findall(pin))
    for path in sorted(folder.glob("*.whl")):
        if hashlib.sha256(path.read_bytes()).hexdigest() in hashes:
            return path
    return None


def _fetch(wanted: Sequence[str], folder: Path) -> None:
    """Let pip fetch them, which refuses what has another hash; each appears whole or not at all."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--no-deps", "--only-binary=:all:"]
    command += ["--requirement", "/dev/stdin"]  # it reads such a list from a file
    with tempfile.TemporaryDirectory(dir=folder) as name:
        done = subprocess.run(  # noqa: S603 - our own words and those of our lock file
            [*command, "--dest", name],
            input="".join(wanted),
            text=True,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            raise SetupError("a library of the package could not be fetched")
        for path in Path(name).iterdir():
            path.replace(folder / path.name)
