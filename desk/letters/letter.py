"""A letter from a case, step 7: filled, held against what she agreed to and what it may not tell.

Comes in: a case, the name of a letter and what a handler filled in. Goes out: a text to print and
sign, or a refusal. It sends nothing, and no word of a complaint comes into a letter by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.cases.fields import YES, Field, Given, read
from desk.leak.folding import fold, words
from desk.leak.leak import leaks
from desk.letters import permission, templates
from desk.letters.filling import Filled, Value, checked, fill
from desk.letters.refusals import LetterRefusal
from desk.letters.templates import BUNDLE, LATIN, Template
from desk.letters.untold import source, with_latin
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
# Fields that say what stands in a letter, and do not stand in it themselves.
_COMPARED = ("over_period", "be_heard", "is_her_name")
Fixed: TypeAlias = Mapping[str, Value]


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


def _require_her_name(case: Case, name: str, *, ticked: bool) -> None:
    """Refuse the name of somebody else: it has a word of what she is called, or she said it."""
    called, written = ({word.key for word in words(fold(text))} for text in (case.address_as, name))
    if not called & written and not ticked:
        raise LetterRefusal("other_name", "her_name")


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


def _require(book: Casebook, case: Case, template: Template, *, receiver: str) -> int:
    """Hold a letter against what was agreed; how many complaints stand behind it."""
    if case.kind not in template.on:
        raise LetterRefusal("other_kind")
    if case.kind == BUNDLE:
        return len(permission.usable(book.members(case), template, receiver))
    permission.require(case, template, receiver)
    return 1


def _fill(
    case: Case, template: Template, given: Mapping[str, Given], *, receiver: str, fixed: Fixed
) -> Filled:
    values = _values(case, template, given, receiver=receiver)
    choices = {name: values.pop(name).text for name in _COMPARED if name in values}
    if "her_name" in values:
        ticked = choices["is_her_name"] == YES
        _require_her_name(case, values["her_name"].text, ticked=ticked)
    choices |= {"kind": case.kind, "has_code": YES if case.has_code else ""}
    language = _one(given, "letter_language") or template.languages[0]
    return fill(templates.words(template.id, language), {**values, **fixed}, choices)


def make(
    book: Casebook, case: Case, template: str, given: Mapping[str, Given], *, today: date
) -> Letter:
    """Make a letter. `Refusal` names a field that is missing; `LetterRefusal` says what forbids it."""
    chosen = templates.find(template)
    filled_in = read(book, chosen.fields, given)
    receiver = _receiver(chosen, filled_in)
    permission.require_operator(receiver, ticked=_one(filled_in, "to_operator") == YES)
    count = _require(book, case, chosen, receiver=receiver)
    fixed = {"day": Value(_day(today), "fixed"), "how_many": Value(_amount(count), "fixed")}
    letter = _fill(case, chosen, filled_in, receiver=receiver, fixed=fixed)
    told = source(book, case, receiver, today=today)
    told = with_latin(told, _one(filled_in, LATIN.name))
    spans = {"fixed": letter.fixed, "public": letter.public, "named": letter.about}
    if found := leaks(letter.text, told, **spans):
        raise LetterRefusal("leak", leaks=found)
    return Letter(chosen.id, receiver, letter.text)


def record(book: Casebook, case: Case, letter: Letter, *, today: date) -> None:
    """Keep a letter in the thread of its case, before it is printed."""
    values = {"template": letter.template, "body": letter.receiver, "text": letter.text}
    on, by = today.isoformat(), book.vault.handler
    book.add([Event(case.subject, "letter_made", on, by, values)])
