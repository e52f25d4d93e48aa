"""Words under one code that come to two copies of a case store, or to two cases (desk/cases/said.py)."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.store import copy
from tests import boards
from tests.boards import first_word, follow_up, make, send, texts, week
from tests.cases import received
from tests.intakes import TODAY, opened, take

ADA = "ada"
ALL = {"store": True, "act": True, "count": True, "quote": True}
NONE = {"store": True, "act": False, "count": False, "quote": False}
TO_HELP = {"scope": "name", "to": ["help"]}
TO_NOBODY = {"scope": "nobody", "to": []}
PURPOSES = ("act", "count", "quote", "pass_on")
Words = dict[str, Any]


class Desk:
    """Two copies of one case store; each word lies on a stick of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sticks = 0
        self.a = boards.make_store(folder, "a")
        self.b = folder / "b"

    def copy(self) -> None:
        """Make the other copy, with all that is there by now."""
        shutil.copytree(self.a, self.b)

    def stick(self, *words: Words) -> Path:
        """A stick with these words, sealed."""
        self.sticks += 1
        stick = self.folder / f"stick {self.sticks}"
        send(stick, *words)
        return stick

    def take(self, store: Path, *sticks: Path, today: date = TODAY) -> None:
        """Import sticks in one go."""
        with opened(store) as book:
            take(book, *sticks, today=today)

    def merge(self) -> None:
        """Merge both copies into each other."""
        for into, other in ((self.a, self.b), (self.b, self.a)):
            with opened(into) as book:
                copy.merge(book.vault, other)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def asked(book: Casebook) -> list[str]:
    """What is asked in each case."""
    return [case.asked for case in book.cases.values()]


def yes(case: Case) -> list[str]:
    """The purposes that she agrees to."""
    return [purpose for purpose in PURPOSES if case.consents_to(purpose)]


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.mark.parametrize("is_orphan", [False, True])
def test_a_merge_does_not_bring_back_what_was_taken_back(desk: Desk, is_orphan: bool) -> None:
    """The other copy read only the stick that asked to erase, later and by a later clock."""
    first, erase = desk.stick(first_word(ADA)), desk.stick(follow_up(ADA, "erase"))
    if is_orphan:
        desk.copy()
        desk.take(desk.a, first)
    else:
        desk.take(desk.a, first)
        desk.copy()
    desk.take(desk.a, erase)
    desk.take(desk.a, desk.stick(follow_up(ADA)), today=day(1))
    for number in range(5):
        desk.take(desk.b, desk.stick(first_word(f"other {number}")), today=day(2))
    desk.take(desk.b, erase, today=day(2))
    desk.merge()
    for store in (desk.a, desk.b):
        with opened(store) as book:
            assert set(asked(book)) == {""}
    with opened(desk.a) as book:
        before = len(book.cases)
        for number in range(1, 5):
            take(book, first, today=week(number))
            make(book, number)
        assert len(book.cases) == before


@pytest.mark.parametrize(("read_on", "asked_for"), [(0, "erase"), (1, ""), (2, "")])
def test_words_read_in_two_copies_count_by_their_days(
    desk: Desk, read_on: int, asked_for: str
) -> None:
    """The order of events says nothing between copies: a word of that day or later takes it back."""
    desk.take(desk.a, desk.stick(first_word(ADA)))
    desk.copy()
    for number in range(3):
        desk.take(desk.a, desk.stick(first_word(f"other {number}")))
    desk.take(desk.b, desk.stick(follow_up(ADA)), today=day(read_on))
    desk.take(desk.a, desk.stick(follow_up(ADA, "erase")), today=day(1))
    desk.merge()
    for store in (desk.a, desk.b):
        with opened(store) as book:
            case = book.by_code(boards.mark(ADA))
            assert case is not None
            assert case.asked == asked_for


@pytest.mark.parametrize(
    ("ask", "other"),
    [
        *(("solved", other) for other in ("write", "withdraw", "erase")),
        *(("erase", other) for other in ("write", "withdraw", "solved")),
    ],
)
def test_on_one_stick_any_other_word_takes_back_what_is_asked(
    desk: Desk, ask: str, other: str
) -> None:
    """Whichever comes first by its name: nobody can tell the order in which they were written."""
    desk.take(desk.a, desk.stick(*(first_word(number) for number in range(12))))
    words = [follow_up(number, kind) for number in range(12) for kind in (ask, other)]
    desk.take(desk.a, desk.stick(*words))
    with opened(desk.a) as book:
        assert set(asked(book)) == {""}


def test_a_second_complaint_on_the_stick_takes_back_what_is_asked(desk: Desk) -> None:
    """What she sends with the form under her code is a word like any other."""
    desk.take(desk.a, desk.stick(*(first_word(number) for number in range(12))))
    words = [follow_up(number, "erase") for number in range(12)]
    desk.take(desk.a, desk.stick(*words, *(first_word(number) for number in range(12))))
    with opened(desk.a) as book:
        assert asked(book) == [""] * 12


