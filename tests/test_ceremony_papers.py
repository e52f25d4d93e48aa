"""What is printed and signed (desk/keeping/papers.py, desk/locale/*/keeping.po)."""

import re
from datetime import date
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.keeping import papers
from desk.keeping.papers import Checked, Departure, Destruction
from desk.keys import shares
from desk.strings import LANGUAGES, Strings, placeholders
from desk.wire import keylist

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)
ENTRY = keylist.entry("intake", bytes(1216), FIRST, LAST)
STORE = "0123456789abcdef" * 2
WORDS = shares.split(bytes(range(32)))[0]
COUNTS = Checked(received=41, sticks=2, on_sticks=38, unreadable=0)


def destroyed(language: str = "en", **changes: object) -> str:
    facts: dict[str, object] = {
        "entry": ENTRY,
        "on": date(2027, 7, 29),
        "why": "",
        "store_id": STORE,
        "handlers": ("anna", "bram"),
        "checked": COUNTS,
        "file_was_here": True,
        "practice": False,
    }
    return papers.destruction(Strings(language), Destruction(**(facts | changes)))  # type: ignore[arg-type]


def departure(**changes: object) -> Departure:
    facts: dict[str, object] = {
        "name": "a" * 32,
        "on": FIRST,
        "store_id": STORE,
        "handlers": ("anna", "bram", "chris"),
        "keys": (ENTRY.id, ENTRY.id),
        "cases": 1_234,
        "open_cases": 56,
        "practice": False,
    }
    return Departure(**(facts | changes))  # type: ignore[arg-type]


def all_papers(language: str) -> list[str]:
    words = Strings(language)
    return [
        papers.sheet(words, ENTRY, 2, of=WORDS, on=FIRST),
        destroyed(language, checked=Checked(1, 0, 0, 3), file_was_here=False, practice=True),
        destroyed(language, why="x " * 100),
        papers.left(words, departure()),
        papers.lost(words, departure(practice=True)),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_fits_a_printer_and_has_no_hole(language: str) -> None:
    """At most 78 columns, no placeholder left, plain characters only."""
    for text in all_papers(language):
        folded = [line for line in text.splitlines() if not line.startswith("    desk ")]
        assert max(map(len, folded)) <= 78
        assert "{" not in text
        assert all(character == "\n" or character.isprintable() for character in text)


def test_both_languages_have_the_same_words_and_holes() -> None:
    """Every id of the papers is there in Dutch and in English, with the same placeholders."""
    dutch, english = (Strings(language).texts for language in ("nl", "en"))
    ours = {name for name in dutch if name.startswith("keeping.")}
    assert ours == {name for name in english if name.startswith("keeping.")}
    for name in ours:
        assert placeholders(dutch[name]) == placeholders(english[name]), name


def test_a_sheet_holds_its_words_numbered_and_the_way_back() -> None:
    """All 33 words with their numbers, the key it belongs to, and the command that makes it again."""
    text = papers.sheet(Strings("en"), ENTRY, 3, of=WORDS, on=FIRST)
    found = {int(number): word for number, word in re.findall(r"(?:^| )(\d+) ([a-z]+)", text, re.M)}
    assert [found[number] for number in range(1, 34)] == list(WORDS)
    assert "PAPER SHEET 3 OF 3" in text
    assert ENTRY.fingerprint in text
    assert f"\n    desk key combine intake {ENTRY.id} 2027-01-01 2027-03-31 --out FOLDER\n" in text


def test_the_transcript_says_what_was_checked_destroyed_and_left_to_do() -> None:
    """Counts, both people, the reason, and a line to tick for each paper sheet."""
    text = destroyed()
    for said in (
        "day          2027-07-29",
        f"key          intake {ENTRY.id}",
        "why now      120 days have passed since its last day",
        "received with this key: 41. Each one",
        "looked through: 2; sealed complaints for this key",
        STORE,
        f"- the file intake-{ENTRY.id}.key: overwritten and removed",
        "[ ] paper sheet 1",
        "[ ] paper sheet 2",
        "[ ] paper sheet 3",
        "anna: name",
        "bram: name",
    ):
        assert said in text, said
    assert "not opened by it" not in text
    assert "PRACTICE" not in text


def test_a_reason_is_shown_and_cannot_draw_on_the_paper() -> None:
    """What a person typed as reason is text: a line break or an escape in it is shown as a mark."""
    text = destroyed(why="stolen\x1b[2J")
    assert "why now      stolen<U+001B>[2J" in text


def test_without_a_stick_the_transcript_says_that_nothing_else_was_checked() -> None:
    """An honest gap rather than a count of nothing."""
    text = destroyed(checked=Checked(5, 0, 0, 0))
    assert "No stick was given. Nothing outside the two case stores was checked." in text
    assert "looked through" not in text


def test_practice_is_marked_on_every_paper() -> None:
    """So that nobody burns the real sheets after a rehearsal."""
    mark = "PRACTICE: nothing here is real"
    assert mark in destroyed(practice=True)
    for paper in (papers.left, papers.lost):
        assert mark in paper(Strings("en"), departure(practice=True))
        assert mark not in paper(Strings("en"), departure())


def test_a_store_without_intake_keys_says_so() -> None:
    """A dash in place of the ids, and at most two people sign."""
    text = papers.left(Strings("en"), departure(keys=()))
    assert "for the intake keys -," in text
    assert "chris: name" not in text


def test_a_paper_is_private_and_never_written_over(tmp_path: Path) -> None:
    """Mode 0600; a name that is taken is refused."""
    path = tmp_path / "paper.txt"
    papers.write("één\n", path)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == ("één\n".encode(), 0o600)
    for refused in (lambda: papers.write("x", path), lambda: papers.refuse_taken(path)):
        with pytest.raises(DeskError):
            refused()
    assert path.read_text("utf-8") == "één\n"
