"""The bytes of a batch of events (STORE.md section 4), between steps 6 and 7.

Comes in: events and the keys of their subjects, or the bytes of a batch. Goes out: the other. It
refuses to know files, and whether an event makes sense.
"""

import json
import struct
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from desk.errors import DeskError, Refused
from desk.store.aead import aead_open
from desk.store.event import SUBJECT_BYTES, Event
from desk.store.faults import Damaged
from desk.wire import again, canon
from desk.wire.canon import Value

VERSION = 1
LABEL, SEAL_LABEL = b"balie/1 event", b"balie/1 batch"
NAME_BYTES = 32
MAX_BYTES = 64 * 2**20
MAX_PARENTS = 2**16 - 1
MAX_CLOCK = 2**63 - 1  # so that the clock of the next batch can always be written
_FIXED = struct.Struct(">BQH")
_NUMBER = struct.Struct(">I")
_RECORD = struct.Struct(f">{SUBJECT_BYTES}s{Aead.NONCE_SIZE}sI")
RECORD_BYTES = _RECORD.size
_NONCE_END = SUBJECT_BYTES + Aead.NONCE_SIZE
SEAL_BYTES = Aead.NONCE_SIZE + Aead.MACBYTES
_FIELDS = ("kind", "on", "by", "values")
_AGAIN = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch taken apart: its header, and where each record begins, then where the seal does."""

    clock: int
    parents: tuple[bytes, ...]
    head: bytes
    offsets: "array[int]"


class Summed(NamedTuple):
    """The bytes of a batch with their name, and SHA-256 of those before the seal; `summed` makes it."""

    octets: bytes
    name: str
    body_sum: bytes


def summed(octets: bytes) -> Summed:
    """Both sums in one walk through the bytes of a batch."""
    running = sha256(memoryview(octets)[:-SEAL_BYTES])
    body_sum = running.digest()
    running.update(octets[-SEAL_BYTES:])
    return Summed(octets, running.hexdigest(), body_sum)


def name(octets: bytes) -> str:
    """The name of a batch: the SHA-256 of its bytes, 64 hex digits."""
    return sha256(octets).hexdigest()


def header(clock: int, parents: Sequence[bytes], count: int) -> bytes:
    """The bytes before the first record: 15 and 32 for each parent."""
    fixed = _FIXED.pack(VERSION, clock, len(parents))
    return b"".join((fixed, *parents, _NUMBER.pack(count)))


def _before(store_id: bytes, head: bytes) -> bytes:
    # What a record is bound to, followed by its number and subject: all that stands around it, so
    # that it opens in no other place than its own.
    return LABEL + store_id + head


def _encode(event: Event) -> bytes:
    values = (event.kind, event.on, event.by, dict(event.values))
    try:
        octets = canon.dumps(dict(zip(_FIELDS, values, strict=True))).encode("utf-8")
        canon.loads(octets)
    except (Refused, TypeError, ValueError):
        # The text of the first error may hold what a sender wrote, so it ends here.
        raise DeskError("an event must hold what WIRE.md section 5 allows in JSON") from None
    return octets


def values_again(octets: bytes) -> Mapping[str, Value]:
    """The values of an event out of the text of a record that `Records` opened before.

    What it holds was asked then, and to ask it again would double the time of a search.
    """
    values: Mapping[str, Value] = _AGAIN(octets.decode("utf-8"))[0]["values"]
    return values


def _decode(subject: bytes, octets: bytes, *, proven: bool) -> Event:
    try:
        value = again.value(octets) if proven else canon.loads(octets)[1]
    except Refused:
        raise Damaged("record_broken") from None
    if not isinstance(value, dict) or tuple(value) != _FIELDS:
        raise Damaged("record_broken")
    kind, on, by, values = value.values()
    if not (isinstance(kind, str) and isinstance(on, str) and isinstance(by, str)):
        raise Damaged("record_broken")
    if not isinstance(values, dict):
        raise Damaged("record_broken")
    return Event(subject.hex(), kind, on, by, values)


def _sealing(store_id: bytes, body_sum: bytes) -> bytes:
    return SEAL_LABEL + store_id + body_sum


def build(
    store_id: bytes,
    clock: int,
    parents: Sequence[bytes],
    *,
    records: Sequence[tuple[bytes, Event]],
    log: bytes,
) -> bytes:
    """Seal events, each with the key of its subject (32 bytes), and the whole with that of the log.

    Raises `DeskError` for an event that no JSON text can hold, or when the batch is too large.
    """
    if clock > MAX_CLOCK:
        raise DeskError("the case store names a batch that never was", "restore the last backup")
    head = header(clock, parents, len(records))
    parts, before = [head], _before(store_id, head)
    for number, (key, event) in enumerate(records):
        subject = bytes.fromhex(event.subject)
        sealed = Aead(key).encrypt(_encode(event), before + _NUMBER.pack(number) + subject)
        parts += (_RECORD.pack(subject, sealed.nonce, len(sealed.ciphertext)), sealed.ciphertext)
    body = b"".join(parts)
    octets = body + Aead(log).encrypt(b"", _sealing(store_id, sha256(body).digest()))
    if len(octets) > MAX_BYTES:
        raise DeskError("this is too much to keep in one go", "keep it in smaller parts")
    return octets


def is_sealed(store_id: bytes, whole: Summed, log: bytes) -> bool:
    """Whether a batch, to the last byte, was made by who has the key of the log of this store."""
    seal, bound = whole.octets[-SEAL_BYTES:], _sealing(store_id, whole.body_sum)
    try:
        return bytes(Aead(log).decrypt(seal, bound)) == b""
    except CryptoError:
        return False


def _offsets(octets: bytes, start: int, count: int) -> "array[int]":
    offsets = array("I", (start,))
    for _ in range(count):
        start += RECORD_BYTES + _NUMBER.unpack_from(octets, start + RECORD_BYTES - _NUMBER.size)[0]
        offsets.append(start)
        if start > len(octets):
            break
    return offsets


def parse(octets: bytes) -> Batch:
    """Take a batch apart without opening it; `Damaged` if it is none, or its clock too high."""
    try:
        version, clock, count = _FIXED.unpack_from(octets)
        end = _FIXED.size + count * NAME_BYTES
        records = _NUMBER.unpack_from(octets, end)[0]
        offsets = _offsets(octets, end + _NUMBER.size, records)
    except (struct.error, OverflowError):
        raise Damaged("batch_shape") from None
    if version != VERSION or offsets[-1] + SEAL_BYTES != len(octets):
        raise Damaged("batch_shape")
    parents = tuple(octets[at : at + NAME_BYTES] for at in range(_FIXED.size, end, NAME_BYTES))
    if list(parents) != sorted(set(parents)):
        raise Damaged("batch_shape")
    if clock > MAX_CLOCK:
        raise Damaged("batch_clock")
    return Batch(clock, parents, octets[: offsets[0]], offsets)


def subject_at(octets: bytes, offset: int) -> bytes:
    """The subject of the record that begins at an offset."""
    return octets[offset : offset + SUBJECT_BYTES]


class Records:
    """Opens the records of one batch, each in its own place alone; `keys` holds those by subject.

    A record is given with its number, as all its bytes. Nothing is opened whose subject has no key.
    """

    __slots__ = ("_before", "_keys")

    def __init__(self, store_id: bytes, head: bytes, keys: Mapping[bytes, bytes]) -> None:
        self._before, self._keys = _before(store_id, head), keys

    def text(self, number: int, record: bytes) -> bytes | None:
        """The text of a record; `None` when its subject has no key.

        Raises `Damaged("record_broken")` when it is not the record that was sealed in this place.
        """
        if len(record) < RECORD_BYTES + Aead.MACBYTES:  # cut off since the batch was taken apart
            raise Damaged("record_broken")
        subject, nonce = record[:SUBJECT_BYTES], record[SUBJECT_BYTES:_NONCE_END]
        key = self._keys.get(subject)
        if key is None:
            return None
        try:
            bound = self._before + _NUMBER.pack(number) + subject
            return aead_open(record[RECORD_BYTES:], bound, nonce, key)
        except CryptoError:
            raise Damaged("record_broken") from None

    def event(self, number: int, record: bytes, *, proven: bool = False) -> Event | None:
        """The event of a record, opened as `text` does, and held against section 4.

        That the text is canonical is asked unless it was `proven` before it was sealed.
        """
        octets = self.text(number, record)
        return None if octets is None else _decode(record[:SUBJECT_BYTES], octets, proven=proven)
