"""The outer form of a reply board (WIRE.md sections 7.1 and 7.2), between steps 8 and 9.

Comes in: a heading with acknowledgements and slots, or a file. Goes out: the signed file, or its
parts once every check held. It refuses to know for whom a slot is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from nacl.signing import SigningKey

from desk.errors import Refused
from desk.wire import envelope, signature
from desk.wire.board.heading import (
    ACK_BYTES,
    ACKS,
    ACKS_AT,
    HEADER,
    HEADER_BYTES,
    SLOT_BYTES,
    SLOTS_AT,
    VERSION,
    Heading,
    check_body,
    check_heading,
    day_number,
    unpack,
)

LABEL = b"balie/1 reply board\n"


@dataclass(frozen=True, slots=True)
class Board:
    """A board whose signature and hash held: its acknowledgements and its slots, in order."""

    heading: Heading
    acks: tuple[bytes, ...]
    slots: tuple[bytes, ...]


def _header(heading: Heading, public: bytes, body: bytes) -> bytes:
    key_id = bytes.fromhex(envelope.key_id(public))
    days = day_number(heading.published), day_number(heading.next_board)
    n = heading.n, heading.next_n
    return HEADER.pack(VERSION, key_id, heading.epoch, *days, *n, sha256(body).digest())


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
    signed = LABEL + board[:HEADER_BYTES]
    if not signature.holds(board_key, signed, board[HEADER_BYTES:ACKS_AT]):
        raise Refused("board_signature")


def _verified(board: bytes, board_key: bytes) -> tuple[Heading, bytes]:
    """The heading and its hash, in the order of section 7.6 up to `board_header`."""
    heading, key_id, digest = unpack(board)
    if key_id.hex() != envelope.key_id(board_key):
        raise Refused("board_key")
    _check_signature(board, board_key)
    check_heading(heading)
    return heading, digest


def _pieces(octets: bytes, size: int) -> tuple[bytes, ...]:
    return tuple(octets[start : start + size] for start in range(0, len(octets), size))


def parse(board: bytes, board_key: bytes) -> Board:
    """Take a file apart, verified with the board's public key; else `Refused` as in section 7.6."""
    heading, digest = _verified(board, board_key)
    check_body(board, heading, digest)
    acks, slots = board[ACKS_AT:SLOTS_AT], board[SLOTS_AT:]
    return Board(heading, _pieces(acks, ACK_BYTES), _pieces(slots, SLOT_BYTES))
