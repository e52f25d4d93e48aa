"""When what was asked under a code is done, and what a withdrawal leaves to do (desk/outgoing/asked.py, said.py)."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.cases import deadlines, inbox
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.errors import DeskError
from desk.outgoing import boardmaking
from desk.outgoing.boardmaking import Board
from desk.store.event import Event
from desk.strings import Strings
from tests import boards
from tests.boards import first_word, follow_up, make, order, reading, send, week
from tests.cases import do, receive, refused
from tests.intakes import HANDLER, TODAY, opened, take

ADA = "ada"
ALL = {"store": True, "act": True, "count": True, "quote": True}
TO_HELP = {"scope": "name", "to": ["help"]}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    """Give an open store with both keys."""
    with opened(boards.make_store(tmp_path)) as found:
        yield found


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def asking(book: Casebook, stick: Path, ask: str = "erase", **changes: Any) -> Case:
    """Import a complaint with a code, and a word under it."""
    send(stick, first_word(ADA, **changes))
    take(book, stick)
    (case,) = book.cases.values()
    send(stick, follow_up(ADA, ask))
    take(book, stick)
    return case


def board_of(book: Casebook, number: int, on: date) -> Board:
    return boardmaking.make(book, order(number, today=on))


def due(board: Board) -> int:
    """The epoch in the notice on a board."""
    (notice,) = [reply for reply in reading(board, ADA).replies if reply.kind == "notice"]
    return notice.due


def told(board: Board, language: str = "en") -> str:
    return "\n".join(boardmaking.lines(board, Strings(language)))


def test_boards_of_three_days_do_nothing(book: Casebook, stick: Path) -> None:
    """Time has to pass, and each board says truly when it will be done at the earliest."""
    case = asking(book, stick)
    dues = []
    for number in range(1, 15):
        on = week(1) + timedelta(days=number - 1)
        take(book, stick, today=on)
        board = board_of(book, number, on)
        dues.append(due(board))
        assert case.subject in book.cases
        assert dues[-1] > number
        assert (board.fulfilled.put_off["early"] == 1) == (number >= 3)
    assert dues == [3, *range(3, 16)]
    # The last import was yesterday, and so was a board after it.
    assert board_of(book, 15, week(3)).fulfilled.put_off["unread"] == 1
    take(book, stick, today=week(3))
    assert board_of(book, 16, week(3) + timedelta(days=1)).fulfilled.erased == 1


@pytest.mark.parametrize("imported_on", [None, week(2), week(3) - timedelta(days=3)])
def test_nothing_is_done_before_the_drop_was_read(
    book: Casebook, stick: Path, imported_on: date | None
) -> None:
    """What she wrote against it may lie there: not since the last board, or not lately, is not enough."""
    case = asking(book, stick)
    for number in (1, 2):
        take(book, stick, today=week(number))
        make(book, number)
    if imported_on:
        take(book, stick, today=imported_on)
    board = make(book, 3)
    assert (due(board), board.fulfilled.put_off["unread"]) == (4, 1)
    assert "Fetch and import on the day of the board" in told(board)
    assert "op de dag van het bord" in told(board, "nl")
    send(stick, follow_up(ADA))
    take(book, stick, today=week(4))
    assert make(book, 4).fulfilled.erased == 0
    assert (case.asked, case.asked_off) == ("", "erase")


def test_an_import_before_the_last_board_does_not_count(book: Casebook, stick: Path) -> None:
    """Whatever the clock said that day."""
    asking(book, stick)
    make(book, 1)
    take(book, stick, today=week(3))
    make(book, 2)
    assert make(book, 3).fulfilled.put_off["unread"] == 1


def test_a_quiet_week_is_read_too(book: Casebook, stick: Path, tmp_path: Path) -> None:
    """A stick to which nothing new was fetched is imported like any other; a wrong path is refused."""
    case = asking(book, stick)
    (tmp_path / "quiet" / "in").mkdir(parents=True)
    for number in (1, 2):
        make(book, number)
    assert take(book, tmp_path / "quiet", today=week(3)).found == 0
    make(book, 3)
    assert case.subject not in book.cases
    (tmp_path / "wrong").mkdir()
    with pytest.raises(DeskError, match="no sealed complaint here"):
        take(book, tmp_path / "wrong")


def test_what_is_asked_does_not_expire(book: Casebook, stick: Path) -> None:
    """A desk that was closed for half a year announces it on two boards, and then does it."""
    case = asking(book, stick)
    for number in (1, 2, 3):
        assert case.subject in book.cases
        take(book, stick, today=week(30 + number))
        make(book, number, today=week(30 + number))
    assert case.subject not in book.cases


def test_an_announcement_of_an_earlier_word_does_not_count(book: Casebook, stick: Path) -> None:
    """Two copies of the store: a board announced what was taken back, and it is asked anew."""
    case = asking(book, stick)
    old = {"ask": "erase", "due": 3, "id": case.asked_id}
    send(stick, follow_up(ADA))
    take(book, stick, today=week(1))
    send(stick, follow_up(ADA, "erase"))
    take(book, stick, today=week(2))
    book.add([Event(case.subject, "asked", str(week(1)), HANDLER, old)])
    assert (case.asked, case.asked_days) == ("erase", ())


def rules(case: Case) -> list[str]:
    return [promise.rule for promise in deadlines.promises(case)]


def test_a_withdrawal_is_a_task_until_it_is_said_to_be_done(book: Casebook, stick: Path) -> None:
    """Who received something has to hear it; a note or an answer does not end that."""
    case = asking(book, stick, "withdraw", consent=ALL, pass_on=TO_HELP)
    assert ("withdrew" in inbox.marks(case), "withdrawn" in rules(case)) == (True, True)
    for step in ({"name": "note", "text": "gezien"}, {"name": "answer", "text": "Gedaan."}):
        do(book, case, **step)
        assert "withdrawn" in rules(case)
    do(book, case, "outcome", outcomes=("listened",))
    do(book, case, "report_back", how="code")
    do(book, case, "close")
    assert "withdrawn" in rules(case)
    do(book, case, "withdrawal_done")
    assert ("withdrew" in inbox.marks(case), "withdrawn" in rules(case)) == (False, False)
    assert refused(book, case, "withdrawal_done") == ("none_withdrawn", "")


def test_a_later_withdrawal_is_a_task_of_its_own(book: Casebook, stick: Path) -> None:
    """One copy says the first is done while the other reads a second."""
    case = asking(book, stick, "withdraw", consent=ALL, pass_on=TO_HELP)
    done = {"until": case.withdrawn_on}
    send(stick, follow_up(ADA, "withdraw", withdraw=["quote"]))
    take(book, stick, today=week(1))
    book.add([Event(case.subject, "withdrawal_done", str(week(1)), HANDLER, done)])
    assert case.withdrawn_on == str(week(1))


def test_a_complaint_that_grants_less_is_a_task_too(book: Casebook, stick: Path) -> None:
    """Who received something under the first ticks has to hear it; she gets no notice of it."""
    send(stick, first_word(ADA, consent=ALL, pass_on=TO_HELP))
    take(book, stick)
    send(stick, first_word(ADA, consent=ALL, story="Nog iets."))
    take(book, stick)
    (case,) = book.cases.values()
    assert (rules(case).count("withdrawn"), case.withdrew_on) == (1, "")


def test_a_yes_of_an_earlier_day_does_not_outlive_what_was_taken_back(
    book: Casebook, stick: Path
) -> None:
    """Another copy recorded it before she took it back; what she says afterwards counts."""
    case = asking(book, stick, "withdraw", consent=ALL)
    yes = {"purpose": "act", "given": True, "how": "telephone", "scope": "", "to": []}
    for on, counts in ((TODAY - timedelta(days=1), False), (TODAY + timedelta(days=1), True)):
        book.add([Event(case.subject, "consented", str(on), HANDLER, yes)])
        assert case.consents_to("act") == counts


@pytest.mark.parametrize(("on", "hears"), [("2026-11-20", True), ("2026-11-24", False)])
def test_what_she_told_later_is_not_taken_back_by_an_earlier_word(
    book: Casebook, stick: Path, on: str, hears: bool
) -> None:
    """A handler who entered a complaint under her code asked her that day; what came before is known."""
    asking(book, stick, "erase", consent=ALL)
    send(stick, follow_up("other", "withdraw", withdraw=["act"]))
    take(book, stick)
    changes = {"consent": ALL, **boards.fields(ADA)}
    spoken = receive(book, changes, channel="telephone", object="", on=on)
    assert spoken.asked == ("erase" if hears else "")
    changes = {"consent": ALL, **boards.fields("other")}
    spoken = receive(book, changes, channel="telephone", object="", on=on)
    assert spoken.consents_to("act") != hears


def test_a_complaint_with_a_field_of_that_name_asks_for_nothing(
    book: Casebook, stick: Path
) -> None:
    """Also when it comes second, in another copy of the store."""
    send(stick, first_word(ADA))
    take(book, stick)
    receive(book, first_word(ADA, ask="erase", withdraw=["act"]))
    assert [case.asked for case in book.cases.values()] == ["", ""]
    send(stick, first_word(ADA, story="Nog iets.", ask="erase"))
    take(book, stick)
    assert [case.asked for case in book.cases.values()] == ["", ""]
