"""The bytes of one complaint, WIRE.md sections 2, 4 and 5: the contract between steps 2 and 6.

Comes in: an object, an opened plaintext, or the JSON in it. Goes out: its parts, each checked, or
`Refused` with the first check that failed. It refuses to know any key, and imports nothing but the
standard library.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from desk.errors import Refused
from desk.wire import canon, schema
from desk.wire.canon import Value

VERSION = 1  # section 2
SUITE = 1  # section 3
OBJECT_BYTES = 16_384  # section 2
RESERVED_BYTES = (
    65_536,
    262_144,
    1_048_576,
    3_145_728,
)  # section 2, for later
HEADER_BYTES = 10  # version, suite, key id
KEY_ID_BYTES = 8
ENC_BYTES = 1_120  # section 3
PUBLIC_BYTES = 1_216
SEED_BYTES = 32
TAG_BYTES = 16
LABEL = b"balie/1 complaint"  # section 1
LENGTH_BYTES = 4  # section 4
PLAINTEXT_BYTES = OBJECT_BYTES - HEADER_BYTES - ENC_BYTES - TAG_BYTES
MIN_JSON_BYTES = 2
MAX_JSON_BYTES = PLAINTEXT_BYTES - LENGTH_BYTES
_ZEROS = bytes(PLAINTEXT_BYTES)


@dataclass(frozen=True, slots=True)
class Sealed:
    """The parts of an object: header (10 bytes), key id (16 hex digits), enc and ciphertext."""

    header: bytes
    key_id: str
    body: bytes


class Complaint(NamedTuple):
    """A checked complaint: its canonical JSON text, and the same as values by name."""

    text: str
    values: Mapping[str, Value]


def key_id(public: bytes) -> str:
    """Name a public key: the first 8 bytes of its SHA-256, as 16 hex digits (section 2)."""
    return sha256(public).digest()[:KEY_ID_BYTES].hex()


def name(sealed_object: bytes) -> str:
    """Name an object: the SHA-256 of all its bytes, as 64 hex digits (section 2)."""
    return sha256(sealed_object).hexdigest()


def header(public: bytes) -> bytes:
    """Make the ten readable bytes of an object sealed to `public` (section 2)."""
    return bytes((VERSION, SUITE)) + sha256(public).digest()[:KEY_ID_BYTES]


def parse_object(sealed_object: bytes, known_ids: Collection[str]) -> Sealed:
    """Take an object apart, in the order of section 2: length, version, suite, key id."""
    if len(sealed_object) != OBJECT_BYTES:
        raise Refused("object_length")
    if sealed_object[0] != VERSION:
        raise Refused("object_version")
    if sealed_object[1] != SUITE:
        raise Refused("object_suite")
    found = sealed_object[2:HEADER_BYTES].hex()
    if found not in known_ids:
        raise Refused("key_unknown")
    return Sealed(sealed_object[:HEADER_BYTES], found, sealed_object[HEADER_BYTES:])


def parse_plaintext(plaintext: bytes) -> bytes:
    """Return the JSON bytes of a plaintext (section 4), all padding checked."""
    if len(plaintext) != PLAINTEXT_BYTES:
        raise Refused("plaintext_length")
    length = int.from_bytes(plaintext[:LENGTH_BYTES], "big")
    if not MIN_JSON_BYTES <= length <= MAX_JSON_BYTES:
        raise Refused("plaintext_length")
    end = LENGTH_BYTES + length
    # "Every byte after the JSON MUST be zero": that room is reserved for attachments.
    if not plaintext.endswith(memoryview(_ZEROS)[end:]):
        raise Refused("padding")
    return plaintext[LENGTH_BYTES:end]


def build_plaintext(text: bytes) -> bytes:
    """Pad JSON to the 15,238 bytes of section 4; else `Refused("plaintext_length")`."""
    if not MIN_JSON_BYTES <= len(text) <= MAX_JSON_BYTES:
        raise Refused("plaintext_length")
    return (len(text).to_bytes(LENGTH_BYTES, "big") + text).ljust(PLAINTEXT_BYTES, b"\0")


def parse_complaint(text: bytes) -> Complaint:
    """Read the JSON of a complaint (section 5): its form (`json`), then its fields (`schema`)."""
    characters, value = canon.loads(text)
    # "The value is an object" stands among the rules of form.
    if not isinstance(value, dict):
        raise Refused("json")
    schema.check(value)
    return Complaint(characters, value)
