"""How alike two stories are, for the import between steps 6 and 7: sketches, and which is like which.

Comes in: texts, one by one. Goes out: an earlier text that each is nearly the same as, found in a
time that does not grow with their number. It refuses to know cases, and what likeness means: that
is for `floods` to suggest and for a handler to decide.
"""

import re
import unicodedata
from array import array
from dataclasses import dataclass
from operator import eq
from zlib import crc32

WORDS_IN_RUN = 2  # stories about one subject share words, but few in the same order
LETTERS_IN_RUN = 5  # where words are not written apart
SHORT_WORDS = 8  # a text of fewer words says too little to be known by: it must be the very same
ALIKE = 0.4  # share of runs in common; stories that merely share words stay under 0.2
BINS = 64  # numbers in a sketch; the share of equal ones tells the likeness within 0.06
_BANDS = 12  # pairs of numbers under which a sketch is filed; at 0.5 alike, 97 of 100 share a pair
_FAR = 0x9E3779B1  # odd, so that what a bin borrows tells from how far
_NUMBERS = 2**32
# Thai, Lao, Burmese, Khmer, Japanese and Chinese: each letter counts as a word there.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+")
_NOUGHTS = re.compile(b"00+")
# Every letter small, every digit a nought, and a space for all that is no part of a word.
_ASCII = bytes(
    ord("0")
    if 48 <= one <= 57
    else ord(chr(one).lower())
    if chr(one).isalnum() or one == 95
    else 32
    for one in range(128)
) + bytes(128)
_LETTERS = re.compile(f"[{_UNSPACED}]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text to compare it by: 64 numbers of 32 bits, which do not give it back."""

    numbers: "array[int]"
    is_short: bool


def _words(text: str) -> tuple[list[bytes], int]:
    """The words of a text, and how many of them in a row are a run.

    They come without case, width, punctuation and the values of numbers, in UTF-8.
    """
    if text.isascii():
        # The same words as below, in a fifth of the time: most texts have no other letters.
        plain = text.encode("ascii").translate(_ASCII)
        return (_NOUGHTS.sub(b"0", plain) if b"00" in plain else plain).split(), WORDS_IN_RUN
    folded = _DIGITS.sub("0", unicodedata.normalize("NFKC", text).casefold())
    found = _WORD.findall(folded)
    letters = len(_LETTERS.findall(folded))
    octets = "\n".join(found).encode("utf-8", "surrogatepass").split(b"\n")
    return octets, LETTERS_IN_RUN if 2 * letters > len(found) else WORDS_IN_RUN


def _runs(found: list[bytes], length: int) -> list[int]:
    """A number for each run of so many words: a check-sum of them all."""
    # It is easy to forge, which gains nothing: nothing is dropped for being alike.
    numbers = list(map(crc32, found))
    for start in range(1, length):
        numbers = list(map(crc32, found[start:], numbers))
    return numbers


def _fill(least: list[int]) -> "array[int]":
    """Give each bin without a number that of the next one that has, marked by how far it came."""
    first = next(place for place, own in enumerate(least) if own < _NUMBERS)
    # From behind, and beyond the end stands the first again.
    number, away, numbers = least[first], first, array("I", bytes(4 * BINS))
    for place in range(BINS - 1, -1, -1):
        own = least[place]
        number, away = (own, 0) if own < _NUMBERS else (number, away + 1)
        numbers[place] = (number + away * _FAR) % _NUMBERS
    return numbers


def sketch(text: str) -> Sketch:
    """Draw up the sketch of a text: the least number of its runs in each bin (Li, Owen and Zhang)."""
    found, length = _words(text)
    is_short = len(found) < SHORT_WORDS
    least = [_NUMBERS] * BINS
    for number in _runs([b" ".join(found)], 1) if is_short else _runs(found, length):
        if number < least[number % BINS]:
            least[number % BINS] = number
    return Sketch(_fill(least), is_short)


def likeness(one: Sketch, other: Sketch) -> float:
    """The share of runs that two texts have in common, 0 to 1, as their sketches tell it."""
    return int(sum(map(eq, one.numbers, other.numbers))) / BINS


class Files:
    """Sketches on file, each under a few pairs of its numbers; a pair leads to the first only."""

    def __init__(self) -> None:
        # One after another in one row each: a hundred thousand objects would take three times as much.
        self._kept = array("I")
        self._groups = array("I")
        self._by_pair: tuple[dict[int, int], ...] = tuple({} for _ in range(_BANDS))

    def _pairs(self, one: Sketch) -> list[int]:
        firsts, seconds = one.numbers[: 2 * _BANDS : 2], one.numbers[1 : 2 * _BANDS : 2]
        # Sixty bits of the two are told apart as well as all, and take less memory.
        return [(a << 28) | (b >> 4) for a, b in zip(firsts, seconds, strict=True)]

    def add(self, one: Sketch, group: int) -> None:
        """File a sketch as one by which a group is known."""
        place = len(self._groups)
        for known, pair in zip(self._by_pair, self._pairs(one), strict=True):
            known.setdefault(pair, place)
        self._kept.extend(one.numbers)
        self._groups.append(group)

    def find(self, one: Sketch) -> int | None:
        """The group of the most alike sketch on file, of those that share a pair and are alike."""
        pairs = zip(self._by_pair, self._pairs(one), strict=True)
        places = {known[pair] for known, pair in pairs if pair in known}
        found = [(likeness(one, self._at(place)), -place) for place in places]
        best, place = max(found, default=(0.0, 0))
        return self._groups[-place] if best >= ALIKE else None

    def _at(self, place: int) -> Sketch:
        return Sketch(self._kept[place * BINS : (place + 1) * BINS], False)
