"""Every page speaks the language that it says it does, piece by piece: nothing is left in Dutch or English."""

import re
from collections.abc import Iterator

import pytest

from overrides.frame.translation import SOURCE_LANGUAGES
from tests.site import LANGUAGES, MADE, OWN, Built
from tests.spoken import Ear, is_long, pieces, without_names
from tests.test_parity import NEED

_WORD = re.compile(
    r"(?<!\w)[a-z]{2,}(?!\w)"
)  # no name begins with a small letter, and most have one at most
_LISTS = ("places",)  # names of places and nothing else
TRANSLATIONS = [language for language in LANGUAGES if language not in SOURCE_LANGUAGES]


@pytest.fixture(scope="module")
def ear() -> Ear:
    """The library with its model, which takes a tenth of a second to load."""
    return Ear()


def said(built: Built, language: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Page and text of each piece in the language of its folder."""
    for name in names:
        path = f"/{language}/" if name == "index" else f"/{language}/{name}/"
        yield from ((name, text) for code, text in pieces(built.text(path)) if code == language)


def untranslated(own: list[str], originals: set[str]) -> list[str]:
    """The pieces that stand word for word in an original and are no names."""
    words = {text: _WORD.findall(without_names(text)) for text in own if text in originals}
    return [text for text, found in words.items() if len(found) > 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_long_paragraph_is_in_the_language_of_its_page(
    built_site: Built, ear: Ear, language: str
) -> None:
    """Of the pages of need, of what else was translated, and of those made from data; heard by a library."""
    need = tuple(name.removesuffix(".md") for name in NEED)
    own = need if language in SOURCE_LANGUAGES else OWN[language]
    heard = [
        (name, text, ear.hears(text, language))
        for name, text in said(built_site, language, (*own, *MADE))
        if is_long(without_names(text))
    ]
    assert len(heard) > 200
    assert [(name, text, code) for name, text, code in heard if code != language] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_sentence_is_left_untranslated(built_site: Built, language: str) -> None:
    """Without a mark of its own language nothing of a page is, word for word, of the Dutch or English one."""
    names = (*OWN[language], *(name for name in MADE if not name.startswith(_LISTS)))
    for name in names:
        (one,) = ((name,),)
        originals = {text for code in SOURCE_LANGUAGES for _, text in said(built_site, code, one)}
        own = [text for _, text in said(built_site, language, one)]
        assert own, name
        assert untranslated(own, originals) == [], name


def test_a_sentence_that_was_left_is_found() -> None:
    """In a paragraph, in a heading, beside a link; marked with its language it is no fault, and a name is none."""
    nl = '<main lang="nl"><h2>Wie is het?</h2><p>Bel de <a href="x">politie</a>.</p><b>Hoek van Holland</b></main>'
    originals = {text for _, text in pieces(nl)}
    left = nl.replace('"nl"', '"es"')
    marked = left.replace("<p>", '<p lang="nl">')

    assert originals == {"Wie is het?", "Bel de politie.", "Hoek van Holland"}
    assert untranslated([text for _, text in pieces(left)], originals) == [
        "Wie is het?",
        "Bel de politie.",
    ]
    own = [text for code, text in pieces(marked) if code == "es"]
    assert untranslated(own, originals) == ["Wie is het?"]


def test_the_ear_knows_a_page_in_another_language(built_site: Built, ear: Ear) -> None:
    """A page in the folder of another language would be heard in nearly every long piece."""
    for language in LANGUAGES:
        found = [text for _, text in said(built_site, language, ("door",))]
        long = [text for text in found if is_long(without_names(text))]
        assert len(long) > 15
        for other in [code for code in LANGUAGES if code != language]:
            strange = [text for text in long if ear.hears(text, other) != other]
            assert len(strange) > 0.9 * len(long), (language, other)
