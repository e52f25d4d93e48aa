"""Which sealed objects the store of step 4 may let go, after step 6: the list for `desk purge`.

Comes in: two case stores of one desk. Goes out: a file with the names of objects that both could
read, and of those erased, signed with the board key. It refuses to know the network: another machine
carries the list out.
"""

from datetime import date
from pathlib import Path

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.folder import write_new
from desk.outgoing import boardmaking
from desk.store.event import LOG, Event
from desk.store.vault import Vault
from desk.wire import purgelist
from desk.wire.purgelist import PurgeList

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


def listing(ours: Vault, theirs: Vault, today: date) -> PurgeList:
    """The objects that may go: readable in both stores, or erased in one of them."""
    if ours.store_id != theirs.store_id:
        raise DeskError("these are stores of two desks", "give two copies of one desk's store")
    if ours.path.resolve() == theirs.path.resolve():
        raise DeskError("this is one store twice", "give a second copy, on another machine or disk")
    (here, gone_here), (there, gone_there) = _names(ours), _names(theirs)
    erased = (gone_here | gone_there) - {""}
    held = (here & there) - erased - {""}
    issued = today.isoformat()
    return PurgeList(ours.store_id, issued, tuple(sorted(held)), tuple(sorted(erased)))


def write(text: str, path: Path) -> None:
    """Write a purge list, never over another file."""
    try:
        write_new(path, text.encode("ascii"))
    except OSError as error:
        raise DeskError(f"cannot write the purge list: {error.strerror}") from None


def purge_list(book: Casebook, theirs: Vault, path: Path, *, today: date) -> PurgeList:
    """Write the list for `desk purge`, signed, and note it in the log; returns what is on it."""
    vault = book.vault
    found = listing(vault, theirs, today)
    count = len(found.held) + len(found.erased)
    if not count:
        hint = "import the same stick into both copies first"
        raise DeskError("no object is in both stores yet", hint)
    write(purgelist.build(found, board_seed=boardmaking.seed(book, today)), path)
    noted = Event(LOG, "purge_listed", today.isoformat(), vault.handler, {"names": count})
    book.add([noted])
    return found
