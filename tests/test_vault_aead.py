"""A box is opened as PyNaCl's own function opens it, whatever is handed in."""

import random

import pytest
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as theirs
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as sealed
from nacl.exceptions import CryptoError

from desk.store.aead import aead_open
from tests.soak import count

SIZES = (0, 1, 32, 1_500, 70_000)
Box = tuple[bytes, bytes, bytes, bytes]


def box(draw: random.Random, size: int) -> Box:
    """A box, what it is bound to, its nonce and its key."""
    bound, nonce, key = (draw.randbytes(length) for length in (draw.randrange(80), 24, 32))
    return sealed(draw.randbytes(size), bound, nonce, key), bound, nonce, key


def spoiled(draw: random.Random, parts: Box) -> Box:
    """One of the four with a bit turned over, cut off, or longer."""
    found, at = [*parts], draw.randrange(4)
    octets = bytearray(found[at])
    how = draw.randrange(3) if octets else 2
    if how == 0:
        octets[draw.randrange(len(octets))] ^= 1 << draw.randrange(8)
    elif how == 1:
        del octets[draw.randrange(len(octets)) :]
    else:
        octets += draw.randbytes(draw.randrange(1, 40))
    found[at] = bytes(octets)
    return found[0], found[1], found[2], found[3]


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_is_opened(size: int) -> None:
    """Also what holds nothing but the sixteen bytes that prove it."""
    draw = random.Random(size)
    for _ in range(20):
        parts = box(draw, size)
        assert aead_open(*parts) == theirs(*parts)


def test_what_was_changed_in_any_part_is_refused() -> None:
    """Box, binding, nonce or key: a bit, an end that is gone, bytes more."""
    draw = random.Random(20261130)
    for _ in range(count(50_000, 1_500)):
        parts = spoiled(draw, box(draw, draw.choice((0, 1, 32, 300))))
        with pytest.raises((CryptoError, TypeError, ValueError)):  # as it is wrong, or too short
            theirs(*parts)
        with pytest.raises(CryptoError):
            aead_open(*parts)


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("other", [None, "", bytearray(40), memoryview(bytes(40)), 0])
def test_what_is_no_bytes_is_refused_before_anything_is_read(at: int, other: object) -> None:
    """A pointer into anything else would be read as long as it was said to be."""
    parts: list[object] = [*box(random.Random(1), 32)]
    parts[at] = other
    with pytest.raises(TypeError):
        aead_open(*parts)  # type: ignore[arg-type]
