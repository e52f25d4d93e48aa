"""The closed list of things that can happen at the desk, between steps 6 and 7.

Comes in: an event. Goes out: whether its values are those of its kind. It refuses to know what an
event does to a case; that is `fold`. A kind from a later version is kept and shown, never acted on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.cases import case
from desk.cases.values import (
    LANGUAGE,
    TEXT_CHARACTERS,
    Rule,
    is_anything,
    is_date,
    is_date_or_empty,
    is_day,
    is_epoch,
    is_id,
    is_line,
    is_object,
    is_size,
    is_subject,
    is_text,
    is_yes_or_no,
    list_of,
    matches,
    one_of,
    some_of,
    string,
)
from desk.errors import DeskError
from desk.store.event import Event
from desk.wire import schema

_KIND = re.compile(r"[a-z][a-z0-9_]{0,39}")
_is_how = one_of(*dict.fromkeys((*case.CHANNELS, *case.HOWS)))
_is_about = one_of("", *case.ABOUTS)


@dataclass(frozen=True, slots=True)
class Shape:
    """The values of a kind: those that it must have, and those that it may have."""

    must: Mapping[str, Rule] = field(default_factory=dict)
    may: Mapping[str, Rule] = field(default_factory=dict)


TRIAGED: Mapping[str, Rule] = {
    "urgency": one_of(*case.URGENCIES),
    "about": _is_about,
    "about_name": is_line,
    "municipality": is_line,
    "identity": one_of(*case.IDENTITIES),
    "identity_to": some_of(schema.RECEIVERS),
    "assigned": is_line,
    "topics": some_of(schema.TOPICS),
    # A case becomes new by arriving and is closed by `closed`, where the reasons are asked.
    "status": one_of(*(status for status in case.STATUSES if status not in ("new", "closed"))),
    "answerer": one_of("", *schema.ANSWERERS),
}
_CONSENTED: Mapping[str, Rule] = {
    "purpose": one_of(*case.PURPOSES),
    "given": is_yes_or_no,
    "how": _is_how,
    "scope": one_of("", *schema.SCOPES),
    "to": some_of(schema.RECEIVERS),
}

ON_CASE: Mapping[str, Shape] = {
    "received": Shape(
        {
            "object": is_object,
            "key_id": matches("[0-9a-f]{16}|"),
            "complaint": string(TEXT_CHARACTERS),
            "channel": one_of(*case.CHANNELS),
            "pseudonym": is_line,
            "practice": is_yes_or_no,
            "flood": matches("[0-9a-f]{0,64}"),
        },
        # The case that the import found it to be like, a suggestion.
        may={"like": matches("[0-9a-f]{32}|")},
    ),
    "received_again": Shape({"object": is_object, "key_id": matches("[0-9a-f]{16}|")}),
    "followed_up": Shape(
        {
            "object": is_object,
            "key_id": matches("[0-9a-f]{16}|"),
            "complaint": string(TEXT_CHARACTERS),
            "ask": one_of(*schema.ASKS),
        }
    ),
    "asked": Shape({"ask": one_of("solved", "erase"), "due": is_epoch, "id": is_id}),
    "withdrawal_done": Shape({"until": is_date}),
    "bundle_made": Shape(
        {"pseudonym": is_line, "title": is_line, "about": _is_about, "municipality": is_line}
    ),
    "read": Shape(),
    "triaged": Shape(may=TRIAGED),
    "noted": Shape({"text": is_text, "basis": one_of("", *case.BASES)}),
    "translated": Shape(
        {
            "text": is_text,
            "language": matches(LANGUAGE.pattern),
            "made_by": one_of(*case.MADE_BY),
            "who": is_line,
        }
    ),
    "answered": Shape(
        {
            "text": is_text,
            "language": matches(LANGUAGE.pattern),
            "standard": is_line,
            "reports_back": is_yes_or_no,
        }
    ),
    "referred": Shape(
        {
            "id": is_id,
            "receiver": one_of(*schema.RECEIVERS),
            "organisation": is_line,
            "person": is_line,
            "agreed": is_line,
            "follow_up": is_date_or_empty,
            "warm": is_yes_or_no,
        }
    ),
    "referral_done": Shape({"id": is_id}),
    "bundled": Shape({"bundle": is_subject}),
    "unbundled": Shape(),
    "duplicate": Shape({"of": is_subject}),
    "consented": Shape(_CONSENTED),
    "deadline_set": Shape({"id": is_id, "rule": is_line, "started": is_date, "last_day": is_date}),
    "deadline_met": Shape({"id": is_id}),
    "outcome": Shape({"outcomes": some_of(case.OUTCOMES)}),
    "tried": Shape({"how": _is_how}),
    "reported_back": Shape({"how": _is_how}),
    "letter_made": Shape({"template": is_line, "body": is_line, "text": is_text}),
    "flood_released": Shape(),
    "set_aside": Shape({"flood": matches("[0-9a-f]{0,64}")}),
    "closed": Shape({"without": one_of("", *case.CLOSED_WITHOUT), "text": is_text}),
    "reopened": Shape({"text": is_text}),
    "identity_read": Shape(),
}
ON_KEY: Mapping[str, Shape] = {
    "key_kept": Shape(
        {
            "use": one_of("intake", "board", "site"),
            "key_id": is_id,
            "public": is_text,
            "not_before": is_date,
            "not_after": is_date,
            "seed": matches("[0-9a-f]{64}"),
        }
    ),
}
ON_LOG: Mapping[str, Shape | None] = {  # `None`: the part that writes it knows its values
    "erased": Shape(
        {
            "subject": is_subject,
            "why": is_line,
            "objects": list_of(matches("[0-9a-f]{64}")),
            # Of the texts of its complaints. Never their ids: beside one, a short text is guessed.
            "digests": list_of(matches("[0-9a-f]{64}")),
            "row": is_anything,
        }
    ),
    # Another seal of a complaint that was erased.
    "received_erased": Shape({"object": matches("[0-9a-f]{64}"), "key_id": is_id}),
    "store_made": None,
    "day_confirmed": Shape(),  # a person says that this is the day; see `days`
    "imported": None,  # all that lay in the drop, which decides what is done about a wish
    "imported_in_part": None,
    "key_destroyed": None,
    "handler_joined": None,
    "handler_left": None,
    "report_published": None,
    "report_read": None,
    "purge_listed": None,
    "backup_made": None,
    "board_made": Shape(
        {
            "epoch": is_epoch,
            "published": is_date,
            "next": is_date,
            "n": is_size,
            "next_n": is_size,
            "sha256": matches("[0-9a-f]{64}"),
            "carried": list_of(is_id),
        },
        # What could not be read of the store: the next board asks only for what is missing since.
        {"missing": list_of(matches("[0-9a-f]{32,64}"))},
    ),
    "board_published": Shape({"epoch": is_epoch}),
    "board_taken": Shape({"epoch": is_epoch, "token": matches("[0-9a-f]{64}")}),
    "canary": Shape({"code": matches("[0-9a-f]{64}"), "object": matches("[0-9a-f]{64}")}),
}
_ALL: Mapping[str, Shape | None] = {**ON_CASE, **ON_KEY, **ON_LOG}


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
    try:
        for name, rule in shape.must.items():
            if not rule(values[name]):
                return False
        for name, rule in shape.may.items():
            if name in values and not rule(values[name]):
                return False
    except (KeyError, TypeError):  # it is not there, or what was to be a text is something else
        return False
    return True


def check(event: Event) -> None:
    """Refuse, before it is written for good, an event that no version could act on: `DeskError`."""
    shape = _ALL.get(event.kind)
    known = shape is None or event.values.keys() <= shape.must.keys() | shape.may.keys()
    if not is_sound(event) or not known:
        # The values may hold a sender's words, so only the kind is named.
        shown = event.kind if _KIND.fullmatch(event.kind) else "of no known kind"
        raise DeskError(f"an event {shown} does not have the values of its kind")
