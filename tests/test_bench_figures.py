"""Tests of what the benchmarks say of their rounds, with figures that nobody timed."""

import pytest

from tests.bench.figures import ROUNDS_MIN, counted, median, ratios


def test_a_median_keeps_all_its_rounds() -> None:
    """The middle round is the value, and the lowest and highest stay beside it."""
    found = median([3.0, 1.0, 2.0])
    assert (found.value, found.rounds) == (2.0, (3.0, 1.0, 2.0))
    assert found.spread == 3.0


@pytest.mark.parametrize("rounds", [[], [1.0], [1.0, 1.0]])
def test_fewer_than_three_rounds_are_no_median(rounds: list[float]) -> None:
    """One round looks as good as a quiet machine's, so it is refused."""
    with pytest.raises(ValueError, match=f"a median of {len(rounds)} rounds"):
        median(rounds)


def test_ratios_are_taken_within_each_round() -> None:
    """A round in which the machine was half as quick slows both down, and the ratio stays."""
    found = ratios([2.0, 4.0, 2.0], [1.0, 2.0, 1.0])
    assert (found.value, found.spread) == (2.0, 1.0)


def test_ratios_of_unequal_rounds_are_refused() -> None:
    """Each round of ours has one of the other program beside it."""
    with pytest.raises(ValueError, match="longer than"):
        ratios([1.0] * ROUNDS_MIN, [1.0] * (ROUNDS_MIN + 1))


@pytest.mark.parametrize(("highest", "is_wide"), [(1.25, False), (1.26, True)])
def test_rounds_further_apart_than_a_quarter_are_wide(highest: float, is_wide: bool) -> None:
    """Then something else ran on the machine, and their middle is chance."""
    assert is_wide == median([1.0, 1.1, highest]).is_wide


def test_what_is_counted_has_no_spread() -> None:
    """Bytes are the same each time."""
    assert (counted(14_336).spread, counted(14_336).is_wide) == (1.0, False)
