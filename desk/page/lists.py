"""Lists of cases on the daily screen, in steps 6 and 7: search, agenda and bundles.

Comes in: a request. Goes out: rows that lead to cases. It refuses to know stories: a row says who,
since when, and until when.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from desk.cases import deadlines, inbox
from desk.cases.case import Case
from desk.cases.inbox import Item
from desk.loopback.message import Request, Response, first, redirect
from desk.page import facts
from desk.page.screen import Screen

One = TypeVar("One")
LONG = 200  # rows of one part of a list


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list: what it is about in few words, its marks, its loudest term.

    `period` says when it was, of a case that speaks of violence.
    """

    case: Case
    week: str
    about: str
    period: str
    marks: tuple[str, ...]  # of `inbox.MARKS`
    term: facts.Term | None


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a list: how many there are in all, which part this is, and how many parts."""

    rows: tuple[Row, ...]
    total: int
    at: int = 1
    last: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """One line of the agenda: something that falls due, or how many `promises` of ours on its day."""

    item: Item
    kind: str
    what: str  # an organisation, or a rule; of a later version the name that it came with
    promises: int = 0
    doubt: str = ""  # why the last day of a term might be another


def row(screen: Screen, case: Case) -> Row:
    """A case as a row."""
    t = screen.t
    topics = [t.choice("topics", topic) for topic in case.topics]
    wish = [t.choice("wish", case.wish)] if case.wish else []
    marks = inbox.marks(case)
    period = t.choice("period", case.period) if case.period and "violence" in marks else ""
    about, term = ", ".join((*wish, *topics)), facts.loud(t, case, screen.sure_day)
    return Row(case, t.week(case.received_on), about, period, marks, term)


def _some(whole: Sequence[One], asked: str, size: int) -> tuple[Sequence[One], int, int]:
    """The part of a list that is asked for, its number, and how many parts there are."""
    last = max(0, len(whole) - 1) // size + 1
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    at = min(max(number, 1), last)
    return whole[(at - 1) * size : at * size], at, last


def part(screen: Screen, cases: Sequence[Case], asked: str, size: int) -> Part:
    """The part of a list of cases that is asked for, as rows."""
    shown, at, last = _some(cases, asked, size)
    return Part(tuple(row(screen, case) for case in shown), len(cases), at, last)


def next_of(rows: Iterable[Row]) -> str:
    """The subject of the case that work goes on with: the first that is new, else the first."""
    cases = [row.case for row in rows]
    new = [case for case in cases if case.status == "new" or case.wrote_again]
    return next((case.subject for case in (*new, *cases)), "")


def search(screen: Screen, request: Request) -> Response:
    """Remember what is sought; it does not stand in the address, which a browser keeps."""
    screen.mine.sought = first(request.form, "words").strip()
    return redirect("/search?part=1")


def show_search(screen: Screen, request: Request) -> Response:
    """The form, and what was found; from the menu it is empty, with the cursor in it.

    With the last search still in it, whoever types the next and presses Enter opens a case of the last.
    """
    asked = first(request.query, "part")
    sought = screen.mine.sought if asked else ""
    found = screen.search.find(sought) if sought else []
    shown = part(screen, found, asked, LONG)
    return screen.page(
        "search.html", "search", part=shown, sought=sought, focus=next_of(shown.rows)
    )


def show_agenda(screen: Screen, request: Request) -> Response:
    """Everything that falls due, the first to end first; or our own promises of one day.

    A term of the law is on it however many promises stand before it: those are one line for a day.
    """
    items, day = inbox.agenda(screen.book, screen.today()), first(request.query, "day")
    promised = Counter(item.last_day for item in items if item.kind == "promise")
    if day:
        found = [one for one in items if one.kind == "promise" and str(one.last_day) == day]
        due, at, last = _some(found, first(request.query, "part"), LONG)
        lines = [_due(screen, item) for item in due]
    else:
        firsts = {item.last_day: item for item in reversed(items) if item.kind == "promise"}
        shown = [one for one in items if one.kind != "promise" or firsts[one.last_day] is one]
        lines, at, last = [_due(screen, item, promised) for item in shown], 1, 1
    return screen.page(
        "agenda.html", "agenda", due=lines, day=day, at=at, last=last, near=deadlines.NEAR_DAYS
    )


def _due(screen: Screen, item: Item, promised: Mapping[date, int] | None = None) -> Due:
    t = screen.t
    what = item.what if item.kind == "follow_up" else facts.rule(t, item.what)
    count = promised[item.last_day] if promised and item.kind == "promise" else 0
    doubt = facts.doubt(t, item.term) if item.term else ""
    return Due(item, t(f"due.{item.kind}"), what, count, doubt)


def show_bundles(screen: Screen, _request: Request) -> Response:
    """All bundles, with the number of complaints in each."""
    members = Counter(case.bundle for case in screen.book.cases.values() if case.bundle)
    bundles = [(case, members[case.subject]) for case in screen.book.bundles()]
    return screen.page("bundles.html", "bundles", bundles=bundles)
