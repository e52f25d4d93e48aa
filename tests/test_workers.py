"""Tasks in processes of their own: all that they refuse is told, and one that dies is told too."""

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from overrides.press import workers
from overrides.words.errors import Gathered, SiteError
from tests.processes import children


def refusing(*errors: SiteError) -> workers.Task:
    """A task that refuses so much."""

    def run() -> None:
        gathered = Gathered()
        gathered.found += errors
        gathered.refuse()

    return run


@pytest.fixture(autouse=True)
def no_child_is_left() -> Iterator[None]:
    """Every process that a test begins has ended, and was asked how."""
    before = children()
    yield
    assert children() <= before


def test_every_task_is_done_in_a_process_of_its_own(tmp_path: Path) -> None:
    """Also more tasks than there are processors."""
    names = [f"{number}" for number in range(7)]

    workers.each((name, partial(_tell, tmp_path / name)) for name in names)

    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert len({path.read_text() for path in tmp_path.iterdir()} | {str(os.getpid())}) == 8


def _tell(path: Path) -> None:
    path.write_text(str(os.getpid()), "utf-8")


def test_all_refusals_are_told_in_the_order_of_the_tasks() -> None:
    """Each with its hint, however long, also when a later task is done first."""
    long = "x" * 200_000

    def late() -> None:
        time.sleep(0.2)
        raise SiteError(long, "mend it")

    with pytest.raises(SiteError) as refused:
        workers.each([("a", late), ("b", refusing(SiteError("two", "b"), SiteError("three")))])

    assert [(str(one), one.hint) for one in refused.value.every] == [
        (long, "mend it"),
        ("two", "b"),
        ("three", ""),
    ]


def test_a_process_that_is_killed_is_told_with_its_signal(tmp_path: Path) -> None:
    """As the kernel does when memory runs out; the others come to their end."""
    tasks: list[tuple[str, workers.Task]] = [
        ("nl", lambda: os.kill(os.getpid(), signal.SIGKILL)),
        ("en", partial(_tell, tmp_path / "en")),
    ]
    with pytest.raises(SiteError, match="the process for nl was ended by SIGKILL"):
        workers.each(tasks)

    assert (tmp_path / "en").exists()


def test_a_fault_of_ours_is_told_with_its_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    """It is no refusal, and no silence either."""

    def fault() -> None:
        raise ZeroDivisionError("of ours")

    with pytest.raises(SiteError, match="the process for nl stopped"):
        workers.each([("nl", fault)])

    assert "ZeroDivisionError: of ours" in capfd.readouterr().err


def test_an_interrupted_build_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is still at work is ended."""
    monkeypatch.setattr(workers, "processors", lambda: 2)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(workers, "_await_one", interrupted)
    with pytest.raises(KeyboardInterrupt):
        workers.each([("nl", lambda: time.sleep(60)), ("en", lambda: time.sleep(60))])
