"""Front matter: a reading page says what it is and how fresh; anything else stops the build."""

from datetime import date

import pytest

from overrides.facts.front_matter import parse
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
