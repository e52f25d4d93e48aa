"""Step 4: the file store under a user who may create in the folder and neither list nor read.

As root the folder is given to an unprivileged user and the work is done by that user; without
root the same bits are taken from this user's own folder, which binds him just as much.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.stores import REPO, make_object, name_of

IS_ROOT = os.geteuid() == 0
APP = (54_321, 54_321) if IS_ROOT else (os.getuid(), os.getgid())
HANDLER = (54_322, 54_322)
APP_MAY_CREATE_ONLY = 0o2350  # owner -wx, group r-x, and files belong to the folder's group


@dataclass(frozen=True)
class Drop:
    """A folder as an operator sets it up, and one object waiting to be put."""

    root: Path
    name: str

    def do(self, who: tuple[int, int], deed: str) -> str:
        """Let a user do something in his own process; return `ok` or the error's name."""
        command = [sys.executable, "-m", "tests.unprivileged", str(who[0]), str(who[1])]
        command += [deed, str(self.root), self.name]
        done = subprocess.run(command, cwd=REPO, check=True, capture_output=True, text=True)
        return done.stdout


@pytest.fixture
def drop() -> Iterator[Drop]:
    """Set up the folder outside pytest's own, which other users may not enter."""
    root = Path(tempfile.mkdtemp(prefix="balie-permissions-"))
    body = make_object()
    (root / name_of(body)).write_bytes(body)
    (root / name_of(body)).chmod(0o644)
    folder = root / "in"
    folder.mkdir()
    root.chmod(0o711)
    if IS_ROOT:
        os.chown(folder, APP[0], HANDLER[1])
    folder.chmod(APP_MAY_CREATE_ONLY)
    yield Drop(root, name_of(body))
    folder.chmod(0o700)
    shutil.rmtree(root)


def test_the_app_can_put_and_put_again(drop: Drop) -> None:
    """Creating is enough for storing, and for finding out that it is stored."""
    assert [drop.do(APP, "put"), drop.do(APP, "put"), drop.do(APP, "put_new")] == ["ok"] * 3
    (drop.root / "in").chmod(0o700)
    names = os.listdir(drop.root / "in")
    assert drop.name in names
    assert len(names) == 2


@pytest.mark.parametrize("deed", ["list_names", "read", "overwrite"])
def test_the_app_can_do_nothing_else(drop: Drop, deed: str) -> None:
    """The same user can neither list what is there, nor read it back, nor change it."""
    assert drop.do(APP, "put") == "ok"
    assert drop.do(APP, deed) == "PermissionError"


def test_the_object_is_readable_by_the_group_and_nobody_else(drop: Drop) -> None:
    """The handler who fetches reads through the folder's group."""
    assert drop.do(APP, "put") == "ok"
    (drop.root / "in").chmod(0o2750)
    found = (drop.root / "in" / drop.name).stat()
    assert found.st_mode & 0o777 == 0o040
    assert found.st_gid == (HANDLER[1] if IS_ROOT else (drop.root / "in").stat().st_gid)


@pytest.mark.parametrize(
    ("deed", "expected"),
    [("list_names", "ok"), ("read", "ok"), ("put", "StoreError"), ("overwrite", "PermissionError")],
)
def test_a_handler_reads_and_changes_nothing(drop: Drop, deed: str, expected: str) -> None:
    """The handler's user lists and reads, and can add or change nothing.

    Without root one user cannot be two; then the folder's bits for the group are looked at.
    """
    assert drop.do(APP, "put") == "ok"
    if IS_ROOT:
        assert drop.do(HANDLER, deed) == expected
    else:
        assert (drop.root / "in").stat().st_mode & 0o070 == 0o050
