"""The table of fields of a complaint (desk/wire/schema.py), held against a second opinion."""

from typing import Any

import jsonschema
import pytest

from desk.errors import Refused
from desk.wire import schema
from tests.samples import complaint
from tests.vectors import follow_ups

HEX_64 = "0f" * 32
WRONG: list[tuple[str, Any]] = [
    *(("schema", wrong) for wrong in (0, 2, "1", True, [1])),
    *(("complaint_id", wrong) for wrong in ("", "0" * 31, "0" * 33, "A" * 32, "0" * 32 + "\n", 1)),
    *(("form_language", wrong) for wrong in ("", "n", "nld", "NL", "pt-br", "pt_BR", "nl\n", 1)),
    *(("story", wrong) for wrong in ("", " ", "\n\t\u3000\u00a0\u2028", 1, [])),
    *(("role", wrong) for wrong in ("", "other", 1, ["self"], False)),
    *(("wish", wrong) for wrong in ("hear", 0, {})),
    *(("topics", wrong) for wrong in ([], ["care", "care"], ["cares"], "care", [1], [["care"]])),
    *(("municipality", wrong) for wrong in ("", "x" * 81, 1)),
    *(("period", wrong) for wrong in ("2026", "day", 1)),
    *(("address_as", wrong) for wrong in ("", "x" * 201, 1)),
    *(("answerer", wrong) for wrong in ("nobody", 1)),
    *(("reply_language", wrong) for wrong in ("xx-x", "", 1)),
    *(("contact", wrong) for wrong in ("", "x" * 501, ["x"])),
]
WRONG_CONSENT: list[Any] = [
    {},
    True,
    {"store": False, "act": True, "count": True, "quote": True},
    {"store": 1, "act": True, "count": True, "quote": True},
    {"store": True, "act": 1, "count": True, "quote": True},
    {"store": True, "act": True, "count": True},
    {"store": True, "act": True, "count": True, "quote": True, "sell": True},
]
WRONG_PASS_ON: list[Any] = [
    {},
    "nobody",
    {"scope": "nobody"},
    {"scope": "nobody", "to": ["help"]},
    {"scope": "name", "to": []},
    {"scope": "all", "to": ["help"]},
    {"scope": ["name"], "to": ["help"]},
    {"scope": "name", "to": "help"},
    {"scope": "name", "to": ["help", "help"]},
    {"scope": "name", "to": ["press"]},
    {"scope": "name", "to": [{}]},
    {"scope": "name", "to": ["help"], "why": ""},
]
WRONG += [("consent", wrong) for wrong in WRONG_CONSENT]
WRONG += [("pass_on", wrong) for wrong in WRONG_PASS_ON]
RIGHT: list[tuple[str, Any]] = [
    ("form_language", "pt-BR"),
    ("story", "x"),
    ("story", "\ufeff"),
    ("story", "\x1c"),
    ("municipality", "\U0001f600" * 80),
    ("contact", "x" * 500),
    ("address_as", " "),
    ("topics", list(schema.TOPICS)),
    ("pass_on", {"scope": "nobody", "to": []}),
    ("pass_on", {"scope": "pattern", "to": list(schema.RECEIVERS)}),
    ("anything", [{"else": None}]),
]


def second_opinion(fields: dict[str, Any]) -> bool:
    """Judge the simple fields with a JSON Schema, written from the table and not from the code."""
    language = {"type": "string", "pattern": r"^[a-z]{2}(-[A-Z]{2})?\Z"}

    def upto(most: int) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": most}

    properties = {
        "form_language": language,
        "reply_language": language,
        "municipality": upto(80),
        "address_as": upto(200),
        "contact": upto(500),
        "complaint_id": {"type": "string", "pattern": r"^[0-9a-f]{32}\Z"},
    }
    return jsonschema.Draft202012Validator({"properties": properties}).is_valid(fields)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_field_outside_its_rule_is_refused(name: str, value: Any) -> None:
    """Each value breaks the rule of its field, and the refusal says nothing of it."""
    with pytest.raises(Refused) as refusal:
        schema.check(complaint() | {name: value})
    assert refusal.value.check == "schema"
    assert str(refusal.value) == "refused by the check schema"


@pytest.mark.parametrize(("name", "value"), RIGHT)
def test_a_field_within_its_rule_is_taken(name: str, value: Any) -> None:
    """The edges of each rule are inside it; fields of later versions are left alone."""
    schema.check(complaint(**{name: value}))


@pytest.mark.parametrize("name", schema.REQUIRED)
def test_a_required_field_may_not_be_missing(name: str) -> None:
    """Nothing but these five is needed, and each of them is."""
    with pytest.raises(Refused):
        schema.check(complaint(**{name: None}))


def test_every_choice_in_the_contract_is_taken() -> None:
    """Each value listed for a field passes."""
    choices = {
        "role": schema.ROLES,
        "wish": schema.WISHES,
        "period": schema.PERIODS,
        "answerer": schema.ANSWERERS,
    }
    for name, values in choices.items():
        for value in values:
            schema.check(complaint(**{name: value}))


@pytest.mark.parametrize("name", [*schema.RULES, *schema.AGAIN])
def test_a_value_of_another_type_is_refused(name: str) -> None:
    """Whatever stands where a text, a list or a tick belongs, in a complaint and in a follow-up."""
    for fields in (complaint(reply_key=HEX_64, tag_key=HEX_64), follow_ups.BASE):
        for wrong in (None, 5, 1.5, [], {}, [[]], [{}], [5], {"a": {}}):
            if name in (schema.AGAIN if schema.is_follow_up(fields) else schema.RULES):
                with pytest.raises(Refused, match="schema"):
                    schema.check({**fields, name: wrong})


def test_it_tells_whether_every_field_is_known() -> None:
    """A field of the other table is none of this one: what is in it was not looked at."""
    assert schema.check(complaint())
    assert not schema.check(complaint(ask=[{}]))
    assert schema.check(follow_ups.BASE)
    assert not schema.check(follow_ups.BASE | {"role": [{}]})


@pytest.mark.parametrize("name", ["reply_key", "tag_key"])
def test_the_two_keys_of_a_code_come_together(name: str) -> None:
    """One key without the other is refused, both together are taken."""
    with pytest.raises(Refused):
        schema.check(complaint(**{name: HEX_64}))
    schema.check(complaint(reply_key=HEX_64, tag_key=HEX_64))
    with pytest.raises(Refused):
        schema.check(complaint(**{"reply_key": HEX_64, "tag_key": HEX_64, name: HEX_64.upper()}))


@pytest.mark.parametrize(("name", "value"), [*WRONG, *RIGHT])
def test_a_json_schema_agrees_on_the_simple_fields(name: str, value: Any) -> None:
    """What a second implementation refuses, this one refuses too."""
    fields = complaint() | {name: value}
    if not second_opinion(fields):
        with pytest.raises(Refused):
            schema.check(fields)
