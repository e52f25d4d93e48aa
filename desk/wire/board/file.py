"""A reply board as a file on a stick or where the site is served, in step 8.

Comes in: a path. Goes out: bytes that arrived whole, or a file that is there whole or not at all. It
refuses to know keys, like `heading`.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desk.errors import DeskError, Refused
from desk.folder import folder_of, lock, make_readable, part_of, read_plain, stage
from desk.wire.board import heading
from desk.wire.board.heading import MAX_BYTES, Heading

_READABLE = 0o644  # the server that serves it is another user
# A writer is done within a second; who may read a folder can hold its lock for ever.
_PATIENCE = 10.0
_IN_THE_WAY = (
    "nothing was changed there; look whether the folder is there and can be written, and "
    "whether the name is that of a file, then run the same command again"
)


def read(path: Path) -> tuple[bytes, Heading]:
    """A board and what it says of itself; `DeskError` if it cannot be read or is not whole."""
    try:
        octets = read_plain(path, MAX_BYTES + 1)
    except OSError as error:
        raise DeskError(f"cannot read the board: {error.strerror or error}") from None
    try:
        return octets, heading.whole(octets)
    except Refused as refused:
        hint = "write it onto the stick again with `desk board`"
        raise DeskError(f"this is no whole board: {refused.check}", hint) from None


def write(path: Path, octets: bytes, *, allow: Callable[[], None] = lambda: None) -> None:
    """Replace a file at once: whoever reads it meanwhile gets the old or the new one whole.

    One writer at a time: `allow` looks and may raise while nobody else can come in between. Raises
    `DeskError` if that cannot be had, or if a folder lies in the way.
    """
    _refuse_folder(path)
    try:
        with _alone(path.parent) as folder:
            allow()
            _replace(path, octets)
            os.fsync(folder)
    except OSError as error:
        raise DeskError(f"cannot write the board: {error.strerror or error}", _IN_THE_WAY) from None


@contextmanager
def _alone(folder: Path) -> Iterator[int]:
    """Wait until no other writer is in a folder; its lock goes with the process that holds it."""
    descriptor = folder_of(folder)
    try:
        if not lock(descriptor, _PATIENCE):
            hint = "nothing was changed there; look which one does (lslocks), and end it"
            raise DeskError("another program holds the folder of the board", hint)
        yield descriptor
    finally:
        os.close(descriptor)


def _refuse_folder(path: Path) -> None:
    for place in (path, part_of(path)):
        if place.is_dir() and not place.is_symlink():
            raise DeskError(f"a folder lies where the file {place} should be", _IN_THE_WAY)


def _replace(path: Path, octets: bytes) -> None:
    """Only under the lock: the part has one name, so that what a broken run left goes with the next."""
    part = stage(path, octets, _READABLE)
    make_readable(part, _READABLE)
    os.replace(part, path)
