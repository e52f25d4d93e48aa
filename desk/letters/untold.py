"""What a letter from a case may not tell, part of the leak check in step 7.

Comes in: a case and the kind of a receiver. Goes out: its names, its words and the little that may
stand. It refuses to know the letter.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.leak.leak import LeakSource
from desk.letters import permission
from desk.letters.refusals import LetterRefusal
from desk.letters.templates import BUNDLE, LATIN, SENDER

# Words of a handler about the case.
_TOLD = ("noted", "closed", "reopened")
_WRITTEN = ("received", "followed_up")  # by the sender, or whoever holds her code
_WHO = ("address_as", "contact")


def _behind(book: Casebook, case: Case) -> list[Case]:
    """Every case of which a letter from this one could tell: members, and what is the same."""
    cases = [case, *book.members(case)] if case.kind == BUNDLE else [case]
    firsts = [book.get(one.duplicate_of) for one in cases if one.duplicate_of]
    found = {one.subject: one for one in (*cases, *firsts) if one is not None}
    subjects = {subject for one in found.values() for subject in one.subjects}
    found |= {one.subject: one for one in book.cases.values() if one.duplicate_of in subjects}
    return list(found.values())


def _written(book: Casebook, case: Case, *names: str) -> Iterator[str]:
    """Fields of everything that was written under her code, not only of what came first."""
    if case.kind == BUNDLE:
        return
    for entry in case.thread:
        if entry.kind in _WRITTEN:
            values = book.written(entry).values
            yield from (value for name in names if isinstance(value := values.get(name), str))


def names(book: Casebook, case: Case) -> tuple[str, ...]:
    """What she is called and how to reach her, as she gave it each time."""
    return tuple(dict.fromkeys(filter(None, _written(book, case, *_WHO))))


def stories(book: Casebook, case: Case) -> tuple[str, ...]:
    """What she told, and translations of it."""
    told = [book.text(entry).get("text") for entry in case.thread if entry.kind == "translated"]
    return (
        *filter(None, _written(book, case, "story")),
        *(text for text in told if isinstance(text, str)),
    )


def _texts(book: Casebook, case: Case, receiver: str) -> Iterator[str]:
    """What she told, and what handlers wrote about it; not what the desk itself wrote to somebody."""
    yield from stories(book, case)
    for entry in case.thread:
        text = book.text(entry).get("text") if entry.kind in _TOLD else None
        if isinstance(text, str):
            yield text
    for referral in case.referrals:
        # A body knows who of it was spoken to, and what was agreed with it.
        if referral.receiver != receiver:
            yield from (referral.person, referral.agreed)


def _towns(book: Casebook, case: Case) -> Iterator[str]:
    yield case.municipality
    yield from _written(book, case, "municipality")


def _may_know_months(case: Case, receiver: str) -> bool:
    if case.kind == BUNDLE:
        return receiver != "municipality"
    return receiver == SENDER or permission.is_named(case, receiver)


def source(book: Casebook, case: Case, receiver: str, *, today: date) -> LeakSource:
    """What a letter from a case to a receiver may not tell.

    A place and a month together can tell who it was without a name. So a letter to a municipality
    names no month, and others no place, unless the receiver may know her name.
    """
    cases = _behind(book, case)
    who = [name for one in cases for name in (*names(book, one), one.about_name)]
    wholes = [one.pseudonym for one in cases]
    if receiver != "municipality":
        wholes += [word for one in cases for town in _towns(book, one) for word in town.split()]
    return LeakSource(
        names=tuple(filter(None, who)),
        wholes=tuple(wholes),
        texts=tuple(text for one in cases for text in _texts(book, one, receiver) if text),
        years=(today.year - 1, today.year),
        months=_may_know_months(case, receiver),
    )


def _is_foreign(name: str) -> bool:
    """Whether a name has letters of another script: in a letter it would stand in ours."""
    letters = (character for character in name if character.isalpha())
    return any("LATIN" not in unicodedata.name(letter, "") for letter in letters)


def with_latin(source: LeakSource, latin: str) -> LeakSource:
    """The source with names as a handler would write them, with a comma between two.

    Nobody can tell how "张伟" is written in Dutch. So it is asked; "-" says that nobody knows.
    """
    if not latin and any(map(_is_foreign, source.names)):
        raise LetterRefusal("other_script", LATIN.name)
    return replace(source, names=(*source.names, *latin.split(",")))
