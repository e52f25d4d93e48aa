"""Who can open a case store: handlers join, leave, and the store key is changed (STORE.md section 6).

Comes in: an opened store, names and drawn passphrases. Goes out: wraps, and a store under a new key.
It refuses to know why; the calendar and the paper around it belong to the keys.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from nacl import utils

from desk.errors import DeskError
from desk.store import disk, keyfile, ring, wrap
from desk.store.keyfile import Lock
from desk.store.vault import Vault


def names(store: Path) -> list[str]:
    """The handlers who can open a store, without opening it, in alphabetical order."""
    staged = store / disk.REKEY / disk.WRAPS
    folder = staged if staged.is_dir() else store / disk.WRAPS
    return sorted(path.stem for path in folder.glob("*.wrap") if wrap.is_handler(path.stem))


def add(vault: Vault, handler: str, passphrase: str, *, work: wrap.Work = wrap.MODERATE) -> None:
    """Let one more handler open the store; `DeskError` when the name is taken."""
    if handler in names(vault.path):
        raise DeskError(f"{handler} can open this case store already", "choose another name")
    person = wrap.Person(vault.identity.octets, handler)
    octets = wrap.lock(vault.lock.key, person, passphrase, work=work)
    with vault.writing():
        disk.put(disk.wrap_path(vault.path, handler), octets)


def remove(vault: Vault, handler: str) -> None:
    """Destroy the wrap of one handler; who kept a copy of it can still use that until `rekey`.

    Raises `DeskError` for a name that is not there, and for the last one.
    """
    present = names(vault.path)
    if handler not in present:
        raise DeskError("no handler of that name can open this case store")
    if len(present) == 1:
        raise DeskError("nobody could open the case store any more", "add another handler first")
    with vault.writing():
        disk.destroy(disk.wrap_path(vault.path, handler))


def _sealed_again(vault: Vault, fresh: Lock) -> Iterator[disk.File]:
    for path in ring.files(vault.path):
        sealed = {
            subject: octets
            if octets == keyfile.ERASED
            else keyfile.seal(fresh, subject, keyfile.open_key(vault.lock, subject, octets))
            for subject, octets in ring.read(vault.lock, path).items()
        }
        yield path.name, keyfile.build(fresh, sealed)


def rekey(vault: Vault, passphrases: Mapping[str, str], *, work: wrap.Work = wrap.MODERATE) -> None:
    """Draw a new store key, for the handlers given with their passphrases and nobody else.

    The keys of all subjects are sealed again; a crash leaves a store that opens with all the old
    wraps or with all the new ones. Raises `DeskError` when no handler is given, and `Damaged` when
    a keys file is damaged, for its keys would be lost.
    """
    if not passphrases:
        raise DeskError("nobody could open the case store any more", "name who stays")
    fresh = Lock(vault.lock.store_id, utils.random(keyfile.KEY_BYTES))
    wraps = []
    for handler, passphrase in passphrases.items():
        person = wrap.Person(vault.identity.octets, handler)
        wraps.append((f"{handler}.wrap", wrap.lock(fresh.key, person, passphrase, work=work)))
    sealed = list(_sealed_again(vault, fresh))
    vault.mark()  # so that a copy under the old key can never pass for the newer one
    with vault.writing():
        disk.switch(vault.path, sealed, wraps)
    vault.lock = fresh
    vault.reload()
