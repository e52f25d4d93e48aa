"""Run by the permission test in its own process: gives up all rights, then does one thing.

`python -m tests.unprivileged UID GID WHAT FOLDER NAME` prints `ok`, or the name of the error.
Modules are loaded before the rights are given up, since the checkout may be closed to others.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from functions.errors import StoreError
from functions.store_files import FileStore
from tests.stores import make_object, name_of


def put(root: Path, name: str) -> None:
    """Put the object that the test laid beside the folder, named by its hash."""
    body = (root / name).read_bytes()
    FileStore(root).put(name_of(body), body)


def put_new(root: Path, _: str) -> None:
    body = make_object()
    FileStore(root).put(name_of(body), body)


def list_names(root: Path, _: str) -> None:
    os.listdir(root / "in")


def read(root: Path, name: str) -> None:
    (root / "in" / name).read_bytes()


def overwrite(root: Path, name: str) -> None:
    (root / "in" / name).write_bytes(b"other")


def delete(root: Path, name: str) -> None:
    (root / "in" / name).unlink()


DEEDS = {deed.__name__: deed for deed in (put, put_new, list_names, read, overwrite, delete)}


def main(uid: int, gid: int, deed: str, root: Path, name: str, groups: Sequence[int] = ()) -> str:
    """Become another user if this is root, do the deed, and say how it went."""
    if os.geteuid() == 0:
        os.setgroups(groups)
        os.setgid(gid)
        os.setuid(uid)
    try:
        DEEDS[deed](root, name)
    except (OSError, StoreError) as error:
        return type(error).__name__
    return "ok"


if __name__ == "__main__":
    uid, gid, deed, root, name = sys.argv[1:]
    sys.stdout.write(main(int(uid), int(gid), deed, Path(root), name))
