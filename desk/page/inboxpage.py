"""The inbox on the daily screen, in steps 6 and 7: danger first, and the case that work goes on with.

Comes in: a request. Goes out: sections of rows, counts that lead to them, floods with one button for
all of each. It refuses to put what came last, or most often, before what cannot wait.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desk.cases import deadlines, inbox
from desk.cases.case import Case
from desk.cases.fields import YES
from desk.cases.inbox import Inbox
from desk.intake import floods
from desk.loopback.message import Request, Response, first, redirect
from desk.page.lists import LONG, Row, part, row
from desk.page.screen import Screen
from desk.work import actions

SHORT = 25  # rows of a section that anybody can fill by sending
_DECIDED = ("danger", "deadline")  # what a handler put there stands there whole


@dataclass(frozen=True, slots=True)
class Count:
    """One of the counts above the sections: its words by id, where it leads, how it looks."""

    words: str
    count: int
    href: str
    look: str = ""


def show(screen: Screen, request: Request) -> Response:
    """What waits: danger, what may be danger, running terms, new; one section whole if asked for."""
    box = inbox.inbox(screen.book)
    asked, at = first(request.query, "section"), first(request.query, "part")
    only = asked if asked in inbox.SECTIONS else ""
    sections = {
        name: part(screen, box.section(name), at, LONG if only or name in _DECIDED else SHORT)
        for name in ((only,) if only else inbox.SECTIONS)
    }
    shown = {name: [row.case for row in part.rows] for name, part in sections.items()}
    goes_on = _goes_on(screen, shown if only else box.sections())
    first_one = next((case for cases in shown.values() for case in cases), None)
    is_first = goes_on is first_one or any(shown.get(name) for name in ("danger", "perhaps"))
    terms = _terms(screen, box)
    also = [one for one in terms if inbox.section(one.case) != "deadline"]
    return screen.page(
        "inbox.html",
        "inbox",
        only=only,
        sections=sections,
        counts=list(_counts(box, terms, len(also), "/" if only else "")),
        floods=[(flood, screen.t.week(flood.since)) for flood in box.floods],
        flooded=sum(len(flood.cases) for flood in box.floods),
        in_floods=sum(len(flood.perhaps) for flood in box.floods),
        also=also,
        focus=first_one.subject if first_one and is_first else "",
        goes_on=None if goes_on is first_one else goes_on,
        sought="",
    )


def _goes_on(screen: Screen, sections: Mapping[str, Sequence[Case]]) -> Case | None:
    """The case that work goes on with: one in danger, until somebody has worked on it today, then
    the first that is new, else the first there is.
    """
    today = str(screen.sure_day)
    for name, cases in sections.items():
        for case in cases:
            is_left = name == "danger" and case.thread[-1].on != today
            if is_left or case.status == "new" or case.wrote_again:
                return case
    return next((case for cases in sections.values() for case in cases), None)


def _terms(screen: Screen, box: Inbox) -> list[Row]:
    """The cases whose term must be shouted, the first to end first, also of what stands in danger."""
    found = (*box.danger, *box.perhaps, *box.deadline)
    shouted = [case for case in found if case.deadlines and deadlines.loud(case) is not None]
    rows = [row(screen, case) for case in shouted]
    rows.sort(key=lambda row: row.term.last_day if row.term else "")
    return rows


def _counts(box: Inbox, terms: Sequence[Row], also: int, home: str) -> Iterator[Count]:
    """What cannot wait first; the answers that we owe stand in the agenda, by their day.

    A term counts also where its case stands in danger: of those that end soon no count has more.
    """
    found, near = inbox.counts(box), sum(row.term is not None and row.term.near for row in terms)
    found = {**found, "deadline": found["deadline"] + also}
    yield Count("section.danger", found["danger"], f"{home}#danger", "loud")
    yield Count("section.perhaps", found["perhaps"], f"{home}#perhaps", "warn")
    yield Count("page.inbox.near", near, f"{home}#deadline", "loud")
    for name in ("deadline", "new", "waiting"):
        yield Count(f"section.{name}", found[name], f"{home}#{name}")
    yield Count("page.inbox.flood", found["flood"], f"{home}#flood")
    yield Count("page.inbox.owed", inbox.owed(box), "/agenda")


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
