"""One process at a time in a case store, between steps 6 and 7.

Comes in: the folder of a store. Goes out: a hold on it that ends with the process. It refuses to
wait, and to know what is done meanwhile.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk.errors import DeskError
from desk.folder import open_plain
from desk.store.disk import LOCK, reading


class Hold:
    """A store held by this process, until it is let go."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let it go; again is harmless."""
        held, self._descriptor = self._descriptor, None
        if held is not None:
            os.close(held)


def _flock(path: Path, flags: int, operation: int) -> Hold:
    descriptor = open_plain(path, flags)
    try:
        fcntl.flock(descriptor, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        hint = "close the other window or program that has it open"
        raise DeskError("the case store is in use", hint) from None
    return Hold(descriptor)


@contextmanager
def locked(store: Path) -> Iterator[Hold]:
    """Hold a store for this process alone, until the hold is released or the block fails."""
    with reading(store):
        hold = _flock(store / LOCK, os.O_RDWR | os.O_CREAT, fcntl.LOCK_EX)
    try:
        yield hold
    except BaseException:
        hold.release()
        raise


@contextmanager
def unchanging(store: Path) -> Iterator[None]:
    """Let nobody write to a store while it is read; it may lie where nothing can be written."""
    if not (store / LOCK).exists():
        yield
        return
    with reading(store):
        hold = _flock(store / LOCK, os.O_RDONLY, fcntl.LOCK_SH)
    try:
        yield
    finally:
        hold.release()
