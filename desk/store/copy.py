"""Copies of a case store: merge, outbox, backup, restore (STORE.md section 8), between steps 6 and 7.

Comes in: an opened store and a folder on a stick or disk. Goes out: a store that has all that both
had. It refuses to write over a folder that holds anything else.
"""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from desk.errors import DeskError
from desk.folder import part_of, read_plain
from desk.store import disk, handlers, ring, shelf
from desk.store.check import Report, check
from desk.store.door import read_identity, unlock
from desk.store.hold import Hold, locked, unchanging
from desk.store.identity import Identity
from desk.store.union import Tally, is_foreign, unite
from desk.store.vault import Vault

OUTBOX = "outbox"
_SKELETON = (disk.BATCHES, disk.KEYS, disk.QUARANTINE)


def _require_whole(source: Path) -> None:
    if (source / disk.REKEY).exists():
        raise DeskError("a change of the store key was broken off there", "open that copy once")


def _require_no_link(*folders: Path) -> None:
    """Refuse a copy that leads somewhere else: what is written there would be written elsewhere."""
    if any(map(os.path.islink, folders)):
        hint = "make the copy anew, in an empty folder"
        raise DeskError("there is a link among the folders of that copy", hint)


def merge(into: Vault, other: Path) -> Tally:
    """Take in what another copy of the store has and this one has not; the other is not changed.

    `other` is a store, an outbox, or a stick with an outbox. What the log of either calls erased is
    erased afterwards. Damaged files are left out and named; damaged files here are mended. Raises
    `DeskError` for another store or another store key. Fold the events again after it.
    """
    with disk.reading(other):
        outbox_there = other / OUTBOX / into.store_id
        source = outbox_there if outbox_there.is_dir() else other
        _require_no_link(other / OUTBOX, outbox_there, *disk.folders(source))
        _require_whole(source)
        with unchanging(source):
            return unite(into, source)


def _start(target: Path, identity: Identity) -> None:
    """Make the folders of a copy; `store.json` comes last, and makes it one."""
    parts = {*_SKELETON, part_of(target / disk.IDENTITY).name}
    if target.is_dir() and not {path.name for path in target.iterdir()} <= parts:
        raise DeskError("that folder holds other things", "give an empty folder, or a new one")
    for folder in (target, *(target / name for name in _SKELETON)):
        disk.make_folder(folder)
    disk.put(target / disk.IDENTITY, identity.octets)


def _require_copy(vault: Vault, target: Path) -> None:
    if vault.path.resolve() in target.resolve().parents:
        raise DeskError("a copy cannot lie inside the store", "give a folder on another disk")
    _require_no_link(*disk.folders(target))
    if not (target / disk.IDENTITY).exists():
        _start(target, vault.identity)
    if read_identity(target) != vault.identity:
        raise DeskError("that folder holds another case store", "give another folder")


def _wraps(store: Path) -> Iterator[disk.File]:
    for handler in handlers.names(store):
        path = disk.wrap_path(store, handler)
        yield path.name, disk.read_small(path)


def _keys(store: Path, names: Collection[str]) -> Iterator[disk.File]:
    for path in ring.files(store):
        if path.name in names:
            yield path.name, read_plain(path, disk.MAX_KEYS_BYTES)


def _follow_key(vault: Vault, target: Path, wraps: Collection[disk.File]) -> None:
    """Put a copy from before the store key was changed under the new one."""
    if not is_foreign(vault, target):
        return
    if not {path.stem for path in shelf.paths(target)} <= set(vault.names):
        hint = "give an empty folder, and keep that copy until you know what it has more"
        raise DeskError("that copy has another store key and things that are not here", hint)
    present = {path.name for path in ring.files(target)}
    disk.switch(target, _keys(vault.path, present), wraps)


def _mirror(wraps: Collection[disk.File], target: Path) -> None:
    disk.make_folder(target / disk.WRAPS)
    stay = {name for name, _ in wraps}
    for handler in handlers.names(target):
        path = disk.wrap_path(target, handler)
        if path.name not in stay:
            disk.destroy(path)
    for name, octets in wraps:
        disk.put(target / disk.WRAPS / name, octets)


def _beside(vault: Vault, path: Path, hold: Hold) -> Vault:
    """Open a copy of an opened store with the key that they share."""
    return Vault(path, vault.handler, known=vault.identity, key=vault.lock.key, hold=hold)


def _refresh(vault: Vault, target: Path, wraps: Collection[disk.File]) -> Tally:
    with disk.writing():
        _require_copy(vault, target)
        with locked(target) as hold:
            disk.sweep(target)
            _follow_key(vault, target, wraps)
            with _beside(vault, target, hold) as copy:
                tally = unite(copy, vault.path)
                if wraps:
                    _mirror(wraps, target)
    return tally


def backup(vault: Vault, target: Path) -> Tally:
    """Bring a backup up to date, or begin one in a new or empty folder.

    It gets all that the store has, and exactly its handlers; what was erased is erased there too.
    Raises `DeskError` when the folder holds anything else, or is in use.
    """
    disk.require_parent(target)
    return _refresh(vault, target, list(_wraps(vault.path)))


def outbox(vault: Vault, stick: Path) -> Tally:
    """Bring `outbox/<store id>/` on a stick up to date, which another copy can merge.

    It holds no wrap, so no passphrase opens it.
    """
    with disk.writing():
        if not stick.is_dir():
            hint = "plug it in, and give the folder it appears as"
            raise DeskError("the stick is not there", hint)
        _require_no_link(stick / OUTBOX, stick / OUTBOX / vault.store_id)
        disk.make_folder(stick / OUTBOX)
    return _refresh(vault, stick / OUTBOX / vault.store_id, ())


def restore(source: Path, target: Path, handler: str, *, passphrase: str) -> tuple[Tally, Report]:
    """Make a store out of a backup, at a path where nothing is, and check it.

    Damaged files of the backup are left out and named. Raises `DeskError` on a wrong passphrase,
    before anything is written.
    """
    if os.path.lexists(target):
        raise DeskError("something lies there already", "give a path where nothing is yet")
    disk.require_parent(target)
    _require_no_link(*disk.folders(source))
    _require_whole(source)
    known = read_identity(source)
    key = unlock(source, known, handler, passphrase=passphrase)
    part = part_of(target)
    with disk.writing(), unchanging(source):
        if part.exists():
            disk.remove(part)
        _start(part, known)
        with (
            locked(part) as hold,
            Vault(part, handler, known=known, key=key, hold=hold) as vault,
        ):
            tally = unite(vault, source)
            _mirror(list(_wraps(source)), part)
            disk.publish(part, target)
    with (
        locked(target) as hold,
        Vault(target, handler, known=known, key=key, hold=hold) as restored,
    ):
        return tally, check(restored)
