"""The reply boards that this copy of a case store made (STORE.md section 2), in step 8.

Comes in: an opened store and the bytes of a board, which are all sealed. Goes out: the same bytes
again, and which files are not whole. Copies and backups do not take them along: by that a copy knows
whether the last board was made here. It refuses to know what a board is.
"""

from hashlib import sha256
from pathlib import Path

from desk.folder import is_name, read_plain
from desk.store import batch, disk
from desk.store.faults import Damaged
from desk.store.vault import Vault


def paths(store: Path) -> list[Path]:
    """All boards that lie in a store, in the order of their names."""
    return sorted(path for path in (store / disk.BOARDS).glob("*") if is_name(path.name))


def read(store: Path, name: str) -> bytes | None:
    """The bytes of a board by the SHA-256 of them; `None` if there is none, else `Damaged`."""
    path = store / disk.BOARDS / name
    try:
        octets = read_plain(path, batch.MAX_BYTES)
    except FileNotFoundError:
        return None
    except OSError:
        raise Damaged("unreadable") from None
    if sha256(octets).hexdigest() != name:
        raise Damaged("board_name")
    return octets


def keep(vault: Vault, octets: bytes) -> str:
    """Keep a board, on disk when this returns; returns its name, the SHA-256 of its bytes."""
    name = sha256(octets).hexdigest()
    folder = vault.path / disk.BOARDS
    with vault.writing():
        disk.make_folder(folder)
        disk.put(folder / name, octets)
    return name


def keep_only(vault: Vault, name: str) -> None:
    """Remove every board but one: older ones, and what a crash left before it counted."""
    with vault.writing():
        for path in paths(vault.path):
            if path.name != name:
                path.unlink()
