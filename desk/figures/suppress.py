"""What may be shown of a count, after step 7: rounded, or not at all.

Comes in: exact counts. Goes out: numbers that are multiples of ten, and marks where a count is too
small. It refuses to know what was published before; that is `ledger`. Every decision here rests on
the marks and numbers that are shown, never on the exact count behind them: who knows this code and
reads the report learns nothing from what it did.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

# Ten, not five: two numbers on this grid are the same or ten apart, so no two publications, of one
# year or of twenty, ever have a difference under ten.
STEP = 10
THRESHOLD = 10  # the smallest count that has a number
FLOOR = 500  # a year whose shown total is not above this has a total and no tables
APART = 2 * STEP  # shown total less the largest shown row: at least ten complaints stand elsewhere

FEW: Literal["few"] = "few"  # fewer than ten
HIDDEN: Literal["hidden"] = "hidden"  # ten or more; shown, it would help to find a smaller one

Shown: TypeAlias = int | Literal["few", "hidden"]
View: TypeAlias = Mapping[str, Shown]  # a table as shown, by row; empty if it is not shown at all


def shown(count: int) -> Shown:
    """A count as it may be shown: to the nearest ten, half up, or `FEW` below ten."""
    return FEW if count < THRESHOLD else (count + STEP // 2) // STEP * STEP


def has_tables(total: Shown) -> bool:
    """Whether a year with this shown total is large enough for tables."""
    return isinstance(total, int) and total > FLOOR


def numbers(view: View) -> list[int]:
    """The numbers in a table, without its marks."""
    return [value for value in view.values() if isinstance(value, int)]


def hide(view: View) -> View:
    """Give a row with few complaints company, in a table whose rows add up to the total.

    The smallest number, the first of equals, becomes `HIDDEN`: else the small row would be what
    the others leave of the total. It depends on the marks alone, not on how close that comes.
    """
    few = [cell for cell, value in view.items() if value == FEW]
    if len(few) != 1 or not numbers(view):
        return dict(view)
    smallest = min(numbers(view))
    victim = next(cell for cell, value in view.items() if value == smallest)
    return {**view, victim: HIDDEN}


def betrays_group(view: View, total: Shown) -> bool:
    """Whether a table says of (nearly) all complaints that they stand in one row.

    "Every complaint was about the police" tells something about each complainant, however large
    the number is.
    """
    return any(isinstance(total, int) and total - value < APART for value in numbers(view))
