"""Digits however they are written, part of the leak check in step 7.

Comes in: a folded text and its words. Goes out: digits that stand together, in figures, in words of
Dutch or English, or both. It refuses to know whose number it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desk.leak.folding import Word, fold, words

_DIGIT_RUN = re.compile(r"[0-9](?:[\W_]{0,3}[0-9])*")
_MOST_BETWEEN = 3  # marks between two digits that belong together
_FIGURE_LIKE = re.compile(r"[0-9oil]*[0-9][0-9oil]*")
_LETTERS = str.maketrans("oil", "011")
_UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_UNITS_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien"),
    *("achttien", "negentien"),
)
_TEENS_EN = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _number_words() -> Iterator[tuple[str, str]]:
    yield "oh", "0"
    for units in (_UNITS, _UNITS_EN):
        yield from ((word, str(number)) for number, word in enumerate(units))
    for teens in (_TEENS, _TEENS_EN):
        yield from ((word, str(number)) for number, word in enumerate(teens, 10))
    for ten, word in enumerate(_TENS, 2):
        yield word, f"{ten}0"
        yield from ((f"{unit}en{word}", f"{ten}{one}") for one, unit in enumerate(_UNITS) if one)


_WORDS: Mapping[str, str] = dict(_number_words())
_ENGLISH_TENS: Mapping[str, str] = {word: str(ten) for ten, word in enumerate(_TENS_EN, 2)}
_ENGLISH_UNITS = frozenset(_UNITS_EN[1:])


_ONE_NUMBER = "|".join(
    sorted((*_WORDS, *_ENGLISH_TENS, "[0-9oil]*[0-9][0-9oil]*"), key=len, reverse=True)
)
_SAID = frozenset((*_WORDS, *_ENGLISH_TENS))
_FIGURE = re.compile("[0-9]")
_NUMBERS = re.compile(rf"(?<![^\W_])(?:{_ONE_NUMBER})(?:[\W_]{{1,3}}(?:{_ONE_NUMBER}))*(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Digit:
    """One digit, and where it stands; a digit written as a word is as wide as the word."""

    value: str
    start: int
    end: int


def _figures(text: str) -> Iterator[list[Digit]]:
    for found in _DIGIT_RUN.finditer(text):
        places = (place for place in range(*found.span()) if text[place].isdigit())
        yield [Digit(text[place], place, place + 1) for place in places]


def _value(key: str, after: str = "") -> str:
    """The digits of a word, if it is a number; "o6" and "l2" are read as they are meant."""
    if key in _ENGLISH_TENS:
        # "thirty four" is 34, "thirty" alone 30.
        return _ENGLISH_TENS[key] if after in _ENGLISH_UNITS else f"{_ENGLISH_TENS[key]}0"
    if key in _WORDS:
        return _WORDS[key]
    return key.translate(_LETTERS) if _FIGURE_LIKE.fullmatch(key) else ""


def _placed(value: str, word: Word) -> list[Digit]:
    """Each digit where it stands, or as wide as the word that says it."""
    if len(value) == word.end - word.start:
        return [Digit(digit, at, at + 1) for at, digit in enumerate(value, word.start)]
    return [Digit(digit, word.start, word.end) for digit in value]


def _mixed(text: str, found: Sequence[Word]) -> Iterator[list[Digit]]:
    """Numbers one after another, whatever they are written in."""
    keys = [text[word.start : word.end].casefold() for word in found]
    run: list[Digit] = []
    for index, word in enumerate(found):
        value = _value(*keys[index : index + 2])
        if run and (not value or word.start - run[-1].end > _MOST_BETWEEN):
            yield run
            run = []
        run += _placed(value, word)
    yield run


def _may_hold(text: str, least: int) -> bool:
    """Whether to look closer: most texts hold no number, and that is seen seven times faster."""
    figures = len(_FIGURE.findall(text))
    if figures >= least:
        return True
    # "een" is a word of every Dutch text.
    said = sum(1 for word in text.split() if word != "een" and word in _SAID)
    return said > 1 or (said > 0 and figures > 0)


def _digits(piece: str, least: int) -> list[str]:
    folded = fold(piece)
    runs = digit_runs(folded.text, words(folded), least=least)
    return ["".join(digit.value for digit in run) for run in runs]


def numbers(text: str, *, least: int) -> tuple[str, list[str]]:
    """A text in small letters without its numbers of at least so many digits, and those as digits."""
    found: list[str] = []
    if not _may_hold(text, least):
        return text, found

    def take(match: re.Match[str]) -> str:
        digits = _digits(match[0], least) if len(match[0]) >= least else []
        found.extend(digits)
        return " " if digits else match[0]

    return _NUMBERS.sub(take, text), found


def digit_runs(text: str, found: Sequence[Word], *, least: int) -> Iterator[list[Digit]]:
    """Digits of a folded text that stand together, at least so many."""
    for run in (*_figures(text), *_mixed(text, found)):
        if len(run) >= least:
            yield run
