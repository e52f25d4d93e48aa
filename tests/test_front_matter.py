"""Front matter: a reading page says what it is and how fresh; anything else stops the build."""

from datetime import date

import pytest

from overrides.facts import front_matter
from overrides.facts.front_matter import fingerprint, made_from, parse
from overrides.words.errors import SiteError

META: dict[str, object] = {
    "title": "Deur",
    "description": "Wie mag er komen",
    "summary": "Kort.",
    "last_checked": date(2026, 11, 22),
    "check_again": date(2027, 5, 22),
    "legal_reviewer": None,
}


def test_a_reading_page_is_read() -> None:
    """Title, description, summary, both dates and the reviewer."""
    facts = parse("door.md", META)

    assert facts.title == "Deur"
    assert facts.check_again == date(2027, 5, 22)
    assert not facts.form


def test_a_form_page_needs_no_dates() -> None:
    """It makes no claims that grow old."""
    facts = parse("write.md", {"title": "T", "description": "D", "template": "write.html"})

    assert facts.form
    assert facts.last_checked is None


@pytest.mark.parametrize("name", sorted(META))
def test_what_a_reading_page_lacks_is_named(name: str) -> None:
    """With the file, so that the writer finds it."""
    meta = {key: value for key, value in META.items() if key != name}

    with pytest.raises(SiteError, match=rf"door\.md lacks {name}"):
        parse("door.md", meta)


def test_unknown_front_matter_is_refused() -> None:
    """A mistyped name would be a fact that nobody sees."""
    with pytest.raises(SiteError, match="unknown front matter: chek_again"):
        parse("door.md", {**META, "chek_again": date(2027, 5, 22)})


def test_a_date_is_a_date() -> None:
    """Words cannot grow stale."""
    with pytest.raises(SiteError, match="check_again is not a date"):
        parse("door.md", {**META, "check_again": "soon"})


def test_a_page_grows_stale_the_day_after() -> None:
    """On the day itself it still holds."""
    facts = parse("door.md", META)

    assert not facts.is_stale(date(2027, 5, 22))
    assert facts.is_stale(date(2027, 5, 23))


PAGE = """---
title: Deur
description: Wie mag er komen
summary: >-
  Kort, en
  niet lang.
last_checked: 2026-11-22
legal_reviewer: null
---

Een zin.
"""


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        ("last_checked: 2026-11-22", "last_checked: 2026-12-24", True),
        ("legal_reviewer: null", "legal_reviewer: mr. A. Voorbeeld", True),
        ("Kort, en\n  niet lang.", "Kort, en niet\n  lang.", True),
        ("Een zin.\n", "Een zin.  \n\n", True),
        ("niet lang", "wel lang", False),
        ("Wie mag", "Wie moet", False),
        ("title: Deur", "title: Raam", False),
        ("Een zin.", "Een zin!", False),
        ("Een zin.", "Een\nzin.", False),
    ],
)
def test_a_page_is_known_by_what_is_read_of_it(old: str, new: str, is_same: bool) -> None:
    """Days, names of who checked it and ends of lines are no reason to translate it again."""
    assert old in PAGE
    assert (fingerprint(PAGE) == fingerprint(PAGE.replace(old, new))) is is_same


def test_a_translation_names_the_dutch_text_and_a_day() -> None:
    """In one line, of which both are read; YAML takes twelve digits by themselves for a number."""
    line = f"2026-11-22 {fingerprint(PAGE)}"
    facts = parse("door.md", {**META, "translated_from": line})

    assert (facts.translated_on, facts.translated_from) == (date(2026, 11, 22), fingerprint(PAGE))
    assert made_from(f"---\ntitle: T\ntranslated_from: {line}\n---\n") == fingerprint(PAGE)
    assert made_from(PAGE) == ""


@pytest.mark.parametrize("wrong", ["", 123456789012, "2026-11-31 0123456789ab", "0123456789ab"])
def test_a_line_that_nobody_can_have_written_by_hand_is_refused(wrong: object) -> None:
    """Such as a day that does not exist, or the digits alone."""
    with pytest.raises(SiteError, match="translated_from is"):
        parse("door.md", {**META, "translated_from": wrong})


@pytest.mark.parametrize(
    "wrong", ["M.", "2026-11-22", ", 2026-11-22", "M., 22 November 2026", "M., 2026-11-31"]
)
def test_who_checked_a_page_says_when(wrong: str) -> None:
    """By a role and the day; a name alone would say neither."""
    with pytest.raises(SiteError, match=r"door\.md: native_checker is "):
        parse("door.md", {**META, "native_checker": wrong})


def test_a_role_and_a_day_are_enough() -> None:
    """A name stands there only with consent, and nothing asks for one."""
    said = "una traductora de Madrid, 2026-11-22"
    assert parse("door.md", {**META, "native_checker": said}).native_checker == said
    assert parse("door.md", {**META, "native_checker": None}).native_checker is None
    assert parse("door.md", {**META, "native_checker": "переводчица, 2026-11-22"}).is_checked


@pytest.mark.parametrize(("day", "is_checked"), [("22", True), ("23", True), ("21", False)])
def test_who_checked_an_older_text_has_not_checked_this_one(day: str, is_checked: bool) -> None:
    """The day on which a page was last held against the Dutch one is the oldest that counts."""
    line = f"2026-11-22 {fingerprint(PAGE)}"
    meta = {**META, "translated_from": line, "native_checker": f"una traductora, 2026-11-{day}"}

    assert parse("door.md", meta).is_checked is is_checked
    assert front_matter.is_checked(meta) is is_checked
