"""Finds cases by words in them, between steps 6 and 7.

Comes in: words that a handler typed. Goes out: the cases that hold all of them. It refuses to write
what it read: texts are read from the store at the first search and then kept in memory only.
"""

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.errors import Refused
from desk.leak.folding import plain
from desk.leak.numerals import numbers
from desk.store.event import Event
from desk.wire.canon import Value
from desk.wire.envelope import parse_complaint

_TEXTS = ("received", "followed_up", "noted", "translated")  # kinds of event with words to find
_LEAST, _TAIL = 4, 8  # digits of a number that is looked for; of a telephone, whatever is in front


def _searched(text: str) -> str:
    """A text as it is searched: folded, and behind it its numbers as digits alone."""
    folded = plain(text)
    return "\n".join((folded, *numbers(folded, least=_LEAST)[1]))


def _story(text: Value) -> str:
    try:
        return str(parse_complaint(str(text).encode("utf-8")).values.get("story", ""))
    except (Refused, UnicodeEncodeError):
        return ""


def _words_of(event: Event) -> str:
    if event.kind in ("received", "followed_up"):
        return _searched(_story(event.values.get("complaint")))
    return _searched(str(event.values.get("text", "")))


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
        folded = plain(words)
        wanted, (rest, found) = folded.split(), numbers(folded, least=_LEAST)
        if not wanted:
            return []
        self._catch_up()
        # A number is found in whatever form it was written, here and there.
        digits = [number[-_TAIL:] for number in found]
        others = [word for word in rest.split() if any(map(str.isalnum, word))]
        ways = [wanted, [*others, *digits]] if digits else [wanted]
        cases = self._book.cases.values()
        return [case for case in cases if any(self._has(case, way) for way in ways)]

    def _has(self, case: Case, wanted: list[str]) -> bool:
        head = "\n".join((case.pseudonym, case.municipality, case.about_name, case.title))
        texts = (_searched(head), *self._words[case.subject])
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
