"""Another Python than the one that runs the tests, with what a release is built by: does it make the same files?

`python -m tests.other_python` sees to it that it lies in `var/other-python`. It takes the one that BALIE_OTHER_PYTHON
names, or else one of PATH. A test without it fails and says this line.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
FOLDER = REPO / "var" / "other-python"
PROGRAM = FOLDER / "bin" / "python"
LISTS = [REPO / "requirements" / f"{name}.txt" for name in ("serve", "paper", "sound")]
OLDEST, NEWEST = 11, 20  # of Python 3
RUN = "run: python -m tests.other_python"
VERSION = "import sys; print(*sys.version_info[:2])"


def program() -> str:
    """The path of it; `RuntimeError` where nobody has put it there."""
    if not PROGRAM.exists():
        raise RuntimeError(f"there is no other Python; {RUN}")
    return str(PROGRAM)


def version(python: str | Path) -> tuple[int, ...]:
    """Of a program that may be no Python, or one that does not start: (0,) then."""
    try:
        done = subprocess.run([python, "-c", VERSION], capture_output=True, text=True)
    except OSError:
        return (0,)
    return tuple(map(int, done.stdout.split())) if done.returncode == 0 else (0,)


def _found() -> Iterator[str]:
    """Every Python of another version, the newest first."""
    named = os.environ.get("BALIE_OTHER_PYTHON")
    names = [named] if named else [f"python3.{n}" for n in range(NEWEST, OLDEST - 1, -1)]
    for name in names:
        path = shutil.which(name)
        if path and version(path) > (3, OLDEST - 1) and version(path) != sys.version_info[:2]:
            yield path


def _mark() -> str:
    return sha256(b"".join(path.read_bytes() for path in LISTS)).hexdigest()


def see_to() -> int:
    """0 when it lies there or was made, 3 when this machine has no other Python."""
    ready = FOLDER / "ready"
    if ready.is_file() and ready.read_text("ascii") == _mark() and version(PROGRAM) > (3,):
        return 0
    python = next(_found(), None)
    if python is None:
        own = ".".join(map(str, sys.version_info[:2]))
        print(f"the tests need a Python 3.{OLDEST} or newer that is not {own}, for the same files;")
        print("install one, or name it: BALIE_OTHER_PYTHON=PATH")
        return 3
    shutil.rmtree(FOLDER, ignore_errors=True)
    subprocess.run([python, "-m", "venv", FOLDER], check=True)
    quiet = ["--quiet", "--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes"]
    lists = [word for path in LISTS for word in ("-r", path)]
    subprocess.run([PROGRAM, "-m", "pip", "install", *quiet, *lists], check=True)
    ready.write_text(_mark(), "ascii")
    return 0


if __name__ == "__main__":
    sys.exit(see_to())
