"""The seal (desk/wire/seal.py): what opens, what does not, and what an error tells."""

import os

import pytest

from desk.errors import DeskError, Refused
from desk.wire import envelope, seal
from tests.samples import OTHER_SEED, sealed, secret

PLAINTEXT = os.urandom(envelope.PLAINTEXT_BYTES)


def refused_by(check: str, sealed_object: bytes) -> Refused:
    with pytest.raises(Refused) as refusal:
        seal.open_sealed(sealed_object, secret())
    assert refusal.value.check == check
    return refusal.value


def test_what_was_sealed_opens() -> None:
    """Any plaintext of the right size comes back, out of exactly 16,384 bytes."""
    sealed_object = seal.seal(PLAINTEXT, secret().public)
    assert len(sealed_object) == 16_384
    assert seal.open_sealed(sealed_object, secret()) == PLAINTEXT


def test_two_seals_of_one_text_differ() -> None:
    """Nobody can see from outside that two objects hold the same."""
    first, second = seal.seal(PLAINTEXT, secret().public), seal.seal(PLAINTEXT, secret().public)
    assert first[:10] == second[:10]
    assert first[10:1_130] != second[10:1_130]
    assert first[1_130:] != second[1_130:]


def test_the_key_of_the_worked_example() -> None:
    """The seed of 32 bytes 42 gives the public key in WIRE.md section 9."""
    assert secret().key_id == "7d710330a772125b"
    assert len(secret().public) == 1_216


@pytest.mark.parametrize("offset", [10, 1_097, 1_098, 1_129, 1_130, 9_000, 16_367, 16_383])
def test_a_flipped_bit_is_refused_and_nothing_is_told(offset: int) -> None:
    """One bit in either part of enc, in the ciphertext or in its tag ends in the same words."""
    broken = bytearray(sealed())
    broken[offset] ^= 1
    assert str(refused_by("seal", bytes(broken))) == "refused by the check seal"


@pytest.mark.parametrize("part", [slice(10, 1_098), slice(1_098, 1_130), slice(1_130, 16_384)])
def test_a_part_of_zeros_is_refused(part: slice) -> None:
    """Zeros, a point of small order among them, are no way in."""
    broken = bytearray(sealed())
    broken[part] = bytes(len(broken[part]))
    refused_by("seal", bytes(broken))


def test_the_header_is_bound_to_the_seal() -> None:
    """The key id of another key does not make that key open it."""
    other = secret(OTHER_SEED)
    moved = bytes((1, 1)) + bytes.fromhex(other.key_id) + sealed()[10:]
    with pytest.raises(Refused, match="seal"):
        seal.open_sealed(moved, other)


def test_the_info_is_the_label_and_the_whole_header() -> None:
    """The bytes bound to the seal are those of WIRE.md section 3, not fewer on both sides alike."""
    whole = seal.seal(PLAINTEXT, secret().public)
    info = b"balie/1 complaint" + whole[:10]
    assert seal.SUITE.decrypt(whole[10:], secret().private, info) == PLAINTEXT


def test_the_key_that_an_object_names_opens_it() -> None:
    """Of several keys the right one is taken; without it the object is foreign."""
    foreign = sealed(seed=OTHER_SEED)
    assert seal.open_sealed(foreign, secret(), secret(OTHER_SEED))
    refused_by("key_unknown", foreign)


def test_a_secret_does_not_show_itself() -> None:
    """The printed form of a key has no private half in it."""
    assert "private" not in repr(secret())


@pytest.mark.parametrize(
    "public",
    [secret().public[:1184] + bytes(32), b"\xff" * 3 + secret().public[3:]],
    ids=["small_order", "not_reduced"],
)
def test_nothing_is_sealed_to_a_key_that_cannot_be_sealed_to(public: bytes) -> None:
    """An X25519 half of small order and an ML-KEM half out of range end in words, not in a traceback."""
    with pytest.raises(DeskError, match="nothing can be sealed to this intake key"):
        seal.seal(PLAINTEXT, public)


def test_keys_of_another_size_are_refused() -> None:
    """A seed or a public key of the wrong length is not used."""
    with pytest.raises(DeskError):
        seal.load_secret(bytes(31))
    with pytest.raises(DeskError):
        seal.seal(PLAINTEXT, bytes(1_215))
