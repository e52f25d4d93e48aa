"""Folders of sealed objects: the file store in step 5, the stick in steps 5 and 6.

Comes in: a path. Goes out: the names in it that can be objects, and bytes of plain files. It
refuses to follow a symbolic link, and to read more than it was told.
"""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

IN = "in"
_NAME = re.compile(r"[0-9a-f]{64}")  # WIRE.md section 2
# WIRE.md section 8: what proves a store, and no complaint. It stays where it cannot be taken away.
PROBE = "9320fc1c40dc1dc0ebea3387adfd19b911a00f1483611beefe08ccc03f3f900e"


def is_name(text: str) -> bool:
    """Whether a file name is one that an object can have; the probe's is none."""
    return _NAME.fullmatch(text) is not None and text != PROBE


def read_plain(path: str | Path, most: int) -> bytes:
    """Up to `most` bytes of a plain file; `OSError` for a link, a pipe, a folder or a device."""
    # Without O_NONBLOCK, a pipe that nobody writes to would hold us up for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("not a plain file")
        octets = os.read(descriptor, most)
        # A plain file gives all at once, except over some network file systems.
        while len(octets) < most and (more := os.read(descriptor, most - len(octets))):
            octets += more
        return octets
    finally:
        os.close(descriptor)


class Folder:
    """A folder that holds objects, itself or in its folder `in`."""

    def __init__(self, path: Path) -> None:
        self.path = path / IN if (path / IN).is_dir() else path

    def names(self) -> Iterator[str]:
        """The names of the plain files in it."""
        with os.scandir(self.path) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    yield entry.name

    def read(self, name: str, most: int) -> bytes:
        """At most `most` bytes of one object; `OSError` if it is not there or not a plain file."""
        return read_plain(self.path / name, most)
