"""A whole Debian for an own server, set up by `install` and started with systemd as its first process.

`python -m tests.server_root [bookworm|trixie]` makes a fresh one of Debian's packages and keeps it in
`var/roots`; `BALIE_SOAK=1` runs the tests on both. A started one has processes, users, mounts and a network
of its own, and reaches nothing. Needs root.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from overrides.press import header_formats
from tests import listed, packages, stores
from tests.server_front import RECORD

SUITES = ("bookworm", "trixie")
BASES = stores.REPO / "var" / "roots"
_FRESH = "--include=systemd-sysv,dbus,ca-certificates,iproute2"
_CLONE_NEWNET = 0x4000_0000
_START_SECONDS = 90
# In mounts, processes and a network of its own; the last line is the machine's first process.
_BOOT = """set -e
mount --bind "$1" "$1"
mount -t proc proc "$1/proc"
mount -t sysfs -o ro sys "$1/sys"
mount -t cgroup2 cgroup2 "$1/sys/fs/cgroup"
mount -t tmpfs run "$1/run"
mount -t tmpfs tmp "$1/tmp"
mount -t devtmpfs dev "$1/dev"
ip link set lo up
cd "$1"
pivot_root . mnt
umount -l /mnt
export container=balie
exec /lib/systemd/systemd --log-target=journal systemd.unified_cgroup_hierarchy=1
"""
_CHROOT = """set -e
mount -t proc proc "$1/proc"
mount --bind /dev "$1/dev"
root=$1
shift
exec chroot "$root" "$@"
"""


def base(suite: str) -> Path:
    """A fresh Debian, made once."""
    folder, needs = BASES / suite, ["mmdebstrap", "sshfs"]
    if os.geteuid() != 0 or packages.see_to(" and ".join(needs), needs, needs):
        raise RuntimeError("a Debian can be made as root only: python -m tests.server_root")
    if folder.exists():
        return folder
    BASES.mkdir(parents=True, exist_ok=True)
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    command = ["mmdebstrap", "--quiet", "--variant=apt", _FRESH, suite, str(part)]
    subprocess.run(command, check=True)
    part.rename(folder)
    return folder


@dataclass
class Machine:
    """A root, and the number of its first process while it runs."""

    root: Path
    process: "subprocess.Popen[bytes] | None" = None
    first: int = 0

    def chroot(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run something in the root before it is started, with this machine's network."""
        unshare = ["unshare", "--mount", "bash", "-c", _CHROOT, "chroot", str(self.root), *command]
        return subprocess.run(unshare, capture_output=True, text=True)

    def run(self, *command: str, **more: object) -> "subprocess.CompletedProcess[str]":
        """Run something in the machine."""
        enter = ["nsenter", "--all", "--target", str(self.first), *command]
        return subprocess.run(enter, capture_output=True, text=True, errors="replace", **more)

    @contextmanager
    def network(self) -> Iterator[None]:
        """Let this thread, and those that it begins, connect inside the machine."""
        libc = ctypes.CDLL(None, use_errno=True)
        with open("/proc/thread-self/ns/net") as own, open(f"/proc/{self.first}/ns/net") as theirs:
            assert libc.setns(theirs.fileno(), _CLONE_NEWNET) == 0
            try:
                yield
            finally:
                assert libc.setns(own.fileno(), _CLONE_NEWNET) == 0

    def install(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run the installer, in the machine if it runs."""
        command = ["/repo/functions/server/install", *arguments]
        return self.run(*command) if self.first else self.chroot(*command)


def made(suite: str, folder: Path) -> Machine:
    """A copy of a fresh Debian with the checkout, a release and two SSH keys in it; nothing is set up yet."""
    root = folder / "root"
    subprocess.run(["cp", "-a", base(suite), root], check=True)
    for name in ("functions", "requirements"):
        shutil.copytree(stores.REPO / name, root / "repo" / name)
    stores.make_deployment(root / "release")
    listed.write_list(root / "release" / "site")
    listed.sign(root / "release" / "site")
    (root / "release" / "site.headers").mkdir()
    for name, text in header_formats.files(RECORD).items():
        (root / "release" / "site.headers" / name).write_text(text)
    (root / "release" / "site.headers.json").write_text(header_formats.to_json(RECORD))
    for who in ("courier", "publisher"):
        key = folder / who
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
        shutil.copy(f"{key}.pub", root / "release")
    for name in ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt"):
        shutil.copy(name, f"{root}{name}")
    return Machine(root)


GIVEN = ["--address", "desk.example", "--site", "/release/site", "--keys", "/release/keys.json"]
GIVEN += ["--courier", "/release/courier.pub", "--publisher", "/release/publisher.pub", "--onion"]


@contextmanager
def started(machine: Machine) -> Iterator[Machine]:
    """Start the machine for the time of the block."""
    spaces = ["--pid", "--fork", "--mount", "--uts", "--ipc", "--net", "--cgroup", "--kill-child"]
    command = ["unshare", *spaces, "bash", "-c", _BOOT, "boot", str(machine.root)]
    quiet = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }
    machine.process = subprocess.Popen(command, **quiet)
    try:
        machine.first = _first(machine)
        yield machine
    finally:
        machine.process.kill()  # and with it the first process, and all that it began
        machine.process.wait()
        machine.first = 0


def _first(machine: Machine) -> int:
    assert machine.process is not None
    until = time.monotonic() + _START_SECONDS
    children = Path(f"/proc/{machine.process.pid}/task/{machine.process.pid}/children")
    while time.monotonic() < until:
        assert machine.process.poll() is None, "the machine did not start"
        found = children.read_text().split()
        if found and Path(f"/proc/{found[0]}/comm").read_text() == "systemd\n":
            machine.first = int(found[0])
            said = machine.run("systemctl", "is-system-running", "--wait").stdout.strip()
            if said in ("running", "degraded"):
                return int(found[0])
        time.sleep(0.2)
    raise TimeoutError("the machine does not start")


def main(suites: list[str]) -> int:
    """Make what the tests stand on, one Debian after the other."""
    for suite in suites or SUITES:
        print(suite, base(suite))
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))
