"""Brings the wheels of requirements/desk.txt, and pip's own, for each computer on which the desk is installed.

`python .ci/bundle/wheels.py FOLDER`, on a machine with a network. Each wheel has its hash there; nothing is
built, and the folder is there whole or not at all.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")  # Debian 12, Ubuntu 24.04, Debian 13, and what comes
MACHINES = ("x86_64", "aarch64")
# pip takes wheels of exactly these and of no older one by itself (pypa/pip issue 10760): up to Debian 12's 2.36.
GLIBC = tuple(f"2_{minor}" for minor in range(17, 37))
_DOWNLOAD = ("-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps")
_PINNED = ("--only-binary", ":all:", "--require-hashes")


def bring(python: str, machine: str, folder: Path) -> None:
    """Bring the wheels for one Python on one kind of machine; pip says what is missing."""
    platforms = [word for glibc in GLIBC for word in ("--platform", f"manylinux_{glibc}_{machine}")]
    lists = [word for name in ("desk", "pip") for word in ("-r", f"requirements/{name}.txt")]
    chosen = ("--python-version", python, "--implementation", "cp", *platforms)
    command = [sys.executable, *_DOWNLOAD, *_PINNED, *chosen, *lists, "--dest", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - no word of it comes from outside


def main(target: Path) -> int:
    """Bring all wheels into a folder; 0, or 1 when pip could not."""
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        for python in PYTHONS:
            for machine in MACHINES:
                bring(python, machine, part)
    except subprocess.CalledProcessError:
        sys.stderr.write("balie: the wheels are not all here; above stands what pip says\n")
        sys.stderr.write("hint: look at the network, then type the same again\n")
        return 1
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute()))
