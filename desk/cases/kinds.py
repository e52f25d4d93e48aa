"""The closed list of things that can happen at the desk, between steps 6 and 7.

Comes in: an event. Goes out: whether its values are those of its kind. It refuses to know what an
event does to a case; that is `fold`. A kind from a later version is kept and shown, never acted on.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from desk import schema
from desk.canon import Value
from desk.cases import case
from desk.errors import DeskError
from desk.store.event import Event

LINE_CHARACTERS = 500  # the longest line that a sender can write, WIRE.md section 5
TEXT_CHARACTERS = 40_000
LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")  # WIRE.md section 5.1
_DAY = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")

Rule = Callable[[Value], bool]


def is_day(text: str) -> bool:
    """Whether a text is a date of the calendar, `YYYY-MM-DD` in ASCII."""
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _matches(pattern: str) -> Rule:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _string(most: int) -> Rule:
    return lambda value: isinstance(value, str) and len(value) <= most


def _one_of(*allowed: str) -> Rule:
    return lambda value: isinstance(value, str) and value in allowed


def _some_of(allowed: tuple[str, ...]) -> Rule:
    return lambda value: (
        isinstance(value, list)
        and all(isinstance(item, str) and item in allowed for item in value)
        and len({str(item) for item in value}) == len(value)
    )


def _is_line(value: Value) -> bool:
    return isinstance(value, str) and len(value) <= LINE_CHARACTERS and "\n" not in value


def _is_date(value: Value) -> bool:
    return isinstance(value, str) and is_day(value)


def _is_date_or_empty(value: Value) -> bool:
    return value == "" or _is_date(value)


def _is_yes_or_no(value: Value) -> bool:
    return isinstance(value, bool)


def _is_anything(value: Value) -> bool:
    return True


_is_text = _string(TEXT_CHARACTERS)
_is_subject = _matches("[0-9a-f]{32}")
_is_id = _matches("[0-9a-f]{16}")
_is_object = _matches("[0-9a-f]{64}|")  # empty when a handler entered the complaint
_is_how = _one_of(*dict.fromkeys((*case.CHANNELS, *case.HOWS)))
_is_about = _one_of("", *case.ABOUTS)


@dataclass(frozen=True, slots=True)
class Shape:
    """The values of a kind: those that it must have, and those that it may have."""

    must: Mapping[str, Rule] = field(default_factory=dict)
    may: Mapping[str, Rule] = field(default_factory=dict)


TRIAGED: Mapping[str, Rule] = {
    "urgency": _one_of(*case.URGENCIES),
    "about": _is_about,
    "about_name": _is_line,
    "municipality": _is_line,
    "identity": _one_of(*case.IDENTITIES),
    "identity_to": _some_of(schema.RECEIVERS),
    "assigned": _is_line,
    "topics": _some_of(schema.TOPICS),
    # A case becomes new by arriving and is closed by `closed`, where the reasons are asked.
    "status": _one_of(*(status for status in case.STATUSES if status not in ("new", "closed"))),
    "answerer": _one_of("", *schema.ANSWERERS),
}
_CONSENTED: Mapping[str, Rule] = {
    "purpose": _one_of(*case.PURPOSES),
    "given": _is_yes_or_no,
    "how": _is_how,
    "scope": _one_of("", *schema.SCOPES),
    "to": _some_of(schema.RECEIVERS),
}

ON_CASE: Mapping[str, Shape] = {
    "received": Shape(
        {
            "object": _is_object,
            "key_id": _matches("[0-9a-f]{16}|"),
            "complaint": _string(TEXT_CHARACTERS),
            "channel": _one_of(*case.CHANNELS),
            "pseudonym": _is_line,
            "practice": _is_yes_or_no,
            "flood": _matches("[0-9a-f]{0,64}"),
        },
        # The case that the import found it to be like, a suggestion.
        may={"like": _matches("[0-9a-f]{32}|")},
    ),
    "received_again": Shape({"object": _is_object, "key_id": _matches("[0-9a-f]{16}|")}),
    "bundle_made": Shape(
        {"pseudonym": _is_line, "title": _is_line, "about": _is_about, "municipality": _is_line}
    ),
    "read": Shape(),
    "triaged": Shape(may=TRIAGED),
    "noted": Shape({"text": _is_text, "basis": _one_of("", *case.BASES)}),
    "translated": Shape(
        {
            "text": _is_text,
            "language": _matches(LANGUAGE.pattern),
            "made_by": _one_of(*case.MADE_BY),
            "who": _is_line,
        }
    ),
    "answered": Shape(
        {
            "text": _is_text,
            "language": _matches(LANGUAGE.pattern),
            "standard": _is_line,
            "reports_back": _is_yes_or_no,
        }
    ),
    "referred": Shape(
        {
            "id": _is_id,
            "receiver": _one_of(*schema.RECEIVERS),
            "organisation": _is_line,
            "person": _is_line,
            "agreed": _is_line,
            "follow_up": _is_date_or_empty,
            "warm": _is_yes_or_no,
        }
    ),
    "referral_done": Shape({"id": _is_id}),
    "bundled": Shape({"bundle": _is_subject}),
    "unbundled": Shape(),
    "duplicate": Shape({"of": _is_subject}),
    "consented": Shape(_CONSENTED),
    "deadline_set": Shape(
        {"id": _is_id, "rule": _is_line, "started": _is_date, "last_day": _is_date}
    ),
    "deadline_met": Shape({"id": _is_id}),
    "outcome": Shape({"outcomes": _some_of(case.OUTCOMES)}),
    "tried": Shape({"how": _is_how}),
    "reported_back": Shape({"how": _is_how}),
    "letter_made": Shape({"template": _is_line, "body": _is_line, "text": _is_text}),
    "flood_released": Shape(),
    "set_aside": Shape({"flood": _matches("[0-9a-f]{0,64}")}),
    "closed": Shape({"without": _one_of("", *case.CLOSED_WITHOUT), "text": _is_text}),
    "reopened": Shape({"text": _is_text}),
    "identity_read": Shape(),
}
ON_KEY: Mapping[str, Shape] = {
    "key_kept": Shape(
        {
            "use": _one_of("intake", "board", "site"),
            "key_id": _is_id,
            "public": _is_text,
            "not_before": _is_date,
            "not_after": _is_date,
            "seed": _matches("[0-9a-f]{64}"),
        }
    ),
}
ON_LOG: Mapping[str, Shape | None] = {  # `None`: the part that writes it knows its values
    "erased": Shape(
        {
            "subject": _is_subject,
            "why": _is_line,
            "objects": lambda value: _each(value, _matches("[0-9a-f]{64}")),
            "complaint_ids": lambda value: _each(value, _is_subject),
            "row": _is_anything,
        }
    ),
    "store_made": None,
    "imported": None,
    "key_destroyed": None,
    "handler_joined": None,
    "handler_left": None,
    "report_published": None,
    "report_read": None,
    "purge_listed": None,
    "backup_made": None,
}
_ALL: Mapping[str, Shape | None] = {**ON_CASE, **ON_KEY, **ON_LOG}


def _each(value: Value, rule: Rule) -> bool:
    return isinstance(value, list) and all(map(rule, value))


def is_known(kind: str) -> bool:
    """Whether this version knows a kind."""
    return kind in _ALL


def is_sound(event: Event) -> bool:
    """Whether an event can be acted on: a known kind, a date, and each value as it should be.

    Values that this version does not know are left alone: a later one may have added them.
    """
    if not is_known(event.kind) or not is_day(event.on):
        return False
    shape, values = _ALL[event.kind], event.values
    if shape is None:
        return True
    if not all(name in values and rule(values[name]) for name, rule in shape.must.items()):
        return False
    return all(rule(values[name]) for name, rule in shape.may.items() if name in values)


def check(event: Event) -> None:
    """Refuse, before it is written for good, an event that no version could act on: `DeskError`."""
    shape = _ALL.get(event.kind)
    known = shape is None or event.values.keys() <= shape.must.keys() | shape.may.keys()
    if not is_sound(event) or not known:
        # The values may hold a sender's words, so only the kind is named.
        shown = event.kind if _KIND.fullmatch(event.kind) else "of no known kind"
        raise DeskError(f"an event {shown} does not have the values of its kind")
