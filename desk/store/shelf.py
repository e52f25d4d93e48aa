"""The batches of an opened case store, between steps 6 and 7: where each event lies, in which order.

Comes in: a folder and the keys of its subjects. Goes out: events, read from disk each time. Of what
events say it knows one thing only: which subjects the log calls erased.
"""

import os
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby, pairwise
from pathlib import Path

from desk.errors import DeskError
from desk.folder import is_name, opened, read_plain
from desk.store import batch, disk, heads
from desk.store.event import LOG, Event, Place
from desk.store.faults import Damaged, Fault
from desk.store.ring import Ring
from desk.wire.canon import Value

ERASED = "erased"  # the kind of an event on LOG; its value `subject` names what was erased
SUBJECT = re.compile(r"[0-9a-f]{32}")
_LOG = bytes.fromhex(LOG)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is remembered of a batch: its clock, and where each record begins and the seal does."""

    clock: int
    offsets: "array[int]"


def paths(store: Path) -> list[Path]:
    """All batches of a store, in the order of their names."""
    found = (store / disk.BATCHES).glob("*/*.batch")
    return sorted(path for path in found if path == disk.batch_path(store, path.stem))


def read_batch(path: Path) -> batch.Summed:
    """The bytes of a batch that are what its name says; `Damaged` otherwise."""
    try:
        whole = batch.summed(read_plain(path, batch.MAX_BYTES + 1))
    except OSError:
        raise Damaged("unreadable") from None
    if not is_name(path.stem) or whole.name != path.stem:
        raise Damaged("batch_name")
    return whole


def quarantined(store: Path) -> list[Path]:
    """All objects in quarantine, in the order of their names."""
    # Some programs that copy folders leave out the empty ones.
    found = (store / disk.QUARANTINE).glob("*")
    return sorted(path for path in found if is_name(path.name))


def read_quarantined(path: Path) -> bytes:
    """The bytes of an object in quarantine that are what its name says; `Damaged` otherwise."""
    try:
        octets = read_plain(path, batch.MAX_BYTES + 1)
    except OSError:
        raise Damaged("unreadable") from None
    if sha256(octets).hexdigest() != path.name:
        raise Damaged("quarantine_name")
    return octets


@dataclass(slots=True)
class Shelf:
    """All readable batches, and what is known besides.

    `heads` are the names that no other batch has as parent, with their clocks: also of those that
    were last once and are lost or damaged now, so that the next batch tells of them. `keyless` are
    subjects with events, of which no keys file says anything. `gaps` are batches that were here once,
    since another names them, and cannot be read. With `proves`, each record that is opened must hold
    the one text that its event has, as when it was written.
    """

    store: Path
    store_id: bytes
    ring: Ring
    proves: bool = False
    entries: dict[str, Entry] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    tombstones: set[bytes] = field(default_factory=set)
    keyless: set[bytes] = field(default_factory=set)
    gaps: set[str] = field(default_factory=set)
    faults: dict[str, Fault] = field(default_factory=dict)
    skipped: int = 0

    def load(self) -> None:
        """Look at every batch; one that is damaged is a fault and stops nothing."""
        parents: set[bytes] = set()
        for path in paths(self.store):
            try:
                parents.update(self._take(read_batch(path)))
            except Damaged as damage:
                self.faults[path.name] = damage.fault
        tips = [name for name in self.entries if bytes.fromhex(name) not in parents]
        lost = self._lost()
        self.heads = lost | {name: self.entries[name].clock for name in tips}
        self.gaps = {*map(bytes.hex, parents), *lost} - self.entries.keys()
        self.ring.settle(self.tombstones)

    def _lost(self) -> dict[str, int]:
        """The batches that the file `heads` names and that cannot be read."""
        try:
            noted = heads.parse(disk.read_small(self.store / disk.HEADS))
        except OSError:
            self.faults[disk.HEADS] = "unreadable"
            return {}
        except Damaged as damage:
            self.faults[disk.HEADS] = damage.fault
            return {}
        lost = {name: clock for name, clock in noted.items() if self._was_last(name)}
        for name in lost:
            self.faults.setdefault(f"{name}.batch", "batch_missing")
        return lost

    def _was_last(self, name: str) -> bool:
        # A batch that was forged never was part of this store, and its clock says nothing.
        is_forged = self.faults.get(f"{name}.batch") == "batch_seal"
        return name not in self.entries and not is_forged

    def _take(self, whole: batch.Summed) -> tuple[bytes, ...]:
        octets, name = whole.octets, whole.name
        parsed = batch.parse(octets)
        # Without the key of the log nothing could be read at all, so then its seal is not asked for.
        log = self.ring.log
        if log is not None and not batch.is_sealed(self.store_id, whole, log):
            raise Damaged("batch_seal")
        self.entries[name] = Entry(parsed.clock, parsed.offsets)
        records = self._records(name, octets)
        for number, (start, end) in enumerate(pairwise(parsed.offsets)):
            subject = batch.subject_at(octets, start)
            if subject == _LOG:
                self._heed(self._open(records, Place(name, number), octets[start:end]))
            if not self.ring.knows(subject):
                self.keyless.add(subject)
        return parsed.parents

    def _heed(self, event: Event | None) -> None:
        if event is None or (event.subject, event.kind) != (LOG, ERASED):
            return
        subject = event.values.get("subject")
        if isinstance(subject, str) and SUBJECT.fullmatch(subject) and subject != LOG:
            self.tombstones.add(bytes.fromhex(subject))

    @property
    def clock(self) -> int:
        """The clock of the next batch."""
        return 1 + max(self.heads.values(), default=-1)

    def add(self, whole: batch.Summed) -> None:
        """Take in a batch that was just written on top of all heads."""
        self._take(whole)
        self.heads = {whole.name: self.entries[whole.name].clock}

    def events(self) -> Iterator[tuple[Place, Event]]:
        """All events that can be read, by clock, name of the batch and number."""
        self.skipped = 0
        order = sorted(self.entries, key=lambda name: (self.entries[name].clock, name))
        for name in order:
            yield from self._events_in(name, self._read(name))

    def _read(self, name: str) -> bytes:
        path = disk.batch_path(self.store, name)
        with disk.reading(path):
            return read_plain(path, batch.MAX_BYTES)

    def _records(self, name: str, octets: bytes) -> batch.Records:
        return batch.Records(self.store_id, octets[: self.entries[name].offsets[0]], self.ring.keys)

    def _events_in(self, name: str, octets: bytes) -> Iterator[tuple[Place, Event]]:
        records, erased = self._records(name, octets), self.ring.erased
        for number, (start, end) in enumerate(pairwise(self.entries[name].offsets)):
            if batch.subject_at(octets, start) in erased:
                self.skipped += 1
                continue
            place = Place(name, number)
            if (event := self._open(records, place, octets[start:end])) is not None:
                yield place, event

    def values_again(self, places: Iterable[Place]) -> Iterator[tuple[Place, Mapping[str, Value]]]:
        """The values of events that were read before; places in one batch that stand together are
        read at once. What is erased or damaged by now is left out.
        """
        for name, together in groupby(places, lambda place: place.batch):
            octets, offsets = self._read(name), self.entries[name].offsets
            records = self._records(name, octets)
            for place in together:
                start, end = offsets[place.number], offsets[place.number + 1]
                text = self._text_again(records, place, octets[start:end])
                if text is not None:
                    yield place, batch.values_again(text)

    def _text_again(self, records: batch.Records, place: Place, record: bytes) -> bytes | None:
        try:
            return records.text(place.number, record)
        except Damaged as damage:
            self.faults[f"{place.batch}.batch"] = damage.fault
            return None

    def read(self, place: Place) -> Event:
        """One event again, in the time of one record; `DeskError` when it is erased or damaged."""
        entry = self.entries.get(place.batch)
        if entry is None or not 0 <= place.number < len(entry.offsets) - 1:
            raise DeskError("there is no event in this place of the case store")
        start, end = entry.offsets[place.number], entry.offsets[place.number + 1]
        path = disk.batch_path(self.store, place.batch)
        with disk.reading(path), opened(path) as descriptor:
            head = os.pread(descriptor, entry.offsets[0], 0)
            record = os.pread(descriptor, end - start, start)
        is_whole = len(record) == end - start
        event = self._open(self._records(place.batch, head), place, record) if is_whole else None
        if event is None:
            raise DeskError("this was erased, or is damaged", "run `desk check`")
        return event

    def _open(self, records: batch.Records, place: Place, record: bytes) -> Event | None:
        """Open a record; `None` when its subject has no key, or as a fault when it is damaged."""
        try:
            event = records.event(place.number, record, proven=not self.proves)
        except Damaged as damage:
            self.faults[f"{place.batch}.batch"] = damage.fault
            return None
        if event is None and batch.subject_at(record, 0) not in self.ring.erased:
            self.faults.setdefault(f"{place.batch}.batch", "record_keyless")
        return event
