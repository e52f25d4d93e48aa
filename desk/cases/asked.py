"""What was asked under a code and announced on two boards, done in step 8 (WIRE.md section 7.5).

Comes in: all cases and the epoch of the board that is being made. Goes out: cases closed or erased,
unless somebody wrote under the code meanwhile. It refuses to do anything before it is due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.board.build import ANNOUNCED_ON
from desk.cases import retention
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.cases.retention import Due, RowOf
from desk.store.event import Event

WHY = "asked under the code"


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """How many cases were closed, since they are solved, and how many erased."""

    closed: int = 0
    erased: int = 0


def is_due(case: Case, epoch: int) -> bool:
    """Whether what was asked is to be done before the board of this epoch is made."""
    return bool(case.asked) and case.asked_boards >= ANNOUNCED_ON and case.asked_due <= epoch


def announced(case: Case, due: int, *, today: date, by: str) -> Event:
    """The event that a board carried the notice, with the epoch in which it will be done."""
    return Event(case.subject, "asked", today.isoformat(), by, {"ask": case.asked, "due": due})


def _close(book: Casebook, cases: Sequence[Case], today: date) -> None:
    day, by = today.isoformat(), book.vault.handler
    events = []
    for case in cases:
        events.append(Event(case.subject, "reported_back", day, by, {"how": "code"}))
        events.append(Event(case.subject, "closed", day, by, {"without": "", "text": ""}))
    book.add(events)


def fulfil(book: Casebook, epoch: int, *, today: date, row: RowOf) -> Fulfilled:
    """Do what is due; again after a crash, it does what is left."""
    due = [case for case in book.cases.values() if is_due(case, epoch)]
    solved = [case for case in due if case.asked == "solved"]
    gone = [Due(case, WHY, today) for case in due if case.asked == "erase"]
    _close(book, solved, today)
    if gone:
        retention.erase(book, gone, today=today, row=row)
    return Fulfilled(len(solved), len(gone))
