"""An answer repeats no complaint (desk/letters/repeats.py, desk/work/working.py)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.cases.refusals import Refusal
from desk.letters import answers
from desk.letters.repeats import repeats
from desk.work import actions
from tests import letter_samples as samples
from tests.letter_samples import STORY, TODAY, event

CODE = {"reply_key": "ab" * 32, "tag_key": "cd" * 32}
WHO = {"address_as": "Brechtje", "contact": "bel 06-39175544"}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    """Give the book of an empty store."""
    with samples.opened(tmp_path) as opened:
        yield opened


def answer(book: Casebook, case: Case, **given: str) -> None:
    actions.perform(book, case, "answer", given, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Je schreef: “Drie mannen stonden opeens in mijn kamer”.",
        "Beste brechtje, wij lazen alles.",
        "Kunnen wij bellen op 0639175544?",
        "Kunnen wij bellen op nul zes negenendertig zeventien?",
        "Wie had het nummer 4821?",
        "You wrote that three men stood in my room.",
    ],
)
def test_an_answer_that_repeats_a_complaint_is_refused(book: Casebook, text: str) -> None:
    """What she told, in translation too, what she is called and her numbers, unless it must be so."""
    case = samples.add(book, **CODE, **WHO)
    made = {"text": "It is so that three men stood in my room.", "language": "en"}
    book.add([event(case.subject, "translated", {**made, "made_by": "person", "who": ""})])
    with pytest.raises(Refusal) as refusal:
        answer(book, case, text=text)
    assert (refusal.value.reason, refusal.value.field) == ("repeats", "text")
    assert not case.answered_on
    answer(book, case, text=text, repeats="yes")
    assert case.answered_on


@pytest.mark.parametrize(
    "text",
    [
        "Hallo,\n\nWij lazen wat je schreef over de mannen in je kamer.",
        "Morgen bellen wij Rodrigo niet; in 2026 hoorden wij dit vaker, om 9:30.",
        "Bel 112 als je in gevaar bent.",
    ],
)
def test_an_answer_in_other_words_goes(book: Casebook, text: str) -> None:
    """Five words in a row are no repeat, nor a day, nor a name of others in it."""
    case = samples.add(book, **CODE, **WHO, story=f"{STORY} Het was in 2026, om 14:30.")
    answer(book, case, text=text)
    assert case.answered_on


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_standard_answer_is_never_refused(book: Casebook, language: str) -> None:
    """Also where she wrote the very words of it, and is called like one of them."""
    every = [answers.pair(name, language).text for name in answers.IDS]
    story = " ".join(every)[:14_000]
    case = samples.add(book, **CODE, story=story, address_as="Dan Hallo Hello", contact="0800-2000")
    for text in every:
        filled = answers.fill(text, dict.fromkeys(answers.HOLES, "Bo"))
        assert not repeats(book, case, filled, today=TODAY)
    assert repeats(book, case, f"{every[0]}\n\nDan Hallo zei dit.", today=TODAY)
