"""What a case store holds of keys and sealed objects, beside step 6.

Comes in: an opened store. Goes out: the keys kept in it, the names of the objects received, and the
keys destroyed. It refuses to know what any complaint says.
"""

from dataclasses import dataclass, field

from desk.store.event import LOG, Event
from desk.store.vault import Vault
from desk.wire.canon import Value

KEPT, DESTROYED, ERASED = "key_kept", "key_destroyed", "erased"
_RECEIVED = ("received", "received_again", "followed_up")


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A key that lies in a store: its use, its id, and its seed of 32 bytes."""

    use: str
    id: str
    seed: bytes = field(repr=False)


@dataclass(slots=True)
class Holdings:
    """Keys by subject, objects by name with the id of their key, and what is gone."""

    keys: dict[str, KeptKey] = field(default_factory=dict)
    objects: dict[str, str] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)  # names of objects of erased complaints
    destroyed: set[str] = field(default_factory=set)  # ids of keys

    def knows(self, name: str) -> bool:
        """Whether an object was received, also when its case was erased since."""
        return name in self.objects or name in self.erased

    def of_key(self, key_id: str) -> set[str]:
        """Names of the objects received that were sealed to a key."""
        return {name for name, sealed_to in self.objects.items() if sealed_to == key_id}

    def subjects_of(self, key_id: str) -> list[str]:
        """The subjects on which a key is kept: more than one after a merge of two copies."""
        return [subject for subject, key in self.keys.items() if key.id == key_id]

    def take(self, event: Event) -> None:
        """Take in one event of the store."""
        values = event.values
        if event.kind == KEPT:
            seed = bytes.fromhex(str(values["seed"]))
            self.keys[event.subject] = KeptKey(str(values["use"]), str(values["key_id"]), seed)
        elif event.kind in _RECEIVED and values["object"]:
            self.objects[str(values["object"])] = str(values["key_id"])
        elif event.subject == LOG and event.kind == ERASED:
            self.erased.update(_texts(values["objects"]))
        elif event.subject == LOG and event.kind == "received_erased":
            self.erased.add(str(values["object"]))
        elif event.subject == LOG and event.kind == DESTROYED:
            self.destroyed.add(str(values["key_id"]))


def _texts(value: Value) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def of(vault: Vault) -> Holdings:
    """Go through all events of a store, once."""
    holdings = Holdings()
    for _, event in vault.events():
        holdings.take(event)
    return holdings
