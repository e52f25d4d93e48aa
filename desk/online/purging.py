"""After step 6: asks the store of step 4 to let objects go that two case stores have (`desk purge`).

Comes in: a purge list and a store. Goes out: every version of each object gone, and a count of what
the store kept. It refuses a list that the desk did not sign, of another case store, or that is old,
and deletes nothing that is not listed. It has the network and no key library: `desk.online.trust` lets
another process verify, before anything is deleted.
"""

import os
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from desk.errors import DeskError
from desk.folder import Folder, read_plain, sync_folder
from desk.online import done, places, trust
from desk.online.done import Done, Purged

MAX_LIST_BYTES = 64 * 2**20  # WIRE.md section 8.1
GOOD_FOR = timedelta(days=7)  # WIRE.md section 8.1
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


@dataclass(frozen=True, slots=True)
class Order:
    """What to purge: the list, the source as typed, the folder of `--trust`, and the day.

    `store` is the id of the case store whose lists count from now on, empty for the one before.
    """

    path: Path
    source: str
    trust: Path
    today: date
    store: str = ""


def _read(path: Path) -> str:
    try:
        octets = read_plain(path, MAX_LIST_BYTES + 1)
    except OSError as error:
        raise DeskError(f"cannot read the purge list: {error.strerror or error}") from None
    return octets.decode("ascii", "replace")


def _refuse_day(issued: date, today: date) -> None:
    hint = "make a new one with `desk purge-list`, and look at the clocks of both computers"
    if issued > today:
        raise DeskError(f"the purge list is of {issued}, and here it is {today}", hint)
    if today > issued + GOOD_FOR:
        raise DeskError(f"the purge list is of {issued}: it counts for 7 days", hint)


def _refuse_other(order: Order, listed: dict[str, Any], last: Purged | None) -> None:
    """A list of another store, and one made before the last that was carried out here, of whichever store."""
    known = order.store or (last.store if last else "")
    if known and listed["store"] != known:
        raise DeskError(
            f"the purge list is of the case store {listed['store']}, and not of {known}",
            "take the list of this desk; if it began a new case store, give its id with --store",
        )
    if last and listed["issued"] < last.issued:
        hint = "take the newest list"
        raise DeskError(f"a later list, of {last.issued}, was carried out here before", hint)


def believed(order: Order) -> list[str]:
    """The names on a purge list, once all of it holds; `DeskError` else, and nothing is noted then."""
    text = _read(order.path)
    with done.noting(order.trust) as noted:
        return _believe(order, noted, text)


def _believe(order: Order, noted: Done, text: str) -> list[str]:
    verdict = trust.verify(order.trust, today=order.today, known=noted.keys_issued, purge_list=text)
    listed = verdict.purge_list or {}
    place = done.place(order.source)
    _refuse_day(date.fromisoformat(listed["issued"]), order.today)
    _refuse_other(order, listed, noted.purges.get(place))
    noted.purges[place] = Purged(listed["store"], listed["issued"])
    noted.keys_issued = verdict.issued
    noted.write()
    return [*listed["held"], *listed["erased"]]


def store_of(source: str) -> "Store":
    """The store that objects are deleted from: `s3://BUCKET`, or a folder."""
    name = places.bucket_in(source)
    if name is None:
        return Shelf(Path(source))
    from desk.online.bucket import Bucket

    return Bucket(name)


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
