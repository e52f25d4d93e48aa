"""What a desk answers for: every text a setting without a default, on the pages that promise it."""

import pytest
import yaml

from overrides.frame.accountability import MOST_SIGNS, TEXTS
from overrides.frame.settings import refusals, refuse_other_languages
from overrides.words.errors import SiteError
from tests.site import LANGUAGES, ROOT, SETTINGS, released

GOOD = {name: {"nl": f"{name} in woorden", "en": f"{name} in words"} for name in TEXTS}


def refused(texts: object) -> list[str]:
    """What a release says to these texts, each with what to write."""
    found = refusals(yaml.safe_load(released(accountability=texts)), release=True)
    assert all(one.hint for one in found)
    return [str(one) for one in found]


def test_a_release_names_every_text_that_is_still_open() -> None:
    """In both languages; the practice settings have nothing but blanks."""
    practice = yaml.safe_load(SETTINGS.read_text("utf-8"))["accountability"]

    assert refused(practice) == [
        f"a release refuses the blank in accountability {name} ({language})"
        for name in TEXTS
        for language in ("en", "nl")
    ]
    assert refused(GOOD) == []


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_can_be_left_out(name: str) -> None:
    """Not whole, and not in one of the two languages."""
    expected = [f"accountability {name} has no text in nl and en"]

    assert refused({**GOOD, name: {"nl": "Een tekst."}}) == expected
    assert refused({one: text for one, text in GOOD.items() if one != name}) == expected


@pytest.mark.parametrize("words", ["", " a", "a\nb", "x" * (MOST_SIGNS + 1), 7, None])
def test_a_text_is_one_line(words: object) -> None:
    """What is no text, too long or of several lines is refused by its name and language."""
    (found,) = refused({**GOOD, "funding": {"nl": "Een tekst.", "en": words}})

    assert found.startswith("accountability funding (`en`) is ")


def test_an_unknown_text_is_refused() -> None:
    """A mistyped name never becomes a text that no page shows."""
    assert refused({**GOOD, "founding": {"nl": "a", "en": "a"}}) == [
        "accountability has the unknown text `founding`"
    ]


def test_a_text_in_a_language_that_the_site_has_not_is_refused() -> None:
    """Nobody would read it."""
    raw = {"accountability": {**GOOD, "funding": {"nl": "a", "en": "a", "xx": "a"}}}

    with pytest.raises(SiteError, match="accountability has a text in `xx`"):
        refuse_other_languages(raw, LANGUAGES)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_text_stands_on_a_page(language: str) -> None:
    """What the desk had to write down is read somewhere."""
    pages = [path.read_text("utf-8") for path in (ROOT / "docs" / language).glob("*.md")]

    assert [name for name in TEXTS if not any(f"{{{{ {name} }}}}" in page for page in pages)] == []
