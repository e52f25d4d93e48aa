"""The table and the file of a run: what each area gave, beside its goals.

Pure: results in, lines and a record out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.bench.figures import Figure
from tests.bench.goals import GOALS, UNMEASURED, Goal, is_met


@dataclass(frozen=True)
class Result:
    """What one area gave: its figures, or why it has none; and what to know of them."""

    figures: Mapping[str, Figure]
    failed: str = ""
    doubts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def failure(area: str, found: Mapping[str, object]) -> str:
    """Why an area that measured has failed all the same: not exactly its keys. Empty if it has not."""
    wanted = GOALS[area].keys()
    if wanted == found.keys():
        return ""
    missing, strange = sorted(wanted - found.keys()), sorted(found.keys() - wanted)
    return f"it gave no {', '.join(missing) or 'key too few'}, and {strange or 'none'} too many"


def verdict(result: Result, key: str, goal: Goal | None) -> str:
    """In words: met or MISSED, whether that is to be believed, or that nothing was measured."""
    if result.failed:
        return "FAILED"
    figure = result.figures[key]
    said = "" if goal is None else "met" if is_met(figure.value, goal) else "MISSED"
    if figure.rounds and (result.doubts or figure.is_wide):
        return f"{said}, not to be believed".removeprefix(", ")
    return said


def number(value: float) -> str:
    """A number as the table shows it: two digits behind the point at most."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _line(key: str, shown: str, rounds: str, goal: Goal | None, said: str) -> str:
    wanted = f"{goal[0]} {number(goal[1])}" if goal else ""
    return f"{key:36} {shown:>11}  {rounds:24} {wanted:10}  {said}".rstrip()


def _rounds(figure: Figure) -> str:
    if not figure.rounds:
        return ""
    low, high = number(min(figure.rounds)), number(max(figure.rounds))
    return f"{low} to {high} in {len(figure.rounds)}"


def lines(results: Mapping[str, Result]) -> Iterable[str]:
    """The whole table, the areas in the order in which they were measured."""
    yield _line("key", "value", "lowest to highest round", None, "verdict")
    for area, result in results.items():
        for key, goal in GOALS[area].items():
            figure = result.figures.get(key) if not result.failed else None
            shown = number(figure.value) if figure else "-"
            rounds = _rounds(figure) if figure else ""
            yield _line(key, shown, rounds, goal, verdict(result, key, goal))
    for key, (goal, reason) in UNMEASURED.items():
        yield _line(key, "-", "", goal, reason)
    for area, result in results.items():
        yield from notes(area, result)


def notes(area: str, result: Result) -> Iterable[str]:
    """The sentences under the table: failures, doubts, figures whose rounds lie apart, remarks."""
    if result.failed:
        yield f"FAILED: {area}: {result.failed}"
    for doubt in result.doubts:
        yield f"not to be believed: {area}: {doubt}"
    for key, figure in result.figures.items():
        if figure.is_wide:
            yield f"not to be believed: {key}: its rounds lie {figure.spread:.2f} times apart"
    for remark in result.remarks:
        yield f"{area}: {remark}"


def record(results: Mapping[str, Result]) -> dict[str, object]:
    """The same for `var/bench.json`: each key with its number or null, and behind them what to know."""
    values: dict[str, float | None] = {
        key: result.figures[key].value if not result.failed else None
        for area, result in results.items()
        for key in GOALS[area]
    }
    every = [figure for result in results.values() for figure in result.figures.items()]
    return {
        **values,
        **dict.fromkeys(UNMEASURED),
        "rounds": {key: figure.rounds for key, figure in every if figure.rounds},
        "notes": {area: list(notes(area, result)) for area, result in results.items()},
    }
