"""Sticks as people have them: images of FAT, exFAT and of a folder that is soon full, really mounted.

`python -m tests.sticks` sees to it that the drivers are there. As root it installs Debian's packages;
without root it prints the one line to run and exits with 3. A test on a machine without them fails
and says the same line: nothing is skipped. The drivers are those of the kernel where it has them,
else those of FUSE, which keep as few modes.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import packages

PROGRAMS = ["mkfs.vfat", "mkfs.exfat", "mount.exfat-fuse", "fusefat"]
PACKAGES = ["dosfstools", "exfatprogs", "exfat-fuse", "fusefat", "fuse3"]
RUN = "run as root: python -m tests.sticks"
IMAGE_BYTES = 64 * 2**20
SECONDS = 30
_MASK = "umask=0022"  # what a desktop gives: everybody may read


def _run(*command: str | Path) -> str:
    done = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, check=False, timeout=SECONDS
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip()}; {RUN}")
    return done.stdout.strip()


def _has_driver(kind: str) -> bool:
    return kind in Path("/proc/filesystems").read_text("ascii").split()


def _image(folder: Path, *maker: str) -> tuple[Path, Path]:
    missing = [name for name in (maker[0], "losetup") if shutil.which(name) is None]
    if missing or os.geteuid() != 0:
        raise RuntimeError(f"no stick can be mounted here; {RUN}")
    image, at = folder / "image", folder / "mounted"
    with image.open("wb") as file:
        file.truncate(IMAGE_BYTES)
    _run(*maker, image)
    at.mkdir()
    return image, at


@contextmanager
def _loop(image: Path) -> Iterator[str]:
    device = _run("losetup", "--find", "--show", image)
    try:
        yield device
    finally:
        _run("losetup", "--detach", device)


@contextmanager
def _mounted(at: Path, *command: str | Path) -> Iterator[Path]:
    _run(*command)
    try:
        yield at
    finally:
        _run("umount", at)


@contextmanager
def exfat(folder: Path) -> Iterator[Path]:
    """Mount a fresh exFAT stick: every file is 0755 there, and changing that does nothing."""
    image, at = _image(folder, "mkfs.exfat")
    with _loop(image) as device:
        own = ("mount", "-t", "exfat", "-o", _MASK, device, at)
        fuse = ("mount.exfat-fuse", "-o", _MASK, device, at)
        with _mounted(at, *(own if _has_driver("exfat") else fuse)) as mounted:
            yield mounted


@contextmanager
def fat(folder: Path) -> Iterator[Path]:
    """Mount a fresh FAT32 stick: changing a mode is an error there."""
    image, at = _image(folder, "mkfs.vfat", "-F", "32")
    if _has_driver("vfat"):
        with (
            _loop(image) as device,
            _mounted(at, "mount", "-t", "vfat", "-o", _MASK, device, at),
        ):
            yield at
    else:
        with _fuse(image, at) as driver:
            yield at
            assert driver.poll() is None, "the driver broke"


@contextmanager
def _fuse(image: Path, at: Path) -> Iterator[subprocess.Popen[bytes]]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(["fusefat", "-f", "-o", "rw+", image, at], **quiet) as driver:
        try:
            for _ in range(SECONDS * 20):
                if os.path.ismount(at):
                    break
                time.sleep(0.05)
            else:
                raise RuntimeError(f"the driver of FAT does not start; {RUN}")
            yield driver
        finally:
            driver.send_signal(signal.SIGCONT)
            _run("umount", at)
            driver.wait(SECONDS)


@contextmanager
def hanging(folder: Path) -> Iterator[tuple[Path, "Driver"]]:
    """Mount a stick whose driver can be stopped: whatever reads it then waits."""
    image, at = _image(folder, "mkfs.vfat", "-F", "32")
    with _fuse(image, at) as driver:
        yield at, Driver(driver)


def _state(task: Path) -> str:
    """The state of a thread, behind its name in brackets."""
    return (task / "stat").read_text("utf-8").rpartition(")")[2].split()[0]


class Driver:
    """The process behind a stick."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def stop(self) -> None:
        """From now on the stick answers nobody: it is told only when every thread of the driver stands."""
        self._process.send_signal(signal.SIGSTOP)
        deadline = time.monotonic() + SECONDS
        tasks = Path(f"/proc/{self._process.pid}/task")
        while any(_state(task) != "T" for task in tasks.iterdir()):
            assert time.monotonic() < deadline, "the driver does not stop"
            time.sleep(0.01)

    def go_on(self) -> None:
        """Answer what waits."""
        self._process.send_signal(signal.SIGCONT)


@contextmanager
def soon_full(folder: Path) -> Iterator[Path]:
    """Mount a stick whose folders hold some fifty objects, and then say that they are full.

    A folder of FAT32 does that after some 10,900, which a test cannot wait for; ext4 can be told to.
    """
    image, at = _image(folder, "mkfs.ext4", "-q", "-b", "4096")
    with (
        _loop(image) as device,
        _mounted(at, "mount", "-t", "ext4", "-o", "max_dir_size_kb=4", device, at),
    ):
        yield at


if __name__ == "__main__":
    sys.exit(packages.see_to("drivers for sticks", PROGRAMS, PACKAGES))
