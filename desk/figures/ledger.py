"""The ledger of every number that the desk ever published, after step 7.

Comes in: the events of the store. Goes out: each report as it was shown, and the event that adds
one. It refuses to forget: what it cannot read stops the next report.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from desk.errors import DeskError
from desk.figures.suppress import FEW, HIDDEN, STEP, Shown, View
from desk.figures.tables import BY_NAME, TOTAL
from desk.store.event import LOG, Event
from desk.wire.canon import Value

PUBLISHED = "report_published"


@dataclass(frozen=True, slots=True)
class Published:
    """The numbers of one report: its total, and every table, empty if it is not shown."""

    year: int
    total: Shown
    views: Mapping[str, View] = field(default_factory=dict)


def _shown(value: Value) -> Shown:
    if type(value) is int and value > 0 and value % STEP == 0:
        return value
    if value == "few":
        return FEW
    if value == "hidden":
        return HIDDEN
    raise ValueError


def _numbers(listed: Value) -> dict[str, dict[str, Shown]]:
    """The list of an event as tables; `ValueError` or `TypeError` for anything unknown."""
    found: dict[str, dict[str, Shown]] = {}
    for entry in listed if isinstance(listed, list) else [None]:
        if not isinstance(entry, dict):
            raise TypeError
        table, cell = str(entry.get("table")), str(entry.get("cell"))
        cells = (TOTAL,) if table == TOTAL else BY_NAME[table].cells
        view = found.setdefault(table, {})
        if cell in view or cell not in ("", *cells):
            raise ValueError
        view[cell] = _shown(entry.get("shown"))
    return found


def _published(event: Event) -> Published:
    year = event.values.get("year")
    try:
        found = _numbers(event.values.get("numbers"))
        total = found.pop(TOTAL)[TOTAL]
        if type(year) is not int or total == HIDDEN:
            raise ValueError
        # A table that was not shown has one entry, for no row.
        views = {name: {} if "" in view else view for name, view in found.items()}
        if any(view and tuple(view) != BY_NAME[name].cells for name, view in views.items()):
            raise ValueError
    except (KeyError, TypeError, ValueError):
        hint = "no report can be made until it is understood: ask who made the last report"
        raise DeskError("the ledger has a report that this version cannot read", hint) from None
    return Published(year, total, views)


def read(events: Iterable[Event]) -> tuple[Published, ...]:
    """Every report ever published, in the order of the events; `DeskError` for one not understood."""
    return tuple(_published(event) for event in events if event.kind == PUBLISHED)


def first(ledger: Iterable[Published], year: int) -> Published | None:
    """The report of a year that was published first, if there is one: the one that stands."""
    return next((published for published in ledger if published.year == year), None)


def entries(published: Published) -> list[Value]:
    """The numbers of a report one by one; a table that is not shown is one entry without a row."""
    entries: list[Value] = [{"table": TOTAL, "cell": TOTAL, "shown": published.total}]
    for name, view in published.views.items():
        cells: View = view or {"": HIDDEN}
        entries.extend(
            {"table": name, "cell": cell, "shown": value} for cell, value in cells.items()
        )
    return entries


def event(published: Published, *, on: date, by: str) -> Event:
    """The `report_published` event that adds a report to the ledger."""
    values: dict[str, Value] = {"year": published.year, "numbers": entries(published)}
    return Event(LOG, PUBLISHED, on.isoformat(), by, values)
