"""Readers attack invented reports: no small row is bounded, no two reports differ by few."""

import random
from collections import defaultdict
from itertools import combinations, pairwise

import numpy as np
from scipy.optimize import LinearConstraint, milp

from desk.figures import bounds, report, tables
from desk.figures.ledger import Published
from desk.figures.tables import NOT_STATED, TOTAL
from tests.figures import Reader, differences, next_total, year_of
from tests.soak import count

SEED = 20_261_122
YEARS = 20


def successive(seed: int) -> list[Published]:
    """Twenty reports of years that resemble each other."""
    rng = random.Random(seed)
    total, found = rng.randrange(490, 1_200), list[Published]()
    for year in range(2026, 2026 + YEARS):
        total = next_total(rng, total)
        same = random.Random(seed) if rng.random() < 0.5 else rng  # shares that stay as they were
        found.append(report.publishable(year, total, year_of(same, total), found))
    return found


def are_apart(reports: list[Published]) -> bool:
    """Whether any two numbers that a row ever had are equal or differ by ten or more."""
    ever: dict[tuple[str, str], set[int]] = defaultdict(set)
    for published in reports:
        for name, view in {**published.views, TOTAL: {TOTAL: published.total}}.items():
            for cell, value in view.items():
                ever[name, cell] |= {value} if isinstance(value, int) else set()
    pairs = (pair for values in ever.values() for pair in pairwise(sorted(values | {0})))
    return all(larger - smaller >= 10 for smaller, larger in pairs)


def test_a_reader_of_twenty_reports_finds_no_small_row_and_no_small_difference() -> None:
    """In no report has a row without number fewer than five values; no two differ by under ten."""
    shown = 0
    for seed in range(SEED, SEED + count(10_000, 60)):
        reports = successive(seed)
        readers = [Reader(published) for published in reports]
        for reader in readers:
            tight = [place for place, (low, high) in reader.unseen() if high - low + 1 < 5]
            assert not tight, f"seed {seed}: {tight}"
            shown += len(list(reader.unseen()))
        for earlier, later in combinations(readers, 2):
            assert not differences(earlier, later), f"seed {seed}"
        assert are_apart(reports), f"seed {seed}"
    assert shown > 1_000  # otherwise nothing was attacked


class Solver:
    """A whole report as one integer program; its solver is nobody's own code."""

    def __init__(self, published: Published) -> None:
        self.reader = Reader(published)  # only for what each mark means on its own
        self.places = [(TOTAL, TOTAL)]
        for name, view in self.reader.shown.items():
            self.places += [(name, cell) for cell in view]
        self.limits = np.array([self.reader.boxes[place] for place in self.places], dtype=float)
        self.rules = [self._rule(*rule) for rule in self._rules()]

    def _rules(self) -> list[tuple[dict[tuple[str, str], int], float, float]]:
        found: list[tuple[dict[tuple[str, str], int], float, float]] = []
        for name, view in self.reader.shown.items():
            all_rows = {(name, cell): 1 for cell in view}
            if not tables.BY_NAME[name].overlaps:
                found.append((all_rows | {(TOTAL, TOTAL): -1}, 0, 0))
                continue
            found.append((all_rows | {(TOTAL, TOTAL): -1}, 0, np.inf))
            for cell in view:
                if cell != NOT_STATED:
                    pair = {(name, cell): 1, (name, NOT_STATED): 1, (TOTAL, TOTAL): -1}
                    found.append((pair, -np.inf, 0))
        return found

    def _rule(
        self, weights: dict[tuple[str, str], int], low: float, high: float
    ) -> LinearConstraint:
        return LinearConstraint([weights.get(place, 0) for place in self.places], low, high)

    def bound(self, place: tuple[str, str]) -> tuple[int, int]:
        """The least and the most that a row can be."""
        found = []
        for sign in (1, -1):
            goal = np.zeros(len(self.places))
            goal[self.places.index(place)] = sign
            low, high = self.limits[:, 0], self.limits[:, 1]
            solved = milp(
                goal, integrality=np.ones(len(goal)), bounds=(low, high), constraints=self.rules
            )
            found.append(round(sign * solved.fun))
        return found[0], found[1]


def test_an_integer_program_finds_what_the_desk_finds() -> None:
    """A solver of integer programs bounds every unseen row as the desk does: five values or more."""
    solved = 0
    for number in range(count(10_000, 25)):
        published = successive(SEED + number)[number % YEARS]
        known = bounds.of_report(published.total, published.views)
        solver = Solver(published)
        unseen = [place for place, _ in solver.reader.unseen()]
        for place in random.Random(number).sample(unseen, min(3, len(unseen))):
            low, high = solver.bound(place)
            assert known[place] == (low, high), f"seed {SEED + number}: {place}"
            assert high - low + 1 >= 5
            solved += 1
    assert solved > 50
