"""Step 3, which keys are accepted: reads the key ids out of the key list (WIRE.md section 6).

The text of a key list comes in, a set of 8-byte key ids goes out. It cannot check the signature,
which needs a library that this room refuses; a wrong list here can refuse complaints and never
open one.
"""

import json
import re
from typing import Any

from functions.errors import SetupError

_KEY_ID = re.compile(r"[0-9a-f]{16}")


def accepted_ids(text: str) -> frozenset[bytes]:
    """Return the ids of all intake keys in the key list `text`.

    Raises `SetupError` if there is none or if one is malformed: a function that accepts nothing,
    or half of the list, would look alive and refuse every sender.
    """
    ids = [_id(entry) for entry in _entries(text) if entry.get("use") == "intake"]
    if not ids:
        raise SetupError("the key list holds no intake key")
    return frozenset(ids)


def _entries(text: str) -> list[dict[str, Any]]:  # Any: JSON of unknown shape, checked below
    try:
        signed = json.loads(json.loads(text)["signed"])
        entries = signed["keys"]
    except (ValueError, KeyError, TypeError) as error:
        raise SetupError("the key list cannot be read") from error
    if signed.get("version") != 1:
        raise SetupError("the key list has an unknown version")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SetupError("the key list cannot be read")
    return entries


def _id(entry: dict[str, Any]) -> bytes:
    key_id = entry.get("id")
    if not isinstance(key_id, str) or not _KEY_ID.fullmatch(key_id):
        raise SetupError("the key list holds a malformed key id")
    return bytes.fromhex(key_id)
