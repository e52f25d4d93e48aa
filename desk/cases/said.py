"""What is said under one reply code, between steps 6 and 7, in every case under it (WIRE.md section 5.4).

Comes in: a word, and a case under its code. Goes out: all cases under that code, with what the word
asked, took back and withdrew. It refuses to know codes: the book brings the cases together.

Copies of a store read the same word on different days and in different orders. So a word counts
once, by its text, and what is asked stands only while no other word came on its day or later.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from desk.cases.begin import digest, line, make_consent, settle_identity, word, words
from desk.cases.case import Case, Consent, Said
from desk.errors import Refused
from desk.store.event import Event
from desk.wire import again, schema
from desk.wire.canon import Value

_TICKS = ("act", "count", "quote")
ANNOUNCED = ("solved", "erase")  # on two boards, before it is done
_ID_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Word:
    """One word under a code: SHA-256 of its text, the day it was read, what it asks, its fields."""

    digest: bytes
    on: str
    ask: str
    fields: Mapping[str, Value]

    @property
    def id(self) -> str:
        """By what boards count its notice; a digest, since the log outlives a case."""
        return sha256(b"notice\0" + self.digest).hexdigest()[:_ID_DIGITS]


def _fields(text: str) -> Mapping[str, Value]:
    try:
        return again.complaint(text).values
    except Refused:
        return {}


def word_of(event: Event) -> Word:
    """The word in an event; a complaint under a code that is known is one like `write`."""
    text = line(event.values, "complaint")
    fields = _fields(text)
    # A complaint may have a field of that name, which asks for nothing.
    its_own = word(fields, "ask") if schema.is_follow_up(fields) else "write"
    return Word(digest(text), event.on, word(event.values, "ask") or its_own, fields)


def _concerns(case: Case, on: str) -> bool:
    """Whether a word of a day is about a case: what she told a handler later, she knew better."""
    return case.channel == "form" or on >= case.received_on


def _passing_on(case: Case, said: Word) -> Iterator[Consent]:
    """What is left of passing on after a complaint that allows less of it."""
    before, passes = case.consent("pass_on"), said.fields.get("pass_on")
    if before is None or not before.given:
        return
    theirs = passes if isinstance(passes, dict) else {}
    scopes = (before.scope or "nobody", word(theirs, "scope") or "nobody")
    scope = min(scopes, key=schema.SCOPES.index)
    to = tuple(one for one in before.to if one in words(theirs, "to"))
    if scope == "nobody" or not to:
        yield make_consent("pass_on", False, said.on, "code")
    elif (scope, to) != (before.scope, before.to):
        recorded = before.recorded
        yield make_consent("pass_on", True, said.on, "code", scope, to, recorded=recorded)


def _narrowed(case: Case, said: Word) -> Iterator[Consent]:
    """What a word leaves of the consents in a case: a withdrawal, or a complaint that grants less."""
    if schema.is_follow_up(said.fields):
        for purpose in words(said.fields, "withdraw") if said.ask == "withdraw" else ():
            yield make_consent(purpose, False, said.on, "code")
    elif said.fields:
        ticks = said.fields.get("consent")
        for purpose in _TICKS:
            grants = isinstance(ticks, dict) and ticks.get(purpose) is True
            if case.consents_to(purpose) and not grants:
                yield make_consent(purpose, False, said.on, "code")
        yield from _passing_on(case, said)


def _withdraw(case: Case, found: list[Consent]) -> None:
    case.consents = (*case.consents, *found)
    if any(consent.purpose == "pass_on" for consent in found):
        settle_identity(case)
    case.withdrawn_on = max((case.withdrawn_on, *(consent.on for consent in found)))


def _no(consent: Consent) -> bool:
    return consent.how == "code" and not consent.given and not consent.recorded


def is_taken_back(case: Case, purpose: str, on: str) -> bool:
    """Whether a consent of a day was taken back under the code on a later one."""
    return any(_no(one) and one.purpose == purpose and one.on > on for one in case.consents)


def drop(case: Case) -> None:
    """Take back what is asked in a case."""
    if case.asked:
        case.asked_off = case.asked
    case.asked = case.asked_on = case.asked_id = ""
    case.asked_days, case.asked_due = (), 0


def _is_met(case: Case, days: Mapping[str, str]) -> bool:
    """Whether another word came on the day of what is asked, or later."""
    return any(on >= case.asked_on for ask, on in days.items() if ask != case.asked)


def _ask(case: Case, said: Word, days: Mapping[str, str], *, is_new: bool) -> None:
    if case.asked_id == said.id:
        case.asked_on = min(case.asked_on, said.on)  # another copy read it earlier
    elif is_new or said.ask != case.asked:
        drop(case)
        # What is closed is solved already.
        is_solved = said.ask == "solved" and case.is_closed
        if is_new and said.ask in ANNOUNCED and not is_solved and _concerns(case, said.on):
            case.asked, case.asked_on, case.asked_id = said.ask, said.on, said.id
    if case.asked and _is_met(case, days):
        drop(case)


def hear(case: Case, said: Word) -> bool:
    """Take in a word for every case under its code; whether it was not heard before."""
    group = case.said = case.said or Said([case])
    is_new = said.digest not in group.digests
    group.digests.add(said.digest)
    group.days[said.ask] = max(said.on, group.days.get(said.ask, ""))
    for one in group.cases:
        if is_new and _concerns(one, said.on):
            _withdraw(one, list(_narrowed(one, said)))
            if said.ask == "withdraw":
                one.withdrew_on = max(one.withdrew_on, said.on)
        _ask(one, said, group.days, is_new=is_new)
    return is_new


def join(case: Case, other: Case) -> None:
    """Bring a case that begins under a code to those under it, and let it hear what they heard.

    Whatever order the desk reads them in, the complaint was written before the words under its code.
    """
    group = case.said = other.said = other.said or Said([other])
    for one in group.cases:
        told = [no for no in one.consents if _no(no) and _concerns(case, no.on)]
        _withdraw(case, [no for no in told if no not in case.consents])
        if _concerns(case, one.withdrew_on):
            case.withdrew_on = max(case.withdrew_on, one.withdrew_on)
        if one.asked and _concerns(case, one.asked_on):
            case.asked, case.asked_on, case.asked_id = one.asked, one.asked_on, one.asked_id
    group.cases.append(case)


def leave(case: Case) -> None:
    """Take a case that was erased from those under its code."""
    if case.said is not None:
        case.said.cases[:] = [one for one in case.said.cases if one is not case]
