"""Tests of the table that `make bench` prints: goals, verdicts, doubts and failures, without a clock."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import calm, table
from tests.bench.calm import Reading, Watch
from tests.bench.figures import Figure, counted, median
from tests.bench.goals import GOALS, UNMEASURED, is_met
from tests.bench.table import Result

STEADY = (2.0, 2.0, 2.0)


def result(area: str, figure: Figure | None = None, **known: object) -> Result:
    """An area whose keys all have one figure."""
    chosen = figure or counted(1.0)
    return Result(dict.fromkeys(GOALS[area], chosen), **known)  # type: ignore[arg-type]


def line_of(key: str, results: dict[str, Result]) -> str:
    """The only line of the table that begins with a key."""
    (found,) = [line for line in table.lines(results) if line.split() and line.split()[0] == key]
    return found


@pytest.mark.parametrize(
    ("value", "goal", "met"),
    [
        (1.4, ("<=", 1.4), True),
        (1.41, ("<=", 1.4), False),
        (5_000, (">=", 5_000), True),
        (4_999, (">=", 5_000), False),
    ],
)
def test_a_goal_is_met_up_to_its_limit(value: float, goal: tuple[str, float], met: bool) -> None:
    """On the limit is met, whichever way the goal looks."""
    assert met == is_met(value, goal)


def test_every_area_has_its_keys_and_every_key_one_area() -> None:
    """An area without keys would measure for nothing, and keys without one would never be there."""
    assert list(GOALS) == list(bench.AREAS)
    keys = [key for area in GOALS.values() for key in area] + list(UNMEASURED)
    assert len(keys) == len(set(keys))


def test_a_line_says_value_rounds_goal_and_verdict() -> None:
    """What was measured, how far its rounds lie apart, what was wanted, and whether it is that."""
    line = line_of("site.hugo_ratio", {"site": result("site", Figure(1.5, (1.4, 1.5, 1.6)))})
    assert re.split(r" {2,}", line) == [
        "site.hugo_ratio",
        "1.5",
        "1.4 to 1.6 in 3",
        "<= 1.4",
        "MISSED",
    ]


def test_a_busy_machine_is_told_at_each_timed_figure_and_once_below() -> None:
    """The verdict stands, and beside it that nobody should believe it."""
    results = {"drop": result("drop", Figure(2.0, STEADY), doubts=("others used the processors",))}
    assert line_of("drop.durable_ratio", results).endswith("met, not to be believed")
    assert "not to be believed: drop: others used the processors" in list(table.lines(results))


def test_bytes_are_believed_on_a_busy_machine() -> None:
    """They were counted, so no neighbour changes them."""
    results = {"board": result("board", counted(1.0), doubts=("others used the processors",))}
    assert line_of("board.bytes", results).endswith("  met")


def test_rounds_far_apart_are_not_believed_though_the_machine_looked_quiet() -> None:
    """A neighbour between two looks is seen in the rounds."""
    results = {"site": result("site", median([1.0, 1.2, 3.0]))}
    assert line_of("site.hugo_ratio", results).endswith("met, not to be believed")
    said = "not to be believed: site.hugo_ratio: its rounds lie 3.00 times apart"
    assert said in list(table.lines(results))


def test_a_part_that_is_not_built_and_an_area_that_failed_are_told_apart() -> None:
    """A failure must not look like something that was never there."""
    results = {"board": Result({}, failed="RuntimeError: no browser")}
    assert line_of("board.bytes", results).endswith("FAILED")
    assert "FAILED: board: RuntimeError: no browser" in list(table.lines(results))
    assert line_of("site.preview_s", results).endswith("not measured yet")


def test_an_area_with_a_key_too_few_or_too_many_has_failed() -> None:
    """Else a key would go missing, or be measured and never shown."""
    found = dict.fromkeys(GOALS["board"], counted(1.0))
    assert table.failure("board", found) == ""
    assert "board.extra" in table.failure("board", {**found, "board.extra": counted(1.0)})
    found.pop("board.bytes")
    assert "board.bytes" in table.failure("board", found)


def test_the_file_has_every_key_with_its_number_or_null() -> None:
    """And behind the keys all rounds, and what to know before believing them."""
    results = {
        "drop": result("drop", median([1.0, 2.0, 3.0]), doubts=("others used the processors",)),
        "board": Result({}, failed="RuntimeError: no browser"),
    }
    found = json.loads(json.dumps(table.record(results)))
    assert tuple(found[key] for key in ("drop.durable_ratio", "board.bytes", "site.preview_s")) == (
        2.0,
        None,
        None,
    )
    assert found["rounds"]["drop.durable_ratio"] == [1.0, 2.0, 3.0]
    assert found["notes"]["board"] == ["FAILED: board: RuntimeError: no browser"]


QUIET = Reading(wall_s=0.2, cpu_s=0.2)


@pytest.mark.parametrize(
    ("reading", "stolen", "said"),
    [
        (QUIET, 0.0, []),
        (
            Reading(0.3, 0.2),
            0.0,
            ["others used the processors: a loop took 1.5 times its own time"],
        ),
        (Reading(0.4, 0.4), 0.0, ["the processors were 2.0 times slower than at their best"]),
        (QUIET, 0.05, ["5% of the processors went to other guests of the host"]),
    ],
)
def test_a_machine_is_doubted_for_what_was_seen_of_it(
    reading: Reading, stolen: float, said: list[str]
) -> None:
    """Waiting for others, a slower processor and a greedy host are three reasons; none is none."""
    watch = Watch(readings=[QUIET, reading, QUIET], stolen=stolen)
    assert said == watch.doubts(least_cpu_s=0.2)


def test_what_the_host_took_is_a_share_of_the_ticks_that_passed() -> None:
    """Five of a hundred is a twentieth; and of no tick nothing can be taken."""
    assert calm.stolen((1_000, 10), (1_100, 15)) == 0.05
    assert calm.stolen((1_000, 10), (1_000, 10)) == 0.0


def test_this_machine_says_how_many_of_its_ticks_were_stolen() -> None:
    """Read from the system itself: never more than all."""
    every, taken = calm.ticks()
    assert every > taken >= 0


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that always looks quiet: what it really is depends on who else works on it."""
    monkeypatch.setattr(calm, "read", lambda: QUIET)


