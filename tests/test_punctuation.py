"""Signs behind words on built pages: those of the letters that stand before them, and one at a time."""

import re
from html import unescape

import pytest

from overrides.words import cldr
from overrides.words.strings import Strings
from tests.site import LANGUAGES, STRINGS, Built

# What a language of the site is written with, where that is not Latin.
SCRIPTS = {"bg": "Cyrl", "th": "Thai", "zh": "Hans", "ru": "Cyrl", "ar": "Arab"}
# How a Dutch sentence sounds keeps its signs, on a page and on the back of a card.
_OTHERS = re.compile(
    r"<(style|script|title).*?</\1>"
    r'|<span class="sound".*?</span>|<em lang="nl"(?: dir="ltr")?>[^<]*</em> [^<]*(?=</li>)',
    re.S,
)
_INLINE = re.compile(r"</?(?:a|b|bdi|em|strong|span|small|sup|i|code)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
# A sign of Latin letters behind one of the script; Thai shortens `ค.ศ.` and hours with a full stop.
_ASTRAY = {
    "Hans": re.compile(r"[\u4e00-\u9fff\uff09\u3002][.,;:](?=[\s\u4e00-\u9fff]|$)|\b112\."),
    "Thai": re.compile(r"(?<!ค\.ศ)(?<![\d ]น)(?<=[\u0e00-\u0e7f])\.(?=\s|$)|\b112\."),
    "Arab": re.compile(r"[\u0621-\u064a][,;?](?=\s|$)"),
}
_DOUBLED = re.compile(
    r"(?<![./])\.\.(?![./])|[\u3002!?\uff1f]\.|[.\u3002]\u3002|[^\s\d] +[.,;\u3002](?=\s|$)"
)


def text(html: str) -> str:
    """What is read on a page, a block to a line."""
    return unescape(_TAG.sub("\n", _INLINE.sub("", _OTHERS.sub("", html))))


def near(found: re.Match[str]) -> str:
    """The sign with what stands around it."""
    return found.string[max(0, found.start() - 25) : found.end() + 10]


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_are_those_of_the_letters_and_stand_once(built_site: Built, language: str) -> None:
    """No Latin full stop behind Thai or Chinese, no comma turned the wrong way, no two full stops."""
    patterns = [_DOUBLED, _ASTRAY.get(SCRIPTS.get(language, "Latn"), _DOUBLED)]
    pages = [page for page in built_site.pages if page.language == page.shown == language]
    assert len(pages) > 20
    astray = {
        near(found): page.path
        for page in pages
        for pattern in patterns
        for found in pattern.finditer(text(page.html))
    }
    assert astray == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letters_of_a_language_are_known(language: str) -> None:
    """By CLDR, from the code alone."""
    assert cldr.letters(language).script == SCRIPTS.get(language, "Latn")


@pytest.mark.parametrize(
    ("language", "said", "closed"),
    [
        ("nl", "Met vergunning", "Met vergunning."),
        ("nl", "<strong>Mag dat?</strong>", "<strong>Mag dat?</strong>"),
        ("bg", "10 май 2026\u202fг.", "10 май 2026\u202fг."),
        ("zh", "有时可以", "有时可以\u3002"),
        ("zh", "<span>可以吗？</span>", "<span>可以吗？</span>"),
        ("th", "ทำได้", "ทำได้"),
        ("ar", "ممكن؟", "ممكن؟"),
    ],
)
def test_words_are_closed_once_by_the_sign_of_their_letters(
    language: str, said: str, closed: str
) -> None:
    """What ends in a sign of its own gets no second one."""
    assert Strings(language, {}).closed(said) == closed


def test_things_in_a_row_have_the_comma_of_their_letters() -> None:
    """Built into generated sentences: a list of languages that somebody speaks."""
    assert STRINGS["zh"].letters.comma.join("ab") == "a\u3001b"
    assert STRINGS["ar"].letters.comma.join("ab") == "a\u060c b"
    assert STRINGS["pl"].letters.comma.join("ab") == "a, b"
