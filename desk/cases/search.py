"""Finds cases by words in them, between steps 6 and 7.

Comes in: words that a handler typed. Goes out: the cases that hold all of them. It refuses to write
what it read: texts are read from the store at the first search and then kept in memory only.
"""

import re
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache

from desk.canon import Value
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.errors import Refused
from desk.store.event import Event
from desk.wire import parse_complaint

_TEXTS = ("received", "followed_up", "noted", "translated")  # kinds of event with words to find
_LOST = ("Mn", "Me", "Cf")  # marks on letters, and characters that nobody sees
_ACCENTS = re.compile("[\u0300-\u036f]+")  # the same for most of Europe, several times faster


@cache
def _lost() -> Mapping[int, None]:
    """Every character that makes no difference to a search, as a table that takes it away."""
    points = range(sys.maxunicode + 1)
    return {point: None for point in points if unicodedata.category(chr(point)) in _LOST}


def fold(text: str) -> str:
    """A text as it is compared: no capitals, no marks on letters, one form of each character."""
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    if not text.isascii():
        text = text.translate(_lost())
    return " ".join(text.lower().split())


def _story(text: Value) -> str:
    try:
        return str(parse_complaint(str(text).encode("utf-8")).values.get("story", ""))
    except (Refused, UnicodeEncodeError):
        return ""


def _words_of(event: Event) -> str:
    if event.kind in ("received", "followed_up"):
        return fold(_story(event.values.get("complaint")))
    return fold(str(event.values.get("text", "")))


class Search:
    """The words of every case in a book; keep one as long as the store is open."""

    def __init__(self, book: Casebook) -> None:
        self._book = book
        self._words: dict[str, list[str]] = {}  # subject: the texts in its thread
        self._read: dict[str, int] = {}  # subject: how much of its thread was read

    def find(self, words: str) -> list[Case]:
        """The cases that hold every word, as part of a word or whole, in the order they came.

        Looks in pseudonym, municipality, the name of what it is about, title, story, notes and
        translations. Nothing is found by no word.
        """
        wanted = fold(words).split()
        if not wanted:
            return []
        self._catch_up()
        return [case for case in self._book.cases.values() if self._has(case, wanted)]

    def _has(self, case: Case, wanted: list[str]) -> bool:
        head = fold("\n".join((case.pseudonym, case.municipality, case.about_name, case.title)))
        texts = (head, *self._words[case.subject])
        return all(any(word in text for text in texts) for word in wanted)

    def _catch_up(self) -> None:
        cases = self._book.cases
        for subject in self._words.keys() - cases.keys():  # erased since
            del self._words[subject], self._read[subject]
        if not self._words:
            self._read_all()
        for case in cases.values():
            known = self._words.setdefault(case.subject, [])
            for entry in case.thread[self._read.get(case.subject, 0) :]:
                if entry.kind in _TEXTS:
                    known.append(_words_of(self._book.vault.read(entry.place)))
            self._read[case.subject] = len(case.thread)

    def _read_all(self) -> None:
        """The first time, read the store from end to end: far cheaper than event by event."""
        for _, event in self._book.vault.events():
            case = self._book.get(event.subject)
            if case is not None and event.kind in _TEXTS:
                self._words.setdefault(case.subject, []).append(_words_of(event))
        self._read.update({case.subject: len(case.thread) for case in self._book.cases.values()})
