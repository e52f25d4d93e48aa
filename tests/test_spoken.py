"""Which language each word of a built page is in, in every language and on every type of page; and what it weighs."""

import re

import brotli
import pytest

from overrides.words import bidi
from tests.site import LANGUAGES, MADE, PAGES, STRINGS, Built, Element, asset
from tests.soak import SOAK

FIRST_FLIGHT_BYTES = 14_336
HEAVIEST = 2  # of each language, packed as a server would; all of them in a soak
_TAG = re.compile(r"<[a-z][^>]*>")
_NAME = re.compile(r"\s([a-z-]+)=")
# Letters of one script, and the languages of the site that are written in it.
SCRIPTS = {
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "ru bg": re.compile(r"[\u0400-\u04ff]"),
}
QUIET = {"title", "meta", "style", "script"}


def spoken(element: Element) -> str:
    """The language in which an element says its words."""
    marks = [
        one.attributes["lang"] for one in (*element.inside, element) if "lang" in one.attributes
    ]
    return marks[-1]


def directed(element: Element) -> str:
    """The direction in which it says them; what has none of its own has that of what is around it."""
    around = (*element.inside, element)
    return next(one.attributes["dir"] for one in reversed(around) if "dir" in one.attributes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_script_stands_nowhere_but_in_its_own_language(built_site: Built, language: str) -> None:
    """Whatever is written in other letters than the page carries the language that it is in."""
    for page in [page for page in built_site.pages if page.language == language]:
        outer = {id(one.inside[-1]) for one in page.elements if one.inside}
        for element in page.elements:
            # Words stand in what holds no other element, in lists and in menus.
            words = "" if element.tag in QUIET or id(element) in outer else element.text
            for owners, letters in SCRIPTS.items():
                if letters.search(words):
                    assert spoken(element) in owners.split(), (page.path, words[:60])


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_names_a_language_of_the_other_direction_names_its_direction(
    built_site: Built, language: str
) -> None:
    """Else Dutch on an Arabic page would end with its full stop in front."""
    for page in [page for page in built_site.pages if page.language == language]:
        for element in page.elements:
            code = element.attributes.get("lang", "")
            if not code or element.tag == "option":
                continue
            t = STRINGS.get(code)
            assert directed(element) in ("auto", t.direction if t else "ltr"), (
                page.path,
                element.text[:60],
            )


def test_no_tag_says_a_thing_twice(built_site: Built) -> None:
    """A browser takes the first of two attributes of one name, and nobody sees the other."""
    for page in built_site.pages:
        for tag in set(_TAG.findall(page.html)):
            names = _NAME.findall(re.sub(r'"[^"]*"', "", tag))
            assert len(names) == len(set(names)), (page.path, tag)


def test_numbers_and_latin_words_are_set_apart_from_right_to_left(built_site: Built) -> None:
    """On every page of every such language: doing it once more changes nothing."""
    for page in [page for page in built_site.pages if page.language]:
        if STRINGS[page.language].direction == "rtl":
            assert bidi.isolate(page.html) == page.html, page.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_pages_are_one_first_flight(built_site: Built, language: str) -> None:
    """With style, icon and the exit, and with every language in the menu."""
    shared = sum(
        len(brotli.compress(built_site.files[asset(name)]))
        for name in ("site.css", "icon.svg", "leave.js")
    )
    names = [
        f"{language}/{name}/index.html"
        for name in (*PAGES[1:], *MADE)
        if name not in ("write", "answer")
    ]
    names.sort(key=lambda name: len(built_site.files[name]))
    for name in names if SOAK else names[-HEAVIEST:]:
        assert shared + len(brotli.compress(built_site.files[name])) <= FIRST_FLIGHT_BYTES, name
