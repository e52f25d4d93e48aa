"""Words under a reply code at the desk (desk/intake/intake.py, fold.py, asked.py; WIRE.md section 5.4)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.cases import deadlines, inbox
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.intake import floods
from desk.outgoing import boardmaking, retention
from desk.store.event import Event
from desk.work.search import Search
from tests import boards
from tests.boards import first_word, follow_up, make, reading, send, texts, week
from tests.cases import do
from tests.intakes import HANDLER, TODAY, opened, take

ADA = "ada"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    """Give an open store with both keys."""
    with opened(boards.make_store(tmp_path)) as found:
        yield found


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def came(book: Casebook, stick: Path, **changes: object) -> Case:
    """Import one complaint with a code."""
    send(stick, first_word(ADA, **changes))
    take(book, stick)
    (case,) = book.cases.values()
    return case


def weekly(book: Casebook, stick: Path, number: int) -> boards.Board:
    """Read the stick, which holds what is in the drop, and make the board of a week."""
    take(book, stick, today=week(number))
    return make(book, number)


def kinds(case: Case) -> list[str]:
    return [entry.kind for entry in case.thread]


def test_a_word_under_a_known_code_stands_in_its_thread(book: Casebook, stick: Path) -> None:
    """It makes no case, is told in the tally, and waits as new until somebody has read it."""
    case = came(book, stick)
    do(book, case, "answer", text="Wat is er gebeurd?")
    send(stick, follow_up(ADA))
    tally = take(book, stick)
    assert (tally.new, tally.again, tally.known) == (0, 1, 1)
    assert (len(book.cases), kinds(case)) == (1, ["received", "answered", "followed_up"])
    assert book.written(case.thread[-1]).values["story"] == "Het is weer gebeurd."
    assert inbox.inbox(book).new == (case,)
    assert inbox.marks(case) == ("wrote_again",)
    assert "read_again" in [promise.rule for promise in deadlines.promises(case)]
    do(book, case, "read")
    assert (inbox.section(case), inbox.marks(case)) == ("waiting", ())


def test_two_words_of_one_stick_make_one_thread(book: Casebook, stick: Path) -> None:
    """Complaint and follow-up that wait on the same stick belong together, in whichever order."""
    send(stick, *(first_word(name) for name in range(4)), *(follow_up(name) for name in range(4)))
    tally = take(book, stick)
    assert (len(book.cases), tally.new, tally.again) == (4, 4, 4)
    assert {len(case.thread) for case in book.cases.values()} == {2}
    assert not any(case.unknown_code for case in book.cases.values())


def test_a_complaint_that_comes_after_its_follow_up_begins_its_own_case(
    book: Casebook, stick: Path
) -> None:
    """Its consents count; the earlier word is suggested beside it, and later words join it."""
    send(stick, follow_up(ADA))
    take(book, stick)
    (orphan,) = book.cases.values()
    send(stick, first_word(ADA))
    assert take(book, stick).new == 1
    case = next(one for one in book.cases.values() if one is not orphan)
    assert (case.consents_to("store"), floods.suggestion(book, case)) == (True, orphan)
    send(stick, follow_up(ADA))
    take(book, stick)
    assert (kinds(case), kinds(orphan)) == (["received", "followed_up"], ["received"])


def test_another_complaint_under_the_same_code_stands_in_the_thread(
    book: Casebook, stick: Path
) -> None:
    """What she sends with the form, under the code that she has, is a word like any other."""
    case = came(book, stick)
    send(stick, first_word(ADA, story="Nog iets."))
    assert take(book, stick).again == 1
    assert kinds(case) == ["received", "followed_up"]
    assert Search(book).find("nog iets") == [case]


def test_only_both_keys_together_open_a_thread(book: Casebook, stick: Path) -> None:
    """Who knows one of the keys of a code does not know the code."""
    came(book, stick)
    send(stick, follow_up(ADA, tag_key="0" * 64), follow_up(ADA, reply_key="0" * 64))
    assert take(book, stick).new == 2
    assert [case.unknown_code for case in book.cases.values()].count(True) == 2


@pytest.mark.parametrize("ask", ["write", "withdraw", "solved", "erase"])
def test_a_word_under_an_unknown_code_is_kept_as_a_case_with_a_mark(
    book: Casebook, stick: Path, ask: str
) -> None:
    """Nothing is dropped; the next word under that code joins it."""
    send(stick, follow_up("eve", ask))
    take(book, stick)
    (case,) = book.cases.values()
    assert "unknown_code" in inbox.marks(case)
    assert (case.has_code, case.asked) == (True, ask if ask in ("solved", "erase") else "")
    assert inbox.inbox(book).new == (case,)
    send(stick, follow_up("eve"))
    assert (take(book, stick).again, len(book.cases)) == (1, 1)


def test_a_second_seal_of_a_word_is_known_and_changed_words_are_not(
    book: Casebook, stick: Path
) -> None:
    """The page may seal the same words twice; under one id other words are other words."""
    case = came(book, stick)
    again = follow_up(ADA, complaint_id="c" * 32)
    send(stick, again)
    take(book, stick)
    send(stick, again)
    assert (take(book, stick).again, kinds(case)[-1]) == (0, "received_again")
    send(stick, again | {"story": "Anders."})
    assert (take(book, stick).again, len(case.objects)) == (1, 4)


def test_a_withdrawal_takes_effect_when_it_is_read(book: Casebook, stick: Path) -> None:
    """The consents are taken back at once and nobody has to have read it for that."""
    passes = {"scope": "name", "to": ["help"]}
    consent = {"store": True, "act": True, "count": True, "quote": False}
    case = came(book, stick, pass_on=passes, consent=consent)
    assert (case.agreed("name"), case.consents_to("act")) == (("help",), True)
    send(stick, follow_up(ADA, "withdraw"))
    take(book, stick)
    assert (case.agreed("name"), case.consents_to("act"), case.identity) == ((), False, "none")
    assert (case.consents_to("count"), case.consents_to("store")) == (True, True)
    assert {consent.how for consent in case.consents[-2:]} == {"code"}
    assert (case.status, "wrote_again" in inbox.marks(case)) == ("new", True)
    assert ("notice", "withdraw") in texts(make(book, 1), ADA)


def test_only_a_follow_up_withdraws(book: Casebook, stick: Path) -> None:
    """A complaint with a field of that name asks for nothing: it is outside its table."""
    consent = {"store": True, "act": True, "count": True, "quote": False}
    case = came(book, stick, consent=consent, withdraw=["act"], ask="erase")
    assert (case.consents_to("act"), case.asked) == (True, "")


def test_a_word_opens_a_closed_case_again(book: Casebook, stick: Path) -> None:
    """It is new again, and the sender is owed a new report back."""
    case = came(book, stick)
    do(book, case, "outcome", outcomes=("listened",))
    do(book, case, "answer", text="Gedaan.", reports_back="yes")
    do(book, case, "close")
    send(stick, follow_up(ADA, "solved"))
    take(book, stick)
    assert (case.is_closed, case.asked) == (True, "")
    send(stick, follow_up(ADA))
    take(book, stick)
    assert (case.status, case.reported_back, inbox.section(case)) == ("read", "", "new")


def test_after_erasure_the_code_is_unknown_and_old_words_stay_away(
    book: Casebook, stick: Path
) -> None:
    """A new word makes a new case; the old words, sealed anew, do not come back."""
    case = came(book, stick)
    old = follow_up(ADA)
    send(stick, old)
    take(book, stick)
    retention.erase(book, [retention.Due(case, "over", TODAY)], today=TODAY, row=boards.row)
    send(stick, old)
    assert (take(book, stick).known, len(book.cases)) == (3, 0)
    send(stick, follow_up(ADA))
    take(book, stick)
    assert [one.unknown_code for one in book.cases.values()] == [True]


@pytest.mark.parametrize("ask", ["solved", "erase"])
def test_what_was_asked_is_done_in_the_second_epoch_after(
    book: Casebook, stick: Path, ask: str
) -> None:
    """Two boards announce it with one number, and before that board it is done."""
    case = came(book, stick)
    send(stick, follow_up(ADA, ask))
    take(book, stick)
    assert "asked" in [promise.rule for promise in deadlines.promises(case)]
    for number in (1, 2):
        board = weekly(book, stick, number)
        (notice,) = [r for r in reading(board, ADA).replies if r.kind == "notice"]
        assert (notice.text, notice.due) == (ask, 3)
        assert (case.asked_due, len(case.asked_days)) == (3, number)
        assert case.subject in book.cases
        assert not case.is_closed
    board = weekly(book, stick, 3)
    assert texts(board, ADA) == ([("status", "closed")] if ask == "solved" else [])
    assert (case.subject in book.cases) == (ask == "solved")
    if ask == "solved":
        assert (case.status, case.asked, case.reported_back) == ("closed", "", str(week(3)))
    else:
        (line,) = book.logged("erased")
        assert line.values["why"] == "asked under the code"
        assert not reading(board, ADA).is_acknowledged


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("ask", ["solved", "erase"])
def test_another_word_meanwhile_takes_back_what_was_asked(
    book: Casebook, stick: Path, ask: str, after: int
) -> None:
    """Whoever finds the paper cannot destroy a complaint while she still writes."""
    case = came(book, stick)
    send(stick, follow_up(ADA, ask))
    take(book, stick)
    for number in range(1, after + 1):
        weekly(book, stick, number)
    send(stick, follow_up(ADA))
    take(book, stick)
    assert (case.asked, case.asked_off, "asked_off" in inbox.marks(case)) == ("", ask, True)
    for number in range(after + 1, after + 5):
        kinds_shown = [kind for kind, _ in texts(weekly(book, stick, number), ADA)]
        assert "notice" not in kinds_shown
    assert not book.cases[case.subject].is_closed


def test_what_is_asked_again_is_announced_again(book: Casebook, stick: Path) -> None:
    """The count of boards begins anew with the last word."""
    case = came(book, stick)
    for number in (1, 2):
        send(stick, follow_up(ADA, "erase"))
        take(book, stick)
        make(book, number)
        assert case.asked_due == number + 2
    weekly(book, stick, 3)
    assert case.subject in book.cases
    weekly(book, stick, 4)
    assert case.subject not in book.cases


def test_an_announcement_that_comes_late_by_a_merge_does_nothing(
    book: Casebook, stick: Path
) -> None:
    """One desk announces while another reads that it was taken back: the taking back counts."""
    case = came(book, stick)
    send(stick, follow_up(ADA, "erase"))
    take(book, stick)
    send(stick, follow_up(ADA))
    take(book, stick)
    late = {"ask": "erase", "due": 3, "id": "0" * 16}
    book.add([Event(case.subject, "asked", str(TODAY), HANDLER, late)])
    assert (case.asked, case.asked_days, case.asked_due) == ("", (), 0)


def test_codes_are_not_kept_in_memory(book: Casebook, stick: Path) -> None:
    """A case is found by a hash; its keys are read from disk when a board is made."""
    case = came(book, stick)
    for value in boards.fields(ADA).values():
        assert value not in repr(vars(book)) + repr(case)
        assert bytes.fromhex(value) not in case.code
    assert book.by_code(case.code) is case


def test_a_book_opened_again_is_the_same(tmp_path: Path) -> None:
    """Threads, asks and marks come from the events alone."""
    store, stick = boards.make_store(tmp_path, "again"), tmp_path / "words"
    words = [follow_up(ADA), follow_up(ADA, "erase"), follow_up("eve", "withdraw")]
    with opened(store) as book:
        send(stick, first_word(ADA))
        take(book, stick)
        for word in words:
            send(stick, word)
            take(book, stick)
        make(book, 1)
        before = dict(book.cases)
    with opened(store) as book:
        assert book.cases == before
        assert boardmaking.make(book, boards.order(1)).is_again


def test_two_announcements_of_one_week_are_not_two_weeks(book: Casebook, stick: Path) -> None:
    """When two copies of a store made a board of one number, it is done in the epoch announced."""
    case = came(book, stick)
    send(stick, follow_up(ADA, "erase"))
    take(book, stick)
    make(book, 1)
    again = {"ask": "erase", "due": 3, "id": case.asked_id}
    book.add([Event(case.subject, "asked", str(TODAY), HANDLER, again)])
    assert len(case.asked_days) == 2
    weekly(book, stick, 2)
    assert case.subject in book.cases
    weekly(book, stick, 3)
    assert case.subject not in book.cases
