"""The heading of a reply board without its keys (WIRE.md sections 7.1 and 7.2), in step 8.

Comes in: the bytes of a file. Goes out: what they say of themselves, and whether they arrived whole.
It refuses to know keys: it runs where the network is, and that a board is ours is proven elsewhere.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from struct import Struct

from desk.errors import Refused
from desk.wire import days

VERSION = b"board/1\n"
SIGNATURE_BYTES = 64
ACKS = 1_024
ACK_BYTES = 8
SLOT_BYTES = 1_024
MIN_N = 7
MAX_N = 12
HEADER = Struct(">8s8sIHHBB32s")  # version, key id, epoch, published, next, n, next n, hash
HEADER_BYTES = HEADER.size
ACKS_AT = HEADER_BYTES + SIGNATURE_BYTES
SLOTS_AT = ACKS_AT + ACKS * ACK_BYTES
MAX_BYTES = SLOTS_AT + SLOT_BYTES * 2**MAX_N
_DAY_ZERO = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a board says of itself: 2^`n` slots, and 2^`next_n` on the board of the next epoch."""

    epoch: int
    published: date
    next_board: date
    n: int = MIN_N
    next_n: int = MIN_N

    @property
    def slots(self) -> int:
        """The number of slots on this board."""
        return 1 << self.n

    @property
    def board_bytes(self) -> int:
        """The size of the whole file."""
        return SLOTS_AT + self.slots * SLOT_BYTES


def day_number(day: date) -> int:
    """Count the days since 1970-01-01, the day of section 7.1 (2 bytes)."""
    return (day - _DAY_ZERO).days


def day_of(number: int) -> date:
    """The day with this number."""
    return _DAY_ZERO + timedelta(days=number)


def check_heading(heading: Heading) -> None:
    """Hold a heading against the table of section 7.2; else `Refused("board_header")`."""
    n_holds = MIN_N <= heading.n <= MAX_N and MIN_N <= heading.next_n <= MAX_N
    days_hold = days.FIRST <= heading.published < heading.next_board <= days.LAST
    if not (heading.epoch >= 1 and days_hold and n_holds):
        raise Refused("board_header")


def unpack(board: bytes) -> tuple[Heading, bytes, bytes]:
    """The heading of a file as it stands there, with the id of its key and the hash of its body.

    Raises `Refused("board_length")` or `Refused("board_version")`; nothing else is checked.
    """
    if len(board) < ACKS_AT:
        raise Refused("board_length")
    version, key_id, epoch, published, due, n, next_n, digest = HEADER.unpack_from(board)
    if version != VERSION:
        raise Refused("board_version")
    return Heading(epoch, day_of(published), day_of(due), n, next_n), key_id, digest


def check_body(board: bytes, heading: Heading, digest: bytes) -> None:
    """Hold size and body against the heading; else `Refused`: `board_length` or `board_hash`."""
    if len(board) != heading.board_bytes:
        raise Refused("board_length")
    if sha256(board[ACKS_AT:]).digest() != digest:
        raise Refused("board_hash")


def whole(board: bytes) -> Heading:
    """The heading of a file that arrived as it was made, whoever made it; else `Refused`."""
    heading, _, digest = unpack(board)
    check_heading(heading)
    check_body(board, heading, digest)
    return heading
