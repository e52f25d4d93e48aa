"""Ed25519 signatures that libraries judge differently (WIRE.md 1.2): points of small order, or with such a part.

Plain integers, since no library makes them. Nothing here is secret, and nothing here runs outside the generator.
"""

import hashlib
from collections.abc import Callable, Iterator

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)  # of -1
Point = tuple[int, int]
IDENTITY: Point = (0, 1)


def add(one: Point, other: Point) -> Point:
    (x1, y1), (x2, y2) = one, other
    k = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + k, -1, P) % P
    return x, (y1 * y2 + x1 * x2) * pow(1 - k, -1, P) % P


def times(scalar: int, point: Point) -> Point:
    made = IDENTITY
    while scalar:
        made = add(made, point) if scalar & 1 else made
        point, scalar = add(point, point), scalar >> 1
    return made


def _x(y: int) -> int | None:
    """The even x of a y, if there is one."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT % P
    if x * x % P != square:
        return None
    return P - x if x & 1 else x


def _base() -> Point:
    y = 4 * pow(5, -1, P) % P
    return _x(y) or 0, y


def _eighth() -> Point:
    """A point of order 8."""
    for y in range(2, 100):
        x = _x(y)
        point = times(L, (x, y)) if x else IDENTITY
        if times(4, point) != IDENTITY:
            return point
    raise AssertionError


B, T8 = _base(), _eighth()


def encode(point: Point) -> bytes:
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def _scalar(name: str) -> int:
    return int.from_bytes(hashlib.sha512(name.encode()).digest(), "little") % L


def _hash(*pieces: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(pieces)).digest(), "little") % L


SECRET, NONCE = _scalar("balie secret"), _scalar("balie nonce")
HONEST = encode(times(SECRET, B))
MIXED = encode(add(times(SECRET, B), T8))
SMALL = {order: encode(times(8 // order, T8)) for order in (1, 2, 4, 8)}
OTHER_ONES = (1 + P).to_bytes(32, "little"), (1 | 1 << 255).to_bytes(32, "little")
Sign = Callable[[bytes], bytes]  # a message to 64 bytes


def sign(
    public: bytes, secret: int, *, first: bytes | None = None, nonce: int = NONCE, over: int = 0
) -> Sign:
    """Signs as RFC 8032, with any encoding as the first half, and `over` added to the second."""
    start = first or encode(times(nonce, B))

    def signed(message: bytes) -> bytes:
        scalar = (nonce + _hash(start, public, message) * secret) % L + over
        return start + scalar.to_bytes(32, "little")

    return signed


def negated(signer: Sign) -> Sign:
    """The same with the second half negated: both sides of the equation have one y, and x of another sign."""

    def signed(message: bytes) -> bytes:
        made = signer(message)
        scalar = -int.from_bytes(made[32:], "little") % L
        return made[:32] + scalar.to_bytes(32, "little")

    return signed


def holds_without_cofactor(public: Point, signature: bytes, message: bytes) -> bool:
    """Whether the part of small order in a key falls away."""
    return times(_hash(signature[:32], encode(public), message) * L, public) == IDENTITY


def signers() -> Iterator[tuple[str, str, bytes, Sign, bool]]:
    """Name, why, public key, how it signs, and whether messages are to be tried until no cofactor is needed."""
    yield "honest", "the same secret, signed as it should be", HONEST, sign(HONEST, SECRET), False
    yield (
        "scalar_plus_order",
        "the second half is not less than the order",
        HONEST,
        sign(HONEST, SECRET, over=L),
        False,
    )
    for order, point in SMALL.items():
        small = sign(HONEST, SECRET, first=point, nonce=0)
        yield f"first_half_order_{order}", f"R has order {order}", HONEST, small, False
        yield f"key_order_{order}", f"the public key has order {order}", point, sign(point, 0), True
    mixed = sign(HONEST, SECRET, first=encode(add(times(NONCE, B), T8)))
    yield "first_half_mixed", "R with a part of order 8", HONEST, mixed, False
    for name, point in zip(("reduced", "sign"), OTHER_ONES, strict=True):
        other = sign(HONEST, SECRET, first=point, nonce=0)
        yield f"first_half_{name}", "another encoding of the identity", HONEST, other, False
        yield f"key_{name}", "another encoding of the identity", point, sign(point, 0), False
    opposite = negated(sign(HONEST, SECRET))
    yield "scalar_negated", "both sides have the same y", HONEST, opposite, False
    turned = negated(sign(HONEST, SECRET, first=encode(add(times(NONCE, B), times(4, T8)))))
    yield (
        "scalar_negated_mixed",
        "R with a part of order 2: both sides have the same x",
        HONEST,
        turned,
        False,
    )
    yield "key_mixed", "a key with a part of order 8", MIXED, sign(MIXED, SECRET), False
    yield (
        "key_mixed_fitting",
        "the same, where the part falls away",
        MIXED,
        sign(MIXED, SECRET),
        True,
    )


def needs_no_cofactor(public: bytes, signature: bytes, message: bytes) -> bool:
    points = {
        encode(point): point
        for point in [add(times(SECRET, B), T8), *(times(n, T8) for n in range(8))]
    }
    return holds_without_cofactor(points[public], signature, message)
