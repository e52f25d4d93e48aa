"""Boards week by week from a case store (desk/outgoing/boardmaking.py, boards.py; desk/store/boards.py)."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.cases.book import Casebook
from desk.errors import DeskError, Refused
from desk.outgoing import boardmaking
from desk.outgoing.boardmaking import Board, lines
from desk.store import copy
from desk.store.check import check
from desk.store.event import Event
from desk.strings import Strings
from desk.wire.board import heading, signed_file
from desk.wire.board.heading import Heading
from tests import boards, intakes
from tests.board_samples import BOARD_KEY, stream
from tests.boards import answers, make, name_of, order, put_cases, reading, texts, week
from tests.cases import do
from tests.intakes import HANDLER, opened
from tests.soak import count
from tests.vaults import WORDS

AT_128 = 139_386  # bytes of a board with 128 slots, WIRE.md section 7.1


@pytest.fixture
def book(book: Casebook) -> Casebook:
    """Give an open store with both keys."""
    return boards.with_keys(book)


@pytest.mark.parametrize("wanted", [0, 1, 100, 128, 300])
def test_the_size_is_the_announced_one_whatever_is_wanted(book: Casebook, wanted: int) -> None:
    """All answers come, in the stated number of weeks, and each board has one size."""
    cases = put_cases(book, *range(wanted), *(f"ack {n}" for n in range(1_000 - wanted)))
    answers(book, cases[:wanted])
    weeks, seen = max(1, -(-wanted // 128)), set[int]()
    for number in range(1, weeks + 1):
        made = make(book, number)
        assert len(made.octets) == AT_128
        assert made.receipts == 1_000
        assert (made.shown, made.waiting) == (min(wanted, 128), max(0, wanted - 128))
        seen |= {name for name in range(wanted) if texts(made, name)}
    assert seen == set(range(wanted))


def test_what_overflows_comes_next_in_the_stated_order(book: Casebook) -> None:
    """Danger first; then what was on fewer boards; a board never has the same week twice."""
    cases = put_cases(book, *range(140))
    answers(book, cases)
    do(book, cases[139], "triage", urgency="danger")
    first, second = make(book, 1), make(book, 2)
    on_first = [
        name for name in range(140) if ("answer", "Wij hebben u gehoord.") in texts(first, name)
    ]
    assert on_first == [*range(127), 139]
    on_second = {name for name in range(140) if texts(second, name)}
    assert on_second >= {*range(127, 139), 139}


def test_a_flood_delays_no_real_answer(book: Casebook) -> None:
    """Thousands of fakes take no slot and no acknowledgement."""
    fakes = count(5_000, 500)
    put_cases(book, *(f"fake {n}" for n in range(fakes)), flood="f1")
    answers(book, put_cases(book, *range(100)))
    made = make(book, 1)
    assert (made.shown, made.waiting, made.receipts) == (100, 0, 100)
    assert not reading(made, "fake 0").is_acknowledged


def test_fakes_that_are_no_flood_get_statuses_after_answers(book: Casebook) -> None:
    """Whoever sends many different complaints makes many statuses; answers go before them."""
    fakes = put_cases(book, *(f"fake {n}" for n in range(200)))
    book.add([Event(case.subject, "read", boards.CAME, HANDLER, {}) for case in fakes])
    answers(book, put_cases(book, *range(100)))
    made = make(book, 1)
    assert all(("answer", "Wij hebben u gehoord.") in texts(made, name) for name in range(100))
    assert (made.shown, made.waiting) == (128, 172)


def test_boards_of_the_same_answers_share_no_slot(book: Casebook) -> None:
    """Each is sealed afresh, so that nobody sees how long an answer stays."""
    answers(book, put_cases(book, *range(50)))
    parsed = [signed_file.parse(make(book, number).octets, BOARD_KEY) for number in (1, 2)]
    assert set(parsed[0].slots).isdisjoint(parsed[1].slots)
    assert set(parsed[0].acks).isdisjoint(parsed[1].acks)


def test_a_board_is_written_again_until_it_is_published(book: Casebook) -> None:
    """The same bytes, whatever was answered since; the next one only after a word of the handler."""
    made = make(book, 1)
    answers(book, put_cases(book, "later"))
    for today in (week(1), week(2), week(9)):
        again = boardmaking.make(book, order(1, today=today))
        assert (again.is_again, again.octets) == (True, made.octets)
    with pytest.raises(DeskError, match="number 1, not 2"):
        boardmaking.make(book, order(3, published=2))
    assert texts(make(book, 2), "later") == [("answer", "Wij hebben u gehoord.")]
    again = boardmaking.make(book, order(2))
    assert (again.is_again, again.heading.epoch) == (True, 2)


def test_no_second_board_on_one_day(book: Casebook) -> None:
    """Also when the first of that day is published already."""
    make(book, 1)
    with pytest.raises(DeskError, match="not later"):
        boardmaking.make(book, order(2, today=week(1)))
    assert make(book, 2).heading.epoch == 2


@pytest.mark.parametrize("wrong", [{"slots": 777}, {"today": week(1)}, {"today": week(0)}])
def test_an_order_that_is_refused_notes_nothing(book: Casebook, wrong: dict[str, Any]) -> None:
    """Neither a published board nor a new one: the handler may have mistyped all of it."""
    make(book, 1)
    before = list(book.vault.events())
    with pytest.raises(DeskError):
        boardmaking.make(book, order(2, published=1, **wrong))
    assert list(book.vault.events()) == before
    assert boardmaking.make(book, order(2, published=0)).is_again


def test_another_size_is_announced_one_epoch_ahead(book: Casebook) -> None:
    """The board says it of the next one, and then keeps to it."""
    sizes = []
    for number, slots in ((1, 0), (2, 256), (3, 0), (4, 128), (5, 0)):
        made = make(book, number, slots=slots)
        assert len(made.octets) == made.heading.board_bytes
        sizes.append((made.heading.slots, 1 << made.heading.next_n))
    assert sizes == [(128, 128), (128, 256), (256, 256), (256, 128), (128, 128)]
    for wrong in (64, 129, 8_192, -128):
        with pytest.raises(DeskError, match="slots"):
            boardmaking.make(book, order(6, slots=wrong))


def test_the_next_board_is_due_in_a_week(book: Casebook) -> None:
    """Header and day agree, and the file is signed with the board key of the store."""
    made = make(book, 1)
    assert heading.whole(made.octets) == made.heading
    assert made.heading.next_board == made.heading.published + timedelta(days=7)
    assert (
        signed_file.parse(made.octets, boardmaking.public_key(book, week(1))).heading
        == made.heading
    )


def test_a_store_without_the_board_key_makes_none(tmp_path: Path) -> None:
    """Nor one whose board key has not begun."""
    with (
        opened(intakes.make_store(tmp_path / "store")) as book,
        pytest.raises(DeskError, match="no board key"),
    ):
        boardmaking.make(book, order(1))
    with opened(boards.make_store(tmp_path, "later")) as book:
        early = week(1).replace(year=2025)
        with pytest.raises(DeskError, match="no board key"):
            boardmaking.make(book, order(1, today=early))


def test_a_copy_makes_no_board_until_it_has_the_last_one(tmp_path: Path) -> None:
    """Two laptops would make two boards of one number; the one on the site settles it."""
    store = boards.make_store(tmp_path)
    with opened(store) as book:
        made = make(book, 1)
        copy.backup(book.vault, tmp_path / "backup")
    copy.restore(tmp_path / "backup", tmp_path / "other", HANDLER, passphrase=WORDS)
    with opened(tmp_path / "other") as book:
        for published in (0, 1):
            with pytest.raises(DeskError, match="not made in this copy"):
                boardmaking.make(book, order(2, published=published))
        assert boardmaking.take(book, made.octets, today=week(2)) == made.heading
        assert make(book, 2).heading.epoch == 2
        assert check(book.vault).findings == ()


def test_a_store_goes_on_from_a_later_board_of_another_copy(tmp_path: Path) -> None:
    """After a restore from an old backup no number comes twice."""
    store, old = boards.make_store(tmp_path), tmp_path / "old"
    shutil.copytree(store, old)
    with opened(store) as book:
        answers(book, put_cases(book, "a"))
        served = [make(book, number) for number in (1, 2, 3)][-1]
    with opened(old) as book:
        boardmaking.take(book, served.octets, today=week(4))
        assert make(book, 4).heading.epoch == 4
        with pytest.raises(DeskError, match="this is board 3; the last is 4"):
            boardmaking.take(book, served.octets, today=week(4))


def test_a_board_of_somebody_else_is_not_taken(book: Casebook) -> None:
    """Only what our key signed, and only whole."""
    made = make(book, 1)
    octets = bytearray(made.octets)
    octets[20] ^= 1
    with pytest.raises(Refused, match="board_signature"):
        boardmaking.take(book, bytes(octets), today=week(2))
    with pytest.raises(Refused, match="board_length"):
        boardmaking.take(book, made.octets[:-1], today=week(2))


def test_the_store_keeps_the_last_board_and_check_reads_it(tmp_path: Path) -> None:
    """One file with the name of its own bytes; a damaged one is named and not given out."""
    store = boards.make_store(tmp_path)
    with opened(store) as book:
        made = [make(book, number) for number in (1, 2)][-1]
        assert [path.name for path in (store / "boards").iterdir()] == [name_of(made.octets)]
        path = store / "boards" / name_of(made.octets)
        path.write_bytes(made.octets[:-1])
        (finding,) = check(book.vault).findings
        assert (finding.file, finding.fault) == (f"boards/{path.name}", "board_name")
        with pytest.raises(DeskError, match="board_name"):
            boardmaking.make(book, order(2))


def test_the_log_holds_no_name_of_a_case(book: Casebook) -> None:
    """What was carried is counted by digests: the log outlives the cases."""
    cases = put_cases(book, *range(3))
    answers(book, cases)
    make(book, 1, rng=stream("log"))
    (line,) = book.logged("board_made")
    assert len(line.values["carried"]) == 6
    for case in cases:
        assert case.subject not in str(line.values)
        assert case.pseudonym not in str(line.values)


def test_a_copy_that_was_taken_over_makes_no_board(tmp_path: Path) -> None:
    """Both hold board 1; who went on from it last makes number 2, as soon as the copies meet."""
    store, other = boards.make_store(tmp_path), tmp_path / "other"
    with opened(store) as book:
        made = make(book, 1)
        copy.backup(book.vault, tmp_path / "backup")
    copy.restore(tmp_path / "backup", other, HANDLER, passphrase=WORDS)
    with opened(other) as book:
        boardmaking.take(book, made.octets, today=week(2))
        assert check(book.vault).findings == ()
    with opened(store) as book:
        copy.merge(book.vault, other)
    with opened(store) as book, pytest.raises(DeskError, match="taken over by another copy"):
        make(book, 2)
    with opened(other) as book:
        second = make(book, 2)
        assert [path.name for path in (other / "boards").iterdir()] == [name_of(second.octets)]
    with opened(store) as book:
        copy.merge(book.vault, other)
    with opened(store) as book:
        boardmaking.take(book, second.octets, today=week(3))
        assert make(book, 3).heading.epoch == 3


def test_a_day_far_ahead_is_refused_unless_it_is_said_to_be_right(book: Casebook) -> None:
    """A board of a wrong clock would keep every board of a right one from following it."""
    make(book, 1)
    for today in (week(7), week(200)):
        with pytest.raises(DeskError, match="the last board is of 2026-11-27") as refused:
            boardmaking.make(book, order(2, today=today))
        assert "--late" in refused.value.hint
    assert [event.kind for event in book.logged("board_published")] == []
    assert boardmaking.make(book, order(2, today=week(6))).heading.epoch == 2
    assert boardmaking.make(book, order(3, today=week(60), late=True)).heading.epoch == 3


def test_a_handler_is_advised_more_slots_only_where_they_help() -> None:
    """Sixteen parts for one code are the most on any board: each reader would load more for nothing."""
    board = Board(b"", Heading(1, date(2026, 11, 23), date(2026, 11, 30)), False, 20, 7, 0, 4)
    told = lines(board, Strings("en"))
    assert (
        "3 replies found no room and wait for the next board. With `desk board --slots`" in told[2]
    )
    assert told[3].startswith("4 replies wait for the next board. A larger board would not help")
    none = "\n".join(lines(replace(board, waiting=4), Strings("en")))
    assert "--slots" not in none
