"""What waits for a handler today, between steps 6 and 7: the inbox and the agenda.

Comes in: all cases, and the day. Goes out: cases by section, and what falls due, in order. It
refuses to know stories: a row says who, since when and until when.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Literal

from desk.cases import deadlines
from desk.cases.book import Casebook
from desk.cases.case import Case, Deadline

SECTIONS = ("danger", "perhaps", "deadline", "new", "waiting")
MARKS = (
    "violence",
    "withdrawn",
    "wrote_again",
    "withdrew",
    "asked",
    "asked_off",
    "unknown_code",
    "canary",
)


@dataclass(frozen=True, slots=True)
class Flood:
    """Cases that are nearly the same and came together: one row, with one action for all.

    So that a real one does not drown, the row says which `perhaps` are danger: they stand only here.
    """

    id: str
    cases: tuple[Case, ...]
    since: str
    perhaps: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """The open cases by section, each oldest first; running terms by their last day, and what is
    perhaps danger with what is still going on before the rest.
    """

    danger: tuple[Case, ...]
    perhaps: tuple[Case, ...]  # they speak of violence, and nobody has sorted them
    deadline: tuple[Case, ...]
    new: tuple[Case, ...]
    waiting: tuple[Case, ...]
    floods: tuple[Flood, ...]

    def sections(self) -> Mapping[str, tuple[Case, ...]]:
        """The cases of each of `SECTIONS`, in their order."""
        sections = (self.danger, self.perhaps, self.deadline, self.new, self.waiting)
        return dict(zip(SECTIONS, sections, strict=True))

    def section(self, name: str) -> tuple[Case, ...]:
        """The cases of one of `SECTIONS`."""
        return self.sections()[name]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that falls due: `what` is a rule of deadlines.toml, or an organisation."""

    last_day: date
    kind: Literal["deadline", "follow_up", "promise"]
    what: str
    case: Case
    days_left: int  # less than 0 when the day has passed
    term: Deadline | None = None  # of a deadline


def speaks_of_violence(case: Case) -> bool:
    """Whether a case is perhaps danger: she speaks of violence, and nobody has said what it is."""
    # The word alone does not say that she is in danger now. A handler decides that; to read it, to
    # write to her or to set a term is no decision.
    return not case.is_sorted and not case.is_closed and "violence" in case.topics


def _is_over(case: Case) -> bool:
    # What she said of it, or left open: only what she says is still going on goes before the rest.
    return case.period != "ongoing"


def marks(case: Case) -> tuple[str, ...]:
    """What a handler must see before opening a case; the names are those of `MARKS`."""
    found = {
        "violence": speaks_of_violence(case),
        "withdrawn": case.is_withdrawn,
        "wrote_again": bool(case.wrote_again),
        "withdrew": bool(case.withdrawn_on),
        "asked": bool(case.asked),
        "asked_off": bool(case.asked_off),
        "unknown_code": case.unknown_code,
        "canary": case.canary,
    }
    return tuple(name for name in MARKS if found[name])


def section(case: Case) -> str:
    """Where an open case stands: one of `SECTIONS`, "flood", or nowhere, for a calm bundle."""
    # Of a hundred thousand fakes none has a term: nothing is asked about those.
    urgency = deadlines.urgency(case) if case.deadlines else case.urgency
    if urgency == "danger":
        return urgency
    # Who set a term found that it is no flood.
    is_flood = bool(case.flood) and not (case.deadlines and deadlines.running(case))
    if speaks_of_violence(case) and not is_flood:
        return "perhaps"
    if urgency == "deadline":
        return urgency
    if case.kind == "bundle":
        return ""
    if is_flood:
        return "flood"
    return "new" if case.status == "new" or case.wrote_again else "waiting"


def _last_day(case: Case) -> str:
    term = deadlines.loud(case)
    return term.last_day if term is not None else "~"  # after every date


def _floods(cases: list[Case]) -> tuple[Flood, ...]:
    grouped: dict[str, list[Case]] = {}
    for case in cases:
        grouped.setdefault(case.flood, []).append(case)
    return tuple(_flood(id, found) for id, found in grouped.items())


def _flood(id: str, found: list[Case]) -> Flood:
    perhaps = sorted(filter(speaks_of_violence, found), key=_is_over)
    return Flood(id, tuple(found), found[0].received_on, tuple(perhaps))


def inbox(book: Casebook) -> Inbox:
    """Sort every open case into its section."""
    found: dict[str, list[Case]] = {name: [] for name in (*SECTIONS, "flood", "")}
    for case in sorted(book.cases.values(), key=attrgetter("received_on")):
        # A canary is nobody's; that it is acknowledged needs no handler.
        if not case.is_closed and not case.canary:
            found[section(case)].append(case)
    found["deadline"].sort(key=_last_day)
    found["perhaps"].sort(key=_is_over)
    danger, perhaps, deadline, new, waiting = (tuple(found[name]) for name in SECTIONS)
    return Inbox(danger, perhaps, deadline, new, waiting, _floods(found["flood"]))


def counts(box: Inbox) -> Mapping[str, int]:
    """How many cases stand in each section, and how many came with floods."""
    flooded = sum(len(flood.cases) for flood in box.floods)
    return {name: len(cases) for name, cases in box.sections().items()} | {"flood": flooded}


def owed(box: Inbox) -> int:
    """How many cases still wait for a first answer; the agenda has the day of each."""
    return sum(sum(map(deadlines.owes_answer, cases)) for cases in box.sections().values())


def _due(case: Case, today: date) -> Iterator[Item]:
    terms = [] if case.is_closed else deadlines.running(case)
    for term in terms:
        left = deadlines.days_left(term, today)
        yield Item(date.fromisoformat(term.last_day), "deadline", term.rule, case, left, term)
    # A case may be closed before it is known whether the person arrived.
    for referral in case.referrals:
        if referral.follow_up and not referral.done_on:
            day = date.fromisoformat(referral.follow_up)
            yield Item(day, "follow_up", referral.organisation, case, (day - today).days)
    for promise in deadlines.promises(case):
        left = (promise.last_day - today).days
        yield Item(promise.last_day, "promise", promise.rule, case, left)


def agenda(book: Casebook, today: date) -> list[Item]:
    """Every term, follow-up and promise that is not done, the first to end first."""
    due = [item for case in book.cases.values() for item in _due(case, today)]
    return sorted(due, key=lambda item: (item.last_day, item.case.received_on))
