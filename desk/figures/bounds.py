"""What a reader can work out from a report, after step 7: the attacker's side of `suppress`.

Comes in: a total and tables as shown. Goes out: for the total and every row the least and the most
that it can be, exactly. It refuses to know any true count. The reader is taken to know this code,
which mark means what, and that no complaint is missing from a table.
"""

from collections.abc import Mapping
from typing import TypeAlias

from desk.figures.suppress import FEW, HIDDEN, STEP, THRESHOLD, Shown, View
from desk.figures.tables import BY_NAME, NOT_STATED, TOTAL

NARROWEST = 5  # values that must stay possible for a row that has no number
DIFFERENCE = 10  # no reader may find that two publications differ by less than this

Interval: TypeAlias = tuple[int, int]  # least and most
Bounds: TypeAlias = dict[tuple[str, str], Interval]  # by table and row


def width(interval: Interval) -> int:
    """How many whole numbers lie in an interval."""
    return interval[1] - interval[0] + 1


def of_shown(value: int) -> Interval:
    """The counts that are shown as this number: ten of them, or five for the smallest number."""
    return max(THRESHOLD, value - STEP // 2), value + STEP // 2 - 1


def of_total(total: Shown) -> Interval:
    """The counts that a shown total allows."""
    return of_shown(total) if isinstance(total, int) else (0, THRESHOLD - 1)


def _most_hidden(view: View, most: int) -> int:
    """The most that the row hidden for company can be: it had the smallest number, the first of
    equals, so a row above it has a larger one."""
    above = True
    for value in view.values():
        if value == HIDDEN:
            above = False
        elif isinstance(value, int):
            most = min(most, of_shown(value - STEP if above else value)[1])
    return most


def _boxes(view: View, total: Interval) -> dict[str, Interval]:
    """Each row on its own."""
    boxes: dict[str, Interval] = {}
    for cell, value in view.items():
        if isinstance(value, int):
            boxes[cell] = of_shown(value)
        elif value == FEW:
            boxes[cell] = 0, THRESHOLD - 1
        else:
            boxes[cell] = THRESHOLD, _most_hidden(view, total[1])
    return boxes


def _added(boxes: Mapping[str, Interval], total: Interval) -> dict[str, Interval]:
    """Rows that add up to the total: what one row can be follows from what the others can."""
    least, most = sum(low for low, _ in boxes.values()), sum(high for _, high in boxes.values())
    narrowed = {
        cell: (max(low, total[0] - (most - high)), min(high, total[1] - (least - low)))
        for cell, (low, high) in boxes.items()
    }
    return {**narrowed, TOTAL: (max(total[0], least), min(total[1], most))}


def _overlapping(boxes: dict[str, Interval], total: Interval) -> dict[str, Interval]:
    """Rows that overlap: each is at most the complaints with any answer, together they cover them.

    Those are the total less what is not stated.
    """
    none_low, none_high = boxes.pop(NOT_STATED)
    most = sum(high for _, high in boxes.values())
    fewest = max(total[0] - none_high, *(low for low, _ in boxes.values()))
    largest = min(total[1] - none_low, most)
    narrowed = {
        cell: (max(low, fewest - (most - high)), min(high, largest))
        for cell, (low, high) in boxes.items()
    }
    return {
        **narrowed,
        NOT_STATED: (max(none_low, total[0] - largest), min(none_high, total[1] - fewest)),
        TOTAL: (max(total[0], fewest + none_low), min(total[1], largest + none_high)),
    }


def of_table(name: str, view: View, total: Interval) -> dict[str, Interval]:
    """What a table and a total tell about its rows and, under `TOTAL`, about the total."""
    boxes = _boxes(view, total)
    return _overlapping(boxes, total) if BY_NAME[name].overlaps else _added(boxes, total)


def of_report(total: Shown, views: Mapping[str, View]) -> Bounds:
    """What a whole report tells: the tables have the total in common and nothing else."""
    shown = {name: view for name, view in views.items() if view}
    box = of_total(total)
    told = [of_table(name, view, box)[TOTAL] for name, view in shown.items()]
    joint = max(low for low, _ in [box, *told]), min(high for _, high in [box, *told])
    bounds: Bounds = {(TOTAL, TOTAL): joint}
    for name, view in shown.items():
        rows = of_table(name, view, joint)
        bounds |= {(name, cell): rows[cell] for cell in view}
    return bounds


def exposes(name: str, view: View, bounds: Bounds) -> bool:
    """Whether fewer than five values are possible for a row of this table that has no number."""
    unseen = [bounds[name, cell] for cell, value in view.items() if not isinstance(value, int)]
    return any(width(interval) < NARROWEST for interval in unseen)


def differ_by_few(one: Interval, other: Interval) -> bool:
    """Whether a reader of two numbers knows that they differ, and by fewer than ten."""
    least, most = other[0] - one[1], other[1] - one[0]
    return 0 < least <= most < DIFFERENCE or -DIFFERENCE < least <= most < 0


def differences(old: Bounds, new: Bounds) -> set[str]:
    """The tables of a report in which a row differs by few from the same row of an earlier one."""
    return {place[0] for place in old.keys() & new.keys() if differ_by_few(old[place], new[place])}
