"""Everything of a case that a screen shows has words (desk/locale/*/cases.po)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.cases import case, deadlines, inbox, kinds
from desk.cases.fold import UNSOUND
from desk.cases.refusals import REFUSALS, Refusal
from desk.errors import DeskError
from desk.letters import templates
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


def needed() -> Iterator[str]:
    """Yield every id that a screen may ask for."""
    for action in actions.ACTIONS:
        yield f"action.{action.name}"
        for field in action.fields:
            yield f"field.{field.name}"
            prefix = "rule" if field.name == "rule" else group(field.name)
            yield from (f"{prefix}.{choice}" for choice in field.choices)
    for name, values in LISTS.items():
        yield from (f"{group(name)}.{value}" for value in values)
    yield from (f"kind.{kind}" for kind in (*kinds.ON_CASE, UNSOUND))
    yield from (f"section.{section}" for section in (*inbox.SECTIONS, "flood"))
    yield from (f"mark.{mark}" for mark in inbox.MARKS)
    yield from (f"due.{kind}" for kind in ("deadline", "follow_up", "promise"))
    for rule in deadlines.rules():
        yield from (f"rule.{rule}", f"rule.{rule}.from")
    for reason in REFUSALS:
        yield from (f"refusal.{reason}", f"refusal.{reason}.hint")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_has_words(language: str) -> None:
    """Actions, fields, choices, kinds, sections, rules and refusals."""
    strings = Strings(language)
    assert [string_id for string_id in needed() if not strings.has(string_id)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_value_of_a_closed_list_has_one_text(language: str) -> None:
    """Receivers, purposes and ways are chosen, shown and printed in many places, in one wording."""
    groups: dict[str, set[str]] = {}
    for _, name, *value in (i.split(".") for i in Strings(language).texts if i[:7] == "choice."):
        groups.setdefault(name, set()).add(".".join(value))

    lists = {"receiver": schema.RECEIVERS, "purpose": case.PURPOSES, "how": case.CHANNELS}
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


def test_the_english_words_of_a_refusal_are_those_of_the_error() -> None:
    """The page and the command line say the same."""
    strings = Strings("en")
    for reason, (message, hint) in REFUSALS.items():
        assert strings(f"refusal.{reason}").lower() == message.lower()
        if "`" not in hint:
            assert strings(f"refusal.{reason}.hint").lower() == hint.lower()


def test_a_refusal_is_said_like_any_error_of_the_desk() -> None:
    """Small letter, no full stop, a hint, and the field in front."""
    for reason, (message, hint) in REFUSALS.items():
        assert re.match(r"[a-z]", message), reason
        assert not message.endswith("."), reason
        assert hint, reason
    refusal = Refusal("missing", "text")
    assert isinstance(refusal, DeskError)
    assert (str(refusal), refusal.reason) == ("text: this field cannot stay empty", "missing")
    assert (refusal.field, refusal.hint) == ("text", "fill it in")
    assert str(Refusal("closed")) == "the case is closed"


def test_every_refusal_is_used() -> None:
    """A reason that nothing gives would be words for nobody."""
    desk = Path(case.__file__).parents[1]
    rooms = [desk / name for name in ("cases", "intake", "work", "outgoing", "letters")]
    code = "".join(
        path.read_text(encoding="utf-8")
        for room in rooms
        for path in room.glob("*.py")
        if path.name != "refusals.py"
    )
    assert [reason for reason in REFUSALS if f'"{reason}"' not in code] == []
