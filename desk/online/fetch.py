"""Step 5: copies sealed objects from the store onto a stick.

Comes in: a store and a folder. Goes out: the objects under `in/` on the stick, each one whole, and
a count. It refuses to know any key: what it carries it cannot read, and it never deletes.
"""

import errno
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from desk.errors import DeskError
from desk.folder import (
    FETCHED,
    IN,
    UNFINISHED,
    Folder,
    fetched_on,
    is_name,
    is_unfinished,
    place,
    read_plain,
    stage,
    sync_folder,
    write_new,
)
from desk.online import places
from desk.wire import envelope

WRONG_SIZE = "it has not the size of a sealed complaint"
WRONG_NAME = "its content is not what its name says"
UNREADABLE = "the store did not give it"


class Store(Protocol):
    """Where objects wait: step 4."""

    def names(self) -> Iterator[str]: ...

    def read(self, name: str, most: int) -> bytes: ...


@dataclass(slots=True)
class Tally:
    """What a fetch did: numbers, and the refused objects by name."""

    found: int = 0
    new: int = 0
    mended: int = 0
    present: int = 0
    is_part: bool = False  # of a stick as source, which has not the whole drop itself
    refused: dict[str, str] = field(default_factory=dict)

    def line(self) -> str:
        """The counts in one line, as printed."""
        parts = [f"{self.found} found", f"{self.new} new", f"{self.present} already on the stick"]
        if self.mended:
            parts.append(f"{self.mended} damaged on the stick and copied again")
        if self.is_part:
            parts.append("the source is a stick without the whole drop")
        if not self.refused:
            return ", ".join([*parts, "0 refused"])
        reasons = Counter(self.refused.values()).most_common()
        told = "; ".join(f"{reason} ({count})" for reason, count in reasons)
        return ", ".join([*parts, f"{len(self.refused)} refused: {told}"])


def _fault(name: str, octets: bytes) -> str | None:
    if len(octets) != envelope.OBJECT_BYTES:
        return WRONG_SIZE
    return None if envelope.name(octets) == name else WRONG_NAME


def _is_whole(path: Path) -> bool:
    try:
        octets = read_plain(path, envelope.OBJECT_BYTES + 1)
    except OSError:
        return False
    return _fault(path.name, octets) is None


def _make_folder(folder: Path) -> None:
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "a link lies where a folder should be")
    folder.mkdir(exist_ok=True)


def _put(path: Path, octets: bytes) -> None:
    """Write a file so that it is there whole or not at all, also when the stick is pulled out."""
    _make_folder(path.parent)
    os.replace(stage(path, octets), path)


def _take(store: Store, name: str) -> tuple[bytes, str | None]:
    try:
        octets = store.read(name, envelope.OBJECT_BYTES + 1)
    except OSError:
        return b"", UNREADABLE
    return octets, _fault(name, octets)


def _carry(store: Store, name: str, folder: Path, tally: Tally) -> None:
    target = place(folder, name)
    if not os.path.lexists(target) and os.path.lexists(folder / name):
        target = folder / name  # fetched by an older version, which knew no folders below `in`
    if _is_whole(target):
        tally.present += 1
        return
    octets, fault = _take(store, name)
    if fault is not None:
        tally.refused[name] = fault
        return
    was_there = os.path.lexists(target)
    _put(target, octets)
    tally.mended += was_there
    tally.new += not was_there


def _begin(folder: Path) -> None:
    """Mark the stick as one that does not hold the whole drop, before the first object is copied."""
    _make_folder(folder)
    if not os.path.lexists(folder / UNFINISHED):
        write_new(folder / UNFINISHED, b"")
    sync_folder(folder)


def _end(folder: Path, tally: Tally, began: date) -> None:
    """Make all names last, and change the mark for a day if nothing of the drop is missing here."""
    for below in filter(Path.is_dir, folder.glob("[0-9a-f][0-9a-f]")):
        sync_folder(below)
    if not tally.refused and not tally.is_part:
        _put(folder / FETCHED, f"{began}\n".encode("ascii"))
        os.unlink(folder / UNFINISHED)
    sync_folder(folder)


def _hint(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return (
            "the stick is full: run the same command with a larger one; what is on this one stays"
        )
    return (
        "what was copied before stays; look whether the stick is there and can be written, then run "
        "the same command again"
    )


def fetch(store: Store, stick: Path, *, today: date) -> Tally:
    """Copy every object that the stick has not; `DeskError` when it cannot be written."""
    folder = stick / IN
    tally, began = Tally(), today
    if isinstance(store, Folder):  # it may be another stick: the drop lay there on an earlier day
        tally.is_part = is_unfinished(store.path)
        began = min(today, fetched_on(store.path) or today)
    try:
        _begin(folder)
        for name in filter(is_name, store.names()):
            tally.found += 1
            _carry(store, name, folder, tally)
        _end(folder, tally, began)
    except OSError as error:
        raise DeskError(f"cannot copy: {error.strerror or error}", _hint(error)) from None
    return tally


def _folder(source: Path, stick: Path) -> Store:
    if not source.is_dir():
        raise DeskError("the source is not a folder", "give a folder, or s3:// and a bucket")
    store = Folder(source)
    if store.path.resolve() == (stick / IN).resolve():
        raise DeskError("the source and the stick are the same folder")
    # The place of a drop that is not mounted is an empty folder too, and would count as a drop that was read.
    if store.path.name != IN and not any(map(is_name, store.names())):
        hint = "a drop has a folder `in`; if it lies on another machine, mount it there first"
        raise DeskError("there is no drop in this folder", hint)
    return store


def store_of(source: str, stick: Path) -> Store:
    """The store behind a source: `s3://BUCKET`, or a folder that is not the stick's own."""
    # A stick that is not there must not become a folder on the laptop's own disk.
    if not stick.is_dir():
        raise DeskError("the stick is not there", "plug it in, and give the folder it appears as")
    name = places.bucket_in(source)
    if name is None:
        return _folder(Path(source), stick)
    from desk.online.bucket import Bucket

    return Bucket(name)
