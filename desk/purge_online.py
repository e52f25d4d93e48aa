"""After step 6: asks the store of step 4 to let objects go that two case stores have (`desk purge`).

Comes in: a purge list and a store. Goes out: every version of each object gone, and a count of what
the store kept. It refuses to know case stores and keys, and deletes nothing that is not listed.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from desk.errors import DeskError
from desk.fetch import SCHEME
from desk.folder import Folder, is_name, read_plain, sync_folder

TITLE = "# balie purge list"  # the first line of the list, as `desk.cases.purge` writes it
MAX_LIST_BYTES = 64 * 2**20  # a million names
KEPT = "the store keeps it: its lock still runs, or these credentials may not delete"


class Store(Protocol):
    """Where objects wait: step 4."""

    def delete(self, name: str) -> bool: ...


@dataclass(slots=True)
class Tally:
    """What a purge did: numbers, and the objects that the store kept, by name."""

    listed: int = 0
    gone: int = 0
    absent: int = 0
    kept: dict[str, str] = field(default_factory=dict)

    def line(self) -> str:
        """The counts in one line, as printed."""
        parts = f"{self.listed} listed, {self.gone} deleted, {self.absent} not there"
        return f"{parts}, {len(self.kept)} kept by the store"


class Shelf:
    """The file store: objects in a folder, or in its folder `in`."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise DeskError("the store is not a folder", "give a folder, or s3:// and a bucket")
        self._folder = Folder(path).path

    def delete(self, name: str) -> bool:
        """Unlink one object; false if it was not there, `PermissionError` if it may not go."""
        try:
            os.unlink(self._folder / name)
        except FileNotFoundError:
            return False
        except OSError:
            raise PermissionError("the folder did not let the object go") from None
        return True

    def sync(self) -> None:
        """Make what was deleted stay so, also when the power fails."""
        sync_folder(self._folder)


def read_list(path: Path) -> list[str]:
    """The names on a purge list; `DeskError` if the file is anything else."""
    damaged = DeskError(f"{path.name} is not a purge list", "make it with desk purge-list")
    try:
        octets = read_plain(path, MAX_LIST_BYTES + 1)
    except OSError as error:
        raise DeskError(f"cannot read the purge list: {error.strerror or error}") from None
    lines = octets.decode("ascii", "replace").split("\n")
    # A list that was cut off lacks its last line break.
    if len(octets) > MAX_LIST_BYTES or lines[0] != TITLE or lines.pop() != "":
        raise damaged
    if not all(map(is_name, lines[1:])):
        raise damaged
    return lines[1:]


def store_of(source: str) -> "Store":
    """The store that objects are deleted from: `s3://BUCKET`, or a folder."""
    if not source.startswith(SCHEME):
        return Shelf(Path(source))
    from desk.bucket import Bucket

    return Bucket(source.removeprefix(SCHEME).rstrip("/"))


def purge(names: list[str], store: Store) -> Tally:
    """Delete each named object; what the store keeps is counted and stops nothing."""
    tally = Tally(listed=len(names))
    for name in names:
        try:
            was_there = store.delete(name)
        except PermissionError:
            tally.kept[name] = KEPT
            continue
        tally.gone += was_there
        tally.absent += not was_there
    if isinstance(store, Shelf):
        store.sync()
    return tally
