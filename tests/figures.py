"""Shared by the tests of the figures: rows, counts of invented years, and readers who attack them."""

import random
from collections.abc import Iterator
from datetime import date

from desk.figures import tables
from desk.figures.ledger import Published
from desk.figures.rows import Row
from desk.figures.suppress import Shown, View
from desk.figures.tables import NOT_STATED, TABLES, TOTAL

Counts = dict[str, dict[str, int]]
Interval = tuple[int, int]
TODAY = date(2027, 2, 1)
WHO = {"nl": "De gemeente kan dit veranderen.", "en": "The municipality can change this."}


def row(key: str = "a", **changes: object) -> Row:
    """Return a row of the spring of 2026 in which nothing is noted."""
    values = {"quarter": "2026-Q2", "month": "", "topics": (), "about": "", "role": ""}
    values |= {"wish": "", "outcomes": (), "language": "", "channel": ""}
    return Row(**(values | {"key": key} | changes))  # type: ignore[arg-type]


def many(number: int, **changes: object) -> list[Row]:
    """Return rows that differ in their key only."""
    name = repr(sorted(changes.items()))
    return [row(f"{name}{index}", **changes) for index in range(number)]


def texts() -> dict[str, dict[str, str]]:
    """Return a fit text for every table that a report can have."""
    names = (TOTAL, *(table.name for table in TABLES))
    return {language: dict.fromkeys(names, text) for language, text in WHO.items()}


def _shares(rng: random.Random, cells: int) -> list[float]:
    power = rng.choice((1, 2, 4, 8))  # from even to one row that has nearly everything
    weights = [rng.random() ** power for _ in range(cells)]
    return [weight / sum(weights) for weight in weights]


def _added(rng: random.Random, cells: tuple[str, ...], total: int) -> dict[str, int]:
    counts = [int(total * share) for share in _shares(rng, len(cells))]
    for _ in range(rng.choice((0, 1, 2))):  # rows of the size that is to be protected
        counts[rng.randrange(len(counts))] = rng.randrange(0, 25)
    if rng.random() < 0.5:  # as far from what is shown as rounding allows, all in one direction
        end = rng.choice((4, 5))
        small = rng.choice((0, 9))
        counts = [number // 10 * 10 + end if number > 9 else small for number in counts]
    largest = counts.index(max(counts))
    counts[largest] += total - sum(counts)
    return dict(zip(cells, counts, strict=True))


def _overlapping(rng: random.Random, cells: tuple[str, ...], total: int) -> dict[str, int]:
    """Each complaint in one row first, then some of them in more."""
    counts = _added(rng, cells, total)
    stated = total - counts[NOT_STATED]
    extra = rng.choice((0.0, 0.02, 0.3))
    for cell in cells:
        if cell != NOT_STATED:
            room = stated - counts[cell]
            counts[cell] += rng.randrange(int(room * extra * rng.random()) + 1)
    return counts


def year_of(rng: random.Random, total: int) -> Counts:
    """Return counts of one year in every table, as real complaints could give them."""
    return {
        table.name: (_overlapping if table.overlaps else _added)(rng, table.cells, total)
        for table in TABLES
    }


def next_total(rng: random.Random, total: int) -> int:
    """Return the complaints of the year after: a little more or less, around where tables begin."""
    return max(480, total + rng.choice((-30, -7, -2, -1, 0, 1, 2, 5, 9, 30)))


class Reader:
    """Somebody who bounds what is behind a report, by narrowing intervals until nothing moves.

    Written without the code under test: from the words of the report alone, every sum and every
    mark as an inequality between whole numbers.
    """

    def __init__(self, published: Published) -> None:
        self.shown = {name: view for name, view in published.views.items() if view}
        self.known: dict[tuple[str, str], Interval] = {(TOTAL, TOTAL): _meaning(published.total)}
        for name, view in self.shown.items():
            self.known |= {(name, cell): _meaning(value) for cell, value in view.items()}
            self._read_hidden(name, view)
            if tables.BY_NAME[name].overlaps:
                self.known[name, "stated"] = (0, 10**6)
        self.boxes = dict(self.known)  # each number on its own
        while self._narrow():
            pass

    def _read_hidden(self, name: str, view: View) -> None:
        """The row without number that is not small is the first of the smallest."""
        cells = list(view)
        for hidden in (cell for cell in cells if view[cell] == "hidden"):
            for other, value in view.items():
                if isinstance(value, int):
                    most = value - 1 if cells.index(other) < cells.index(hidden) else value
                    # The largest number it can have had, and the largest count of that number.
                    least, old = self.known[name, hidden]
                    self.known[name, hidden] = (least, min(old, most // 10 * 10 + 4))

    def _narrow(self) -> bool:
        before = dict(self.known)
        for name, view in self.shown.items():
            places = [(name, cell) for cell in view]
            if tables.BY_NAME[name].overlaps:
                self._cover(name, places)
            else:
                self._sum((TOTAL, TOTAL), places)
        return self.known != before

    def _cover(self, name: str, places: list[tuple[str, str]]) -> None:
        stated, none = (name, "stated"), (name, NOT_STATED)
        self._sum((TOTAL, TOTAL), [stated, none])
        rows = [place for place in places if place != none]
        highs = sum(self.known[place][1] for place in rows)
        for place in rows:  # row <= stated <= sum of the rows
            high = self.known[place][1]
            self._set(place, self.known[stated][0] - (highs - high), self.known[stated][1])
            self._set(stated, self.known[place][0], highs)

    def _sum(self, whole: tuple[str, str], parts: list[tuple[str, str]]) -> None:
        for place in parts:
            others = [self.known[part] for part in parts if part != place]
            low = self.known[whole][0] - sum(high for _, high in others)
            self._set(place, low, self.known[whole][1] - sum(least for least, _ in others))
        bounds = [self.known[part] for part in parts]
        self._set(whole, sum(low for low, _ in bounds), sum(high for _, high in bounds))

    def _set(self, place: tuple[str, str], low: int, high: int) -> None:
        old = self.known[place]
        self.known[place] = max(old[0], low), min(old[1], high)

    def unseen(self) -> Iterator[tuple[tuple[str, str], Interval]]:
        """Every row without a number, and what it can be."""
        for name, view in self.shown.items():
            for cell, value in view.items():
                if not isinstance(value, int):
                    yield (name, cell), self.known[name, cell]


def _meaning(value: Shown) -> Interval:
    """What the report says that a number or mark means."""
    if value == "few":
        return 0, 9
    if value == "hidden":
        return 10, 10**6
    return max(10, int(value) - 5), int(value) + 4


def differences(one: Reader, other: Reader) -> set[tuple[str, str]]:
    """Return the numbers of two reports that a reader knows to differ, by fewer than ten."""
    found = set()
    for place in one.known.keys() & other.known.keys():
        if place[1] != "stated":
            least = other.known[place][0] - one.known[place][1]
            most = other.known[place][1] - one.known[place][0]
            sizes = {abs(size) for size in (least, most)}
            if (least > 0 or most < 0) and max(sizes) < 10:
                found.add(place)
    return found