def add_by_telephone(book: Casebook, **changes: Any) -> Case:
    """Enter a complaint of somebody who has a code, with every consent."""
    values = {"consent": ALL, "pass_on": TO_HELP} | boards.fields(ADA) | changes
    event = received(book, values, channel="telephone", object="")
    book.add([event])
    return book.cases[event.subject]


def test_a_word_reaches_every_case_under_its_code(desk: Desk) -> None:
    """A handler who entered her second complaint made a second case: both hear what she withdraws."""
    everything = {"consent": ALL, "pass_on": TO_HELP}
    desk.take(desk.a, desk.stick(first_word(ADA, **everything)))
    with opened(desk.a) as book:
        add_by_telephone(book)
    desk.take(desk.a, desk.stick(follow_up(ADA, "withdraw", withdraw=["act", "count", "pass_on"])))
    with opened(desk.a) as book:
        assert [yes(case) for case in book.cases.values()] == [["quote"]] * 2
        assert {case.identity_to for case in book.cases.values()} == {()}


def test_erasing_reaches_every_case_under_its_code(desk: Desk) -> None:
    """One notice on each board, and then nothing is left of either case."""
    desk.take(desk.a, desk.stick(first_word(ADA)))
    with opened(desk.a) as book:
        add_by_telephone(book)
    desk.take(desk.a, desk.stick(follow_up(ADA, "erase")))
    empty = desk.stick(first_word("other"))
    with opened(desk.a) as book:
        assert asked(book) == ["erase"] * 2
        for number in (1, 2):
            take(book, empty, today=week(number))
            assert texts(make(book, number), ADA).count(("notice", "erase")) == 1
        take(book, empty, today=week(3))
        made = make(book, 3)
        assert (texts(made, ADA), made.fulfilled.erased) == ([], 2)
        assert book.by_code(boards.mark(ADA)) is None


@pytest.mark.parametrize("way", ["later", "other copy", "other copy, first"])
def test_words_that_came_before_their_complaint_reach_it(desk: Desk, way: str) -> None:
    """By a later stick or by a merge: what she withdrew is withdrawn, what she asked is asked."""
    complaint = desk.stick(first_word(ADA, consent=ALL, pass_on=TO_HELP))
    early = [follow_up(ADA, "withdraw", withdraw=["act", "quote"]), follow_up(ADA, "erase")]
    desk.copy()
    here = desk.a if way == "later" else desk.b
    if way == "other copy, first":
        desk.take(desk.a, desk.stick(first_word("x")), today=day(0))
        desk.take(desk.a, desk.stick(first_word("y")), today=day(0))
    for number, word in enumerate(early):
        desk.take(here, desk.stick(word), today=day(number))
    desk.take(desk.a, complaint, today=day(2))
    desk.merge()
    for store in (desk.a, desk.b):
        with opened(store) as book:
            cases = [one for one in book.cases.values() if one.code == boards.mark(ADA)]
            (case,) = [one for one in cases if not one.unknown_code]
            assert (yes(case), case.asked) == (["count", "pass_on"], "erase")


@pytest.mark.parametrize("is_one_stick", [True, False])
def test_a_second_complaint_under_a_code_narrows_what_she_agreed_to(
    desk: Desk, is_one_stick: bool
) -> None:
    """Whichever is read first: what one of the two does not allow is not done with either."""
    parts = [
        (
            first_word(number, consent=ALL, pass_on=TO_HELP),
            first_word(number, consent=NONE, pass_on=TO_NOBODY, story="Nog iets."),
        )
        for number in range(8)
    ]
    if is_one_stick:
        desk.take(desk.a, desk.stick(*(word for part in parts for word in part)))
    else:
        for words in zip(*parts, strict=True):
            desk.take(desk.a, desk.stick(*words))
    with opened(desk.a) as book:
        assert len(book.cases) == 8
        assert [yes(case) for case in book.cases.values()] == [[]] * 8
        assert {case.identity for case in book.cases.values()} == {"none"}


@pytest.mark.parametrize(
    ("second", "scope", "to"),
    [
        ({"scope": "details", "to": ["help", "ombudsman"]}, "details", ("help",)),
        ({"scope": "name", "to": ["help"]}, "name", ("help",)),
        ({"scope": "name", "to": ["ombudsman"]}, "", ()),
        (None, "", ()),
    ],
)
def test_passing_on_is_narrowed_in_reach_and_in_receivers(
    desk: Desk, second: dict[str, Any] | None, scope: str, to: tuple[str, ...]
) -> None:
    """Only what both complaints allow is left."""
    first = {"scope": "name", "to": ["help", "police_complaints"]}
    desk.take(desk.a, desk.stick(first_word(ADA, consent=ALL, pass_on=first)))
    more = {"pass_on": second} if second else {}
    desk.take(desk.a, desk.stick(first_word(ADA, consent=ALL, story="Nog iets.", **more)))
    with opened(desk.a) as book:
        (case,) = book.cases.values()
        consent = case.consent("pass_on")
        assert consent is not None
        assert (consent.scope, consent.to) == (scope, to)
        assert yes(case) == ["act", "count", "quote", *(["pass_on"] if to else [])]
