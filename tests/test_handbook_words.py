"""The handbook says what the program says: bold is what a button or screen reads, a letter in a box is a key of it."""

import re
from functools import cache

import polib
import pytest

from desk.page import keys
from desk.page.screen import MENU
from desk.strings import LANGUAGES, Strings
from tests.site import ROOT
from tests.test_handbook import HANDBOOK, PAGES

HANDLERS = [name for name in PAGES if name.startswith("handlers/")]
EVERY = [(language, name) for language in LANGUAGES for name in PAGES]
HOUR = "handlers/first-hour.md"  # walked, word by word
_FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
_CODE = re.compile(r"`[^`\n]+`")
_BOLD = re.compile(r"\*\*(?!\s)(.+?)\*\*", re.S)
_HOLE = re.compile(r"\\\{\w+\\\}")
# What is filled in stands in a label as somebody sees it: a day, a count, a name.
_FILLED = r".+?"
LEAST = 6  # letters beside the holes of a text, or it would fit nearly everything


def text_of(language: str, name: str) -> str:
    """A page without what is typed."""
    page = (HANDBOOK / language / name).read_text("utf-8")
    return _CODE.sub("", _FENCE.sub("", page))


def folded(text: str) -> str:
    return " ".join(text.split()).rstrip(".:")


@cache
def said(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every text of the desk and of the site as it stands, and those with holes as patterns."""
    site = polib.pofile(str(ROOT / "overrides/locale" / f"{language}.po"))
    texts = {folded(one) for one in Strings(language).texts.values()}
    texts |= {folded(one.msgstr) for one in site if one.msgstr}
    holes = {one for one in texts if "{" in one and len(re.sub(r"\{\w+\}|\W", "", one)) >= LEAST}
    return frozenset(texts | {one[:1].upper() + one[1:] for one in texts}), tuple(
        re.compile(_HOLE.sub(_FILLED, re.escape(one))) for one in holes
    )


def is_said(language: str, words: str) -> bool:
    """Whether the program says this somewhere, word for word, with whatever is filled in."""
    texts, patterns = said(language)
    found = folded(words)
    return found in texts or any(one.fullmatch(found) for one in patterns)


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_what_is_bold_is_what_the_program_says(language: str, name: str) -> None:
    """A button, a field, a heading or a message, as the catalogs have it: nobody looks for one that is not there."""
    assert [
        one for one in _BOLD.findall(text_of(language, name)) if not is_said(language, one)
    ] == []


def test_both_languages_point_at_as_many_things() -> None:
    """What is bold in one is bold in the other."""
    for name in PAGES:
        found = [len(_BOLD.findall(text_of(language, name))) for language in LANGUAGES]
        assert found[0] == found[1], name


def test_a_word_that_nobody_says_is_seen() -> None:
    """The test above can fail: a label that was changed is no label any more."""
    assert is_said("en", "Lock")
    assert not is_said("en", "Lock the door")
    assert not is_said("nl", "Lock")
    assert is_said("en", "3 on the stick, 3 new, 0 known, 0 unreadable")
    assert not is_said("en", "Lock: the door")  # "{who}: {what}" is a text too


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_what_is_quoted_for_handlers_is_what_the_program_says(language: str, name: str) -> None:
    """Words between back quotes that are none to type: of the desk's texts; faults have a test of their own."""
    if name not in HANDLERS or "/faults" in name or name == HOUR:
        return
    page = _FENCE.sub("", (HANDBOOK / language / name).read_text("utf-8"))
    quoted = [one.strip("`") for one in _CODE.findall(page) if " " in one]
    typed = ("desk ", "make ")
    assert [one for one in quoted if not one.startswith(typed) and not is_said(language, one)] == []


def test_each_key_on_a_page_is_one_of_the_screen() -> None:
    """A letter in a box is pressed with the browser's own keys; what else is pressed has a name on the keyboard."""
    letters = {key.upper() for key in (*keys.ACTIONS.values(), *keys.OTHERS.values())}
    letters |= {key.upper() for _, _, key in MENU}
    named = {
        "Alt",
        "Shift",
        "Tab",
        "Enter",
        "Ctrl",
        "Space",
        "Spatie",
        "F",
    }  # Ctrl+F: seek in a page
    for language, name in EVERY:
        page = (HANDBOOK / language / name).read_text("utf-8")
        for one in re.findall(r"<kbd>([^<]+)</kbd>", page):
            assert set(one.split("+")) <= letters | named, f"{language}/{name}: {one}"
