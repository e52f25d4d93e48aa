"""What lies in quarantine and need not any more (STORE.md section 8), between steps 6 and 7.

Comes in: an opened store, into which a copy was merged. Goes out: the same without the objects that
could be read since, or were erased. It refuses to know what is in them.
"""

from collections.abc import Iterator

from desk.store.event import LOG, Event
from desk.store.shelf import ERASED
from desk.store.vault import Vault

_TAKEN = frozenset(("received", "received_again", "followed_up", "received_erased"))


def _objects(event: Event) -> Iterator[object]:
    """The names of the objects that an event says were read, or erased."""
    if event.kind in _TAKEN:
        yield event.values.get("object")
    elif (event.subject, event.kind) == (LOG, ERASED):
        objects = event.values.get("objects")
        yield from objects if isinstance(objects, list) else ()


def release_taken(vault: Vault) -> None:
    """Destroy the objects in quarantine that an event of the store names as read or erased."""
    held = frozenset(vault.quarantined())
    if held:
        named = {name for _, event in vault.events() for name in _objects(event)}
        vault.release(held & named)
