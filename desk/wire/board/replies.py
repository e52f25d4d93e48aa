"""One reply as parts of 968 bytes and back (WIRE.md section 7.5), in steps 7 and 9.

Comes in: a reply, or the opened boxes of one code. Goes out: the parts, or the reply, each rule
checked. It refuses to know keys, slots and boards.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from struct import Struct
from typing import Literal

from desk.errors import Refused
from desk.wire import days
from desk.wire.board.heading import day_number, day_of

Kind = Literal["answer", "status", "notice"]

KINDS: tuple[Kind, ...] = ("answer", "status", "notice")
STATUS_WORDS = (
    "read",
    "in_contact",
    "acting",
    "waiting_body",
    "waiting_sender",
    "reporting",
    "closed",
)
DONE_AT_ONCE = ("withdraw",)
DONE_WHEN_DUE = ("solved", "erase")
PART_BYTES = 968
PART_TEXT_BYTES = 950
MAX_PARTS = 4
MAX_TEXT_BYTES = MAX_PARTS * PART_TEXT_BYTES
MAX_NUMBER = 15
_HEAD = Struct(">BBBBH5sHIB")  # kind, number, part, parts, written, language, length, due, zero
_LANGUAGE = re.compile(rb"[a-z]{2}(-[A-Z]{2}|\0{3})")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the desk says to whoever holds a code; `language` is an answer's, `due` an epoch."""

    kind: Kind
    written: date
    text: str = field(repr=False)
    language: str = ""
    due: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One opened box; `shared` is all that the parts of one reply have in common."""

    number: int
    part: int
    parts: int
    shared: tuple[Kind, int, date, str, int]  # kind, parts, written, language, due
    text: bytes = field(repr=False)


def _encode(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate; the error carries the text, so it ends here
        raise Refused("slot_text") from None


def parts_of(reply: Reply) -> int:
    """How many slots a reply needs; at least 1, and more than 4 if it is too long."""
    return max(1, -(-len(_encode(reply.text)) // PART_TEXT_BYTES))


def pack(reply: Reply, number: int) -> list[bytes]:
    """Make the 968 bytes of each part; `Refused` with the check that reading them would fail."""
    text, parts = _encode(reply.text), parts_of(reply)
    kind, written = KINDS.index(reply.kind) + 1, day_number(reply.written)
    language = reply.language.encode("ascii")
    if parts > MAX_PARTS or len(language) not in (0, 2, 5) or not days.holds(reply.written):
        raise Refused("slot_form")
    made = []
    for part in range(parts):
        piece = text[part * PART_TEXT_BYTES : (part + 1) * PART_TEXT_BYTES]
        head = _HEAD.pack(kind, number, part, parts, written, language, len(piece), reply.due, 0)
        made.append((head + piece).ljust(PART_BYTES, b"\0"))
    join([unpack(one) for one in made])
    return made


def _check_form(kind: int, part: tuple[int, int, int], language: bytes, *, due: int) -> None:
    number, index, parts = part
    is_answer, is_notice = kind == 1, kind == 3
    holds = (
        1 <= kind <= len(KINDS)
        and number <= MAX_NUMBER
        and index < parts <= MAX_PARTS
        and (_LANGUAGE.fullmatch(language) is not None if is_answer else not any(language))
        and (due == 0 or is_notice)
    )
    if not holds:
        raise Refused("slot_form")


def unpack(opened: bytes) -> Part:
    """Read one opened box of 968 bytes; else `Refused("slot_form")` or `Refused("slot_padding")`."""
    kind, number, part, parts, written, language, length, due, zero = _HEAD.unpack_from(opened)
    _check_form(kind, (number, part, parts), language, due=due)
    if not (1 <= length <= PART_TEXT_BYTES and days.holds(day_of(written))):
        raise Refused("slot_form")
    end = _HEAD.size + length
    if zero or any(opened[end:]):
        raise Refused("slot_padding")
    code = language.rstrip(b"\0").decode("ascii")
    shared = (KINDS[kind - 1], parts, day_of(written), code, due)
    return Part(number, part, parts, shared, opened[_HEAD.size : end])


def _decode(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:  # the error carries the text, so it ends here
        raise Refused("slot_text") from None


def _is_said(kind: Kind, text: str, due: int) -> bool:
    """Whether the table of section 7.5 has this text with this `due`."""
    if kind == "answer":
        return True
    if kind == "status":
        return text in STATUS_WORDS
    return text in (DONE_WHEN_DUE if due else DONE_AT_ONCE)


def join(parts: Sequence[Part]) -> Reply:
    """Put the parts of one reply together; else `Refused("slot_parts")` or `Refused("slot_text")`."""
    ordered = sorted(parts, key=lambda part: part.part)
    first = ordered[0]
    agree = all(part.shared == first.shared for part in ordered)
    complete = [part.part for part in ordered] == list(range(first.parts))
    full = all(len(part.text) == PART_TEXT_BYTES for part in ordered[:-1])
    if not (agree and complete and full):
        raise Refused("slot_parts")
    kind, _, written, language, due = first.shared
    text = _decode(b"".join(part.text for part in ordered))
    if not _is_said(kind, text, due):
        raise Refused("slot_text")
    return Reply(kind, written, text, language, due)
