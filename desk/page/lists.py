"""Lists of cases on the daily screen, in steps 6 and 7: inbox, search, agenda and bundles.

Comes in: a request. Goes out: rows that lead to cases. It refuses to know stories: a row says who,
since when, and until when.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from desk.cases import deadlines, inbox
from desk.cases.case import Case
from desk.cases.fields import YES
from desk.cases.inbox import Item
from desk.intake import floods
from desk.page import facts
from desk.page.message import Request, Response, first, redirect
from desk.page.screen import Screen
from desk.work import actions

One = TypeVar("One")
SHORT, LONG = 25, 200  # rows of one section on the inbox, and on a page of its own


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list: what it is about in few words, its marks, its loudest term."""

    case: Case
    week: str
    about: str
    marks: tuple[str, ...]
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
    marks = tuple(t(f"mark.{mark}") for mark in inbox.marks(case))
    about = ", ".join((*wish, *topics))
    return Row(case, t.week(case.received_on), about, marks, facts.loud(t, case, screen.sure_day))


def _some(whole: Sequence[One], asked: str, size: int) -> tuple[Sequence[One], int, int]:
    """The part of a list that is asked for, its number, and how many parts there are."""
    last = max(0, len(whole) - 1) // size + 1
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    at = min(max(number, 1), last)
    return whole[(at - 1) * size : at * size], at, last


def _part(screen: Screen, cases: Sequence[Case], asked: str, size: int) -> Part:
    shown, at, last = _some(cases, asked, size)
    return Part(tuple(row(screen, case) for case in shown), len(cases), at, last)


def _next(*parts: Part) -> str:
    """The subject of the case that work goes on with: the first that is new, else the first."""
    cases = [row.case for part in parts for row in part.rows]
    new = [case for case in cases if case.status == "new" or case.wrote_again]
    return next((case.subject for case in (*new, *cases)), "")


def show_inbox(screen: Screen, request: Request) -> Response:
    """What waits: danger, running terms, new, waiting; one section whole if it is asked for."""
    box = inbox.inbox(screen.book)
    only = first(request.query, "section")
    names = (only,) if only in inbox.SECTIONS else inbox.SECTIONS
    size = LONG if only in inbox.SECTIONS else SHORT
    sections = {
        name: _part(screen, box.section(name), first(request.query, "part"), size) for name in names
    }
    return screen.page(
        "inbox.html",
        "inbox",
        only=only if only in inbox.SECTIONS else "",
        sections=sections,
        counts=inbox.counts(box),
        floods=[(flood, screen.t.week(flood.since)) for flood in box.floods],
        loud=_loud(screen, box),
        focus=_next(*sections.values()),
        sought="",
    )


def _loud(screen: Screen, box: inbox.Inbox) -> list[Row]:
    """The cases whose term must be shouted, the first to end first, also where there is danger."""
    shouted = [case for case in (*box.danger, *box.deadline) if deadlines.loud(case) is not None]
    rows = [row(screen, case) for case in shouted]
    rows.sort(key=lambda row: row.term.last_day if row.term else "")
    return rows


def release_flood(screen: Screen, _request: Request, flood: str) -> Response:
    """Say that a flood is none, for all of its cases."""
    book, whole = screen.book, {"whole": YES}
    first_case, count = floods.members(book, flood)[0], len(floods.marked(book, flood))
    actions.perform(book, first_case, "release_flood", whole, today=screen.today())
    screen.mine.notice = screen.t("flood.released", count=count)
    return redirect("/")


def set_aside(screen: Screen, _request: Request, flood: str) -> Response:
    """Close all cases of a flood, and keep them."""
    count = floods.set_aside(screen.book, flood, today=screen.today())
    screen.mine.notice = screen.t("flood.set_aside", count=count)
    return redirect("/")


def search(screen: Screen, request: Request) -> Response:
    """Remember what is sought; it does not stand in the address, which a browser keeps."""
    screen.mine.sought = first(request.form, "words").strip()
    return redirect("/search")


def show_search(screen: Screen, request: Request) -> Response:
    """The form, and what was found."""
    found = screen.search.find(screen.mine.sought) if screen.mine.sought else []
    part = _part(screen, found, first(request.query, "part"), LONG)
    return screen.page(
        "search.html", "search", part=part, sought=screen.mine.sought, focus=_next(part)
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
