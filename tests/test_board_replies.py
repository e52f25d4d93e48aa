"""Parts of a reply (desk/wire/board/replies.py): what is packed is read again, and nothing else is."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.cases import case
from desk.wire import days
from desk.wire.board import replies
from desk.wire.board.replies import Reply
from tests.board_samples import answer
from tests.samples import count, outcome

CHECKS = {"ok", "slot_form", "slot_padding"}
DAYS = st.dates(days.FIRST, days.LAST)


def reread(reply: Reply, number: int = 0) -> Reply:
    return replies.join([replies.unpack(part) for part in replies.pack(reply, number)])


@settings(max_examples=count(20_000, 200), deadline=None)
@given(st.text(min_size=1, max_size=900), DAYS, st.sampled_from(["nl", "pt-BR"]))
def test_any_answer_is_read_as_it_was_written(text: str, written: date, language: str) -> None:
    """Text in any script, cut anywhere, comes back with its day and its language."""
    given_reply = answer(text, written=written, language=language)
    assert reread(given_reply) == given_reply


@pytest.mark.parametrize(("size", "parts"), [(1, 1), (950, 1), (951, 2), (3_800, 4)])
def test_an_answer_takes_as_few_parts_as_it_can(size: int, parts: int) -> None:
    """950 bytes of text fit in a part of 968 bytes, four parts make an answer."""
    made = replies.pack(answer("x" * size), 0)
    assert [len(part) for part in made] == [968] * parts
    assert replies.parts_of(answer("x" * size)) == parts


@pytest.mark.parametrize(
    ("reply", "check"),
    [
        (answer("x" * 3_801), "slot_form"),
        (answer("س" * 1_901), "slot_form"),
        (answer(""), "slot_form"),
        (answer(language="Dutch"), "slot_form"),
        (answer(language=""), "slot_form"),
        (answer(due=9), "slot_form"),
        (answer("\ud800"), "slot_text"),
        (Reply("status", date(2026, 11, 25), "new"), "slot_text"),
        (Reply("status", date(2026, 11, 25), "read", due=9), "slot_form"),
        (Reply("notice", date(2026, 11, 25), "erase"), "slot_text"),
        (Reply("notice", date(2026, 11, 25), "withdraw", due=9), "slot_text"),
    ],
)
def test_what_no_reader_would_take_is_not_packed(reply: Reply, check: str) -> None:
    """The desk is told while it writes, by the check that reading would fail."""
    assert outcome(replies.pack, reply, 0)[0] == check


def test_there_are_sixteen_numbers() -> None:
    """A code has at most sixteen replies on a board."""
    assert outcome(replies.pack, answer(), 15)[0] == "ok"
    assert outcome(replies.pack, answer(), 16)[0] == "slot_form"


@settings(max_examples=count(100_000, 500), deadline=None)
@given(st.binary(min_size=18, max_size=40))
def test_any_opened_box_is_read_or_refused(start: bytes) -> None:
    """Nothing that a holder of a code could seal makes the reader fail in another way."""
    check, part = outcome(replies.unpack, start.ljust(968, b"\0"))
    assert check in CHECKS
    assert check != "ok" or outcome(replies.join, [part])[0] in {"ok", "slot_parts", "slot_text"}


@settings(max_examples=count(20_000, 200), deadline=None)
@given(st.integers(0, 967), st.integers(1, 255))
def test_every_changed_byte_shows_or_is_refused(place: int, change: int) -> None:
    """No byte of a part is passed over."""
    part = bytearray(replies.pack(answer(), 0)[0])
    part[place] ^= change
    check, changed = outcome(replies.unpack, bytes(part))
    assert check != "ok" or changed != replies.unpack(replies.pack(answer(), 0)[0])


def test_every_status_of_a_case_can_be_said() -> None:
    """The words for the page are the statuses of a case, all but `new`, which nobody has read."""
    assert set(replies.STATUS_WORDS) == set(case.STATUSES) - {"new"}


def test_a_reply_does_not_print_its_text() -> None:
    """What a traceback may show of a reply holds no word of it."""
    assert "gehoord" not in repr(answer("gehoord"))
    assert "gehoord" not in repr(replies.unpack(replies.pack(answer("gehoord"), 0)[0]))
