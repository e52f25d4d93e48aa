"""The reply board, and the log of signed manifests, on a site that is built anew (step 1): the old site and the
new one in, one site out.

Who publishes boards may be another user than who builds: what lies there as the board is opened once,
without following a link, and nobody publishes while the one site takes the place of the other. It
refuses to know what a board is. The log only grows, and is signed offline: without it the next manifest
would begin another one.
"""

import fcntl
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from overrides.words.errors import SiteError

BOARD, LOG = "board.bin", "manifests.jsonl"
_MAX_BYTES = 8 * 2**20  # WIRE.md sections 6.2 and 7.1 have less
_PATIENCE = 10.0
_PAUSE = 0.05
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
LEFT_OUT = "the {} that stood there is no plain file and was left out: {} again"
_AGAIN = {BOARD: "publish it", LOG: "bring it"}


def refuse_foreign(out: Path) -> None:
    """A wrong --out must not cost a folder that is not ours."""
    if out.exists() and any(out.iterdir()) and not (out / "keys.json").is_file():
        raise SiteError(f"{out.name} is not a built site", "give --out a folder of its own")


def take_place(made: Path, out: Path) -> list[str]:
    """Put a built site in the place of the one before, with what it carries; returns what to tell of it."""
    if not out.exists():
        made.rename(out)
        return []
    with _alone(out):
        said = [line for name in _AGAIN for line in _carry(out / name, made / name)]
        before = made.with_name(f"{made.name}.before")
        out.rename(before)  # whole: of a site that is half gone nobody could say that it was one
        made.rename(out)
        shutil.rmtree(before)
    return said


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock that `desk publish` takes; a board put there later would be lost."""
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _lock(held, time.monotonic() + _PATIENCE)
        yield
    finally:
        os.close(held)


def _lock(held: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                hint = "wait until it is published, or look which program does (lslocks)"
                raise SiteError("another program holds the folder of the site", hint) from None
        time.sleep(_PAUSE)


def _carry(old: Path, new: Path) -> list[str]:
    if not os.path.lexists(old):
        return []
    try:
        octets = _read(old)
    except OSError:
        return [LEFT_OUT.format(old.name, _AGAIN[old.name])]
    new.write_bytes(octets)
    return []


def _read(path: Path) -> bytes:
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
            raise OSError("it is none of ours")
        return file.read(_MAX_BYTES)
