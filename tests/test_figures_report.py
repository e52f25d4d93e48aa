"""The report of a year and the ledger: what is published stands, and nothing gives it away."""

from datetime import date

import pytest

from desk.errors import DeskError
from desk.figures import ledger, report, rows
from desk.figures.ledger import Published
from desk.figures.report import Report
from desk.figures.suppress import FEW, HIDDEN, Shown, View
from desk.figures.tables import TABLES, TOTAL
from desk.store.event import LOG, Event
from desk.wire.canon import Value
from tests.figures import TODAY, many, row

YEAR = [
    *many(300, role="self", topics=("police", "check"), about="police", language="nl"),
    *many(200, role="permission", topics=("police",), about="municipality", language="en"),
    *many(8, role="professional", topics=("care",), about="care", language="europe"),
    *many(12, outcomes=("advice",)),
]


def published(*entries: tuple[str, str, object], year: object = 2026) -> Event:
    """Return an event of the ledger with these numbers."""
    numbers: list[Value] = [
        {"table": table, "cell": cell, "shown": shown}  # type: ignore[dict-item]
        for table, cell, shown in entries
    ]
    values: dict[str, Value] = {"year": year, "numbers": numbers}  # type: ignore[dict-item]
    return Event(LOG, "report_published", "2027-02-01", "mira", values)


def role(*values: Shown) -> View:
    """Return a table of roles."""
    return dict(zip(("self", "permission", "professional", "not_stated"), values, strict=True))


def test_a_small_year_has_a_total_and_nothing_else() -> None:
    """Up to a shown total of 500 there is one number."""
    small = report.draft(many(504, role="self"), 2026, ())

    assert small == Report(Published(2026, 500, {}))
    assert (small.year, small.total, small.shown, small.not_shown) == (2026, 500, {}, ())
    assert report.draft(many(9), 2026, ()).total == FEW
    assert report.draft(many(505), 2025, ()).total == FEW


def test_a_large_year_has_tables_with_small_rows_hidden() -> None:
    """Rows are rounded to tens, small ones are marked, and one alone gets company."""
    made = report.draft(YEAR, 2026, ())

    assert made.total == 520
    assert made.shown["role"] == role(300, 200, FEW, HIDDEN)
    assert made.shown["topics"]["police"] == 500
    assert made.shown["topics"]["not_stated"] == 10
    assert made.shown["language"]["not_stated"] == 10
    assert made.not_shown == ("outcomes",)
    assert list(made.numbers.views) == [table.name for table in TABLES]


def test_a_table_that_gives_a_small_row_away_is_not_shown() -> None:
    """Rounding that all goes one way would leave two possible values for the small rows."""
    counts = {"self": 404, "permission": 84, "professional": 9, "not_stated": 9}

    made = report.publishable(2026, 506, {"role": counts}, ())

    assert made == Published(2026, 510, {"role": {}})
    shown = report.publishable(2026, 507, {"role": counts | {"self": 405}}, ())
    assert shown.views["role"] == role(410, 80, FEW, FEW)


def test_a_table_that_differs_by_few_from_an_earlier_one_is_not_shown() -> None:
    """A reader who knows both reports would know that under ten complaints came or went."""
    # Here the total leaves 15 to 19 for "permission".
    earlier = Published(2025, 510, {"role": role(410, 20, 30, 70)})
    counts = {"self": 450, "permission": 12, "professional": 30, "not_stated": 20}
    alone = report.publishable(2026, 512, {"role": counts}, ())

    assert alone.views["role"] == role(450, 10, 30, 20)
    assert report.publishable(2026, 512, {"role": counts}, [earlier]).views == {"role": {}}


def test_a_draft_looks_at_the_reports_of_all_other_years() -> None:
    """Whether an earlier or a later year was published first makes no difference."""
    year = [*many(450, role="self"), *many(12, role="permission"), *many(30, role="professional")]
    year += many(20)
    other = {"role": role(410, 20, 30, 70)}

    assert list(report.draft(year, 2026, ()).shown) == ["role"]
    for number in (2025, 2027):
        assert report.draft(year, 2026, [Published(number, 510, other)]).shown == {}


def test_a_total_that_differs_by_few_takes_every_table_with_it() -> None:
    """Only tables make a total narrower than its ten values, so none is shown."""
    earlier = Published(2025, 510, {"role": role(410, 20, 30, 70)})  # a total of 510 to 514
    about = {"municipality": 404, "police": 54, "care": 34, "operator": 8, "private": 8, "other": 8}
    counts = {
        "about": about,  # a total of 515 to 519
        "role": {"self": 300, "permission": 100, "professional": 100, "not_stated": 16},
    }

    alone = report.publishable(2026, 516, counts, ())
    after = report.publishable(2026, 516, counts, [earlier])

    assert all(alone.views.values())
    assert after == Published(2026, 520, {"about": {}, "role": {}})


