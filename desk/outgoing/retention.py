"""What the desk may no longer keep, after step 7: closed cases after a year, withdrawn ones within days.

Comes in: all cases and a day. Goes out: a list of what is due, or those cases erased: their keys
destroyed, a line of statistics left in the log. It refuses to erase an open case because of its age.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.errors import DeskError
from desk.store.check import keys_left
from desk.store.event import LOG, Event
from desk.wire.canon import Value

KEPT_YEARS = 1  # after closing: as long as a complainant may still go to an ombudsman
WITHDRAWN_DAYS = 7
CANARY_DAYS = 182  # as long as the board may acknowledge it
WITHDRAWN, OVER, RETURNED, CANARY = "withdrawn", "over", "returned", "canary"

RowOf = Callable[[Case], Mapping[str, Value]]  # `figures.rows.values(figures.rows.of(case))`
Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Due:
    """A case to be erased, why, and the last day on which it must be gone."""

    case: Case
    why: str
    last_day: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run erases, and what nobody has touched for a year though it is not closed."""

    due: tuple[Due, ...]
    untouched: tuple[Case, ...]

    def lines(self, say: Say) -> list[str]:
        """The list as a handler reads it before a run: a line for each case, by its two words."""
        if not self.due and not self.untouched:
            return [say("retention.nothing")]
        due = [
            say(f"retention.due.{one.why}", case=one.case.pseudonym, day=one.last_day)
            for one in self.due
        ]
        untouched = [say("retention.untouched", case=case.pseudonym) for case in self.untouched]
        return [say("retention.count", due=len(due)), *due, *untouched]


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _withdrawn_on(case: Case) -> date | None:
    consent = case.consent("store")
    return None if consent is None or consent.given else date.fromisoformat(consent.on)


def _due(case: Case, today: date) -> Due | None:
    if case.canary:
        last_day = date.fromisoformat(case.received_on) + timedelta(days=CANARY_DAYS)
        return Due(case, CANARY, last_day) if last_day <= today else None
    withdrawn = _withdrawn_on(case)
    if withdrawn is not None:
        return Due(case, WITHDRAWN, withdrawn + timedelta(days=WITHDRAWN_DAYS))
    if case.is_closed:
        # A clock in the past may have closed it; it was not closed before it came.
        closed = max(case.closed_on, case.received_on)
        last_day = years_after(date.fromisoformat(closed), KEPT_YEARS)
        return Due(case, OVER, last_day) if last_day <= today else None
    return None


def _is_untouched(case: Case, today: date) -> bool:
    last = max(date.fromisoformat(entry.on) for entry in case.thread)
    return years_after(last, KEPT_YEARS) <= today


def plan(book: Casebook, today: date) -> Plan:
    """What a run on this day would erase, and what it would only name; changes nothing."""
    returned = {case.subject for case in book.returned()}
    due, untouched = dict[str, Due](), list[Case]()
    for case in book.cases.values():
        found = Due(case, RETURNED, today) if case.subject in returned else _due(case, today)
        if found is not None:
            due[case.subject] = found
        elif _is_untouched(case, today):
            untouched.append(case)
    # A bundle is about its cases: it goes with the last of them.
    for case in book.cases.values():
        if case.bundle in due and case.subject not in due:
            del due[case.bundle]
    return Plan(tuple(due.values()), tuple(untouched))


def _digests(book: Casebook, case: Case) -> list[Value]:
    """By what the words of a case are known again, but for those with which another case began."""
    found = dict.fromkeys((case.digest, *(later.digest for later in case.later)))
    return [one.hex() for one in found if one and book.by_digest(one) in (None, case)]


def _tombstones(book: Casebook, one: Due, today: date, *, row: Mapping[str, Value]) -> list[Event]:
    """An `erased` event for each subject of a case; what may be counted stands in the first."""
    case, by, events = one.case, book.vault.handler, []
    for subject in case.subjects:
        is_first = subject == case.subject
        values: dict[str, Value] = {
            "subject": subject,
            "why": one.why,
            "objects": list(case.objects) if is_first else [],
            "digests": _digests(book, case) if is_first else [],
            "row": dict(row) if is_first else {},
        }
        events.append(Event(LOG, "erased", today.isoformat(), by, values))
    return events


def erase(book: Casebook, due: Sequence[Due], *, today: date, row: RowOf) -> None:
    """Erase cases: first a line in the log for each, then their keys.

    A crash in between leaves the lines, by which the store erases the rest when it is opened.
    """
    # A case that came back with a merge left its row when it was first erased.
    rows = [{} if one.why == RETURNED else row(one.case) for one in due]
    events = [
        event
        for one, kept in zip(due, rows, strict=True)
        for event in _tombstones(book, one, today, row=kept)
    ]
    book.add(events)
    subjects = [str(event.values["subject"]) for event in events]
    book.erase(subjects)
    # Read from the disk, so that nobody is told of an erasure that did not happen.
    if keys_left(book.vault, subjects):
        raise DeskError("a key that should be destroyed still lies here", "run `desk check`")


def run(book: Casebook, *, today: date, row: RowOf) -> list[Due]:
    """Erase what is due on this day; a second run finds nothing more. Returns what was erased."""
    due = list(plan(book, today).due)
    if due:
        erase(book, due, today=today, row=row)
    return due
