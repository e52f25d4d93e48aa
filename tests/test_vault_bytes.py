"""The bytes of the case store, built and taken apart (STORE.md sections 3 to 6)."""

import struct
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.secret import Aead

from desk.errors import DeskError
from desk.store import batch, disk, heads, identity, keyfile, wrap
from desk.store.event import Event
from desk.store.faults import FAULTS, Damaged
from desk.store.identity import Identity
from desk.store.keyfile import Lock
from tests.vaults import DAY, HANDLER

STORE_ID = bytes(range(16))
KEY, OTHER_KEY, LOG_KEY = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32
SUBJECT, OTHER_SUBJECT = b"\xaa" * 16, b"\xbb" * 16
LOCK = Lock(STORE_ID, KEY)
EVENT = Event(SUBJECT.hex(), "noted", DAY, HANDLER, {"text": "één", "list": [1, {"a": None}]})
PARENTS = (b"\x01" * 32, b"\x02" * 32)
IDENTITY = Identity(STORE_ID.hex(), False)
PERSON = wrap.Person(IDENTITY.octets, HANDLER)


def fault_of(parse, *arguments) -> str:
    """Return the fault that a parser finds, or nothing."""
    try:
        parse(*arguments)
    except Damaged as damage:
        return damage.fault
    return ""


def build(count: int = 1, event: Event = EVENT) -> bytes:
    return batch.build(STORE_ID, 7, PARENTS, records=[(KEY, event)] * count, log=LOG_KEY)


def open_at(octets: bytes, number: int, store_id: bytes = STORE_ID, **keys: bytes) -> Event | None:
    """Open one record of a batch."""
    parsed = batch.parse(octets)
    record = octets[parsed.offsets[number] : parsed.offsets[number + 1]]
    known = {bytes.fromhex(subject): key for subject, key in keys.items()} or {SUBJECT: KEY}
    return batch.Records(store_id, parsed.head, known).event(number, record)


def test_batch_has_the_layout_of_the_specification() -> None:
    """Version, clock, parents and records stand where STORE.md section 4 puts them."""
    octets = build(2)
    assert octets[:11] == b"\x01" + (7).to_bytes(8, "big") + (2).to_bytes(2, "big")
    assert octets[11:75] == b"".join(PARENTS)
    assert octets[75:79] == (2).to_bytes(4, "big")
    subject, nonce, length = struct.unpack(">16s24sI", octets[79:123])
    bound = b"balie/1 event" + STORE_ID + octets[:79] + bytes(4) + subject
    text = Aead(KEY).decrypt(octets[123 : 123 + length], bound, nonce)
    expected = '{"kind":"noted","on":"2026-11-22","by":"anna","values":{"text":"één","list":[1,{"a":null}]}}'
    assert text.decode("utf-8") == expected
    assert len(octets) == 2 * (123 - 79 + length) + 79 + 40
    bound = b"balie/1 batch" + STORE_ID + sha256(octets[:-40]).digest()
    assert Aead(LOG_KEY).decrypt(octets[-40:], bound) == b""


@given(st.binary(max_size=200))
def test_both_sums_of_a_batch_are_those_of_its_bytes(octets: bytes) -> None:
    """One walk through whatever lies there tells its name, and what its seal is bound to."""
    whole = batch.summed(octets)
    assert whole.octets == octets
    assert whole.name == batch.name(octets)
    assert whole.body_sum == sha256(octets[: max(0, len(octets) - 40)]).digest()


def test_batch_name_is_the_hash_of_its_bytes() -> None:
    """The name is SHA-256 in hexadecimal."""
    assert batch.name(b"abc") == sha256(b"abc").hexdigest()


def test_batch_gives_its_events_back() -> None:
    """What was sealed is opened, in each of its places."""
    octets = build(3)
    parsed = batch.parse(octets)
    assert (parsed.clock, parsed.parents, len(parsed.offsets)) == (7, PARENTS, 4)
    assert parsed.offsets[-1] == len(octets) - 40
    assert [open_at(octets, number) for number in range(3)] == [EVENT] * 3


def test_batch_without_records_is_a_batch() -> None:
    """The first batch of a store and the one before a new key hold nothing."""
    octets = batch.build(STORE_ID, 0, (), records=(), log=LOG_KEY)
    assert octets[:-40] == b"\x01" + bytes(8) + bytes(2) + bytes(4)
    assert list(batch.parse(octets).offsets) == [15]
    assert batch.is_sealed(STORE_ID, batch.summed(octets), LOG_KEY)


