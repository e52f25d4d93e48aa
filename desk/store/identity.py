"""What tells one case store from another (STORE.md section 3), between steps 6 and 7.

Comes in: the bytes of `store.json`. Goes out: the id of the store, and whether it is for practice.
It refuses to know keys: nothing in that file is secret.
"""

import re
from dataclasses import dataclass

from desk.errors import DeskError, Refused
from desk.store.faults import Damaged
from desk.wire import canon

FORMAT = 1
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Identity:
    """The id of a store, 32 hex digits drawn once, and whether its cases are invented."""

    store_id: str
    practice: bool

    @property
    def octets(self) -> bytes:
        """The bytes of `store.json`."""
        value: canon.Value = {
            "format": FORMAT,
            "store": self.store_id,
            "practice": self.practice,
        }
        return canon.dumps(value).encode("ascii")


def _refuse_later(value: dict[str, canon.Value]) -> None:
    """A store of a format to come is whole: the desk is too old for it, and mends nothing there."""
    found = value.get("format")
    if type(found) is int and found > FORMAT:
        hint = "open it with the desk that wrote it; `desk --version` says which this is"
        raise DeskError("this case store is of a later desk than this one", hint)


def parse(octets: bytes) -> Identity:
    """Read `store.json`; `Damaged("store_shape")` if it is anything else, `DeskError` of a later format."""
    try:
        value = canon.loads(octets)[1]
    except Refused:
        raise Damaged("store_shape") from None
    if not isinstance(value, dict):
        raise Damaged("store_shape")
    _refuse_later(value)
    store_id, practice = value.get("store"), value.get("practice")
    if not isinstance(store_id, str) or not isinstance(practice, bool):
        raise Damaged("store_shape")
    identity = Identity(store_id, practice)
    # Built again it must be the same: that leaves no other field, order or format.
    if _ID.fullmatch(store_id) is None or identity.octets != octets:
        raise Damaged("store_shape")
    return identity
