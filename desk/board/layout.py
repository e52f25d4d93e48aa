"""The outer form of a reply board (WIRE.md sections 7.1 and 7.2), between steps 8 and 9.

Comes in: a heading with acknowledgements and slots, or a file. Goes out: the signed file, or its
parts once every check held. It refuses to know for whom a slot is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from struct import Struct

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from desk import wire
from desk.board.replies import day_number, day_of
from desk.board.slots import ACK_BYTES, SLOT_BYTES
from desk.errors import Refused

LABEL = b"balie/1 reply board\n"
VERSION = b"board/1\n"
SIGNATURE_BYTES = 64
ACKS = 1_024
MIN_N = 7
MAX_N = 12
_HEADER = Struct(">8s8sIHHBB32s")  # version, key id, epoch, published, next, n, next n, hash
HEADER_BYTES = _HEADER.size
ACKS_AT = HEADER_BYTES + SIGNATURE_BYTES
SLOTS_AT = ACKS_AT + ACKS * ACK_BYTES


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


@dataclass(frozen=True, slots=True)
class Board:
    """A board whose signature and hash held: its acknowledgements and its slots, in order."""

    heading: Heading
    acks: tuple[bytes, ...]
    slots: tuple[bytes, ...]


def check_heading(heading: Heading) -> None:
    """Hold a heading against the table of section 7.2; else `Refused("board_header")`."""
    n_holds = MIN_N <= heading.n <= MAX_N and MIN_N <= heading.next_n <= MAX_N
    if not (heading.epoch >= 1 and heading.published < heading.next_board and n_holds):
        raise Refused("board_header")


def _header(heading: Heading, public: bytes, body: bytes) -> bytes:
    key_id = bytes.fromhex(wire.key_id(public))
    days = day_number(heading.published), day_number(heading.next_board)
    n = heading.n, heading.next_n
    return _HEADER.pack(VERSION, key_id, heading.epoch, *days, *n, sha256(body).digest())


def assemble(
    heading: Heading, acks: Sequence[bytes], slots: Sequence[bytes], *, board_seed: bytes
) -> bytes:
    """Make the file: 1,024 acknowledgements, 2^n slots, signed with the 32-byte board seed."""
    check_heading(heading)
    if len(acks) != ACKS or len(slots) != heading.slots:
        raise Refused("board_length")
    body = b"".join((*acks, *slots))
    board_key = SigningKey(board_seed)
    header = _header(heading, bytes(board_key.verify_key), body)
    return header + board_key.sign(LABEL + header).signature + body


def _check_signature(board: bytes, board_key: bytes) -> None:
    try:
        VerifyKey(board_key).verify(LABEL + board[:HEADER_BYTES], board[HEADER_BYTES:ACKS_AT])
    except BadSignatureError:
        raise Refused("board_signature") from None


def _verified(board: bytes, board_key: bytes) -> tuple[Heading, bytes]:
    """The heading and its hash, in the order of section 7.6 up to `board_header`."""
    if len(board) < ACKS_AT:
        raise Refused("board_length")
    version, key_id, epoch, published, due, n, next_n, digest = _HEADER.unpack_from(board)
    if version != VERSION:
        raise Refused("board_version")
    if key_id.hex() != wire.key_id(board_key):
        raise Refused("board_key")
    _check_signature(board, board_key)
    heading = Heading(epoch, day_of(published), day_of(due), n, next_n)
    check_heading(heading)
    return heading, digest


def _pieces(octets: bytes, size: int) -> tuple[bytes, ...]:
    return tuple(octets[start : start + size] for start in range(0, len(octets), size))


def parse(board: bytes, board_key: bytes) -> Board:
    """Take a file apart, verified with the board's public key; else `Refused` as in section 7.6."""
    heading, digest = _verified(board, board_key)
    if len(board) != heading.board_bytes:
        raise Refused("board_length")
    if sha256(board[ACKS_AT:]).digest() != digest:
        raise Refused("board_hash")
    acks, slots = board[ACKS_AT:SLOTS_AT], board[SLOTS_AT:]
    return Board(heading, _pieces(acks, ACK_BYTES), _pieces(slots, SLOT_BYTES))