def test_seal_of_a_batch_stands_for_every_byte_of_it() -> None:
    """Another store, another key, any bit changed, a record less: it does not open."""
    octets = build(2)
    assert batch.is_sealed(STORE_ID, batch.summed(octets), LOG_KEY)
    assert not batch.is_sealed(bytes(16), batch.summed(octets), LOG_KEY)
    assert not batch.is_sealed(STORE_ID, batch.summed(octets), KEY)
    for at in range(len(octets)):
        changed = octets[:at] + bytes([octets[at] ^ 1]) + octets[at + 1 :]
        assert not batch.is_sealed(STORE_ID, batch.summed(changed), LOG_KEY)
    start, end = batch.parse(octets).offsets[1:]
    assert not batch.is_sealed(STORE_ID, batch.summed(octets[:start] + octets[end:]), LOG_KEY)
    assert not batch.is_sealed(STORE_ID, batch.summed(b""), LOG_KEY)


def test_clock_never_overflows() -> None:
    """The highest clock is 2^63 - 1: one more is neither written nor read, in a batch or in heads."""
    highest = batch.MAX_CLOCK
    octets = batch.build(STORE_ID, highest, PARENTS, records=(), log=LOG_KEY)
    assert batch.parse(octets).clock == highest == 2**63 - 1
    with pytest.raises(DeskError, match="names a batch that never was"):
        batch.build(STORE_ID, highest + 1, PARENTS, records=(), log=LOG_KEY)
    for clock in (highest + 1, 2**64 - 1):
        forged = batch.header(clock, PARENTS, 0) + bytes(40)
        assert fault_of(batch.parse, forged) == "batch_clock"
        assert fault_of(heads.parse, heads.build({"01" * 32: clock})) == "heads_shape"


def test_record_does_not_open_elsewhere() -> None:
    """Another number, store, header or key does not open a record; no key gives nothing."""
    octets = build(2)
    parsed = batch.parse(octets)
    record = octets[parsed.offsets[0] : parsed.offsets[1]]
    keys = {SUBJECT: KEY}
    wrong = [
        (STORE_ID, parsed.head, 1, keys),
        (bytes(16), parsed.head, 0, keys),
        (STORE_ID, batch.header(8, PARENTS, 2), 0, keys),
        (STORE_ID, batch.header(7, PARENTS[:1], 2), 0, keys),
        (STORE_ID, batch.header(7, PARENTS, 1), 0, keys),
        (STORE_ID, parsed.head, 0, {SUBJECT: OTHER_KEY}),
    ]
    for store_id, head, number, known in wrong:
        with pytest.raises(Damaged, match="record_broken"):
            batch.Records(store_id, head, known).event(number, record)
    assert batch.Records(STORE_ID, parsed.head, {}).event(0, record) is None


def test_record_of_another_subject_does_not_open() -> None:
    """The subject is bound, also when both subjects have the same key."""
    octets = build()
    moved = octets.replace(SUBJECT, OTHER_SUBJECT)
    with pytest.raises(Damaged, match="record_broken"):
        open_at(moved, 0, **{OTHER_SUBJECT.hex(): KEY})


@pytest.mark.parametrize(
    "text",
    [
        b"[]",
        b"{}",
        b'"x"',
        b'{"kind":"a","on":"b","by":"c","values":[]}',
        b'{"kind":1,"on":"b","by":"c","values":{}}',
        b'{"kind":"a","on":1,"by":"c","values":{}}',
        b'{"kind":"a","on":"b","by":1,"values":{}}',
        b'{"on":"b","kind":"a","by":"c","values":{}}',
        b'{"kind":"a","on":"b","by":"c","values":{},"more":1}',
        b'{"kind":"a", "on":"b","by":"c","values":{}}',
        b'{"kind":"a","on":"b","by":"c","values":{"a":1.5}}',
        b"\xff",
        b"",
    ],
)
def test_sealed_text_that_is_no_event_is_broken(text: bytes) -> None:
    """A record that opens and holds anything but one event is a broken record."""
    head = batch.header(0, (), 1)
    bound = b"balie/1 event" + STORE_ID + head + bytes(4) + SUBJECT
    sealed = Aead(KEY).encrypt(text, bound)
    record = struct.pack(">16s24sI", SUBJECT, sealed.nonce, len(sealed.ciphertext))
    with pytest.raises(Damaged, match="record_broken"):
        open_at(head + record + sealed.ciphertext + bytes(40), 0)


