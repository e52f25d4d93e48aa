"""What waits for the next board (desk/outgoing/outbox.py, outgoing.py; WIRE.md section 7.7)."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.outgoing import boards as ledgers
from desk.outgoing import outbox, preview
from desk.outgoing.outbox import Outbox
from desk.store.event import Event
from desk.strings import Strings
from tests import boards
from tests.boards import answers, make, put_cases, reading, texts, week
from tests.cases import do, receive
from tests.intakes import HANDLER, opened


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    """Give an open store with both keys."""
    with opened(boards.make_store(tmp_path)) as found:
        yield found


def box(book: Casebook, on: date = boards.FIRST) -> Outbox:
    return outbox.of(book, ledgers.ledger(book).carried, epoch=1, published=on)


def shown(found: Outbox) -> list[tuple[str, str]]:
    return [(one.outgoing.reply.kind, one.outgoing.reply.text) for one in found.replies]


def put(book: Casebook, case: Case, kind: str, on: str, **values: Any) -> None:
    book.add([Event(case.subject, kind, on, HANDLER, values)])


def test_nothing_waits_in_an_empty_store(book: Casebook) -> None:
    """No case, no reply, no acknowledgement."""
    assert box(book) == Outbox((), (), ())


def test_a_complaint_without_a_code_hears_nothing(book: Casebook) -> None:
    """Nor does a bundle."""
    case = receive(book)
    do(book, case, "bundle", title="Controles")
    assert box(book) == Outbox((), (), ())


def test_a_new_complaint_is_acknowledged_and_has_no_status(book: Casebook) -> None:
    """That it came is said by the acknowledgement; new is no word on a board."""
    put_cases(book, "a")
    found = box(book)
    assert (len(found.receipts), found.replies) == (1, ())


def test_only_the_last_status_is_told(book: Casebook) -> None:
    """One line, with the day on which it changed."""
    (case,) = put_cases(book, "a")
    put(book, case, "triaged", "2026-11-23", status="acting")
    put(book, case, "triaged", "2026-11-24", status="waiting_body")
    put(book, case, "noted", "2026-11-25", text="x", basis="")
    (one,) = box(book).replies
    reply = one.outgoing.reply
    assert (reply.kind, reply.text, reply.written) == ("status", "waiting_body", date(2026, 11, 24))


def test_an_answer_says_itself_that_the_desk_waits(book: Casebook) -> None:
    """After an answer there is no status besides, until the status changes again."""
    (case,) = put_cases(book, "a")
    answers(book, [case])
    assert shown(box(book)) == [("answer", "Wij hebben u gehoord.")]
    put(book, case, "triaged", "2026-11-27", status="reporting")
    assert [kind for kind, _ in shown(box(book))] == ["answer", "status"]


def test_a_flood_hears_nothing_until_it_is_released(book: Casebook) -> None:
    """Fakes take no room; one released case is acknowledged like any other."""
    flooded = put_cases(book, *range(20), flood="f1")
    assert box(book) == Outbox((), (), ())
    do(book, flooded[3], "release_flood")
    assert len(box(book).receipts) == 1


def test_a_reply_is_live_for_26_weeks_after_the_last_word(book: Casebook) -> None:
    """Whoever wrote it: a word of hers makes older answers live again."""
    (case,) = put_cases(book, "a")
    answers(book, [case])
    last = date(2026, 11, 26) + timedelta(weeks=26)
    make(book, 1)
    assert len(box(book, last).replies) == 1
    assert box(book, last + timedelta(days=1)).replies == ()
    words = {"object": "7d" * 32, "key_id": "0" * 16, "ask": "write"}
    text = json.dumps(boards.follow_up("a"), ensure_ascii=False, separators=(",", ":"))
    put(book, case, "followed_up", "2027-05-01", complaint=text, **words)
    assert len(box(book, last + timedelta(days=1)).replies) == 1


def test_an_answer_that_no_board_has_carried_does_not_expire(book: Casebook) -> None:
    """A desk that was closed for half a year still gives the answer, on one board."""
    (case,) = put_cases(book, "a")
    for number in range(1, 5):
        make(book, number)
    answers(book, [case])
    late = [week(40), week(41)]
    shown_late = [texts(make(book, 5 + n, today=on, late=True), "a") for n, on in enumerate(late)]
    assert shown_late == [[("answer", "Wij hebben u gehoord.")], []]


def test_an_acknowledgement_stands_on_four_boards_however_old(book: Casebook) -> None:
    """A desk that was closed for half a year still says that the complaint came."""
    put_cases(book, "a")
    late = [boards.FIRST + timedelta(weeks=60 + number) for number in range(6)]
    seen = []
    for number, today in enumerate(late, 1):
        made = make(book, number, today=today)
        seen.append(reading(made, "a").is_acknowledged)
    assert seen == [True] * 4 + [False] * 2


def test_danger_and_running_terms_are_urgent(book: Casebook) -> None:
    """By what a handler sorted, and by a term that was set."""
    calm, danger, term = put_cases(book, "a", "b", "c")
    do(book, danger, "triage", urgency="danger")
    do(book, term, "deadline", rule="complaint", started="2026-11-20")
    answers(book, [calm, danger, term])
    answered = [one for one in box(book).replies if one.outgoing.reply.kind == "answer"]
    assert [one.outgoing.is_urgent for one in answered] == [False, True, True]


def test_a_reply_that_fits_on_no_board_stops_nothing(book: Casebook) -> None:
    """An answer from another version that is too long is named, and the others go."""
    long, fine = put_cases(book, "a", "b")
    answers(book, [long], "x" * 3_801)
    answers(book, [fine])
    found = box(book)
    assert (found.refused, [kind for kind, _ in shown(found)]) == ((long,), ["answer"])
    assert texts(make(book, 1), "b") == [("answer", "Wij hebben u gehoord.")]


def test_equal_answers_in_one_thread_are_two(book: Casebook) -> None:
    """Both are shown, and each is counted by itself."""
    (case,) = put_cases(book, "a")
    answers(book, [case, case])
    made = make(book, 1)
    assert [text for _, text in texts(made, "a")] == ["Wij hebben u gehoord."] * 2
    assert [one.outgoing.boards for one in box(book).replies] == [1, 1]


def test_two_cases_under_one_code_share_it(book: Casebook) -> None:
    """What was told by telephone under her code is answered beside the rest."""
    first, second = put_cases(book, "a", "a")
    answers(book, [first], "Een.")
    answers(book, [second], "Twee.")
    assert {text for _, text in texts(make(book, 1), "a")} == {"Een.", "Twee."}
    assert [one.receipt.boards for one in box(book).receipts] == [1, 1]


def test_the_list_for_people_has_no_words_of_anybody(book: Casebook) -> None:
    """Names of cases, kinds and days; fresh ones first."""
    old, fresh = put_cases(book, "a", "b")
    answers(book, [old], "geheim woord")
    make(book, 1)
    answers(book, [fresh], "geheim woord")
    for language in ("nl", "en"):
        text = "\n".join(preview.lines(preview.of(book, week(2)), Strings(language)))
        assert text.index(fresh.pseudonym) < text.index(old.pseudonym)
        assert "geheim" not in text
    kept = json.loads(preview.json_text(preview.of(book, week(2))))
    assert [row["boards"] for row in kept["replies"]] == [0, 1]
    assert (kept["last"], kept["published"], kept["refused"]) == (1, False, [])
