"""What joins all that was written under one reply code, in steps 6 to 8 (WIRE.md sections 5.4 and 7).

Comes in: the fields of a complaint or of a follow-up. Goes out: the two keys of its code, or a mark
by which its case is found. It refuses to know the code itself, which never reaches the desk.
"""

from collections.abc import Mapping
from hashlib import sha256

from desk.wire.board.slots import CodeKeys
from desk.wire.canon import Value

MARK_BYTES = 32


def keys_of(fields: Mapping[str, Value]) -> CodeKeys | None:
    """The keys of a checked complaint's code; `None` if she wanted no code."""
    reply_key, tag_key = fields.get("reply_key"), fields.get("tag_key")
    if not isinstance(reply_key, str) or not isinstance(tag_key, str):
        return None
    return CodeKeys(bytes.fromhex(reply_key), bytes.fromhex(tag_key))


def mark_of_keys(keys: CodeKeys) -> bytes:
    """The mark of a code: SHA-256 of both keys, 32 bytes; nothing can be read or written with it."""
    return sha256(keys.reply_key + keys.tag_key).digest()


def mark(fields: Mapping[str, Value]) -> bytes:
    """The mark of a complaint's code; empty if she wanted none."""
    keys = keys_of(fields)
    return mark_of_keys(keys) if keys is not None else b""
