"""Everything that a table of the desk names has words in every language (desk/locale)."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from desk.cases import case, deadlines, inbox, kinds
from desk.cases.fields import Field
from desk.cases.fold import UNSOUND
from desk.cases.refusals import REASONS, Refusal
from desk.errors import DeskError
from desk.intake import added
from desk.leak import leak
from desk.letters import answers, templates
from desk.letters.refusals import REASONS as OF_LETTERS
from desk.letters.refusals import SHARED as SHARED_REASONS
from desk.letters.refusals import LetterRefusal
from desk.page.problem import KNOWN, told
from desk.page.screen import MENU
from desk.strings import LANGUAGES, Strings
from desk.strings import LISTS as SHARED
from desk.wire import schema
from desk.work import actions

# One word for one thing: what a Dutch screen does not say, and what it says instead.
OTHER_WORDS = {
    r"stroom|stromen": "golf",
    r"indieners?": "afzender",
    r"pseudoniem(?:en)?": "schuilnaam",
    r"professionals?|hulpverleners?": "beroepskracht",
    r"klachtenbalie": "meldpunt",
    r"jij|je|jou|jouw": "u",
}
LISTS = {  # values of a case that are no field of an action
    "status": case.STATUSES,
    "channel": case.CHANNELS,
    "how": (*case.CHANNELS, *case.HOWS),
    "role": schema.ROLES,
    "wish": schema.WISHES,
    "period": schema.PERIODS,
    "topics": schema.TOPICS,
    "identity_to": schema.RECEIVERS,
    "consent": schema.CONSENTS,
}


def group(field: str) -> str:
    """Return where the words for the values of a field stand: fields of one list share them."""
    return f"choice.{SHARED.get(field, field)}"


def of_fields(fields: Iterable[Field]) -> Iterator[str]:
    """Yield the ids of the labels and choices of a form."""
    for field in fields:
        yield f"field.{field.name}"
        prefix = "rule" if field.name == "rule" else group(field.name)
        yield from (f"{prefix}.{choice}" for choice in field.choices)


def of_cases() -> Iterator[str]:
    """Yield every id that the tables of cases lead to."""
    for action in actions.ACTIONS:
        yield f"action.{action.name}"
        yield from of_fields(action.fields)
    yield from of_fields(added.FIELDS)
    for name, values in LISTS.items():
        yield from (f"{group(name)}.{value}" for value in values)
    yield from (f"kind.{kind}" for kind in (*kinds.ON_CASE, UNSOUND))
    yield from (f"section.{section}" for section in (*inbox.SECTIONS, "flood"))
    yield from (f"mark.{mark}" for mark in inbox.MARKS)
    yield from (f"due.{kind}" for kind in ("deadline", "follow_up", "promise"))
    for rule in deadlines.rules():
        yield from (f"rule.{rule}", f"rule.{rule}.from")


def of_letters_and_screens() -> Iterator[str]:
    """Yield every id that the tables of letters, and those of the page, lead to."""
    for template in templates.TEMPLATES.values():
        yield from (f"letter.{template.id}", f"letter.{template.id}.about")
        yield from of_fields(template.fields)
    yield from (f"answers.{answer}" for answer in answers.IDS)
    yield from (f"leak.{kind}" for kind in (*leak.KINDS, "at"))
    yield from (f"page.nav.{name}" for name, _, _ in MENU)
    yield from (f"page.error.{name}" for name in KNOWN.values())


REFUSALS = [Refusal(reason, "text") for reason in REASONS]
REFUSALS += [LetterRefusal(reason, "text") for reason in (*OF_LETTERS, *SHARED_REASONS)]
OF_REFUSALS = [f"{one.words}{end}" for one in REFUSALS for end in ("", ".hint")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_has_words(language: str) -> None:
    """Actions, fields, choices, kinds, sections, rules, refusals, letters, answers and errors."""
    strings = Strings(language)
    needed = [*of_cases(), *of_letters_and_screens(), *OF_REFUSALS]
    assert [string_id for string_id in needed if not strings.has(string_id)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_value_of_a_closed_list_has_one_text(language: str) -> None:
    """Receivers, purposes and ways are chosen, shown and printed in many places, in one wording."""
    groups: dict[str, set[str]] = {}
    for _, name, *value in (i.split(".") for i in Strings(language).texts if i[:7] == "choice."):
        groups.setdefault(name, set()).add(".".join(value))

    lists = {"receiver": schema.RECEIVERS, "purpose": case.PURPOSES, "how": case.CHANNELS}
    lists["language"] = ("nl", "en", "pt-BR")
    for name, values in lists.items():
        assert [one for one in groups if len(groups[one] & set(values)) > 2] == [name], name
    assert groups.keys().isdisjoint(SHARED)
    assert {SHARED[name] for name in SHARED} == set(lists)
    letter_fields = [field for one in templates.TEMPLATES.values() for field in one.fields]
    for field in [field for action in actions.ACTIONS for field in action.fields] + letter_fields:
        if field.choices and field.name != "rule":
            assert set(field.choices) <= groups[SHARED.get(field.name, field.name)]


def test_one_thing_has_one_word() -> None:
    """Two words for one thing would be read as two things."""
    dutch = Strings("nl").texts
    for words in OTHER_WORDS:
        found = re.compile(rf"\b(?:{words})\b", re.I)
        ids = [name for name, text in dutch.items() if found.search(text)]
        # The title of a standard answer is hers to read.
        assert [name for name in ids if not name.startswith("answers.")] == [], words
    # The desk is the program; those who handle complaints are the meldpunt, as on the site.
    desk = [name for name, text in dutch.items() if re.search(r"\bbalie\b", text, re.I)]
    assert [name for name in desk if not name.startswith("page.")] == []


def test_each_start_of_the_ombudsmans_year_is_told() -> None:
    """Settled, or never settled in time; or no complaint to the body could be asked of her."""
    said = Strings("en")
    assert "or should have settled it" in said("rule.ombudsman.from")
    assert "the day of the conduct" in said("rule.ombudsman_first.from")
    assert "does not handle" in said("rule.complaint_refused")


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.words)
def test_a_refusal_is_said_like_any_error_of_the_desk(refusal: Refusal) -> None:
    """Small letter, no full stop, a hint, and the field in front."""
    assert isinstance(refusal, DeskError)
    field, _, message = refusal.message.partition(": ")
    assert field == refusal.field == "text"
    for text in (message, refusal.hint):
        assert re.match(r"[a-z]", text)
        assert not text.endswith(".")


def test_a_refusal_without_a_field_says_only_what_is_wrong() -> None:
    """As an error it carries the same words as its message."""
    refusal = Refusal("closed")
    assert str(refusal) == refusal.message == "the case is closed"
    assert (refusal.reason, refusal.field, refusal.hint) == ("closed", "", "open it again first")


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.words)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_says_a_refusal_in_its_own_words(language: str, refusal: Refusal) -> None:
    """A letter and an action may be refused for a reason of one name, and are two things."""
    strings, place = Strings(language), refusal.words
    assert told(strings, refusal) == f"{strings(place)}: {strings(f'{place}.hint')}."


def test_every_refusal_is_used() -> None:
    """A reason that nothing gives would be words for nobody, and so would words that no reason has."""
    desk = Path(case.__file__).parents[1]
    rooms = [desk / name for name in ("cases", "intake", "work", "outgoing", "letters")]
    code = "".join(
        path.read_text(encoding="utf-8")
        for room in rooms
        for path in room.glob("*.py")
        if path.name != "refusals.py"
    )
    assert [one for one in (*REASONS, *OF_LETTERS) if f'"{one}"' not in code] == []
    ids = {name for name in Strings("en").texts if re.match(r"(letter\.)?refusal\.", name)}
    assert ids == set(OF_REFUSALS)
