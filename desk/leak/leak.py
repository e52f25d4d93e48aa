"""The leak check of step 7: what of a case stands in a text that is about to leave the desk.

Comes in: the text, and what the case may not tell. Goes out: kinds and places, never the words
themselves. It refuses to know whom a letter is for; what may stand in it, its caller says.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desk.leak import dates, shapes
from desk.leak.folding import Folded, Word, fold, is_unspaced, words
from desk.leak.known import DIGITS, SURE_DIGITS, Known, Span, joined
from desk.leak.numerals import digit_runs

KINDS = (  # the closed list of what a leak can be
    "name",
    "number",
    "phrase",
    "date",
    "month",
    "time",
    "mail",
    "web",
    "handle",
    "iban",
    "plate",
    "phone",
)
RUN_WORDS = 6
RUN_CHARACTERS = 12  # of a script that sets no spaces between words


@dataclass(frozen=True, slots=True)
class Leak:
    """A kind out of `KINDS`, and where it stands: characters of the text, counted from 0."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LeakSource:
    """What a case knows and a letter may not tell, and the little that it may."""

    names: tuple[str, ...] = ()  # every word of these is a name
    wholes: tuple[str, ...] = ()  # names only as a whole: a pseudonym, a town
    texts: tuple[str, ...] = ()  # the complaint, notes, translations
    years: tuple[int, ...] = ()  # that may stand by themselves
    months: bool = True  # whether a month may stand


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    start: int  # in the folded text
    end: int


def _names(known: Known, text: Folded, found: Sequence[Word]) -> Iterator[_Found]:
    for first, last, key in joined(found):
        if known.is_name(key, found[first], alone=first == last):
            yield _Found("name", found[first].start, found[last].end)
    for name in known.unspaced:
        for within in re.finditer(re.escape(name), text.text.lower()):
            yield _Found("name", *within.span())


def _blanked(text: str, years: Iterable[int]) -> str:
    """The text without years that may stand, when they stand alone, and articles of law."""
    text = dates.without_articles(text)
    for start, end in dates.years(text):
        if int(text[start:end]) in years:
            text = f"{text[:start]}{'y' * (end - start)}{text[end:]}"
    return text


def _numbers(known: Known, text: str, found: Sequence[Word], *, size: int) -> Iterator[_Found]:
    for run in digit_runs(text, found, least=size):
        for start in range(len(run) - size + 1):
            window = run[start : start + size]
            if "".join(digit.value for digit in window) in known.numbers:
                yield _Found("number", window[0].start, window[-1].end)


def _word_runs(found: Sequence[Word]) -> Iterator[tuple[tuple[str, ...], Span]]:
    for index in range(len(found) - RUN_WORDS + 1):
        run = found[index : index + RUN_WORDS]
        yield tuple(word.key for word in run), (run[0].start, run[-1].end)


def _character_runs(text: str) -> Iterator[tuple[str, Span]]:
    at = [index for index, character in enumerate(text) if is_unspaced(character)]
    for index in range(len(at) - RUN_CHARACTERS + 1):
        run = at[index : index + RUN_CHARACTERS]
        yield "".join(text[place] for place in run), (run[0], run[-1] + 1)


def _phrases(source: LeakSource, text: Folded, found: Sequence[Word]) -> Iterator[_Found]:
    told = [fold(part) for part in source.texts]
    told_words = {run for part in told for run, _ in _word_runs(words(part))}
    told_characters = {run for part in told for run, _ in _character_runs(part.text)}
    for keys, span in _word_runs(found):
        if keys in told_words:
            yield _Found("phrase", *span)
    for run, span in _character_runs(text.text):
        if run in told_characters:
            yield _Found("phrase", *span)


def _shapes(source: LeakSource, text: str, blanked: str) -> Iterator[_Found]:
    for span in shapes.phones(blanked):
        yield _Found("phone", *span)
    for kind, span in shapes.shapes(text):
        yield _Found(kind, *span)
    for span in dates.days(text):
        yield _Found("date", *span)
    for span in dates.times(text):
        yield _Found("time", *span)
    if not source.months:
        for span in dates.months(text):
            yield _Found("month", *span)


def _joined_spans(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _outside(found: Iterable[Leak], spans: Iterable[Span]) -> Iterator[Leak]:
    allowed = _joined_spans(spans)
    for leak in found:
        if not any(start <= leak.start and leak.end <= end for start, end in allowed):
            yield leak


def _as_leaks(found: Iterable[_Found], text: Folded) -> Iterator[Leak]:
    for piece in found:
        yield Leak(piece.kind, *text.place(piece.start, piece.end))


def _merged(found: Iterable[Leak]) -> list[Leak]:
    by_kind: dict[str, list[Span]] = {}
    for leak in found:
        by_kind.setdefault(leak.kind, []).append((leak.start, leak.end))
    whole = [Leak(kind, *span) for kind, spans in by_kind.items() for span in _joined_spans(spans)]
    return sorted(whole, key=lambda leak: (leak.start, leak.end, KINDS.index(leak.kind)))


def leaks(
    text: str,
    source: LeakSource,
    *,
    fixed: Sequence[Span] = (),
    public: Sequence[Span] = (),
    named: Sequence[Span] = (),
) -> list[Leak]:
    """Everything of the case in a text, in the order of the text; overlaps of a kind are one.

    Spans: of `fixed`, words of a template, nothing wholly inside is a leak. `public` name a receiver:
    their shapes are no leaks, their words may be said. `named` may hold names and numbers.
    """
    folded = fold(text)
    found = words(folded)
    said = {key for start, end in public for *_, key in joined(words(fold(text[start:end])))}
    known = Known.of(source.names, source.wholes, source.texts, said=frozenset(said))
    blanked = _blanked(folded.text, source.years)
    who = (*_names(known, folded, found), *_numbers(known, blanked, found, size=SURE_DIGITS))
    # A receiver's own number may share four digits with one of the case.
    some = _outside(_as_leaks(_numbers(known, blanked, found, size=DIGITS), folded), public)
    shaped = _outside(_as_leaks(_shapes(source, folded.text, blanked), folded), public)
    identified = _outside((*_as_leaks(who, folded), *some), named)
    told = _as_leaks(_phrases(source, folded, found), folded)
    return _merged(_outside((*identified, *shaped, *told), fixed))