class _Stopped:
    """An area that stops; it stands for a module, of which only `measure` is used."""

    @staticmethod
    def measure(_watch: Watch) -> dict[str, Figure]:
        raise RuntimeError("no browser")


class _Given:
    """An area that gives all its keys."""

    @staticmethod
    def measure(_watch: Watch) -> dict[str, Figure]:
        return dict.fromkeys(GOALS["drop"], counted(1.0))


@pytest.mark.usefixtures("quiet")
def test_an_area_that_stops_is_told_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is written, the table says what failed, and the command ends with 1."""
    monkeypatch.setattr(bench, "AREAS", {"board": _Stopped, "drop": _Given})
    monkeypatch.setattr(bench, "OUT", tmp_path / "var" / "bench.json")
    assert bench.main([]) == 1
    printed = capsys.readouterr().out
    assert "FAILED: board: RuntimeError: no browser" in printed
    written = json.loads(bench.OUT.read_text("utf-8"))
    assert (written["board.bytes"], written["drop.p99_ms_50rps"]) == (None, 1.0)


def test_of_a_program_that_stopped_its_own_last_line_is_told() -> None:
    """That it ended with 1 helps nobody."""
    stopped = subprocess.CalledProcessError(
        1, ["x"], stderr="Traceback\nRuntimeError: disk is full\n"
    )
    assert bench.why(stopped) == "CalledProcessError: RuntimeError: disk is full"
    assert bench.why(RuntimeError("no browser\nmore")) == "RuntimeError: no browser"


@pytest.mark.usefixtures("quiet")
def test_single_areas_are_printed_and_not_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file with half its keys would look like a run in which the rest was not built."""
    monkeypatch.setattr(bench, "AREAS", {"drop": _Given})
    monkeypatch.setattr(bench, "OUT", tmp_path / "bench.json")
    assert bench.main(["drop"]) == 0
    assert not bench.OUT.exists()
    assert bench.main(["doors"]) == 2
