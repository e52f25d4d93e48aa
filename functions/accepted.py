"""Step 3, which keys are accepted: reads the key ids out of the key list (WIRE.md section 6).

The text of a key list comes in, a set of 8-byte key ids goes out. It cannot check the signature,
which needs a library that this room refuses; a wrong list here can refuse complaints and never
open one.
"""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from functions.errors import SetupError

_KEY_ID = re.compile(r"[0-9a-f]{16}")
_DATE = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")  # WIRE.md section 1


@dataclass(frozen=True)
class Accepted:
    """One key list: its exact text, the ids of its intake keys, its site key, its day."""

    text: str
    ids: frozenset[bytes]
    site_key: str
    issued: str


def read(text: str) -> Accepted:
    """Take the key list `text` whole, or raise `SetupError`: also for a key that is not its id's.

    A function that accepts nothing, or half of the list, would look alive and refuse every sender.
    """
    signed = _signed(text)
    intake = [_id(entry) for entry in _entries(signed, "intake")]
    site = [str(entry.get("public")) for entry in _entries(signed, "site")]
    issued = signed.get("issued")
    if not intake:
        raise SetupError("the key list holds no intake key")
    if len(site) != 1:
        raise SetupError("the key list does not hold one site key")
    if not isinstance(issued, str) or not _DATE.fullmatch(issued):
        raise SetupError("the key list does not say its day")
    return Accepted(text, frozenset(intake), site[0], issued)


def follows(before: Accepted, found: Accepted) -> None:
    """Refuse a list that may not take the place of the one in force (WIRE.md section 6)."""
    if found.site_key != before.site_key:
        raise SetupError("the key list is of another site key")
    if found.issued < before.issued:
        raise SetupError("the key list is older than the one read before")


def _signed(text: str) -> dict[str, Any]:  # Any: JSON of unknown shape, here and below
    try:
        signed = json.loads(json.loads(text)["signed"])
        version = signed["version"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SetupError("the key list cannot be read") from error
    if version != 1:
        raise SetupError("the key list has an unknown version")
    return dict(signed)


def _entries(signed: dict[str, Any], use: str) -> list[dict[str, Any]]:
    entries = signed.get("keys")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SetupError("the key list cannot be read")
    return [entry for entry in entries if entry.get("use") == use]


def _id(entry: dict[str, Any]) -> bytes:
    key_id = entry.get("id")
    if not isinstance(key_id, str) or not _KEY_ID.fullmatch(key_id):
        raise SetupError("the key list holds a malformed key id")
    try:
        public = base64.b64decode(entry["public"], validate=True)
    except (KeyError, TypeError, ValueError) as error:
        raise SetupError("the key list holds a malformed key") from error
    if hashlib.sha256(public).hexdigest()[:16] != key_id:
        raise SetupError("the key list holds a key under the id of another")
    return bytes.fromhex(key_id)
