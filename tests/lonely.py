"""A computer without a network, as far as a test can have one: no network, a home of its own, and nothing of ours.

It has the programs of this machine and Debian's Python, where there is one. `python -m tests.desk_root`
takes fresh Debians instead.
"""

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests import handbooks

ROOT = Path(__file__).resolve().parents[1]
WHEELS = ROOT / "var" / "wheels"
_DEBIANS = Path("/usr/bin/python3")
PYTHON = _DEBIANS if _DEBIANS.exists() else Path(sys.base_prefix) / "bin" / "python3"
_ALONE = ("unshare", "--net") if os.geteuid() == 0 else ("unshare", "--map-root-user", "--net")


@cache
def handbook() -> Path:
    """A built handbook, with a grey point for each picture; gone when the tests end."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    done = handbooks.build(folder / "site")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def make(out: Path, pages: Path | None = None, **environment: str) -> str:
    """Make a bundle as `make desk-bundle` does; returns what it says."""
    if not WHEELS.is_dir():
        raise RuntimeError("there are no wheels here: run make var/wheels")
    command = [sys.executable, ".ci/bundle/make.py", "--wheels", str(WHEELS)]
    command += ["--handbook", str(pages or handbook()), "--out", str(out)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rewrite(bundle: Path, name: str, old: bytes, new: bytes) -> None:
    """Change a file of a bundle and its line in `SHA256SUMS`, as whoever made it could have."""
    path, sums = bundle / name, bundle / "SHA256SUMS"
    before = path.read_bytes()
    assert old in before
    path.write_bytes(before.replace(old, new))
    digits = [hashlib.sha256(octets).hexdigest() for octets in (before, path.read_bytes())]
    sums.write_text(sums.read_text("ascii").replace(digits[0], digits[1]), "ascii")


def other_version(bundle: Path, copy: Path, number: str) -> Path:
    """The same desk under another number, as a bundle of its own."""
    shutil.copytree(bundle, copy, copy_function=os.link)  # the wheels once
    for name in ("VERSION", "desk/version.py", "SHA256SUMS"):
        octets = (copy / name).read_bytes()
        (copy / name).unlink()
        (copy / name).write_bytes(octets)
    rewrite(copy, "VERSION", b"0.1.0", number.encode())
    rewrite(copy, "desk/version.py", b'"0.1.0"', f'"{number}"'.encode())
    return copy


@dataclass(frozen=True)
class Computer:
    """A home on a machine without a network."""

    home: Path

    @property
    def base(self) -> Path:
        """Where the versions lie."""
        return self.home / ".local" / "share" / "balie"

    @property
    def current(self) -> str:
        """The folder of the version that `desk` is; empty for none."""
        link = self.base / "current"
        return os.readlink(link) if link.is_symlink() else ""

    def command(self, *words: object) -> list[str]:
        """The words of a command as it runs there."""
        found = {"HOME": str(self.home), "PATH": f"{self.home}/.local/bin:/usr/bin:/bin"}
        found |= {"PYTHON": str(PYTHON), "LC_ALL": "C.UTF-8"}
        given = [f"{name}={value}" for name, value in found.items()]
        return [*_ALONE, "env", "-i", *given, *map(str, words)]

    def run(self, *words: object, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a command there and wait; no terminal, so that words come from `input`."""
        chosen = {"cwd": self.home, "capture_output": True, "text": True, "check": False}
        return subprocess.run(  # type: ignore[no-any-return]
            self.command(*words), start_new_session=True, **(chosen | options)
        )

    def install(self, bundle: Path, *words: object, **options: Any) -> str:
        """Run the installer of a bundle, which has to succeed; returns what it says."""
        done = self.run("sh", bundle / "install", *words, **options)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *words: object, **options: Any) -> str:
        """Run a command that has to be refused; returns what it says about it."""
        done = self.run(*words, **options)
        assert done.returncode == 1, (done.stdout, done.stderr)
        assert "\nhint: " in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    @property
    def number(self) -> str:
        """What `desk --version` says in its first line."""
        done = self.run("desk", "--version")
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()[0]
