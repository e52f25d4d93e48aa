"""Takes keys into a case store, beside step 6: from then on a handler's own words are enough.

Comes in: an opened store and locked key files. Goes out: an event for each key, and lines to print.
The key file stays where it is until the key is destroyed. It refuses to know complaints.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desk.errors import DeskError
from desk.keeping import holdings
from desk.keeping.holdings import KEPT
from desk.keys import ceremony, secret_keys
from desk.keys.passphrase import Ask
from desk.keys.secret_keys import SecretKey
from desk.store.event import Event
from desk.store.vault import Vault, new_subject
from desk.wire.keylist import KeyEntry

_TAKEN = ("intake", "board")


def _check(key: SecretKey, vault: Vault) -> None:
    if key.use not in _TAKEN:
        hint = "it signs the key list and opens nothing; leave it in its file"
        raise DeskError(f"a {key.use} key is not kept in a case store", hint)
    if key.practice != vault.practice:
        hint = "a practice key goes into a practice store only, a real key into a real one"
        raise DeskError(f"the key {key.id} and this case store do not belong together", hint)


def event_of(key: SecretKey, entry: KeyEntry, *, today: date, handler: str) -> Event:
    """The event that keeps a key, on a new subject."""
    values = {
        "use": key.use,
        "key_id": key.id,
        "public": entry.public,
        "not_before": entry.not_before,
        "not_after": entry.not_after,
        "seed": key.seed.hex(),
    }
    return Event(new_subject(), KEPT, today.isoformat(), handler, values)


def keep(vault: Vault, paths: Sequence[Path], *, ask: Ask, today: date) -> list[str]:
    """Take keys into the store, all or none; returns the lines to print.

    Raises `DeskError` for a site key, a key that was destroyed, and practice mixed with real.
    """
    held = holdings.of(vault)
    known = {kept.id for kept in held.keys.values()}
    events, lines = [], []
    for path in paths:
        key = secret_keys.read(path, ask)
        _check(key, vault)
        if key.id in held.destroyed:
            hint = f"destroy this file of it too: shred -u {path.name}"
            raise DeskError(f"the key {key.id} was destroyed", hint)
        lines.append(
            f"{key.use:<7} {key.id}  {'was' if key.id in known else 'is now'} in the store"
        )
        if key.id not in known:
            known.add(key.id)
            entry = ceremony.half_of(path.parent, key.id).entry
            events.append(event_of(key, entry, today=today, handler=vault.handler))
    vault.append(events)
    return [*lines, "the key files stay where they are until `desk key destroy`"]
