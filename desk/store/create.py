"""Makes a new, empty case store (STORE.md section 3), between steps 6 and 7.

Comes in: a path that is free, the first handler and a drawn passphrase. Goes out: a folder that
`Vault.open` opens. It refuses to know what the store will hold.
"""

import os
from pathlib import Path

from nacl import utils

from desk.errors import DeskError
from desk.folder import part_of, sync_folder
from desk.store import batch, disk, heads, keyfile, wrap
from desk.store.event import LOG
from desk.store.identity import Identity
from desk.store.keyfile import Lock


def _put_first_batch(store: Path, lock: Lock) -> None:
    """A batch without events, so that the key of the log has a batch to come with."""
    log, key = bytes.fromhex(LOG), utils.random(keyfile.KEY_BYTES)
    octets = batch.build(lock.store_id, 0, (), records=(), log=key)
    sealed = {log: keyfile.seal(lock, log, key)}
    disk.put_batch(store, batch.name(octets), octets, keys=keyfile.build(lock, sealed))
    disk.put(store / disk.HEADS, heads.build({batch.name(octets): 0}))


def _fill(store: Path, identity: Identity, wrapped: bytes, *, handler: str, lock: Lock) -> None:
    store.mkdir(disk.PRIVATE_FOLDER)
    for name in (disk.BATCHES, disk.KEYS, disk.WRAPS, disk.QUARANTINE):
        disk.make_folder(store / name)
    disk.put(store / disk.IDENTITY, identity.octets)
    disk.put(disk.wrap_path(store, handler), wrapped)
    _put_first_batch(store, lock)


def create(
    path: Path,
    handler: str,
    passphrase: str,
    *,
    practice: bool,
    work: wrap.Work = wrap.MODERATE,
) -> None:
    """Make a case store that one handler can open; it is there whole or not at all.

    Raises `DeskError` when something lies at the path. `work` is less than `MODERATE` in tests only.
    """
    if os.path.lexists(path):
        raise DeskError("something lies there already", "give a path where nothing is yet")
    disk.require_parent(path)
    identity = Identity(utils.random(keyfile.STORE_ID_BYTES).hex(), practice)
    lock = Lock(bytes.fromhex(identity.store_id), utils.random(keyfile.KEY_BYTES))
    person = wrap.Person(identity.octets, handler)
    wrapped = wrap.lock(lock.key, person, passphrase, work=work)
    part = part_of(path)
    with disk.writing():
        if part.exists():
            disk.remove(part)
        _fill(part, identity, wrapped, handler=handler, lock=lock)
        os.rename(part, path)
        sync_folder(path.parent)
