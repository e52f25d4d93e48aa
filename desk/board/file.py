"""A reply board as a file on a stick or where the site is served, in step 8.

Comes in: a path. Goes out: bytes that arrived whole, or a file that is there whole or not at all. It
refuses to know keys, like `heading`.
"""

import os
from pathlib import Path

from desk.board import heading
from desk.board.heading import MAX_BYTES, Heading
from desk.errors import DeskError, Refused
from desk.folder import read_plain

_READABLE = 0o644  # the server that serves it is another user


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


def write(path: Path, octets: bytes) -> None:
    """Replace a file at once: whoever reads it meanwhile gets the old or the new one whole."""
    part = path.with_name(f".{path.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    try:
        with os.fdopen(os.open(part, flags, _READABLE), "wb") as file:
            file.write(octets)
            os.fchmod(file.fileno(), _READABLE)  # whatever the mask of this machine is
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
        _sync(path.parent)
    except OSError as error:
        hint = "nothing was changed there; run the same command again"
        raise DeskError(f"cannot write the board: {error.strerror or error}", hint) from None


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
