"""The store key locked for one handler (STORE.md section 6): it opens for nobody else."""

import struct
from hashlib import sha256

import pytest
from nacl.exceptions import RuntimeError as NaClRuntimeError
from nacl.pwhash import argon2id
from nacl.secret import Aead

from desk.errors import DeskError
from desk.store import wrap
from desk.store.faults import Damaged
from desk.store.identity import Identity
from tests.vaults import CHEAP, HANDLER, WORDS

KEY = b"\x01" * 32
STORE_ID = bytes(range(16)).hex()
IDENTITY = Identity(STORE_ID, False)
PERSON = wrap.Person(IDENTITY.octets, HANDLER)


def fault_of(octets: bytes) -> str:
    """Return the fault in the bytes of a wrap, or nothing."""
    try:
        wrap.parse(octets)
    except Damaged as damage:
        return damage.fault
    return ""


def test_wrap_has_the_layout_of_the_specification() -> None:
    """Version, work, salt, seal and sum stand where STORE.md section 6 puts them."""
    octets = wrap.lock(KEY, PERSON, f"  {WORDS}\n", work=CHEAP)
    assert len(octets) == 133
    assert octets[:13] == b"\x01" + (1).to_bytes(4, "big") + (8_192).to_bytes(8, "big")
    assert octets[-32:] == sha256(octets[:-32]).digest()
    words = argon2id.kdf(32, WORDS.encode(), octets[13:29], 1, 8_192)
    bound = b"balie/1 wrap" + sha256(IDENTITY.octets).digest() + b"anna"
    assert Aead(words).decrypt(octets[29:101], bound) == KEY
    assert (wrap.MODERATE, wrap.WRAP_BYTES) == ((3, 256 * 2**20), 133)


def test_wrap_opens_for_its_handler_store_and_words_only() -> None:
    """Another name, another `store.json` or other words do not give the key."""
    octets = wrap.lock(KEY, PERSON, WORDS, work=CHEAP)
    assert wrap.unlock(octets, PERSON, "one  two three four five six\tseven ") == KEY
    practice = Identity(STORE_ID, True)
    for person, words in [
        (wrap.Person(IDENTITY.octets, "bea"), WORDS),
        (wrap.Person(practice.octets, HANDLER), WORDS),
        (PERSON, WORDS + " eight"),
        (PERSON, "\udcff"),
    ]:
        with pytest.raises(DeskError, match="does not open it for") as refused:
            wrap.unlock(octets, person, words)
        assert refused.value.hint


def test_every_flipped_bit_and_cut_of_a_wrap_is_refused() -> None:
    """The sum shows damage without a passphrase."""
    octets = wrap.lock(KEY, PERSON, WORDS, work=CHEAP)
    for at in range(len(octets)):
        for bit in range(8):
            damaged = bytearray(octets)
            damaged[at] ^= 1 << bit
            assert fault_of(bytes(damaged)) == "wrap_shape"
        assert fault_of(octets[:at]) == "wrap_shape"
    assert fault_of(octets + b"\x00") == "wrap_shape"


@pytest.mark.parametrize(
    ("passes", "memory", "fault"),
    [
        (1, 8_192, ""),
        (4, 2**30, ""),
        (0, 8_192, "wrap_shape"),
        (5, 8_192, "wrap_shape"),
        (1, 8_191, "wrap_shape"),
        (1, 2**30 + 1, "wrap_shape"),
    ],
)
def test_wrap_may_not_ask_for_any_work(passes: int, memory: int, fault: str) -> None:
    """A wrap from elsewhere cannot ask for all memory and time there is."""
    octets = struct.pack(">BIQ16s72s", 1, passes, memory, bytes(16), bytes(72))
    assert fault_of(octets + sha256(octets).digest()) == fault


def test_wrap_of_another_version_is_refused() -> None:
    """Only version 1 is known."""
    octets = struct.pack(">BIQ16s72s", 2, 1, 8_192, bytes(16), bytes(72))
    assert fault_of(octets + sha256(octets).digest()) == "wrap_shape"


def test_wrap_without_enough_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that cannot give the memory is told how much is needed."""

    def refuse(*_: object) -> bytes:
        raise NaClRuntimeError

    # Real memory cannot be taken away in a test without taking it from the tests beside it.
    monkeypatch.setattr(wrap.pwhash.argon2id, "kdf", refuse)
    with pytest.raises(DeskError, match="not enough memory") as refused:
        wrap.lock(KEY, PERSON, WORDS)
    assert "256 MiB" in refused.value.hint


@pytest.mark.parametrize("name", ["a", "anna", "a-2", "a" * 32])
def test_handler_names_that_are_taken(name: str) -> None:
    """Small letters, digits and dashes, up to 32."""
    assert wrap.is_handler(name)


@pytest.mark.parametrize(
    "name", ["", "2a", "-a", "Anna", "a.b", "../a", "a/b", "a" * 33, "a\n", "é"]
)
def test_handler_names_that_are_refused(name: str) -> None:
    """Nothing that could be another path or look like another name."""
    with pytest.raises(DeskError, match="cannot be the name of a handler"):
        wrap.lock(KEY, wrap.Person(IDENTITY.octets, name), WORDS, work=CHEAP)
