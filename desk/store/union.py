"""Every whole file of two copies of a case store in one of them (STORE.md section 8).

Comes in: an opened store and the folder of a copy. Goes out: what was copied, and what was damaged
there and left. It refuses another store, another store key, and to bring back what was erased.
It lies between steps 6 and 7.
"""

from dataclasses import dataclass, field
from pathlib import Path

from desk.errors import DeskError
from desk.store import batch, disk, keyfile, ring, shelf
from desk.store.faults import Damaged, Fault
from desk.store.shelf import quarantined, read_quarantined
from desk.store.vault import Vault, read_identity


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
        hint = "restore the copy with the old key from a backup of the one with the new key"
        raise DeskError("the store key was changed in one of the two", hint)


def is_foreign(vault: Vault, store: Path) -> bool:
    """Whether a copy of a store lies under another store key."""
    return any(_fault_of(vault, path) == "keys_foreign" for path in ring.files(store))


def _fault_of(vault: Vault, path: Path) -> Fault | None:
    try:
        ring.read(vault.lock, path)
    except Damaged as damage:
        return damage.fault
    return None


def _missing(into: Vault, source: Path, tally: Tally) -> list[Path]:
    """Batches that are missing or damaged in a store, parents before children."""
    found = []
    for path in shelf.paths(source):
        if path.stem in into.names:
            continue
        try:
            found.append((batch.parse(shelf.read_batch(path)).clock, path))
        except Damaged as damage:
            tally.refused[path.name] = damage.fault
    return [path for _, path in sorted(found)]


def _keys_for(into: Vault, source: Path, name: str, tally: Tally) -> bytes | None:
    """What has to be written as the keys file of a batch: `None` when nothing has to."""
    path, present = disk.keys_path(source, name), disk.keys_path(into.path, name)
    if not path.exists():
        return None
    try:
        theirs = ring.read(into.lock, path)
    except Damaged as damage:
        tally.refused[path.name] = damage.fault
        return None
    try:
        ours = ring.read(into.lock, present)
    except Damaged:
        tally.mended += present.exists()
        return keyfile.build(into.lock, theirs)
    if theirs == ours:
        return None
    mended = {subject: _better(into, subject, ours[subject], theirs) for subject in ours}
    tally.mended += mended != ours
    return keyfile.build(into.lock, mended) if mended != ours else None


def _better(into: Vault, subject: bytes, ours: bytes, theirs: dict[bytes, bytes]) -> bytes:
    """Our record of a key, unless it is damaged. Zeros are never damage: they do not come undone."""
    if ours == keyfile.ERASED or _opens(into, subject, ours):
        return ours
    other = theirs.get(subject, ours)
    return other if other == keyfile.ERASED or _opens(into, subject, other) else ours


def _opens(into: Vault, subject: bytes, sealed: bytes) -> bool:
    try:
        keyfile.open_key(into.lock, subject, sealed)
    except Damaged:
        return False
    return True


def _take_batch(into: Vault, source: Path, path: Path, tally: Tally) -> None:
    keys = _keys_for(into, source, path.stem, tally)
    try:
        octets = shelf.read_batch(path)
    except Damaged as damage:
        tally.refused[path.name] = damage.fault
        return
    was_there = disk.batch_path(into.path, path.stem).exists()
    disk.put_batch(into.path, path.stem, octets, keys=keys)
    tally.mended += was_there
    tally.batches += not was_there


def _take_keys(into: Vault, source: Path, tally: Tally) -> None:
    for path in ring.files(source):
        if path.stem not in into.names:
            continue
        keys = _keys_for(into, source, path.stem, tally)
        if keys is not None:
            disk.put(disk.keys_path(into.path, path.stem), keys)


def _take_quarantine(into: Vault, source: Path, tally: Tally) -> None:
    for path in quarantined(source):
        target = into.path / disk.QUARANTINE / path.name
        if target.exists():
            continue
        try:
            disk.put(target, read_quarantined(path))
        except Damaged as damage:
            tally.refused[path.name] = damage.fault
            continue
        tally.quarantined += 1


def unite(into: Vault, source: Path) -> Tally:
    """Take into a store every whole file that a copy has and it has not, then look at it again."""
    require_same(into, source)
    tally = Tally()
    missing = _missing(into, source, tally)
    with into.writing():
        # First the keys of what is here already, so that nothing is looked at twice.
        _take_keys(into, source, tally)
        for path in missing:
            _take_batch(into, source, path, tally)
        _take_quarantine(into, source, tally)
    into.reload()
    into.note_heads()
    return tally
