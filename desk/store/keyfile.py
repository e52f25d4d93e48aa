"""The bytes of a keys file (STORE.md section 5), between steps 6 and 7: one key per subject.

Comes in: the store key and keys of subjects, or the bytes of a keys file. Goes out: the other. It
refuses to know files and events. An erased subject keeps its record, with zeros for a key.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from desk.store.aead import aead_open
from desk.store.event import SUBJECT_BYTES
from desk.store.faults import Damaged

VERSION = 1
LABEL = b"balie/1 subject key"
_ID_LABEL = b"balie/1 store key"
KEY_BYTES = Aead.KEY_SIZE
STORE_ID_BYTES = 16
_KEY_ID_BYTES = 8
_HEADER = struct.Struct(f">B{STORE_ID_BYTES}s{_KEY_ID_BYTES}sI")
HEADER_BYTES = _HEADER.size
_NONCE = Aead.NONCE_SIZE
_SEALED_BYTES = _NONCE + KEY_BYTES + Aead.MACBYTES
RECORD_BYTES = SUBJECT_BYTES + _SEALED_BYTES
ERASED = bytes(_SEALED_BYTES)


@dataclass(frozen=True, slots=True)
class Lock:
    """What a keys file is sealed with: the id of the store (16 bytes) and its key (32 bytes)."""

    store_id: bytes
    key: bytes

    @property
    def key_id(self) -> bytes:
        """Eight bytes that tell one store key from the next and nothing else about it."""
        return sha256(_ID_LABEL + self.key).digest()[:_KEY_ID_BYTES]

    def bound(self, subject: bytes) -> bytes:
        """What the seal of a subject's key is bound to."""
        return LABEL + self.store_id + subject


def seal(lock: Lock, subject: bytes, key: bytes) -> bytes:
    """Seal the key of one subject: nonce and box, 72 bytes."""
    return bytes(Aead(lock.key).encrypt(key, lock.bound(subject)))


def build(lock: Lock, sealed: Mapping[bytes, bytes]) -> bytes:
    """A keys file out of what `seal` made for each subject, or `ERASED`."""
    head = _HEADER.pack(VERSION, lock.store_id, lock.key_id, len(sealed))
    return head + b"".join(subject + sealed[subject] for subject in sorted(sealed))


def parse(lock: Lock, octets: bytes) -> dict[bytes, bytes]:
    """The sealed key of each subject, in the order of the file.

    Raises `Damaged` with `keys_shape`, or with `keys_foreign` when another store key locked it.
    """
    if len(octets) < HEADER_BYTES:
        raise Damaged("keys_shape")
    version, store_id, key_id, count = _HEADER.unpack_from(octets)
    if version != VERSION or len(octets) != HEADER_BYTES + count * RECORD_BYTES:
        raise Damaged("keys_shape")
    if (store_id, key_id) != (lock.store_id, lock.key_id):
        raise Damaged("keys_foreign")
    sealed = dict(_records(octets))
    if list(sealed) != sorted(sealed) or len(sealed) != count:
        raise Damaged("keys_shape")
    return sealed


def _records(octets: bytes) -> Iterator[tuple[bytes, bytes]]:
    for start in range(HEADER_BYTES, len(octets), RECORD_BYTES):
        middle = start + SUBJECT_BYTES
        yield octets[start:middle], octets[middle : start + RECORD_BYTES]


def open_key(lock: Lock, subject: bytes, sealed: bytes) -> bytes:
    """The key of a subject, 32 bytes; `Damaged("key_broken")` if it was not sealed for it."""
    try:
        key = aead_open(sealed[_NONCE:], lock.bound(subject), sealed[:_NONCE], lock.key)
    except CryptoError:
        raise Damaged("key_broken") from None
    if len(key) != KEY_BYTES:
        raise Damaged("key_broken")
    return key
