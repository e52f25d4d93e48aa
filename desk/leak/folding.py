"""Text reduced to what a reader would take it for, for the leak check in step 7 and the search in step 6.

Comes in: any text. Goes out: its letters and digits without accents, hidden characters and
look-alikes, each with its place in the text, and the words made of them. It refuses to know what a
word means.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

# Letters that look like Latin ones and are not taken apart by NFKD. Capital and small letter go to
# the same Latin letter, so that a word keeps its key however it is written.
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮҺԚԜавеѕіјкмнорстухүһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεζηικμνορτυχØøŁłĐđÐðĦħŦŧƏəıɡɑ",
    "ABESIJKMHOPCTYXYHQWabesijkmhopctyxyhqwABEZHIKMNOPTYXabezhikmnoptyxOoLlDdDdHhTtEeiga",
)
_PAIRS = {"Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Þ": "Th", "þ": "th"}
# Scripts that set no spaces between words, by the first word of the Unicode names.
_UNSPACED = frozenset(("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"))
_OPENING = frozenset("\"'“”‘’«»„([{*_•-–— ")
_ENDING = frozenset(".!?…\n")
_APOSTROPHES = frozenset("'’‘ʼ`´ʹ′＇")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `at[i]` is the place in the text as it came of character `i`, from 0."""

    text: str
    at: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a non-empty piece of the folded text stands in the text as it came."""
        return self.at[start], self.at[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits: its key in small letters, where it stands, how it begins."""

    key: str
    start: int  # in the folded text
    end: int
    is_capital: bool
    is_first: bool  # nothing but an opening mark between it and the end of a sentence or line


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    """One character without accents, or nothing; digits as ASCII, look-alikes as Latin."""
    folded = ""
    for part in unicodedata.normalize("NFKD", _PAIRS.get(character, character)):
        if unicodedata.category(part) in ("Mn", "Me", "Cf"):
            continue
        value = unicodedata.decimal(part, None)
        folded += part if value is None else str(value)
    return folded.translate(_LOOKALIKES)


def fold(text: str) -> Folded:
    """Fold a text. Line breaks stay; every other white space becomes one ASCII space each."""
    pieces: list[str] = []
    at: list[int] = []
    for index, character in enumerate(text):
        blank = character.isspace() and character != "\n"
        folded = " " if blank else _fold(character)
        pieces.append(folded)
        at.extend([index] * len(folded))
    return Folded("".join(pieces), tuple(at))


class _Plain(dict[int, str]):
    """A table for `str.translate`: what `plain` makes of each character, kept once it was asked."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        if character in _APOSTROPHES:
            self[point] = ""
        else:
            self[point] = " " if character.isspace() else _fold(character).casefold()
        return self[point]


@cache
def _table() -> _Plain:
    return _Plain()


def plain(text: str) -> str:
    """A text as it is searched: folded, in small letters, without apostrophes, a space for each white space.

    The same letters and digits as in `fold`, at the speed that a hundred thousand stories need: a
    table that has each character, those of ASCII too, takes one walk through a text of any script.
    """
    return text.translate(_table())


def is_unspaced(character: str) -> bool:
    """Whether a character belongs to a script that sets no spaces between its words."""
    if character.isascii():
        return False
    return unicodedata.name(character, "").partition(" ")[0] in _UNSPACED


def _begins_sentence(text: str, start: int) -> bool:
    index = start - 1
    while index >= 0 and text[index] in _OPENING:
        index -= 1
    return index < 0 or text[index] in _ENDING


def _word(text: str, start: int, end: int) -> Word:
    key = text[start:end].casefold()
    return Word(key, start, end, text[start].isupper(), _begins_sentence(text, start))


def _runs(text: str) -> Iterator[Word]:
    start = None
    for index, character in enumerate(text):
        inside = character.isalnum() or unicodedata.category(character) == "Mc"
        if inside and start is None:
            start = index
        elif not inside and start is not None:
            yield _word(text, start, index)
            start = None
    if start is not None:
        yield _word(text, start, len(text))


def words(folded: Folded) -> tuple[Word, ...]:
    """All words in order; an apostrophe or a hyphen ends a word."""
    return tuple(_runs(folded.text))
