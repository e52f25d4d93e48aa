"""Reading a reply board with a code (WIRE.md section 7.6), step 9; twin of board.mjs.

Comes in: the file, the keys of a code, the board key and the day. Goes out: the state of the board
and the replies. It does equal work for every code, and refuses to know whether one was ever used.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from desk.errors import Refused
from desk.wire.board import replies, signed_file, slots
from desk.wire.board.heading import Heading
from desk.wire.board.replies import Part, Reply
from desk.wire.board.signed_file import Board
from desk.wire.board.slots import CodeKeys

if TYPE_CHECKING:
    from desk.errors import Check

State = Literal["fresh", "late", "old", "rolled_back"]

OLD_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a board holds for a code; `broken` is the first check of a slot or reply that failed."""

    state: State
    heading: Heading
    is_acknowledged: bool
    replies: tuple[Reply, ...]
    broken: "Check | None"


def state(heading: Heading, *, today: date, least_epoch: int) -> State:
    """How fresh a board is for a reader who knows of epoch `least_epoch` (0 for none)."""
    if heading.epoch < least_epoch:
        return "rolled_back"
    if today > heading.next_board + OLD_AFTER:
        return "old"
    return "late" if today > heading.next_board else "fresh"


def _unseal(reply_key: bytes, slot: bytes) -> bytes:
    """What is in a box of 968 bytes; nothing if it does not open."""
    try:
        return slots.unseal(reply_key, slot)
    except Refused:
        return b""


def _boxes(board: Board, keys: CodeKeys) -> list[bytes]:
    """Open one box for each counter, and keep those of slots that bear the counter's tag."""
    places: dict[bytes, bytes] = {}
    for slot in board.slots:
        places.setdefault(slot[: slots.TAG_BYTES], slot)
    kept = []
    for counter in range(slots.MAX_COUNTERS):
        found = places.get(slots.slot_tag(keys.tag_key, board.heading.epoch, counter))
        inside = _unseal(keys.reply_key, found or board.slots[counter])
        if found is not None:
            kept.append(inside)
    return kept


def _part(inside: bytes) -> Part:
    if not inside:
        raise Refused("slot_box")
    return replies.unpack(inside)


def _replies(boxes: Sequence[bytes]) -> "tuple[tuple[Reply, ...], Check | None]":
    """The replies by day and number, and the first check that failed: slots first, then replies."""
    numbered: dict[int, list[Part]] = defaultdict(list)
    whole: list[Reply] = []
    broken: list[Check] = []
    for inside in boxes:
        try:
            part = _part(inside)
            numbered[part.number].append(part)
        except Refused as refused:
            broken.append(refused.check)
    for number in sorted(numbered):
        try:
            whole.append(replies.join(numbered[number]))
        except Refused as refused:
            broken.append(refused.check)
    whole.sort(key=lambda reply: reply.written)
    return tuple(whole), broken[0] if broken else None


def read(
    board: bytes, keys: CodeKeys, *, board_key: bytes, today: date, least_epoch: int = 0
) -> Reading:
    """Read a board for one code; `Refused` with a `board_` check if it is not to be believed."""
    parsed = signed_file.parse(board, board_key)
    is_acknowledged = slots.ack_tag(keys.tag_key, parsed.heading.epoch) in parsed.acks
    whole, broken = _replies(_boxes(parsed, keys))
    fresh = state(parsed.heading, today=today, least_epoch=least_epoch)
    return Reading(fresh, parsed.heading, is_acknowledged, whole, broken)
