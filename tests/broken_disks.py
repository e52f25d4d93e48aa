"""Ways in which the disk under the file store fails, each real: the kernel itself says no to the app.

Nothing is put in the place of a call of the system. A small file system in memory is filled, or made
read-only; a limit of the running process is lowered; rights are taken; and `strace` has the kernel
answer a sync with an error. It needs root, as the sticks of the tests do, and says what to install.
"""

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MIB = 2**20
ROOM_BYTES, NAMES = 4 * MIB, 64
RUN = "run as root: python -m tests.sticks"
# Root may read and write everything whatever its mode says. Without these two rights it is bound by
# the modes of what is its own, as the user of a service is.
BOUND = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
_PATIENCE_S = 20.0


@dataclass(frozen=True)
class Disk:
    """A file system of its own with the store in it, and the process that writes there."""

    root: Path
    pid: int

    @property
    def folder(self) -> Path:
        return self.root / "in"


@contextmanager
def mounted(at: Path) -> Iterator[Path]:
    """Mount a small file system in memory, with modes, links and an end."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("strace", "setpriv"))):
        raise RuntimeError(f"no disk can be broken here; {RUN}")
    at.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={ROOM_BYTES},nr_inodes={NAMES},mode=0700", "tmpfs", at)
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True, timeout=_PATIENCE_S)


def _mount(*options: str | Path) -> None:
    subprocess.run(["mount", *map(str, options)], check=True, timeout=_PATIENCE_S)


@contextmanager
def full(disk: Disk) -> Iterator[None]:
    """Fill the file system to its last byte."""
    filler = disk.root / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4_096):
                pass
        except OSError:
            pass
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def almost_full(disk: Disk) -> Iterator[None]:
    """Leave room for a half of an object."""
    with full(disk):
        os.truncate(disk.root / "filler", (disk.root / "filler").stat().st_size - 8_192)
        yield


@contextmanager
def no_names(disk: Disk) -> Iterator[None]:
    """Leave room, and no file that could still be made."""
    left = os.statvfs(disk.root).f_favail
    names = [disk.root / f"name-{number}" for number in range(left)]
    for name in names:
        name.touch()
    try:
        yield
    finally:
        for name in names:
            name.unlink()


@contextmanager
def read_only(disk: Disk) -> Iterator[None]:
    """Let nothing be written, as the kernel does with a disk that it does not trust any more."""
    _mount("-o", "remount,ro", disk.root)
    try:
        yield
    finally:
        _mount("-o", "remount,rw", disk.root)


def _limited(what: int, soft: int) -> Callable[[Disk], "Iterator[None]"]:
    """Lower a limit of the running process."""

    def lowered(disk: Disk) -> Iterator[None]:
        before = resource.prlimit(disk.pid, what)
        resource.prlimit(disk.pid, what, (soft, before[1]))
        try:
            yield
        finally:
            resource.prlimit(disk.pid, what, before)

    return lowered


@contextmanager
def no_folder(disk: Disk) -> Iterator[None]:
    """Take the folder away, as a disk that is not mounted."""
    disk.folder.rename(disk.root / "elsewhere")
    try:
        yield
    finally:
        (disk.root / "elsewhere").rename(disk.folder)


@contextmanager
def no_rights(disk: Disk) -> Iterator[None]:
    """Take every right to the folder."""
    before = disk.folder.stat().st_mode
    disk.folder.chmod(0)
    try:
        yield
    finally:
        disk.folder.chmod(before)


@contextmanager
def folder_is_a_file(disk: Disk) -> Iterator[None]:
    """Put a file where the folder was."""
    with no_folder(disk):
        disk.folder.write_bytes(b"")
        try:
            yield
        finally:
            disk.folder.unlink()


def _injected(calls: str) -> Callable[[Disk], "Iterator[None]"]:
    """Have the kernel answer calls of the process with an input/output error, and skip them."""

    def attached(disk: Disk) -> Iterator[None]:
        options = ["-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls.partition(':')[0]}"]
        command = ["strace", *options, "-e", f"inject={calls}", "-p", str(disk.pid)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as tracer:
            _wait(lambda: _is_traced(disk.pid))
            try:
                yield
            finally:
                tracer.send_signal(signal.SIGINT)
                tracer.wait(_PATIENCE_S)

    return attached


def _is_traced(pid: int) -> bool:
    """Whether every thread of a process is held by a tracer."""
    states = [(task / "status").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    return all("TracerPid:\t0\n" not in state for state in states)


def _wait(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not is_so():
        if time.monotonic() > until:
            raise RuntimeError("the tracer did not come")
        time.sleep(0.01)


FAULTS = {
    "disk_full": full,
    "room_for_half": almost_full,
    "no_names_left": no_names,
    "read_only": read_only,
    "file_too_large": contextmanager(_limited(resource.RLIMIT_FSIZE, 8_192)),
    "sync_error": contextmanager(_injected("fsync:error=EIO")),
    "sync_of_the_folder_error": contextmanager(_injected("fsync:error=EIO:when=2+2")),
    "no_folder": no_folder,
    "folder_is_a_file": folder_is_a_file,
    "no_rights": no_rights,
}
