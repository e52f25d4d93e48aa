"""The report of a year, after step 7: which numbers may be published, if any.

Comes in: rows and the ledger. Goes out: a report whose numbers no reader can turn back into a small
count, alone or with every earlier report. It refuses to know words, pages and the clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desk.errors import DeskError
from desk.figures import bounds, ledger, suppress, tables
from desk.figures.ledger import Published
from desk.figures.rows import Row, threads
from desk.figures.suppress import Shown, View


@dataclass(frozen=True, slots=True)
class Report:
    """The numbers of one year as they may be shown.

    What was published stands: a report of the same year made later has the same numbers, and
    `is_changed` tells the desk, never the public, that the counts have moved since.
    """

    numbers: Published
    is_published: bool = False
    is_changed: bool = False

    @property
    def year(self) -> int:
        """The year in which the complaints came."""
        return self.numbers.year

    @property
    def total(self) -> Shown:
        """All complaints of the year."""
        return self.numbers.total

    @property
    def shown(self) -> Mapping[str, View]:
        """The tables that are shown, in their fixed order."""
        return {name: view for name, view in self.numbers.views.items() if view}

    @property
    def not_shown(self) -> tuple[str, ...]:
        """The tables that are named and not shown."""
        return tuple(name for name, view in self.numbers.views.items() if not view)


def _views(counts: Mapping[str, Mapping[str, int]]) -> dict[str, View]:
    views: dict[str, View] = {}
    for name, cells in counts.items():
        view = {cell: suppress.shown(number) for cell, number in cells.items()}
        # Rows that overlap do not add up, so none is what the others leave.
        views[name] = view if tables.BY_NAME[name].overlaps else suppress.hide(view)
    return views


def _without(views: Mapping[str, View], dropped: Iterable[str]) -> dict[str, View]:
    gone = set(dropped)
    # A total that differs by few can only be narrowed by the tables around it.
    everything = tables.TOTAL in gone
    return {name: {} if everything or name in gone else view for name, view in views.items()}


def _unsafe(total: Shown, views: Mapping[str, View]) -> set[str]:
    """Tables that cannot be shown at all. Hiding one only widens what is known of the others."""
    known = bounds.of_report(total, views)
    return {
        name
        for name, view in views.items()
        if suppress.betrays_group(view, total) or bounds.exposes(name, view, known)
    }


def _differing(numbers: Published, earlier: Iterable[Published]) -> set[str]:
    new = bounds.of_report(numbers.total, numbers.views)
    found: set[str] = set()
    for published in earlier:
        found |= bounds.differences(bounds.of_report(published.total, published.views), new)
    return found


def publishable(
    year: int,
    all_of_them: int,
    counts: Mapping[str, Mapping[str, int]],
    earlier: Iterable[Published],
) -> Published:
    """What may be shown of exact counts by table and row, given the reports of other years."""
    total = suppress.shown(all_of_them)
    if not suppress.has_tables(total):
        return Published(year, total)
    views = _views(counts)
    views = _without(views, _unsafe(total, views))
    views = _without(views, _differing(Published(year, total, views), earlier))
    return Published(year, total, views)


def _fresh(rows: Iterable[Row], year: int, earlier: Iterable[Published]) -> Published:
    counted = [row for row in threads(rows) if row.year == str(year)]
    counts = {table.name: tables.count(table, counted) for table in tables.TABLES}
    return publishable(year, len(counted), counts, earlier)


def draft(rows: Iterable[Row], year: int, published: Sequence[Published]) -> Report:
    """The report of a year: new, or again as it was published.

    Up to a shown total of 500 it has that total and nothing else. Above, each table of
    `tables.TABLES` is shown with its small rows hidden, or is not shown.
    """
    others = [numbers for numbers in published if numbers.year != year]
    fresh, stands = _fresh(rows, year, others), ledger.first(published, year)
    if stands is None:
        return Report(fresh)
    return Report(stands, is_published=True, is_changed=fresh != stands)


def check(report: Report, published: Sequence[Published], *, today: date) -> None:
    """Hold a report against the rules once more, before anybody sees it; else `DeskError`.

    A year must be over: its first numbers stand for good.
    """
    if report.year >= today.year:
        raise DeskError(
            f"the year {report.year} is not over",
            "a report is made once; desk figures shows this year inside the desk; "
            "set the clock if it is wrong",
        )
    numbers = report.numbers
    if any(other.year == report.year and other != numbers for other in published):
        raise DeskError(
            f"the year {report.year} has been published with other numbers",
            "publish no further copy; the report that stands is the first in the ledger",
        )
    if numbers.views and not suppress.has_tables(numbers.total):
        raise DeskError("a year this small has a total and no tables")
    others = [other for other in published if other.year != report.year]
    for table in sorted(_unsafe(numbers.total, numbers.views) | _differing(numbers, others)):
        raise DeskError(
            f"the numbers of {table} would tell too much, alone or beside earlier reports",
            "draft the report again",
        )
