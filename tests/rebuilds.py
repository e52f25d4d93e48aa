"""The site built again in another way, in processes of its own: another copy, path, clock, machine or Python.

A disk that gives names in another order is played by a module that Python loads first, since no disk of this machine
can be asked for one; all else is real.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests import server_programs
from tests.site import ROOT

# Backwards by name, which no disk gives: every list of names in the program comes by one of these two.
BACKWARDS = """
import contextlib, os
listed, scanned = os.listdir, os.scandir
os.listdir = lambda *path: sorted(listed(*path), reverse=True)
class Backwards(contextlib.AbstractContextManager):
    def __init__(self, *path):
        with scanned(*path) as found:
            self.found = iter(sorted(found, key=lambda one: one.name, reverse=True))
    def __iter__(self): return self
    def __next__(self): return next(self.found)
    def __exit__(self, *_): pass
    def close(self): pass
os.scandir = Backwards
"""
STRANGE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANGUAGE": "ar", "PYTHONHASHSEED": "4711"}


@dataclass(frozen=True)
class Way:
    """How a site is built; `clock` is a moment or a step as libfaketime reads it, empty for that of the machine."""

    clock: str = ""
    lone: bool = False  # one processor, so that one process at a time makes pages
    strange: bool = False  # time zone, language, hash seed, rights of new files, order of the disk
    python: str = sys.executable


def clone(folder: Path, origin: Path = ROOT) -> Path:
    """What is committed, as somebody clones it."""
    subprocess.run(["git", "clone", "--quiet", origin, folder], check=True, capture_output=True)
    return _furnished(folder)


def copy(folder: Path) -> Path:
    """What lies in this folder now, without what git leaves out; the last name is written first."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in sorted(filter(None, told.split("\0")), reverse=True):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return _furnished(folder)


def _furnished(folder: Path) -> Path:
    """With the browser packages of this machine."""
    (folder / "node_modules").symlink_to((ROOT / "node_modules").resolve())
    return folder


def press(house: Path, way: Way, *options: str | Path) -> Path:
    """Build the site of a house in a way; where it lies."""
    return made(house, way, "overrides.press", *options, "--out")


def made(house: Path, way: Way, module: str, *options: str | Path) -> Path:
    """What a module of a house makes in a way; where it lies, which it is told last."""
    out = house / "var" / "out"
    command = [way.python, "-m", module, *options, out]
    command = [*(["taskset", "--cpu-list", _processor()] if way.lone else []), *command]
    env = server_programs.moved_clock(way.clock) if way.clock else dict(os.environ)
    if way.strange:
        (house / "var" / "first").mkdir(parents=True, exist_ok=True)
        (house / "var" / "first" / "sitecustomize.py").write_text(BACKWARDS, "utf-8")
        env |= STRANGE | {"PYTHONPATH": str(house / "var" / "first")}
    mask = 0o077 if way.strange else 0o022
    done = subprocess.run(command, cwd=house, env=env, umask=mask, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out


def _processor() -> str:
    return str(min(os.sched_getaffinity(0)))


def files(out: Path) -> dict[str, str]:
    """The SHA-256 of every file of a site, and of what lies beside it, by path."""
    beside = sorted(out.parent.glob(f"{out.name}.*"))
    found = [path for top in (out, *beside) for path in ([top] if top.is_file() else _below(top))]
    return {
        path.relative_to(out.parent).as_posix().removeprefix(out.name): _hash(path)
        for path in found
    }


def _below(top: Path) -> Iterator[Path]:
    yield from (path for path in sorted(top.rglob("*")) if path.is_file())


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def difference(one: dict[str, str], other: dict[str, str]) -> str:
    """The first file that is not the same in both, by path, and what it is; empty where all are."""
    for path in sorted({*one, *other}):
        if path not in other:
            return f"missing: {path}"
        if path not in one:
            return f"extra: {path}"
        if one[path] != other[path]:
            return f"differs: {path}"
    return ""
