"""Finds cases by words in them, between steps 6 and 7.

Comes in: words that a handler typed. Goes out: the cases that hold all of them. It refuses to write
what it read: texts are read from the store at the first search and then kept in memory only.
"""

import re
from collections.abc import Mapping
from operator import attrgetter

from desk.cases.begin import line, story_again
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.leak.folding import plain
from desk.leak.numerals import numbers
from desk.wire.canon import Value

_TEXTS = ("received", "followed_up", "noted", "translated")  # kinds of event with words to find
_LEAST, _TAIL = 4, 8  # digits of a number that is looked for; of a telephone, whatever is in front
_BATCH = attrgetter("batch")
_FIGURE = re.compile("[0-9]")


def _words_of(values: Mapping[str, Value]) -> str:
    return plain(story_again(values) if "complaint" in values else line(values, "text"))


def _digits_in(texts: str) -> str:
    """The numbers in folded texts, one on each line, as digits alone."""
    found = (numbers(" ".join(text.split()), least=_LEAST)[1] for text in texts.split("\n"))
    return "\n".join(number for one in found for number in one)


class Search:
    """The words of every case in a book; keep one as long as the store is open."""

    def __init__(self, book: Casebook) -> None:
        self._book = book
        self._words: dict[
            str, str
        ] = {}  # subject: the folded texts in its thread, one on each line
        self._read: dict[str, int] = {}  # subject: how much of its thread was read
        self._digits: dict[str, str] = {}  # subject: the numbers in its texts, once one was sought

    def find(self, words: str) -> list[Case]:
        """The cases that hold every word, as part of a word or whole, in the order they came.

        Looks in pseudonym, municipality, the name of what it is about, title, story, notes and
        translations. Nothing is found by no word.
        """
        folded = " ".join(plain(words).split())
        wanted, (rest, found) = folded.split(), numbers(folded, least=_LEAST)
        if not wanted:
            return []
        self._catch_up()
        # A number is found in whatever form it was written, here and there.
        digits = [number[-_TAIL:] for number in found]
        others = [word for word in rest.split() if any(map(str.isalnum, word))]
        ways = [wanted, [*others, *digits]] if digits else [wanted]
        # Only figures are found in figures, so most searches need not look for numbers in texts.
        of_figures = any(map(_FIGURE.search, (*wanted, *digits)))
        cases = self._book.cases.values()
        return [case for case in cases if any(self._has(case, way, of_figures) for way in ways)]

    def _has(self, case: Case, wanted: list[str], of_figures: bool) -> bool:
        text = self._words.get(case.subject, "")
        missing = [word for word in wanted if word not in text]
        if not missing:
            return True
        parts = (case.pseudonym, case.municipality, case.about_name, case.title)
        head = plain("\n".join(parts))
        more = f"{_digits_in(head)}\n{self._digits_of(case.subject)}" if of_figures else ""
        return all(word in head or word in more for word in missing)

    def _digits_of(self, subject: str) -> str:
        if subject not in self._digits:
            self._digits[subject] = _digits_in(self._words.get(subject, ""))
        return self._digits[subject]

    def _catch_up(self) -> None:
        cases = self._book.cases
        for subject in self._read.keys() - cases.keys():  # erased since
            for kept in (self._words, self._digits):
                kept.pop(subject, None)
        new = {
            entry.place: subject
            for subject, case in cases.items()
            for entry in case.thread[self._read.get(subject, 0) :]
            if entry.kind in _TEXTS
        }
        words, digits = self._words, self._digits
        # In the order of batches, so that each is read once.
        for place, values in self._book.vault.values_again(sorted(new, key=_BATCH)):
            subject, text = new[place], _words_of(values)
            words[subject] = f"{words[subject]}\n{text}" if subject in words else text
            digits.pop(subject, None)
        self._read = {subject: len(case.thread) for subject, case in cases.items()}
