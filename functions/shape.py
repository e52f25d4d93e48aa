"""Step 3, the checks: what a request must look like before its body is stored.

What the request says and its bytes come in; a refusal from a closed list or nothing goes out.
Pure, standard library only. It cannot open a seal and knows neither sender, address nor clock.
"""

import hashlib
from collections.abc import Set
from dataclasses import dataclass
from enum import Enum

OBJECT_BYTES = 16_384  # WIRE.md section 2: whatever was written; larger classes are reserved
VERSION = 0x01  # WIRE.md section 2, offset 0
SUITE = 0x01  # WIRE.md section 3: the only one
KEY_ID = slice(2, 10)  # WIRE.md section 2
CONTENT_TYPE = "application/octet-stream"  # WIRE.md section 8

# More digits than this are too many bytes; int() of a very long text is slow and then fails.
_LENGTH_DIGITS = 9


class Refusal(Enum):
    """Every way in which the drop says no: status and code. `openapi.yaml` lists the same."""

    METHOD = (405, "method")
    LENGTH_MISSING = (411, "length_missing")
    TOO_LARGE = (413, "too_large")
    TYPE = (415, "type")
    SIZE = (400, "size")
    VERSION = (400, "version")
    SUITE = (400, "suite")
    KEY_UNKNOWN = (400, "key_unknown")
    HASH = (400, "hash")
    INCOMPLETE = (400, "incomplete")
    STORE = (503, "store")
    BUSY = (429, "busy")

    def __init__(self, status: int, code: str) -> None:
        self.status = status
        self.code = code


@dataclass(frozen=True)
class Head:
    """What the request says before its body; empty where a header is absent or given twice.

    `length` is the text of content-length, and empty too if any transfer coding is used: the
    size must be known before the first byte is read.
    """

    method: str
    length: str
    content_type: str
    declared_sha256: str


@dataclass(frozen=True)
class Request:
    """A whole request: its head and every byte of the body that arrived."""

    head: Head
    body: bytes


def check_head(head: Head) -> Refusal | None:
    """Say what is wrong with the head, before any of the body is read (WIRE.md section 8)."""
    if head.method != "POST":
        return Refusal.METHOD
    if not (head.length.isascii() and head.length.isdigit()):
        return Refusal.LENGTH_MISSING
    if len(head.length) > _LENGTH_DIGITS or int(head.length) > OBJECT_BYTES:
        return Refusal.TOO_LARGE
    if head.content_type != CONTENT_TYPE:
        return Refusal.TYPE
    if int(head.length) != OBJECT_BYTES:
        return Refusal.SIZE
    return None


def check(request: Request, accepted: Set[bytes]) -> Refusal | None:
    """Say what is wrong with the whole request; `accepted` holds key ids of 8 bytes.

    The order is that of WIRE.md section 2: length, version, suite, key id. The hash comes last,
    since a sender with an old key must hear about the key.
    """
    refusal = check_head(request.head)
    if refusal is not None:
        return refusal
    body = request.body
    if len(body) != OBJECT_BYTES:
        return Refusal.INCOMPLETE
    if body[0] != VERSION:
        return Refusal.VERSION
    if body[1] != SUITE:
        return Refusal.SUITE
    if body[KEY_ID] not in accepted:
        return Refusal.KEY_UNKNOWN
    # Also if it is missing or malformed: the name itself is the only right text.
    if request.head.declared_sha256 != name_of(body):
        return Refusal.HASH
    return None


def name_of(body: bytes) -> str:
    """Return the name of an object: SHA-256 of its bytes, lower-case hex (WIRE.md section 2)."""
    return hashlib.sha256(body).hexdigest()
