"""The desk on fresh Debians without a network: `python -m tests.desk_root`, beside `make soak`.

As root. Makes a root of Debian 12 and of 13 with Debian's mmdebstrap, with python3 and nothing more, and in each,
without a network: the installer, `desk --version`, `desk rehearse`, `desk check`, an upgrade and the way back.
With `--aarch64` the same for that machine, by Debian's emulator, which takes its time; `bookworm` or `trixie` behind
it takes that one alone. What is not as it should be ends it with 1.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import lonely, packages

PROGRAMS = ["mmdebstrap", "unshare", "chroot"]
PACKAGES = ["mmdebstrap"]
EMULATOR, EMULATORS = "qemu-aarch64-static", ["qemu-user-static", "binfmt-support"]
DEBIANS = ("bookworm", "trixie")
# Least of all that a Debian has. The emulated one is unpacked and not set up, which would take long.
HOLDING = {
    "amd64": ("--variant=apt", "--include=python3"),
    "arm64": (
        "--variant=extract",
        "--include=python3,coreutils,dash,sed,grep,findutils,util-linux,base-files,libc-bin",
    ),
}
_USER = 1000
KEPT = lonely.ROOT / "var" / "roots"
WORDS = "trial trial trial trial trial trial trial\n"
# What a handler types, in a home of a user of that Debian.
WALK = """
set -eux
python3 --version
if python3 -c 'import ensurepip' 2>/dev/null || command -v pip3; then echo "this Debian is not a fresh one"; exit 1; fi
if python3 -c 'import socket; socket.create_connection(("192.0.2.1", 80), 2)' 2>/dev/null; then exit 1; fi
cd /media/stick/bundle
sha256sum --check --quiet SHA256SUMS
sh install
PATH=$HOME/.local/bin:$PATH
cd "$HOME"
desk --version
desk key new intake --practice --out keys
desk key new board --practice --out keys
desk rehearse store --keys keys
words='trial trial trial trial trial trial trial'
echo "$words" | desk check store --language en
echo "$words" | sh /media/stick/later/install --store "$HOME/store"
test "$(desk --version | head -1)" = 'desk 0.2.0'
echo "$words" | desk check store --language en
sh .local/share/balie/current/install --back
test "$(desk --version | head -1)" = 'desk 0.1.0'
echo "$words" | desk check store --language en
echo whole
"""


def root_of(debian: str, machine: str) -> Path:
    """The packed root of a Debian, made on first use."""
    packed = KEPT / f"{debian}-{machine}.tar"
    if not packed.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        part = packed.with_name(f"part-{packed.name}")
        make = ["mmdebstrap", f"--architectures={machine}", *HOLDING[machine]]
        subprocess.run([*make, debian, str(part)], check=True)
        part.rename(packed)
    return packed


def let_emulate() -> None:
    """Let the kernel hand programs of that machine to the emulator."""
    formats = Path("/proc/sys/fs/binfmt_misc")
    if not (formats / "status").exists():
        subprocess.run(["mount", "-t", "binfmt_misc", "binfmt_misc", str(formats)], check=True)
    if not (formats / "qemu-aarch64").exists():
        subprocess.run(["update-binfmts", "--enable", "qemu-aarch64"], check=True)


def walk(packed: Path, stick: Path) -> bool:
    """Unpack a root, plug the stick in, and do the walk as a user of it without a network."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        root.mkdir()
        subprocess.run(["tar", "-xf", str(packed), "-C", str(root)], check=True)
        shutil.copytree(stick, root / "media" / "stick")
        (root / "media" / "stick").chmod(0o755)  # a temporary folder is closed to others
        home = root / "home" / "anna"
        home.mkdir()
        os.chown(home, _USER, _USER)
        inside = f"exec setpriv --reuid={_USER} --regid={_USER} --clear-groups"
        inside += ' env -i HOME=/home/anna PATH=/usr/bin:/bin sh -c "$0"'
        alone = ["unshare", "--net", "--pid", "--fork", f"--mount-proc={root}/proc"]
        alone += ["chroot", str(root)]
        done = subprocess.run([*alone, "sh", "-c", inside, WALK], check=False, timeout=3600)
        return done.returncode == 0


def main(words: list[str]) -> int:
    """0 when each Debian went through the walk, 1 when one did not, 3 when something is missing."""
    machine = "arm64" if "--aarch64" in words else "amd64"
    missing = packages.see_to("fresh Debians", PROGRAMS, PACKAGES)
    if not missing and machine == "arm64":
        missing = packages.see_to("an emulator", [EMULATOR], EMULATORS)
    if missing or os.geteuid() != 0:
        print("run as root: python -m tests.desk_root")
        return 3
    if machine == "arm64":
        let_emulate()
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        stick = Path(folder)
        lonely.make(stick / "bundle")
        lonely.other_version(stick / "bundle", stick / "later", "0.2.0")
        chosen = [one for one in DEBIANS if one in words] or DEBIANS
        for debian in chosen:
            if not walk(root_of(debian, machine), stick):
                failed.append(debian)
    print("not whole:" if failed else "whole:", *(failed or chosen), machine)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