@pytest.mark.parametrize(
    "values",
    [
        {"text": "\ud800"},
        {"text": 1.5},
        {"text": b"x"},
        {"number": 2**53},
        {"Name": 1},
        {"a": {"b": {"c": {"d": 1}}}},
    ],
)
def test_values_that_json_cannot_hold_are_refused(values: dict) -> None:
    """What could not be read again is not written, and the refusal does not tell the text."""
    with pytest.raises(DeskError) as refused:
        build(event=Event(SUBJECT.hex(), "noted", DAY, HANDLER, values))
    assert refused.value.message == "an event must hold what WIRE.md section 5 allows in JSON"
    assert refused.value.__cause__ is None


def test_batch_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch may fill the bound to the byte, and not pass it."""
    assert batch.MAX_BYTES == disk.MAX_KEYS_BYTES == 67_108_864
    size = len(build())
    monkeypatch.setattr(batch, "MAX_BYTES", size)
    assert len(build()) == size
    monkeypatch.setattr(batch, "MAX_BYTES", size - 1)
    with pytest.raises(DeskError, match="too much"):
        build()


def test_every_cut_of_a_batch_is_refused() -> None:
    """A batch that ends early, or has a byte more, is none."""
    octets = build(2)
    for length in range(len(octets)):
        assert fault_of(batch.parse, octets[:length]) == "batch_shape"
    assert fault_of(batch.parse, octets + b"\x00") == "batch_shape"


@pytest.mark.parametrize("version", [0, 2, 255])
def test_batch_of_another_version_is_refused(version: int) -> None:
    """Only version 1 is known."""
    assert fault_of(batch.parse, bytes([version]) + build()[1:]) == "batch_shape"


def test_batch_parents_are_ascending_and_different() -> None:
    """Parents in another order, or twice, are refused."""
    for parents in (PARENTS[::-1], PARENTS[:1] * 2):
        octets = batch.header(0, parents, 0) + bytes(40)
        assert fault_of(batch.parse, octets) == "batch_shape"


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_parsed_or_refused(octets: bytes) -> None:
    """No bytes make a parser fall over."""
    lock = LOCK
    for parse in (
        batch.parse,
        heads.parse,
        wrap.parse,
        identity.parse,
        lambda some: keyfile.parse(lock, some),
    ):
        assert fault_of(parse, octets) in ("", *FAULTS)
    assert fault_of(batch.parse, b"\x01" + octets) in ("", "batch_shape", "batch_clock")


def test_keys_file_has_the_layout_of_the_specification() -> None:
    """Header and records stand where STORE.md section 5 puts them, subjects ascending."""
    sealed = {OTHER_SUBJECT: keyfile.ERASED, SUBJECT: keyfile.seal(LOCK, SUBJECT, OTHER_KEY)}
    octets = keyfile.build(LOCK, sealed)
    key_id = sha256(b"balie/1 store key" + KEY).digest()[:8]
    assert octets[:29] == b"\x01" + STORE_ID + key_id + (2).to_bytes(4, "big")
    assert octets[29:45] == SUBJECT
    bound = b"balie/1 subject key" + STORE_ID + SUBJECT
    assert Aead(KEY).decrypt(octets[45:117], bound) == OTHER_KEY
    assert octets[117:] == OTHER_SUBJECT + bytes(72)
    assert keyfile.parse(LOCK, octets) == sealed
    assert (keyfile.HEADER_BYTES, keyfile.RECORD_BYTES) == (29, 88)


def test_every_cut_of_a_keys_file_is_refused() -> None:
    """A keys file that ends early, or has a byte more, is none."""
    octets = keyfile.build(LOCK, {SUBJECT: keyfile.ERASED, OTHER_SUBJECT: keyfile.ERASED})
    for length in range(len(octets)):
        assert fault_of(keyfile.parse, LOCK, octets[:length]) == "keys_shape"
    assert fault_of(keyfile.parse, LOCK, octets + b"\x00") == "keys_shape"
    assert fault_of(keyfile.parse, LOCK, b"\x02" + octets[1:]) == "keys_shape"


def test_keys_file_subjects_are_ascending_and_different() -> None:
    """A subject twice, or before a smaller one, is refused."""
    head = keyfile.build(LOCK, {SUBJECT: keyfile.ERASED, OTHER_SUBJECT: keyfile.ERASED})[:29]
    one, other = SUBJECT + keyfile.ERASED, OTHER_SUBJECT + keyfile.ERASED
    assert fault_of(keyfile.parse, LOCK, head + one + other) == ""
    assert fault_of(keyfile.parse, LOCK, head + other + one) == "keys_shape"
    assert fault_of(keyfile.parse, LOCK, head + one + one) == "keys_shape"


def test_keys_file_of_another_store_or_store_key_is_foreign() -> None:
    """The header tells what locked it, before any key is tried."""
    octets = keyfile.build(LOCK, {SUBJECT: keyfile.ERASED})
    assert fault_of(keyfile.parse, Lock(bytes(16), KEY), octets) == "keys_foreign"
    assert fault_of(keyfile.parse, Lock(STORE_ID, OTHER_KEY), octets) == "keys_foreign"


def test_subject_key_opens_for_its_subject_and_store_only() -> None:
    """A sealed key moved to another subject, store or store key does not open."""
    sealed = keyfile.seal(LOCK, SUBJECT, OTHER_KEY)
    assert keyfile.open_key(LOCK, SUBJECT, sealed) == OTHER_KEY
    for lock, subject in [
        (LOCK, OTHER_SUBJECT),
        (Lock(bytes(16), KEY), SUBJECT),
        (Lock(STORE_ID, OTHER_KEY), SUBJECT),
    ]:
        assert fault_of(keyfile.open_key, lock, subject, sealed) == "key_broken"
    assert fault_of(keyfile.open_key, LOCK, SUBJECT, keyfile.ERASED) == "key_broken"
    short = keyfile.seal(LOCK, SUBJECT, KEY[:31])
    assert fault_of(keyfile.open_key, LOCK, SUBJECT, short) == "key_broken"


def test_identity_has_one_text() -> None:
    """`store.json` is what STORE.md section 3 says, byte for byte."""
    text = b'{"format":1,"store":"000102030405060708090a0b0c0d0e0f","practice":false}'
    assert IDENTITY.octets == text
    assert identity.parse(text) == IDENTITY
    assert identity.parse(text.replace(b"false", b"true")).practice


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"1",
        b"[]",
        b'{"format":1,"store":"000102030405060708090A0B0C0D0E0F","practice":false}',
        b'{"format":1,"store":"0001","practice":false}',
        b'{"format":1,"store":1,"practice":false}',
        b'{"format":1,"store":"000102030405060708090a0b0c0d0e0f","practice":0}',
        b'{"format":0,"store":"000102030405060708090a0b0c0d0e0f","practice":false}',
        b'{"format":true,"store":"000102030405060708090a0b0c0d0e0f","practice":false}',
        b'{"format":1,"practice":false,"store":"000102030405060708090a0b0c0d0e0f"}',
        b'{"format":1,"store":"000102030405060708090a0b0c0d0e0f","practice":false,"a":1}',
        b'{"format":1,"store":"000102030405060708090a0b0c0d0e0f","practice":false}\n',
    ],
)
def test_identity_of_another_shape_is_refused(text: bytes) -> None:
    """Anything else in `store.json` is damage."""
    assert fault_of(identity.parse, text) == "store_shape"


def test_a_store_of_a_later_desk_is_not_damaged_and_says_what_opens_it() -> None:
    """Who opens it with an earlier desk is told so, and not to copy a file over it."""
    text = b'{"format":2,"store":"000102030405060708090a0b0c0d0e0f","practice":false,"new":1}'
    with pytest.raises(DeskError, match="of a later desk") as refused:
        identity.parse(text)
    assert not isinstance(refused.value, Damaged)
    assert "desk that wrote it" in refused.value.hint


def test_heads_have_the_layout_of_the_specification() -> None:
    """Version, names with clocks in order, and the sum of STORE.md section 3."""
    one, other = "01" * 32, "02" * 32
    octets = heads.build({other: 2**63 - 1, one: 5})
    body = b"\x01" + b"\x01" * 32 + (5).to_bytes(8, "big") + b"\x02" * 32 + b"\x7f" + b"\xff" * 7
    assert octets == body + sha256(body).digest()
    assert heads.parse(octets) == {one: 5, other: 2**63 - 1}
    assert heads.parse(heads.build({})) == {}


def test_heads_of_another_shape_are_refused() -> None:
    """Damage, another order, a name twice and another version are no heads."""
    pair, other = b"\x01" * 32 + bytes(8), b"\x02" * 32 + bytes(8)
    for body in (b"\x02" + pair, b"\x01" + other + pair, b"\x01" + pair * 2, b"\x01x", b""):
        assert fault_of(heads.parse, body + sha256(body).digest()) == "heads_shape"
    octets = heads.build({"01" * 32: 5})
    for at in range(len(octets)):
        assert fault_of(heads.parse, octets[:at]) == "heads_shape"
        damaged = octets[:at] + bytes([octets[at] ^ 1]) + octets[at + 1 :]
        assert fault_of(heads.parse, damaged) == "heads_shape"
