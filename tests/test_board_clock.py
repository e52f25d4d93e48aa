"""The way out after a board that was made with a wrong clock (WIRE.md section 7.2), walked as the words say."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.outgoing import boardmaking
from desk.wire.board import heading, read
from desk.wire.board.read import State
from tests import boards, trusted
from tests.board_samples import BOARD_KEY, code_keys
from tests.boards import answers, follow_up, order, put_cases, send, week
from tests.intakes import opened, take
from tests.practice import desk
from tests.test_board_verbs import desk as at_the_desk

WRONG = week(1) + timedelta(weeks=4)  # a clock ahead


class Walk:
    """A desk with one answer, a stick, a site and the machine that publishes there."""

    def __init__(self, folder: Path) -> None:
        self.store, self.board = boards.make_store(folder), folder / "board.bin"
        self.site, self.trust = folder / "site", trusted.folder(folder)
        self.site.mkdir()
        with opened(self.store) as book:
            answers(book, put_cases(book, "a"))

    def make(self, today: date, *more: object) -> str:
        """Make a board; where the store doubts the day, say which one it is, as the hint says."""
        made = ("board", self.store, "--out", self.board, "--today", today, *more)
        done = at_the_desk(*made)
        if "`desk day STORE DATE`" in done.stderr:
            said = at_the_desk("day", self.store, today, "--today", today)
            assert said.returncode == 0, said.stderr
            done = at_the_desk(*made)
        return f"{done.stdout}{done.stderr}"

    def publish(self, today: date) -> str:
        given = ("--trust", self.trust, "--today", today.isoformat())
        done = desk("publish", self.board, self.site, *map(str, given))
        return f"{done.stdout}{done.stderr}"

    def read(self, today: date) -> tuple[int, State, list[str]]:
        """What whoever holds the code reads on the site."""
        octets = (self.site / "board.bin").read_bytes()
        found = read.read(octets, code_keys("a"), board_key=BOARD_KEY, today=today)
        return found.heading.epoch, found.state, [reply.text for reply in found.replies]


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    return Walk(tmp_path)


def told_option(words: str) -> str:
    """The option that a hint says to add."""
    (found,) = re.findall(r"`desk board (--[a-z-]+)`", words)
    return str(found)


def test_a_first_board_of_a_day_that_has_not_come_is_stopped_and_replaced(walk: Walk) -> None:
    """Where it is published the clock is right: refused, and the hint leads to answers in one step."""
    assert "Board 1 is made" in walk.make(WRONG)
    refused = walk.publish(week(1))
    assert f"board 1 is of {WRONG}, and here it is {week(1)}" in refused
    assert not list(walk.site.iterdir())
    assert "Board 2 is made" in walk.make(week(1), told_option(refused))
    assert "board 2 is published" in walk.publish(week(1))
    assert walk.read(week(1)) == (2, "fresh", ["Wij hebben u gehoord."])
    assert "Board 3 is made" in walk.make(week(2), "--published", 2)
    assert "board 3 is published" in walk.publish(week(2))


def test_one_that_was_published_with_two_wrong_clocks_is_replaced(walk: Walk) -> None:
    """The next board of a right clock is refused with a hint; followed, the site has answers again."""
    walk.make(WRONG)
    assert "board 1 is published" in walk.publish(WRONG)
    refused = walk.make(week(2), "--published", 1)
    assert f"the last board is of {WRONG}, and this one, of {week(2)}, is not later" in refused
    made = walk.make(week(2), "--published", 1, told_option(refused))
    assert "Board 2 is made" in made
    assert "board 2 is published" in walk.publish(week(2))
    assert walk.read(week(2)) == (2, "fresh", ["Wij hebben u gehoord."])
    assert heading.whole(walk.board.read_bytes()).published == week(2)


def test_it_is_no_way_to_a_second_board_of_a_right_clock(walk: Walk) -> None:
    """Only a day that has not come can be passed back over, and each number has one board."""
    walk.make(week(1))
    first = walk.board.read_bytes()
    for today in (week(1), week(2)):
        refused = walk.make(today, "--clock-was-wrong")
        assert "the last board is not of a day that has not come" in refused
    assert walk.board.read_bytes() == first


def test_what_a_board_of_a_wrong_day_announced_is_not_done_early(tmp_path: Path) -> None:
    """Nobody read it in time: two boards of right days announce the wish, a week apart, before it is done."""
    store = boards.make_store(tmp_path)
    with opened(store) as book:
        put_cases(book, "a")
        send(tmp_path / "words", follow_up("a", "erase"))
        take(book, tmp_path / "words")
        boardmaking.make(book, order(1, today=WRONG))
        left = []
        for number in (2, 3, 4):
            take(book, tmp_path / "words", today=week(number))
            given = {"clock_was_wrong": True, "published": 0} if number == 2 else {}
            boardmaking.make(book, order(number, **given))
            left.append(len(book.cases))
    assert left == [1, 1, 0]
