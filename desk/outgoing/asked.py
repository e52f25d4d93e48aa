"""What was asked under a code and announced on two boards, done in step 8 (WIRE.md section 7.5).

Comes in: all cases and the epoch of the board that is being made. Goes out: cases closed or erased,
unless somebody wrote under the code meanwhile. It refuses to do anything before it is due.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from desk.cases.begin import words
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.folder import FRESH
from desk.outgoing import retention
from desk.outgoing.boards import MADE
from desk.outgoing.retention import Due, RowOf
from desk.store.event import Event
from desk.wire.board.build import ANNOUNCED_ON
from desk.wire.canon import Value

WHY = "asked under the code"
WAIT = timedelta(days=7)  # between the boards that announce it, and before it is done
# In the log: all that lay in the drop was read, or perhaps not.
IMPORTED, IN_PART = "imported", "imported_in_part"
EARLY, UNREAD, DAMAGED = "early", "unread", "damaged"  # why it is announced again


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """How many cases were closed, since they are solved, how many erased, and how many it is not
    done for yet, by why.
    """

    closed: int = 0
    erased: int = 0
    put_off: Counter[str] = field(default_factory=Counter)


def _is_read(book: Casebook, today: date) -> bool:
    """Whether the whole drop was imported since the last board, lately, and nothing in part after it."""
    kinds = (IMPORTED, IN_PART, MADE)
    last = next((entry for entry in reversed(book.log) if entry.kind in kinds), None)
    if last is None or last.kind != IMPORTED:
        return False
    # A copy with a wrong clock may have left a day that is yet to come.
    return today - FRESH <= date.fromisoformat(last.on) <= today


def _is_whole(book: Casebook) -> bool:
    """Whether nothing is missing in the store but what was so when the last board was made.

    A merge may bring the line of an import and leave out the batch with the word that it found.
    """
    last = next((entry for entry in reversed(book.log) if entry.kind == MADE), None)
    known = words(book.text(last), "missing") if last else ()
    return book.vault.missing <= set(known)


def _is_early(case: Case, today: date) -> bool:
    """Whether too few boards, or boards too close to each other, have announced it."""
    days = sorted(map(date.fromisoformat, case.asked_days))[:ANNOUNCED_ON]
    waits = [WAIT * left for left in range(ANNOUNCED_ON, 0, -1)]
    return len(days) < ANNOUNCED_ON or any(
        day + wait > today for day, wait in zip(days, waits, strict=True)
    )


def why_not(book: Casebook, case: Case, today: date) -> str:
    """Why what is asked in a case is not done on this day, empty if nothing stands against it."""
    if _is_early(case, today):
        return EARLY
    if not _is_read(book, today):
        return UNREAD
    return "" if _is_whole(book) else DAMAGED


def announced(case: Case, due: int, *, today: date, by: str) -> Event:
    """The event that a board carried the notice, with the epoch in which it will be done."""
    values: dict[str, Value] = {"ask": case.asked, "due": due, "id": case.asked_id}
    return Event(case.subject, "asked", today.isoformat(), by, values)


def _close(book: Casebook, cases: Sequence[Case], today: date) -> None:
    day, by = today.isoformat(), book.vault.handler
    events = []
    for case in cases:
        events.append(Event(case.subject, "reported_back", day, by, {"how": "code"}))
        events.append(Event(case.subject, "closed", day, by, {"without": "", "text": ""}))
    book.add(events)


def fulfil(book: Casebook, epoch: int, *, today: date, row: RowOf) -> Fulfilled:
    """Do what is due; again after a crash, it does what is left."""
    told = [case for case in book.cases.values() if case.asked and 0 < case.asked_due <= epoch]
    whys = [why_not(book, case, today) for case in told]
    due = [case for case, why in zip(told, whys, strict=True) if not why]
    solved = [case for case in due if case.asked == "solved"]
    gone = [Due(case, WHY, today) for case in due if case.asked == "erase"]
    _close(book, solved, today)
    if gone:
        retention.erase(book, gone, today=today, row=row)
    return Fulfilled(len(solved), len(gone), Counter(filter(None, whys)))
