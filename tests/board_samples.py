"""Shared by the tests of the reply board: repeatable randomness, codes, and replies, all made for tests only."""

from datetime import date
from hashlib import sha256, shake_128
from typing import Any

from nacl.signing import SigningKey

from desk.wire.board.build import Outgoing
from desk.wire.board.replies import Reply
from desk.wire.board.signed_file import Heading
from desk.wire.board.slots import CodeKeys, Random

BOARD_SEED = bytes([0x62]) * 32
BOARD_KEY = bytes(SigningKey(BOARD_SEED).verify_key)
PUBLISHED = date(2026, 11, 27)
NEXT = date(2026, 12, 4)


def stream(seed: str) -> Random:
    """A source of bytes that depends on its seed and the call only."""
    calls = 0

    def draw(size: int) -> bytes:
        nonlocal calls
        calls += 1
        return shake_128(f"{seed} {calls}".encode()).digest(size)

    return draw


def heading(**changes: Any) -> Heading:
    """Epoch 7 of a desk with 128 slots, published on a Friday."""
    given: dict[str, Any] = {"epoch": 7, "published": PUBLISHED, "next_board": NEXT}
    return Heading(**(given | changes))


def code_keys(name: object) -> CodeKeys:
    """The keys of a code, without its 600,000 rounds."""
    return CodeKeys(
        sha256(f"reply {name}".encode()).digest(), sha256(f"tag {name}".encode()).digest()
    )


def answer(text: str = "Wij hebben u gehoord.", **changes: Any) -> Reply:
    given: dict[str, Any] = {"written": date(2026, 11, 25), "language": "nl"}
    return Reply("answer", text=text, **(given | changes))


def outgoing(name: object, reply: Reply | None = None, **changes: Any) -> Outgoing:
    return Outgoing(code_keys(name), reply or answer(), **changes)
