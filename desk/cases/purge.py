"""Which sealed objects the store of step 4 may let go, after step 6: the list for `desk purge`.

Comes in: two case stores of one desk. Goes out: a file with the names of objects that both could
read, and of those erased. It refuses to know the network: another machine carries the list out.
"""

from datetime import date
from pathlib import Path

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.folder import write_new
from desk.store.event import LOG, Event
from desk.store.vault import Vault

TITLE = "# balie purge list"
_RECEIVED = ("received", "received_again", "followed_up")


def _names(vault: Vault) -> tuple[set[str], set[str]]:
    """Names of the objects received in a store, and of those erased from it since.

    An event comes out of a store only if it could be opened, so a name in the first set stands for
    a complaint that can be read there.
    """
    received: set[str] = set()
    erased: set[str] = set()
    for _, event in vault.events():
        if event.kind in _RECEIVED:
            received.add(str(event.values.get("object", "")))
        elif event.kind == "erased":
            objects = event.values.get("objects")
            erased.update(map(str, objects) if isinstance(objects, list) else ())
        elif event.kind == "received_erased":
            erased.add(str(event.values.get("object", "")))
    return received, erased


def names(ours: Vault, theirs: Vault) -> list[str]:
    """The objects that may go: readable in both stores, or erased in one of them."""
    if ours.store_id != theirs.store_id:
        raise DeskError("these are stores of two desks", "give two copies of one desk's store")
    if ours.path.resolve() == theirs.path.resolve():
        raise DeskError("this is one store twice", "give a second copy, on another machine or disk")
    (here, gone_here), (there, gone_there) = _names(ours), _names(theirs)
    return sorted(((here & there) | gone_here | gone_there) - {""})


def write(found: list[str], path: Path) -> None:
    """Write a purge list, never over another file."""
    text = "\n".join((TITLE, *found, ""))
    try:
        write_new(path, text.encode("ascii"))
    except OSError as error:
        raise DeskError(f"cannot write the purge list: {error.strerror}") from None


def purge_list(book: Casebook, theirs: Vault, path: Path, *, today: date) -> int:
    """Write the list for `desk purge` and note it in the log; returns how many names it has."""
    vault = book.vault
    found = names(vault, theirs)
    if not found:
        hint = "import the same stick into both copies first"
        raise DeskError("no object is in both stores yet", hint)
    write(found, path)
    count = {"names": len(found)}
    book.add([Event(LOG, "purge_listed", today.isoformat(), vault.handler, count)])
    return len(found)
