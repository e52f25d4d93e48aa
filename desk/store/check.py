"""Proves every byte of a case store (STORE.md section 9), between steps 6 and 7.

Comes in: an opened store. Goes out: what is wrong with which file, and how much there is. It reads
all from disk again and refuses to repair anything.
"""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from desk.errors import DeskError
from desk.folder import is_name, walk
from desk.store import batch, boards, disk, handlers, identity, ring, shelf, wrap
from desk.store.faults import Damaged, Fault
from desk.store.keyfile import ERASED
from desk.store.ring import Ring
from desk.store.shelf import Shelf
from desk.store.vault import Vault, octets_of


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault, and the file it is in, as a path inside the store."""

    file: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. Nothing is wrong if and only if `findings` is empty."""

    findings: tuple[Finding, ...]
    batches: int
    events: int
    events_erased: int
    subjects: int
    subjects_erased: int
    handlers: int
    quarantined: int


def _refuse(error: OSError) -> NoReturn:
    raise error  # a folder that cannot be looked into would pass for an empty one


def _files(store: Path) -> Iterator[str]:
    """Every file and link in a store, as a path inside it."""
    for folder, _, names in walk(store, refuse=_refuse):
        for name in names:
            yield os.path.relpath(folder / name, store)


def _is_known(store: Path, file: str) -> bool:
    path = store / file
    if path.is_symlink() or not path.is_file():
        return False
    stem = path.stem
    if is_name(stem):
        places = (disk.batch_path(store, stem), disk.keys_path(store, stem))
        folders = (store / disk.QUARANTINE, store / disk.BOARDS)
        return path in (*places, *(folder / stem for folder in folders))
    if wrap.is_handler(stem) and path == disk.wrap_path(store, stem):
        return True
    # An empty file has no byte that could be wrong.
    return file in (disk.IDENTITY, disk.HEADS) or (file == disk.LOCK and path.stat().st_size == 0)


def _strangers(store: Path) -> Iterator[Finding]:
    for file in _files(store):
        if not _is_known(store, file):
            yield Finding(file, "unknown_file")


def _identity(vault: Vault) -> Iterator[Finding]:
    try:
        if identity.parse(disk.read_small(vault.path / disk.IDENTITY)) == vault.identity:
            return
    except (OSError, DeskError):
        pass
    yield Finding(disk.IDENTITY, "store_shape")


def _wraps(store: Path) -> Iterator[Finding]:
    for handler in handlers.names(store):
        path = disk.wrap_path(store, handler)
        file = f"{disk.WRAPS}/{path.name}"
        try:
            wrap.parse(disk.read_small(path))
        except OSError:
            yield Finding(file, "unreadable")
        except Damaged as damage:
            yield Finding(file, damage.fault)


def _quarantine(store: Path) -> Iterator[Finding]:
    for path in shelf.quarantined(store):
        try:
            shelf.read_quarantined(path)
        except Damaged as damage:
            yield Finding(f"{disk.QUARANTINE}/{path.name}", damage.fault)


def _boards(store: Path) -> Iterator[Finding]:
    for path in boards.paths(store):
        try:
            boards.read(store, path.name)
        except Damaged as damage:
            yield Finding(f"{disk.BOARDS}/{path.name}", damage.fault)


def _tombstones(vault: Vault, path: Path, known: Shelf) -> Iterator[Finding]:
    """Whether the log and the records of a keys file agree on what is erased."""
    file = f"{disk.KEYS}/{path.name}"
    try:
        sealed = ring.read(vault.lock, path)
    except Damaged:
        return  # told by `ring.load`
    gone = {subject for subject, octets in sealed.items() if octets == ERASED}
    if gone - known.tombstones:
        yield Finding(file, "key_lost")
    if (sealed.keys() - gone) & known.tombstones:
        yield Finding(file, "key_left")
    if not disk.batch_path(vault.path, path.stem).exists():
        yield Finding(file, "keys_unused")


def _ancestry(store: Path, known: Shelf) -> Iterator[Finding]:
    """Whether every parent of a batch is there, and the clock one more than theirs."""
    for path in shelf.paths(store):
        entry = known.entries.get(path.stem)
        if entry is None:
            continue  # told by `Shelf.load`
        parents = [octets.hex() for octets in batch.parse(shelf.read_batch(path).octets).parents]
        file = os.path.relpath(path, store)
        if not all(disk.batch_path(store, parent).exists() for parent in parents):
            yield Finding(file, "parent_missing")
        clocks = [known.entries[parent].clock for parent in parents if parent in known.entries]
        if len(clocks) == len(parents) and entry.clock != 1 + max(clocks, default=-1):
            yield Finding(file, "batch_clock")


def _loaded(vault: Vault) -> tuple[Ring, Shelf, int]:
    """Keys and batches as they lie on disk now, with every record opened, and how many opened."""
    keys = ring.load(vault.path, vault.lock)
    known = Shelf(vault.path, vault.lock.store_id, keys, proves=True)
    known.load()
    return keys, known, sum(1 for _ in known.events())


def _contents(vault: Vault, keys: Ring, known: Shelf) -> Iterator[Finding]:
    yield from (Finding(f"{disk.KEYS}/{file}", fault) for file, fault in keys.faults)
    for file, fault in known.faults.items():
        is_batch = file != disk.HEADS
        yield Finding(f"{disk.BATCHES}/{file[:2]}/{file}" if is_batch else file, fault)
    for path in ring.files(vault.path):
        yield from _tombstones(vault, path, known)
    yield from _ancestry(vault.path, known)


def check(vault: Vault) -> Report:
    """Read every file again and hold it against STORE.md; finds, and repairs nothing."""
    store = vault.path
    with disk.reading(store):
        keys, known, events = _loaded(vault)
        findings = {
            *_strangers(store),
            *_identity(vault),
            *_wraps(store),
            *_quarantine(store),
            *_boards(store),
            *_contents(vault, keys, known),
        }
        return Report(
            findings=tuple(sorted(findings)),
            batches=len(known.entries),
            events=events,
            events_erased=known.skipped,
            subjects=len(keys.keys),
            subjects_erased=len(keys.erased),
            handlers=len(handlers.names(store)),
            quarantined=len(shelf.quarantined(store)),
        )


def keys_left(vault: Vault, subjects: Collection[str]) -> frozenset[str]:
    """Those of the subjects whose key still lies in a keys file: none, once they are erased.

    Reads the disk, not what is in memory. Raises `Damaged` when a keys file cannot be read, since
    nothing is proven then.
    """
    wanted = {octets_of(subject) for subject in subjects}
    left: set[bytes] = set()
    for path in ring.files(vault.path):
        sealed = ring.read(vault.lock, path)
        left |= {subject for subject in wanted & sealed.keys() if sealed[subject] != ERASED}
    return frozenset(map(bytes.hex, left))
