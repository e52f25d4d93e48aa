"""The one way of the desk to open a file that somebody else may have put there: sticks, copies, key files.

Comes in: a path. Goes out: bytes of plain files, names of plain files, or a new file. It refuses to
follow a symbolic link, to wait for a pipe, to read more than it was told, and to go down for ever:
`tests/test_house_files.py` holds that nothing else at the desk opens files of others.
"""

import errno
import fcntl
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

IN = "in"
UNFINISHED = ".unfinished"  # in `in/`: the drop was not fetched to its end
FETCHED = ".fetched"  # in `in/`: the day on which the fetch began that left nothing out
FRESH = timedelta(days=2)  # how long what was fetched or read stands for all that lies in the drop
DEEPEST = 32  # folders in each other that are looked into; a stick has three
PRIVATE = 0o600  # mode of a file
_NAME = re.compile(r"[0-9a-f]{64}")  # WIRE.md section 2
# WIRE.md section 8: what proves a store, and no complaint. It stays where it cannot be taken away.
PROBE = "9320fc1c40dc1dc0ebea3387adfd19b911a00f1483611beefe08ccc03f3f900e"
_FIRST = re.compile(r"[0-9a-f]{2}")
_MARK_BYTES = 64
_MORE_BYTES = 4_096
_PAUSE = 0.05
# Without O_NONBLOCK, a pipe that nobody writes to would hold us up for ever.
_PLAIN = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def is_name(text: str) -> bool:
    """Whether a file name is one that an object can have; the probe's is none."""
    return _NAME.fullmatch(text) is not None and text != PROBE


def open_plain(path: str | Path, flags: int = os.O_RDONLY) -> int:
    """The descriptor of a plain file; `OSError` for a link, a pipe, a folder or a device."""
    descriptor = os.open(path, flags | _PLAIN, PRIVATE)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is not a plain file")
    return descriptor


def folder_of(path: str | Path) -> int:
    """The descriptor of a folder; `OSError` for anything else."""
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def lock(descriptor: int, patience: float) -> bool:
    """Lock a folder against other writers; false if that cannot be had within so many seconds.

    Who may read a folder can hold its lock for ever. It goes with the descriptor.
    """
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
        else:
            return True
        time.sleep(_PAUSE)


def sync_folder(path: str | Path) -> None:
    """Make the names in a folder outlast a power cut."""
    descriptor = folder_of(path)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def opened(path: str | Path, flags: int = os.O_RDONLY) -> Iterator[int]:
    """A plain file, open for the time of the block; `OSError` as for `open_plain`."""
    descriptor = open_plain(path, flags)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def read_plain(path: str | Path, most: int) -> bytes:
    """Up to `most` bytes of a plain file; `OSError` for a link, a pipe, a folder or a device."""
    descriptor = open_plain(path)
    try:
        octets, size = b"", os.fstat(descriptor).st_size
        while len(octets) < most:
            # Room for what is there and a little more: to make it for `most` takes longer than to read.
            room = max(0, size - len(octets)) + _MORE_BYTES
            # A plain file gives all at once, except over some network file systems.
            more = os.read(descriptor, min(room, most - len(octets)))
            if not more:
                break
            octets += more
        return octets
    finally:
        os.close(descriptor)


def create(path: str | Path, mode: int = PRIVATE) -> int:
    """A new file, open for writing; `OSError` when anything lies there, a link or a pipe too."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN, mode)


def write_new(path: Path, octets: bytes, mode: int = PRIVATE) -> None:
    """Write a file where there was none, durably; what could not be written whole goes again."""
    descriptor = create(path, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(octets)
            file.flush()
            os.fsync(descriptor)
    except BaseException:
        with suppress(OSError):
            os.unlink(path)
        raise


def part_of(path: Path) -> Path:
    """The name that a file or folder has while it is being written."""
    return path.with_name(f".{path.name}.part")


def stage(path: Path, octets: bytes, mode: int = PRIVATE) -> Path:
    """Write the bytes durably under the name of a part, which is returned.

    The part has one name, so that what a broken run left goes with the next.
    """
    part = part_of(path)
    # It is taken away and not written over: it may be a pipe, or a link to something else.
    with suppress(FileNotFoundError):
        os.unlink(part)
    write_new(part, octets, mode)
    return part


def make_readable(path: Path, mode: int) -> None:
    """Give a file of ours its mode, whatever the mask of this machine; a FAT stick has no modes."""
    with opened(path) as descriptor:
        try:
            os.fchmod(descriptor, mode)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOSYS, errno.ENOTSUP):
                raise


def walk(
    top: Path, *, refuse: Callable[[OSError], None]
) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Each folder from `top` down, with the names of the folders and of all else in it, in order.

    The caller may take names out of the folders, which are then not looked into. No link is
    followed. `refuse` is told of each folder that cannot be looked into, and may raise.
    """
    waiting = [(top, 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            if depth > DEEPEST:
                raise OSError(errno.ELOOP, "too many folders in each other", str(folder))
            with os.scandir(folder) as entries:
                found = sorted(
                    (entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries
                )
        except OSError as error:
            refuse(error)
            continue
        folders = [name for name, is_folder in found if is_folder]
        yield folder, folders, [name for name, is_folder in found if not is_folder]
        waiting += [(folder / name, depth + 1) for name in reversed(folders)]


def place(folder: Path, name: str) -> Path:
    """Where an object lies below `in/`: by its first two digits, since FAT folders become full."""
    return folder / name[:2] / name


def is_unfinished(stick: Path) -> bool:
    """Whether a stick, or its folder `in`, says that not the whole drop is on it."""
    return any(os.path.lexists(folder / UNFINISHED) for folder in (stick, stick / IN))


def fetched_on(stick: Path) -> date | None:
    """The day on which all of the drop lay on a stick, or in its folder `in`; `None` if none is said.

    A mark that cannot be read is one of long ago.
    """
    for folder in (stick, stick / IN):
        if not os.path.lexists(folder / FETCHED):
            continue
        try:
            said = read_plain(folder / FETCHED, _MARK_BYTES).decode("ascii").strip()
            return date.fromisoformat(said)
        except (OSError, ValueError):
            return date.min
    return None


def is_old(stick: Path, today: date) -> bool:
    """Whether a stick was fetched too long ago to hold the whole drop, or with another clock."""
    day = fetched_on(stick)
    return day is not None and not day <= today <= day + FRESH


def is_part(path: Path) -> bool:
    """Whether this is one of the folders into which `place` puts the objects of a stick."""
    whole = path.resolve()
    return _FIRST.fullmatch(whole.name) is not None and whole.parent.name == IN


class Folder:
    """A folder that holds objects, itself or in its folder `in`, or there by their first two digits."""

    def __init__(self, path: Path) -> None:
        self.path = path / IN if (path / IN).is_dir() else path

    def names(self) -> Iterator[str]:
        """The names of the plain files in it, and of the objects in their folders."""
        with os.scandir(self.path) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    yield entry.name
                elif _FIRST.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                    yield from self._below(entry.name)

    def _below(self, first: str) -> Iterator[str]:
        with os.scandir(self.path / first) as entries:
            for entry in entries:
                is_ours = is_name(entry.name) and entry.name.startswith(first)
                if is_ours and entry.is_file(follow_symlinks=False):
                    yield entry.name

    def read(self, name: str, most: int) -> bytes:
        """At most `most` bytes of one object; `OSError` if it is not there or not a plain file."""
        try:
            return read_plain(self.path / name, most)
        except FileNotFoundError:
            return read_plain(place(self.path, name), most)
