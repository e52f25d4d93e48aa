"""What a measurement gives: a figure with all its rounds, so that its spread is told beside it.

Pure: numbers in, numbers and words out. It reads no clock.
"""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

ROUNDS_MIN = 3  # of fewer rounds nobody can say how far apart they lie
# Rounds further apart than this (highest by lowest) met something else on the machine.
SPREAD_MAX = 1.25


@dataclass(frozen=True)
class Figure:
    """One key of the table: its value, and the rounds that it comes from.

    What is counted and not timed, such as bytes, has no rounds: it is the same each time.
    """

    value: float
    rounds: tuple[float, ...] = ()

    @property
    def spread(self) -> float:
        """The highest round by the lowest; 1.0 for what is counted."""
        return max(self.rounds) / min(self.rounds) if self.rounds else 1.0

    @property
    def is_wide(self) -> bool:
        """Whether the rounds lie too far apart to believe their middle."""
        return self.spread > SPREAD_MAX


def counted(value: float) -> Figure:
    """A figure that no clock was needed for."""
    return Figure(value)


def median(rounds: Iterable[float]) -> Figure:
    """The middle of at least three rounds."""
    found = tuple(rounds)
    if len(found) < ROUNDS_MIN:
        raise ValueError(f"a median of {len(found)} rounds says nothing of their spread")
    return Figure(statistics.median(found), found)


def ratios(ours: Iterable[float], theirs: Iterable[float]) -> Figure:
    """The middle of the ratios of rounds taken in turns, each of ours by theirs of the same round."""
    return median(mine / other for mine, other in zip(ours, theirs, strict=True))
