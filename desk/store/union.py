"""Every whole file of two copies of a case store in one of them (STORE.md section 8).

Comes in: an opened store and the folder of a copy. Goes out: what was copied, and what was damaged
there and left. It refuses another store, another store key, and to bring back what was erased.
It lies between steps 6 and 7.
"""

from dataclasses import dataclass, field
from pathlib import Path

from desk.errors import DeskError
from desk.store import disk, keyfile, ring, shelf
from desk.store.door import read_identity
from desk.store.faults import Damaged, Fault
from desk.store.keyfile import Lock
from desk.store.quarantine import release_taken
from desk.store.ring import Ring
from desk.store.shelf import Shelf, quarantined, read_quarantined
from desk.store.vault import Vault


@dataclass(slots=True)
class Tally:
    """What a copy did: numbers of files, and the damaged ones that were left where they are."""

    batches: int = 0
    quarantined: int = 0
    mended: int = 0
    refused: dict[str, Fault] = field(default_factory=dict)


def require_same(vault: Vault, source: Path) -> None:
    """Refuse what is no copy of a store, or one under another store key."""
    if read_identity(source) != vault.identity:
        hint = "only copies that began as one store can be merged"
        raise DeskError("this is a copy of another case store", hint)
    if is_foreign(vault, source):
        hint = (
            "make a copy anew with `desk restore`, from a backup of the one with the new key, and "
            "keep the one with the old key until you know what it has more"
        )
        raise DeskError("the store key was changed in one of the two", hint)


def is_foreign(vault: Vault, store: Path) -> bool:
    """Whether a copy of a store lies under another store key."""
    # One file says little: it may be damaged. The key is changed in all of them at once.
    found = [_fault_of(vault, path) for path in ring.files(store)]
    return "keys_foreign" in found and None not in found


def _fault_of(vault: Vault, path: Path) -> Fault | None:
    try:
        ring.read(vault.lock, path)
    except Damaged as damage:
        return damage.fault
    return None


def _read(lock: Lock, path: Path) -> dict[bytes, bytes]:
    """The records of a keys file; none when it is missing or damaged, which `ring.load` tells."""
    try:
        return ring.read(lock, path)
    except Damaged:
        return {}


def _opens(lock: Lock, subject: bytes, sealed: bytes) -> bool:
    try:
        keyfile.open_key(lock, subject, sealed)
    except Damaged:
        return False
    return True


class _Union:
    """One run: what lies here and there, and what was taken. Nothing there is believed unproven."""

    def __init__(self, into: Vault, source: Path) -> None:
        self.into, self.source, self.tally = into, source, Tally()
        lock = into.lock
        ours, theirs = ring.load(into.path, lock), ring.load(source, lock)
        # Each log is read with the keys of both, since in either that of the log may be damaged.
        both = Ring(keys=theirs.keys | ours.keys)
        self.here, self.there = (Shelf(path, lock.store_id, both) for path in (into.path, source))
        self.here.load()
        self.there.load()
        self.gone = self.here.tombstones | self.there.tombstones
        theirs.settle(self.gone)
        # What is missing in both may be the line that erased: then our zeros stay what they are.
        if self.here.gaps <= self.there.entries.keys():
            ours.settle(self.gone)
        self.known = ours.keys.keys() | ours.erased
        self.tally.refused.update(theirs.faults)
        for subject in ours.keys.keys() & theirs.keys.keys():
            if ours.keys[subject] != theirs.keys[subject]:
                self.tally.refused[theirs.files[subject]] = "key_twice"

    def _missing(self) -> list[str]:
        """Batches that are missing or damaged here and whole there, parents before children."""
        found = []
        for path in shelf.paths(self.source):
            entry = self.there.entries.get(path.stem)
            if path.stem in self.here.entries:
                continue
            if entry is None:
                self.tally.refused[path.name] = self.there.faults[path.name]
            else:
                found.append((entry.clock, path.stem))
        return [name for _, name in sorted(found)]

    def _worth(self, subject: bytes, sealed: bytes) -> bytes | None:
        """What to keep of a record of theirs: `None` when we have it, or when it is damaged."""
        if subject in self.known:
            return None
        is_gone = subject in self.gone
        if not is_gone and not _opens(self.into.lock, subject, sealed):
            return None
        self.known.add(subject)
        return keyfile.ERASED if is_gone else sealed

    def _keys_for(self, name: str) -> bytes | None:
        """What has to be written as the keys file of a batch: `None` when nothing has to."""
        lock, present = self.into.lock, disk.keys_path(self.into.path, name)
        ours, theirs = _read(lock, present), _read(lock, disk.keys_path(self.source, name))
        kept = dict(ours)
        for subject, sealed in theirs.items():
            worth = self._worth(subject, sealed)
            if worth is not None:
                kept[subject] = worth
        if kept == ours:
            return None
        self.tally.mended += present.exists()
        return keyfile.build(lock, kept)

    def take_keys(self) -> None:
        """Complete and mend the keys files of the batches that are here."""
        for path in ring.files(self.source):
            keys = self._keys_for(path.stem) if path.stem in self.here.entries else None
            if keys is not None:
                disk.put(disk.keys_path(self.into.path, path.stem), keys)

    def take_batches(self) -> None:
        """Copy the batches that are not here, each with the keys that came with it."""
        for name in self._missing():
            octets = shelf.read_batch(disk.batch_path(self.source, name)).octets
            was_there = disk.batch_path(self.into.path, name).exists()
            disk.put_batch(self.into.path, name, octets, keys=self._keys_for(name))
            self.tally.mended += was_there
            self.tally.batches += not was_there

    def take_quarantine(self) -> None:
        """Copy the objects in quarantine that are not here."""
        for path in quarantined(self.source):
            target = self.into.path / disk.QUARANTINE / path.name
            if target.exists():
                continue
            try:
                disk.put(target, read_quarantined(path))
            except Damaged as damage:
                self.tally.refused[path.name] = damage.fault
                continue
            self.tally.quarantined += 1


def unite(into: Vault, source: Path) -> Tally:
    """Take into a store every whole file that a copy has and it has not, then look at it again.

    Who has no key of the store can take away from what a copy brings, and add nothing to it.
    """
    require_same(into, source)
    union = _Union(into, source)
    with into.writing():
        for name in (disk.BATCHES, disk.KEYS, disk.QUARANTINE):
            disk.make_folder(into.path / name)
        # First the keys of what is here already, so that nothing is looked at twice.
        union.take_keys()
        union.take_batches()
        union.take_quarantine()
    into.reload()
    into.note_heads()
    release_taken(into)
    return union.tally
