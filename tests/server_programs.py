"""Debian's programs of a server, unpacked beside the build and never installed: Caddy, nginx, tor, a moved clock.

`python -m tests.server_programs` sees to it that they lie in `var/server-programs`. To install them would
start servers on the machine of whoever runs the tests. A test without them fails and says this line.
systemd's own programs are looked for in PATH; they come with Debian.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tests import packages

REPO = Path(__file__).resolve().parent.parent
FOLDER = REPO / "var" / "server-programs"
PACKAGES = ("caddy", "nginx", "tor", "libfaketime")
SYSTEMD = ["systemd-analyze", "systemd-tmpfiles", "systemd-sysusers"]
RUN = "run: python -m tests.server_programs"
# What tor is linked with and no Debian has by itself; the name differs from one Debian to the next.
_EVENT = ("libevent-2.1-7t64", "libevent-2.1-7")
_LIST = " ".join([*PACKAGES, *_EVENT])


def _there(below: str) -> Path:
    path = FOLDER / below
    if not path.exists():
        raise RuntimeError(f"{below} is not there; {RUN}")
    return path


def _libraries() -> Path:
    return _there(f"usr/lib/{platform.machine()}-linux-gnu")


def caddy() -> Path:
    """Caddy as Debian has it, or the one that `BALIE_CADDY` names."""
    return Path(os.environ.get("BALIE_CADDY") or _there("usr/bin/caddy"))


def nginx() -> Path:
    """Nginx as Debian has it."""
    return _there("usr/sbin/nginx")


def tor(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run tor to its end, with its library beside it."""
    command = [str(_there("usr/bin/tor")), *map(str, arguments)]
    env = os.environ | {"LD_LIBRARY_PATH": str(_libraries())}
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)


def moved_clock(by: str) -> dict[str, str]:
    """The environment of a program whose clock is another, such as `+45d`; times of files stay true."""
    library = _there(f"usr/lib/{platform.machine()}-linux-gnu/faketime/libfaketime.so.1")
    return os.environ | {"LD_PRELOAD": str(library), "FAKETIME": by, "NO_FAKE_STAT": "1"}


def _known(name: str) -> bool:
    shown = subprocess.run(["apt-cache", "show", name], capture_output=True)
    return shown.returncode == 0 and bool(shown.stdout)


def _unpack(names: list[str], into: Path) -> None:
    quiet = {"cwd": into, "check": True, "capture_output": True}
    subprocess.run(["apt-get", "download", "-qq", *names], **quiet)
    for package in sorted(into.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, "."], **quiet)
        package.unlink()


def _fetch() -> bool:
    """Whether all of it lies there now; `False` where the list of packages is missing or old."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    try:
        _unpack([*PACKAGES, *filter(_known, _EVENT)], FOLDER)
    except subprocess.CalledProcessError:
        return False
    (FOLDER / "whole").write_text(_LIST, "utf-8")
    return True


def see_to() -> int:
    """0 when all is there or was fetched, 3 when somebody has to do it."""
    if code := packages.see_to("systemd's programs", SYSTEMD, ["systemd"]):
        return code
    whole = FOLDER / "whole"  # of which list
    if (whole.exists() and whole.read_text("utf-8") == _LIST) or _fetch():
        return 0
    if os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        if _fetch():
            return 0
    print("the tests need Debian's packages", *PACKAGES, "; run: sudo apt-get update")
    return 3


if __name__ == "__main__":
    sys.exit(see_to())