def test_what_was_published_stands() -> None:
    """A report made again has the numbers of the first, and tells the desk when counts have moved."""
    first = report.draft(YEAR, 2026, ())
    again = report.draft(YEAR, 2026, [first.numbers])
    moved = report.draft([*YEAR, *many(12, about="tax_office")], 2026, [first.numbers])

    assert again == Report(first.numbers, is_published=True, is_changed=False)
    assert moved == Report(first.numbers, is_published=True, is_changed=True)
    assert (first.is_published, first.is_changed) == (False, False)


def test_a_year_must_be_over() -> None:
    """The first numbers stand for good, so half a year has none."""
    made = report.draft(YEAR, 2026, ())
    report.check(made, (), today=date(2027, 1, 1))

    with pytest.raises(DeskError, match="the year 2026 is not over"):
        report.check(made, (), today=date(2026, 12, 31))


def test_two_different_reports_of_a_year_stop_a_third() -> None:
    """After a merge of two stores the ledger may hold both; no further copy leaves the desk."""
    made = report.draft(YEAR, 2026, ())
    report.check(made, [made.numbers, Published(2025, 100)], today=TODAY)

    with pytest.raises(DeskError, match="has been published with other numbers"):
        report.check(made, [made.numbers, Published(2026, 520)], today=TODAY)


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (Published(2026, 500, {"role": role(300, 50, 50, 100)}), "a year this small"),
        (Published(2026, 510, {"role": role(400, 80, FEW, FEW)}), "the numbers of role"),
        (Published(2026, 510, {"role": role(500, 10, FEW, FEW)}), "the numbers of role"),
        (Published(2026, 510, {"role": role(450, 10, 30, 20)}), "the numbers of role"),
    ],
)
def test_a_report_that_was_made_otherwise_is_refused(numbers: Published, message: str) -> None:
    """The rules hold for the numbers as they are, wherever these come from."""
    earlier = Published(2025, 510, {"role": role(410, 20, 30, 70)})

    with pytest.raises(DeskError, match=message):
        report.check(Report(numbers), [earlier], today=TODAY)


def test_the_ledger_gives_back_every_report() -> None:
    """What the event keeps is what was shown, tables that were not shown included."""
    made = report.draft(YEAR, 2026, ()).numbers
    kept = ledger.event(made, on=TODAY, by="mira")

    assert (kept.subject, kept.kind, kept.on, kept.by) == (
        LOG,
        "report_published",
        "2027-02-01",
        "mira",
    )
    assert ledger.read([kept, published((TOTAL, TOTAL, "few"), year=2025)]) == (
        made,
        Published(2025, FEW, {}),
    )
    assert ledger.read([Event(LOG, "imported", "2027-02-01", "mira", {})]) == ()


def test_the_first_report_of_a_year_stands() -> None:
    """Of two reports of one year the first in the store's order counts."""
    both = [Published(2025, 90), Published(2026, 100), Published(2026, 110)]

    assert ledger.first(both, 2026) == Published(2026, 100)
    assert ledger.first(both, 2027) is None


WHOLE = [("role", cell, 100) for cell in ("self", "permission", "professional", "not_stated")]


@pytest.mark.parametrize(
    "event",
    [
        published(),
        published((TOTAL, TOTAL, 510), year="2026"),
        published((TOTAL, TOTAL, 510), year=True),
        published((TOTAL, TOTAL, "hidden")),
        published((TOTAL, TOTAL, 515)),
        published((TOTAL, TOTAL, 0)),
        published((TOTAL, TOTAL, -10)),
        published((TOTAL, TOTAL, True)),
        published((TOTAL, TOTAL, None)),
        published((TOTAL, "all", 510)),
        published((TOTAL, TOTAL, 510), ("place", "", "hidden")),
        published((TOTAL, TOTAL, 510), ("role", "self", 510)),
        published((TOTAL, TOTAL, 510), *WHOLE[::-1]),
        published((TOTAL, TOTAL, 510), *WHOLE, ("role", "king", 100)),
        published((TOTAL, TOTAL, 510), *WHOLE, WHOLE[0]),
        published(*WHOLE),
        Event(LOG, "report_published", "2027-02-01", "mira", {"year": 2026, "numbers": 5}),
        Event(LOG, "report_published", "2027-02-01", "mira", {"year": 2026, "numbers": [5]}),
        Event(LOG, "report_published", "2027-02-01", "mira", {}),
    ],
)
def test_a_ledger_that_is_not_understood_stops_every_report(event: Event) -> None:
    """A number that nobody can compare with is no reason to publish another."""
    with pytest.raises(DeskError, match="the ledger has a report that this version cannot read"):
        ledger.read([event])


def test_threads_count_once_in_a_report() -> None:
    """Several complaints of one thread are one, in the year in which it began."""
    twice = [row(one.key, quarter="2027-Q1") for one in YEAR]

    assert report.draft([*YEAR, *twice], 2026, ()) == report.draft(YEAR, 2026, ())
    assert report.draft([*YEAR, *twice], 2027, ()).total == FEW
    assert len(rows.threads([*YEAR, *twice])) == len(YEAR)
