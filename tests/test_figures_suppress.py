"""What may be shown of a count, and what a reader can work out from it: exactly."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest

from desk.figures import bounds, report, suppress
from desk.figures.suppress import FEW, HIDDEN, Shown

TOTAL = "total"
ROLES = ("self", "permission", "professional", "not_stated")


def role(*values: Shown) -> dict[str, Shown]:
    """Return a table of roles."""
    return dict(zip(ROLES, values, strict=True))


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, FEW), (9, FEW), (10, 10), (14, 10), (15, 20), (24, 20), (25, 30), (504, 500), (505, 510)],
)
def test_a_count_is_rounded_to_tens_or_is_few(count: int, expected: Shown) -> None:
    """Below ten there is no number; above, the nearest ten, half up."""
    assert suppress.shown(count) == expected


def test_every_shown_number_means_the_counts_that_are_shown_so() -> None:
    """The interval of a number holds exactly the counts that round to it."""
    for value in range(10, 700, 10):
        meant = [count for count in range(720) if suppress.shown(count) == value]
        assert bounds.of_shown(value) == (meant[0], meant[-1])
        assert bounds.of_total(value) == (meant[0], meant[-1])
        assert bounds.width((meant[0], meant[-1])) == len(meant) >= 5
    assert bounds.of_total(FEW) == (0, 9)


@pytest.mark.parametrize(("total", "expected"), [(FEW, False), (500, False), (510, True)])
def test_tables_begin_above_five_hundred(total: Shown, expected: bool) -> None:
    """A total shown as 500 may be 495, so it has no tables."""
    assert suppress.has_tables(total) is expected


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (role(480, 20, 30, FEW), role(480, HIDDEN, 30, FEW)),
        (role(FEW, 30, 30, 450), role(FEW, HIDDEN, 30, 450)),
        (role(480, 20, FEW, FEW), role(480, 20, FEW, FEW)),
        (role(480, 20, 30, 10), role(480, 20, 30, 10)),
        (role(FEW, FEW, FEW, FEW), role(FEW, FEW, FEW, FEW)),
        ({"self": FEW}, {"self": FEW}),
    ],
)
def test_one_small_row_gets_the_smallest_number_as_company(
    view: dict[str, Shown], expected: dict[str, Shown]
) -> None:
    """One row without number never stands alone; two or none need no company."""
    assert suppress.hide(view) == expected


@pytest.mark.parametrize(
    ("largest", "total", "expected"),
    [(490, 510, False), (500, 510, True), (510, 510, True), (FEW, 510, False), (10, FEW, False)],
)
def test_a_table_in_which_nearly_all_stand_in_one_row_betrays_the_group(
    largest: Shown, total: Shown, expected: bool
) -> None:
    """ "All complaints were about the police" is refused: ten or more must surely stand elsewhere."""
    assert suppress.betrays_group(role(10, largest, FEW, FEW), total) is expected


def test_rows_that_add_up_narrow_each_other() -> None:
    """What a row can be is what the total and the other rows leave."""
    found = bounds.of_table("role", role(400, 80, FEW, FEW), (505, 514))

    assert found == {
        "self": (403, 404),
        "permission": (83, 84),
        "professional": (8, 9),
        "not_stated": (8, 9),
        TOTAL: (505, 506),
    }


def test_rows_that_add_up_leave_room_below() -> None:
    """The least that the others can be leaves the most for a row."""
    found = bounds.of_table("role", role(500, 10, FEW, FEW), (505, 509))

    assert found == {
        "self": (495, 499),
        "permission": (10, 14),
        "professional": (0, 4),
        "not_stated": (0, 4),
        TOTAL: (505, 509),
    }


def test_a_total_is_narrowed_by_rows_that_add_up() -> None:
    """Rows that cannot reach a total, or must exceed it, move it."""
    assert bounds.of_table("role", role(500, 10, FEW, FEW), (500, 509))[TOTAL] == (505, 509)
    assert bounds.of_table("role", role(400, 80, 10, FEW), (505, 514))[TOTAL] == (505, 511)


@pytest.mark.parametrize(
    ("view", "most"),
    [
        (role(480, HIDDEN, 30, FEW), 34),
        (role(480, 30, HIDDEN, FEW), 24),
        (role(480, 30, HIDDEN, 20), 24),
        (role(20, 30, HIDDEN, 20), 14),
        (role(FEW, HIDDEN, FEW, FEW), 514),
    ],
)
def test_the_row_hidden_for_company_was_the_first_of_the_smallest(
    view: dict[str, Shown], most: int
) -> None:
    """A reader of this code knows that no shown number is smaller than the hidden one."""
    assert bounds._boxes(view, (505, 514))[next(c for c in view if view[c] == HIDDEN)] == (10, most)


def overlapping(**values: Shown) -> dict[str, Shown]:
    """Return a small overlapping table."""
    return {"check": FEW, "police": FEW, "not_stated": FEW, **values}


def test_rows_that_overlap_cover_the_complaints() -> None:
    """A row is at most all complaints with an answer, and together they are at least these."""
    found = bounds.of_table("topics", overlapping(police=490), (505, 514))

    assert found == {
        "check": (2, 9),
        "police": (487, 494),
        "not_stated": (2, 9),
        TOTAL: (505, 512),
    }


def test_a_row_that_overlaps_is_no_larger_than_the_complaints() -> None:
    """A full row leaves little that was not stated, and cannot be above the total."""
    found = bounds.of_table("topics", overlapping(police=510, check=500), (500, 507))

    assert found == {
        "check": (495, 504),
        "police": (505, 507),
        "not_stated": (0, 2),
        TOTAL: (505, 507),
    }


def test_a_large_row_of_nothing_stated_leaves_less_for_the_others() -> None:
    """Complaints without an answer stand in no other row."""
    found = bounds.of_table("topics", overlapping(police=500, not_stated=20), (505, 514))

    assert found == {
        "check": (0, 9),
        "police": (495, 499),
        "not_stated": (15, 19),
        TOTAL: (510, 514),
    }


def test_tables_have_the_total_in_common() -> None:
    """What one table tells about the total, a reader uses in all the others."""
    narrow, wide = role(400, 80, FEW, FEW), role(400, 90, FEW, FEW)
    alone = bounds.of_report(510, {"about": wide})
    both = bounds.of_report(510, {"about": wide, "role": narrow, "language": {}})

    assert alone[TOTAL, TOTAL] == (505, 514)
    assert both[TOTAL, TOTAL] == (505, 506)
    assert both["role", "professional"] == (8, 9)
    assert alone["about", "self"] == (395, 404)
    assert both["about", "not_stated"] == (0, 9)
    assert not [place for place in both if place[0] == "language"]


@pytest.mark.parametrize(("least", "expected"), [(5, False), (6, True)])
def test_five_values_must_stay_possible_for_a_row_without_number(
    least: int, expected: bool
) -> None:
    """Rows with a number may be narrow, rows without may not."""
    known = {("role", cell): (1, 1) for cell in ROLES} | {("role", "professional"): (least, 9)}

    assert bounds.exposes("role", role(400, 80, FEW, 10), known) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((10, 14), (15, 19), True),
        ((15, 19), (10, 14), True),
        ((10, 14), (15, 20), False),
        ((10, 15), (15, 19), False),
        ((15, 20), (10, 14), False),
        ((15, 19), (10, 15), False),
        ((10, 10), (10, 10), False),
        ((10, 10), (19, 19), True),
        ((10, 10), (20, 20), False),
        ((20, 20), (10, 10), False),
        ((19, 19), (10, 10), True),
    ],
)
def test_two_numbers_differ_by_few_if_a_reader_is_sure_of_it(
    one: tuple[int, int], other: tuple[int, int], expected: bool
) -> None:
    """Sure that they differ, and sure that it is by one to nine."""
    assert bounds.differ_by_few(one, other) is expected


def test_differences_are_sought_row_by_row() -> None:
    """A row is compared with the same row of the other report, and its table is named."""
    old = {("role", "self"): (10, 14), ("about", "police"): (10, 14), ("role", "gone"): (1, 1)}
    new = {("role", "self"): (15, 17), ("about", "police"): (10, 14), ("role", "new"): (2, 2)}

    assert bounds.differences(old, new) == {"role"}


OUTSIDE = 54  # complaints outside the first row, at most, in the years that are tried


def worlds(limits: tuple[int, ...]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Every year of 505 to 514 complaints whose other rows stay under these limits."""
    for others in product(*map(range, limits)):
        if sum(others) <= OUTSIDE:
            for total in range(505, 515):
                yield total, (total - sum(others), *others)


@pytest.mark.parametrize("limits", [(55, 55), (55, 10, 10)])
def test_a_reader_who_tries_every_year_that_gives_this_report_learns_no_more(
    limits: tuple[int, ...],
) -> None:
    """Also who runs the code on all possible years keeps five values for each row without number."""
    years: dict[tuple[Shown, ...], list[tuple[int, ...]]] = defaultdict(list)
    for total, counts in worlds(limits):
        given = dict(zip(ROLES, counts, strict=False))
        published = report.publishable(2026, total, {"role": given}, ())
        years[tuple(published.views["role"].values())].append(counts)
    tried = 0
    for seen, possible in years.items():
        # Of a table that larger years give too, not all possible years were tried.
        if seen and any(counts[0] <= 515 - OUTSIDE for counts in possible):
            continue
        for number in range(len(limits) + 1):
            if not seen or not isinstance(seen[number], int):
                assert len({counts[number] for counts in possible}) >= 5, seen
                tried += 1
    assert tried > 8
