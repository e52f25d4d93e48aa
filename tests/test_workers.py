"""Tasks in processes of their own: all that they refuse is told, and one that dies is told too."""

import os
import signal
import time
from collections.abc import Callable, Iterator
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


def _copy(path: Path, receive: Callable[[], str]) -> None:
    path.write_text(receive(), "utf-8")


def test_a_process_begun_ahead_goes_on_from_what_it_is_sent(tmp_path: Path) -> None:
    """Once it is known."""
    with workers.beside("pages", partial(_copy, tmp_path / "told")) as ahead:
        ahead.send("from here")
        assert ahead.done() == []

    assert (tmp_path / "told").read_text("utf-8") == "from here"


def test_what_a_process_begun_ahead_refuses_is_told_when_it_is_asked(tmp_path: Path) -> None:
    """Also where it stops before it was sent anything."""

    def refuse(_: Callable[[], str]) -> None:
        raise SiteError("wrong", "mend it")

    with workers.beside("pages", refuse) as ahead:
        time.sleep(0.2)  # it is gone by then
        ahead.send("x" * 200_000)
        assert [(str(one), one.hint) for one in ahead.done()] == [("wrong", "mend it")]


def test_a_process_begun_ahead_does_nothing_where_nothing_is_sent(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The checks refused: it ends without a word."""
    with workers.beside("pages", partial(_copy, tmp_path / "told")) as ahead:
        ahead.close()  # who goes on from it may end it sooner

    assert not (tmp_path / "told").exists()
    assert capfd.readouterr() == ("", "")


def test_a_process_begun_ahead_takes_with_it_what_it_began(tmp_path: Path) -> None:
    """Else pages would be written into a folder that is gone."""

    def busy(receive: Callable[[], str]) -> None:
        receive()
        workers.each([("nl", partial(_sleeping, tmp_path / "pid"))])

    with workers.beside("pages", busy) as ahead:
        ahead.send("")
        while not (tmp_path / "pid").exists():
            time.sleep(0.01)

    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text("utf-8")), 0)


def _sleeping(path: Path) -> None:
    half = path.with_name("half")
    half.write_text(str(os.getpid()), "utf-8")
    half.replace(path)
    time.sleep(60)
