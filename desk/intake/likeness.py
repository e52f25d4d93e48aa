"""How alike two stories are, for the import between steps 6 and 7: sketches, and which is like which.

Comes in: texts, one by one. Goes out: an earlier text that each is nearly the same as, found in a
time that does not grow with their number. It refuses to know cases, and what likeness means: that
is for `floods` to suggest and for a handler to decide.
"""

import re
import unicodedata
from array import array
from dataclasses import dataclass
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
_LETTERS = re.compile(f"[{_UNSPACED}]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text to compare it by: 64 numbers of 32 bits, which do not give it back."""

    numbers: "array[int]"
    is_short: bool


def words(text: str) -> list[str]:
    """The words of a text, without case, width, punctuation and the values of numbers."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _WORD.findall(_DIGITS.sub("0", plain))


def _number(words_of_run: tuple[str, ...] | list[str]) -> int:
    # A check-sum is easy to forge, which gains nothing: nothing is dropped for being alike.
    return crc32(" ".join(words_of_run).encode("utf-8", "surrogatepass"))


def _runs(found: list[str], is_short: bool) -> set[int]:
    if is_short:
        return {_number(found)}
    letters = sum(1 for word in found if len(word) == 1 and _LETTERS.match(word))
    length = LETTERS_IN_RUN if 2 * letters > len(found) else WORDS_IN_RUN
    return {_number(run) for run in zip(*(found[start:] for start in range(length)), strict=False)}


def _fill(least: dict[int, int]) -> "array[int]":
    """Give each bin without a number that of the next one that has, marked by how far it came."""
    numbers = array("I", bytes(4 * BINS))
    # Twice around, so that the last bins can borrow from the first.
    number, away = 0, 0
    for place in range(2 * BINS - 1, -1, -1):
        own = least.get(place % BINS)
        number, away = (number, away + 1) if own is None else (own, 0)
        numbers[place % BINS] = (number + away * _FAR) % _NUMBERS
    return numbers


def sketch(text: str) -> Sketch:
    """Draw up the sketch of a text: the least number of its runs in each bin (Li, Owen and Zhang)."""
    found = words(text)
    is_short = len(found) < SHORT_WORDS
    # The least comes last and stays.
    least = {number % BINS: number for number in sorted(_runs(found, is_short), reverse=True)}
    return Sketch(_fill(least), is_short)


def likeness(one: Sketch, other: Sketch) -> float:
    """The share of runs that two texts have in common, 0 to 1, as their sketches tell it."""
    return sum(map(int.__eq__, one.numbers, other.numbers)) / BINS


class Files:
    """Sketches on file, each under a few pairs of its numbers; a pair leads to the first only."""

    def __init__(self) -> None:
        self._kept: list[tuple[Sketch, int]] = []
        self._by_pair: dict[int, int] = {}

    def _pairs(self, one: Sketch) -> list[int]:
        pairs = zip(one.numbers[: 2 * _BANDS : 2], one.numbers[1 : 2 * _BANDS : 2], strict=True)
        return [(band << 64) | (a << 32) | b for band, (a, b) in enumerate(pairs)]

    def add(self, one: Sketch, group: int) -> None:
        """File a sketch as one by which a group is known."""
        for pair in self._pairs(one):
            self._by_pair.setdefault(pair, len(self._kept))
        self._kept.append((one, group))

    def find(self, one: Sketch) -> int | None:
        """The group of the most alike sketch on file, of those that share a pair and are alike."""
        places = {self._by_pair[pair] for pair in self._pairs(one) if pair in self._by_pair}
        found = [(likeness(one, self._kept[place][0]), -place) for place in places]
        best, place = max(found, default=(0.0, 0))
        return self._kept[-place][1] if best >= ALIKE else None
