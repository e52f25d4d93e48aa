"""What waits for the next reply board, between steps 7 and 8 (WIRE.md section 7.7).

Comes in: all cases, and how many boards carried what. Goes out: replies and acknowledgements that are
live on a day, oldest first, each with the keys of its code. It changes nothing and writes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from desk.cases import deadlines
from desk.cases.book import Casebook
from desk.cases.case import Case, Entry
from desk.cases.codes import keys_of
from desk.errors import Refused
from desk.wire.board import build, replies
from desk.wire.board.build import Outgoing, Receipt
from desk.wire.board.heading import day_number
from desk.wire.board.replies import Reply
from desk.wire.board.slots import CodeKeys

ACKNOWLEDGED_ON = 4  # boards at least, for who looks once in a few weeks
_ID_DIGITS = 16
_DAYS = 2**16
_WRITTEN = ("received", "received_again", "followed_up")  # what an acknowledgement is for


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reply in a case; by its `id` the desk counts the boards that carried it."""

    case: Case
    id: str
    outgoing: Outgoing = field(repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """A code whose last word is to be acknowledged, with the id of that word."""

    case: Case
    id: str
    receipt: Receipt = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outbox:
    """All that is live, oldest first; `refused` are cases with a reply that fits on no board."""

    replies: tuple[Waiting, ...]
    receipts: tuple[Received, ...]
    refused: tuple[Case, ...]

    @property
    def entries(self) -> list[Outgoing]:
        """The replies for a board: a notice to two cases under one code is one."""
        found: dict[str, Outgoing] = {}
        for one in self.replies:
            found.setdefault(one.id, one.outgoing)
        return list(found.values())

    @property
    def fresh(self) -> tuple[Waiting, ...]:
        """The replies that no board has carried yet."""
        return tuple(one for one in self.replies if one.outgoing.boards == 0)


def _id(*parts: str) -> str:
    # What stands on boards is counted in the log, which outlives a case: a digest tells nothing.
    return sha256("\0".join(parts).encode("utf-8")).hexdigest()[:_ID_DIGITS]


def _id_of(entry: Entry, use: str) -> str:
    return _id(use, entry.place.batch, str(entry.place.number))


def last_word(case: Case) -> date:
    """The day of the last word in a thread, whoever wrote it; a new status is a word too."""
    return date.fromisoformat(max(case.last_on, case.status_on))


def _answers(book: Casebook, case: Case) -> Iterator[tuple[str, Reply]]:
    for entry in case.thread:
        if entry.kind == "answered":
            values = book.text(entry)
            text, language = str(values["text"]), str(values["language"])
            written = date.fromisoformat(entry.on)
            yield _id_of(entry, "answer"), Reply("answer", written, text, language)


def _status(case: Case) -> Iterator[tuple[str, Reply]]:
    """Where the desk is, in one word. That it waits for her is said by the answer itself."""
    is_said = case.status == "waiting_sender" and bool(case.answered_on)
    if case.status in replies.STATUS_WORDS and not is_said:
        on = case.status_on or case.received_on
        reply = Reply("status", date.fromisoformat(on), case.status)
        yield _id("status", case.subject, case.status), reply


def _notices(case: Case, carried: Mapping[str, int], epoch: int) -> Iterator[tuple[str, Reply]]:
    if case.withdrew_on:
        on = date.fromisoformat(case.withdrew_on)
        under = case.said.cases if case.said else [case]
        first = min(one.subject for one in under)
        yield _id("withdraw", first, case.withdrew_on), Reply("notice", on, "withdraw")
    if case.asked:
        id, on = case.asked_id, date.fromisoformat(case.asked_on)
        due = max(case.asked_due, build.due(epoch, carried.get(id, 0)))
        yield id, Reply("notice", on, case.asked, due=due)


def _fits(reply: Reply) -> bool:
    """Whether a board can hold a reply at all: stores of other versions may hold longer ones."""
    if not 0 <= day_number(reply.written) < _DAYS:
        return False
    try:
        replies.pack(reply, 0)
    except Refused:
        return False
    return True


def _is_urgent(case: Case) -> bool:
    return deadlines.urgency(case) in ("danger", "deadline") or bool(deadlines.running(case))


def _receipt_id(case: Case) -> str:
    """The id of the last word that somebody sent under the code."""
    return _id_of([entry for entry in case.thread if entry.kind in _WRITTEN][-1], "receipt")


def _is_live(case: Case, published: date) -> bool:
    """Whether all replies in a thread stand on a board; what is asked is announced until it is done."""
    return build.is_live(last_word(case), published) or bool(case.asked)


def _is_untold(case: Case, carried: Mapping[str, int]) -> bool:
    """Whether there is an answer or a status that no board has carried yet, however old."""
    answers = (_id_of(entry, "answer") for entry in case.thread if entry.kind == "answered")
    return not all(carried.get(id) for id in (*answers, *(id for id, _ in _status(case))))


def _hears(case: Case) -> bool:
    """Whether a board may speak to a case at all; a flood hears nothing until it is released."""
    return bool(case.code) and not case.flood


def _heard(
    book: Casebook, carried: Mapping[str, int], published: date
) -> Iterator[tuple[Received, CodeKeys]]:
    """The codes to acknowledge, with their keys, which are read from disk."""
    gone = {case.subject for case in book.returned()}
    for case in book.cases.values():
        if case.subject in gone or not _hears(case):
            continue
        id = _receipt_id(case)
        boards = carried.get(id, 0)
        # Asked before the keys are read: most cases of an old store have been silent for long.
        is_told = boards >= ACKNOWLEDGED_ON and not _is_untold(case, carried)
        if is_told and not _is_live(case, published):
            continue
        keys = keys_of(book.complaint(case).values)
        if keys is not None:
            yield Received(case, id, Receipt(keys.tag_key, boards)), keys


def of(book: Casebook, carried: Mapping[str, int], *, epoch: int, published: date) -> Outbox:
    """What the board of an epoch has to carry on its day; `carried` counts boards by id."""
    waiting: list[Waiting] = []
    refused: list[Case] = []
    receipts: list[Received] = []
    for received, keys in _heard(book, carried, published):
        receipts.append(received)
        case = received.case
        found = _replies(book, case, carried, epoch=epoch)
        if not _is_live(case, published):
            found = [(id, reply) for id, reply in found if not carried.get(id)]
        fitting = {id: reply for id, reply in found if _fits(reply)}
        refused += [case] * (len(fitting) < len(found))
        waiting += _waiting(case, keys, fitting, carried)
    waiting.sort(key=lambda one: one.outgoing.reply.written)
    receipts.sort(key=lambda one: one.case.last_on)
    return Outbox(tuple(waiting), tuple(receipts), tuple(refused))


def _replies(
    book: Casebook, case: Case, carried: Mapping[str, int], *, epoch: int
) -> list[tuple[str, Reply]]:
    return [*_answers(book, case), *_status(case), *_notices(case, carried, epoch)]


def _waiting(
    case: Case, keys: CodeKeys, found: Mapping[str, Reply], carried: Mapping[str, int]
) -> Iterator[Waiting]:
    urgent = _is_urgent(case)
    for id, reply in found.items():
        yield Waiting(case, id, Outgoing(keys, reply, urgent, carried.get(id, 0)))
