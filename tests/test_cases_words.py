"""Everything of a case that a screen shows has words (desk/locale/*/cases.po)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import schema
from desk.cases import actions, case, deadlines, inbox, kinds
from desk.cases.fold import UNSOUND
from desk.cases.refusals import REFUSALS, Refusal
from desk.errors import DeskError
from desk.strings import LANGUAGES, Strings

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


def needed() -> Iterator[str]:
    """Yield every id that a screen may ask for."""
    for action in actions.ACTIONS:
        yield f"action.{action.name}"
        for field in action.fields:
            yield f"field.{field.name}"
            prefix = "rule" if field.name == "rule" else f"choice.{field.name}"
            yield from (f"{prefix}.{choice}" for choice in field.choices)
    for name, values in LISTS.items():
        yield from (f"choice.{name}.{value}" for value in values)
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
    rooms = Path(case.__file__).parent, Path(case.__file__).parent.parent / "letters"
    code = "".join(
        path.read_text(encoding="utf-8")
        for room in rooms
        for path in room.glob("*.py")
        if path.name != "refusals.py"
    )
    assert [reason for reason in REFUSALS if f'"{reason}"' not in code] == []
