"""The tables of fields in WIRE.md sections 5 and 5.4, as used in step 6.

Comes in: the value of a complaint's JSON, or of a follow-up's. Goes out: whether the table knows
every field, or `Refused("schema")`. It refuses to know what the fields are for, and leaves every
name outside the table alone.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from desk.errors import Refused
from desk.wire.canon import Value
from desk.wire.whitespace import WHITE_SPACE

COMPLAINT, FOLLOW_UP = 1, 2  # values of the field `schema`
REQUIRED = ("schema", "complaint_id", "form_language", "story", "consent")
ROLES = ("self", "permission", "professional")
WISHES = ("heard", "advice", "help", "act", "count")
PERIODS = ("week", "month", "half_year", "year", "longer", "ongoing")
ANSWERERS = ("woman", "man", "any")
SCOPES = ("nobody", "pattern", "details", "name")
CONSENTS = ("store", "act", "count", "quote")
ASKS = ("write", "withdraw", "solved", "erase")  # section 5.4
WITHDRAWN = ("act", "count", "quote", "pass_on")
TOPICS = (  # section 5.2
    "check",
    "police",
    "authority",
    "no_legal_place",
    "operator",
    "violence",
    "data_passed_on",
    "treatment",
    "care",
    "stopping",
    "business",
    "neighbours",
    "photos",
    "other",
)
RECEIVERS = (  # section 5.3
    "municipality",
    "ombudsman",
    "police_complaints",
    "data_protection",
    "human_rights",
    "labour_inspectorate",
    "care_complaints",
    "help",
)
_TOPICS = frozenset(TOPICS)
_RECEIVERS = frozenset(RECEIVERS)
_CONSENTS = frozenset(CONSENTS)
_PASS_ON = frozenset(("scope", "to"))
_REQUIRED = frozenset(REQUIRED)
_REQUIRED_AGAIN = frozenset(
    ("schema", "complaint_id", "form_language", "reply_key", "tag_key", "ask")
)
_WITHDRAWN = frozenset(WITHDRAWN)
_BOOLEAN = frozenset((bool,))

# Gives something true for what keeps the rule, and may raise `TypeError` for what is no text. Asked
# of each field of each complaint, so most are methods that run in C, which take `Any`.
Rule = Callable[[Any], object]


def _one_of(allowed: tuple[str, ...]) -> Rule:
    return frozenset(allowed).__contains__


_is_language = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?").fullmatch  # section 5.1
_is_hex_32 = re.compile(r"[0-9a-f]{32}").fullmatch
_is_hex_64 = re.compile(r"[0-9a-f]{64}").fullmatch
_is_scope = _one_of(SCOPES)


def _characters(most: int) -> Rule:
    return lambda value: isinstance(value, str) and 1 <= len(value) <= most


def _several_of(value: Value, allowed: frozenset[str]) -> bool:
    if not isinstance(value, list):
        return False
    chosen = frozenset(value)
    return len(chosen) == len(value) and chosen <= allowed


def is_number(value: Value, number: int) -> bool:
    """Whether a JSON value is this number; `True` is also an int to Python."""
    return type(value) is int and value == number


def _is_story(value: Value) -> bool:
    return isinstance(value, str) and value.strip(WHITE_SPACE) != ""


def _is_topics(value: Value) -> bool:
    return value != [] and _several_of(value, _TOPICS)


def _is_consent(value: Value) -> bool:
    if not isinstance(value, dict) or value.keys() != _CONSENTS:
        return False
    return value["store"] is True and _BOOLEAN.issuperset(map(type, value.values()))


def _is_pass_on(value: Value) -> bool:
    if not isinstance(value, dict) or value.keys() != _PASS_ON:
        return False
    scope, receivers = value["scope"], value["to"]
    if not _is_scope(scope) or not _several_of(receivers, _RECEIVERS):
        return False
    return (receivers == []) == (scope == "nobody")


RULES: Mapping[str, Rule] = {
    "schema": lambda value: is_number(value, COMPLAINT),
    "complaint_id": _is_hex_32,
    "form_language": _is_language,
    "story": _is_story,
    "consent": _is_consent,
    "role": _one_of(ROLES),
    "wish": _one_of(WISHES),
    "topics": _is_topics,
    "municipality": _characters(80),
    "period": _one_of(PERIODS),
    "pass_on": _is_pass_on,
    "address_as": _characters(200),
    "answerer": _one_of(ANSWERERS),
    "reply_language": _is_language,
    "contact": _characters(500),
    "reply_key": _is_hex_64,
    "tag_key": _is_hex_64,
}

AGAIN: Mapping[str, Rule] = {
    "schema": lambda value: is_number(value, FOLLOW_UP),
    "ask": _one_of(ASKS),
    "withdraw": lambda value: value != [] and _several_of(value, _WITHDRAWN),
} | {
    name: RULES[name] for name in ("complaint_id", "form_language", "story", "reply_key", "tag_key")
}


def _check_table(fields: Mapping[str, Value], rules: Mapping[str, Rule]) -> bool:
    """Whether the table knows every field; `Refused` when one that it knows breaks its rule."""
    knows = True
    try:
        for name, value in fields.items():
            rule = rules.get(name)
            if rule is None:
                knows = False
            elif not rule(value):
                raise Refused("schema")
    except TypeError:  # what was to be a text or a list of texts is something else
        raise Refused("schema") from None
    return knows


def is_follow_up(fields: Mapping[str, Value]) -> bool:
    """Whether this is no complaint but a word under a reply code (section 5.4)."""
    return is_number(fields.get("schema"), FOLLOW_UP)


def _check_follow_up(fields: Mapping[str, Value]) -> bool:
    if not fields.keys() >= _REQUIRED_AGAIN:
        raise Refused("schema")
    knows = _check_table(fields, AGAIN)
    if ("withdraw" in fields) != (fields["ask"] == "withdraw"):
        raise Refused("schema")
    if fields["ask"] == "write" and "story" not in fields:
        raise Refused("schema")
    return knows


def check(fields: Mapping[str, Value]) -> bool:
    """Hold a complaint (section 5) or a follow-up (5.4) to its table; else `Refused("schema")`.

    Gives whether every field stands in that table: what does not is left alone.
    """
    if is_follow_up(fields):
        return _check_follow_up(fields)
    if not fields.keys() >= _REQUIRED:
        raise Refused("schema")
    # "with `reply_key`", "with `tag_key`": both or neither.
    if ("reply_key" in fields) != ("tag_key" in fields):
        raise Refused("schema")
    return _check_table(fields, RULES)
