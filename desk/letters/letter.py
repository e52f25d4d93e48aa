"""A letter from a case, step 7: filled, held against what she agreed to and what it may not tell.

Comes in: a case, the name of a letter and what a handler filled in. Goes out: a text to print and
sign, or a refusal. It sends nothing, and no word of a complaint comes into a letter by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.cases.fields import YES, Field, Given, read
from desk.letters import permission, templates
from desk.letters.filling import Value, checked, fill
from desk.letters.leak import LeakSource, leaks
from desk.letters.refusals import LetterRefusal
from desk.letters.templates import BUNDLE, SENDER, Template
from desk.store.event import Event

_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
# How many complaints stand behind a letter, in words: a number could tell one apart.
_AMOUNTS = (
    (100, "honderd of meer"),
    (50, "vijftig of meer"),
    (25, "vijfentwintig of meer"),
    (10, "tien of meer"),
    (0, "meerdere"),
)
# Words of a handler or an interpreter about the case.
_TOLD = ("noted", "translated", "closed", "reopened")
_WRITTEN = ("received", "followed_up")  # by the sender, or whoever holds her code


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished letter: the id of its template, the kind of its receiver, and its text."""

    template: str
    receiver: str
    text: str


def fields(template: str) -> tuple[Field, ...]:
    """What is filled in for a letter, in order; `LetterRefusal` if there is no such letter."""
    return templates.find(template).fields


def _day(today: date) -> str:
    return f"{today.day} {_MONTHS[today.month - 1]} {today.year}"


def _amount(count: int) -> str:
    return next(words for least, words in _AMOUNTS if count >= least)


def _one(given: Mapping[str, Given], name: str) -> str:
    value = given.get(name, "")
    return checked(name, value) if isinstance(value, str) else ""


def _receiver(template: Template, given: Mapping[str, Given]) -> str:
    return _one(given, "recipient") or template.receivers[0]


def _hers(case: Case, name: str, text: str, *, receiver: str) -> str:
    """A value that tells who she is, if that receiver may know it."""
    if name == "say_name":
        if text != YES:
            return ""
        permission.require_called(case, receiver, name)
        text = case.address_as
    elif name == "say_contact" and text != YES:
        return ""
    else:
        permission.require_named(case, receiver, name)
        text = case.contact if name == "say_contact" else text
    if not text:
        raise LetterRefusal("no_name", name)
    return checked(name, text)


def _values(
    case: Case, template: Template, given: Mapping[str, Given], *, receiver: str
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for slot in template.slots:
        name, text = slot.field.name, _one(given, slot.field.name)
        if slot.use != "hers":
            values[name] = Value(text, slot.use)
        elif text or slot.field.required:
            values[name] = Value(_hers(case, name, text, receiver=receiver), "fixed")
        else:
            values[name] = Value("", "fixed")
    return values


def _texts(book: Casebook, case: Case) -> list[str]:
    """The story, and what was noted and translated; not what the desk itself wrote to somebody."""
    told = [book.text(entry) for entry in case.thread if entry.kind in _TOLD]
    if case.kind != BUNDLE:
        told += [book.written(entry).values for entry in case.thread if entry.kind in _WRITTEN]
    found = (values.get(name) for values in told for name in ("text", "story"))
    return [text for text in found if isinstance(text, str)]


def _may_know_months(case: Case, receiver: str) -> bool:
    if case.kind == BUNDLE:
        return receiver != "municipality"
    return receiver == SENDER or (case.identity == "named" and receiver in case.identity_to)


def source(book: Casebook, case: Case, receiver: str, *, today: date) -> LeakSource:
    """What a letter from a case to a receiver may not tell.

    A place and a month together can tell who it was without a name. So a letter to a municipality
    names no month, and others no place, unless the receiver may know her name.
    """
    cases = [case, *book.members(case)] if case.kind == BUNDLE else [case]
    names = [name for one in cases for name in (one.address_as, one.contact, one.about_name)]
    to_town = receiver == "municipality"
    towns = [] if to_town else [one.municipality for one in cases]
    wholes = [one.pseudonym for one in cases] + [word for town in towns for word in town.split()]
    return LeakSource(
        names=tuple(filter(None, names)),
        wholes=tuple(wholes),
        texts=tuple(text for one in cases for text in _texts(book, one)),
        years=(today.year - 1, today.year),
        months=_may_know_months(case, receiver),
    )


def _require(book: Casebook, case: Case, template: Template, *, receiver: str) -> int:
    """Hold a letter against what was agreed; how many complaints stand behind it."""
    if case.kind not in template.on:
        raise LetterRefusal("other_kind")
    if case.kind == BUNDLE:
        return len(permission.usable(book.members(case), template, receiver))
    permission.require(case, template, receiver)
    return 1


def make(
    book: Casebook, case: Case, template: str, given: Mapping[str, Given], *, today: date
) -> Letter:
    """Make a letter. `Refusal` names a field that is missing; `LetterRefusal` says what forbids it."""
    chosen = templates.find(template)
    filled_in = read(book, chosen.fields, given)
    receiver = _receiver(chosen, filled_in)
    permission.require_operator(receiver, ticked=_one(filled_in, "to_operator") == YES)
    count = _require(book, case, chosen, receiver=receiver)
    values = _values(case, chosen, filled_in, receiver=receiver)
    choices = {name: values.pop(name).text for name in ("over_period",) if name in values}
    values |= {"day": Value(_day(today), "fixed"), "how_many": Value(_amount(count), "fixed")}
    choices |= {"kind": case.kind, "has_code": YES if case.has_code else ""}
    language = _one(filled_in, "letter_language") or chosen.languages[0]
    letter = fill(templates.words(chosen.id, language), values, choices)
    told = source(book, case, receiver, today=today)
    if found := leaks(letter.text, told, fixed=letter.fixed, public=letter.public):
        raise LetterRefusal("leak", leaks=found)
    return Letter(chosen.id, receiver, letter.text)


def record(book: Casebook, case: Case, letter: Letter, *, today: date) -> None:
    """Keep a letter in the thread of its case, before it is printed."""
    values = {"template": letter.template, "body": letter.receiver, "text": letter.text}
    on, by = today.isoformat(), book.vault.handler
    book.add([Event(case.subject, "letter_made", on, by, values)])
