"""The closed list of event kinds (desk/cases/kinds.py)."""

from typing import Any

import pytest

from desk.cases import kinds
from desk.errors import DeskError
from desk.store.event import LOG, Event
from tests.cases import DAY, HANDLER, SOUND, event

WRONG: list[tuple[str, str, Any]] = [  # kind, value, wrong content
    *(("received", "object", wrong) for wrong in ("7b" * 31, "7B" * 32, None, 1)),
    *(("received", "key_id", wrong) for wrong in ("0" * 15, "x" * 16)),
    *(("received", "complaint", wrong) for wrong in (None, {}, "x" * 40_001)),
    *(("received", "channel", wrong) for wrong in ("", "mail", ["form"])),
    *(("received", "pseudonym", wrong) for wrong in ("a\nb", "x" * 501, 1)),
    *(("received", "practice", wrong) for wrong in (0, 1, "yes", None)),
    *(("received", "flood", wrong) for wrong in ("g", "a" * 65, None)),
    *(("received", "like", wrong) for wrong in ("a" * 31, None)),
    *(("triaged", "urgency", wrong) for wrong in ("", "high", 1)),
    *(("triaged", "status", wrong) for wrong in ("new", "closed", "")),
    *(("triaged", "topics", wrong) for wrong in ("police", ["police", "police"], ["x"], [["a"]])),
    *(("triaged", "identity_to", wrong) for wrong in (["press"], {}, None)),
    *(("translated", "language", wrong) for wrong in ("", "NL", "nl\n", "nl-be")),
    *(("translated", "made_by", wrong) for wrong in ("", "website")),
    *(("referred", "follow_up", wrong) for wrong in ("2026-02-30", "20261201", "soon", None)),
    *(("referred", "receiver", wrong) for wrong in ("", "police")),
    *(("bundled", "bundle", wrong) for wrong in ("", "5a" * 15, None)),
    *(("consented", "purpose", wrong) for wrong in ("", "sell")),
    *(("consented", "given", wrong) for wrong in ("yes", 1, None)),
    *(("deadline_set", "last_day", wrong) for wrong in ("", "1899-01-01", "2200-01-01")),
    *(("outcome", "outcomes", wrong) for wrong in ("listened", ["won"], [1])),
    *(("closed", "without", wrong) for wrong in ("because", None)),
    *(("key_kept", "seed", wrong) for wrong in ("", "42" * 31)),
    *(("key_kept", "use", wrong) for wrong in ("", "mine")),
]


@pytest.mark.parametrize("kind", SOUND)
def test_a_whole_event_of_each_kind_is_sound(kind: str) -> None:
    """Every kind has an example that passes, as it is and before it is written."""
    assert kinds.is_sound(event(kind))
    kinds.check(event(kind))


def test_every_kind_on_a_case_or_a_key_has_an_example() -> None:
    """A kind without a test of its values cannot be added."""
    assert SOUND.keys() == kinds.ON_CASE.keys() | kinds.ON_KEY.keys()


@pytest.mark.parametrize(("kind", "name", "wrong"), WRONG)
def test_a_wrong_value_is_not_sound(kind: str, name: str, wrong: Any) -> None:
    """One wrong value makes the whole event unfit to be acted on or written."""
    broken = event(kind, **{name: wrong})
    assert not kinds.is_sound(broken)
    with pytest.raises(DeskError):
        kinds.check(broken)


@pytest.mark.parametrize("kind", SOUND)
def test_a_value_of_another_type_is_not_sound(kind: str) -> None:
    """Whatever somebody sealed where a text, a list or a tick belongs, it is told and not thrown."""
    for name, value in SOUND[kind].items():
        for wrong in (None, True, 5, 1.5, "\ud800", [], {}, [[]], [{}], [5], {"a": {}}):
            if type(wrong) is not type(value):
                assert not kinds.is_sound(event(kind, **{name: wrong})), (name, wrong)


@pytest.mark.parametrize("kind", sorted(SOUND.keys() - {"triaged"}))
def test_each_value_of_a_kind_is_needed(kind: str) -> None:
    """Leaving any value out makes the event unsound; only triage holds what was changed alone."""
    for name in SOUND[kind]:
        fewer = {other: value for other, value in SOUND[kind].items() if other != name}
        assert not kinds.is_sound(Event("11" * 16, kind, DAY, HANDLER, fewer)), name


def test_triage_may_hold_nothing() -> None:
    """Each value of triage may be absent."""
    assert kinds.is_sound(Event("11" * 16, "triaged", DAY, HANDLER, {}))


@pytest.mark.parametrize(
    "day", ["", "2026-13-01", "2026-1-1", "20261120", "٢٠٢٦-11-20", "9999-01-01"]
)
def test_a_day_that_is_none_is_not_sound(day: str) -> None:
    """An event needs a date of the calendar in ASCII digits, of a year that can be counted with."""
    assert not kinds.is_sound(event("read", on=day))


def test_a_value_of_a_later_version_is_kept_but_not_written() -> None:
    """A value that this version does not know hinders nothing, and cannot come from this version."""
    later = event("noted", colour="blue")
    assert kinds.is_sound(later)
    with pytest.raises(DeskError, match="an event noted does not have the values of its kind"):
        kinds.check(later)


@pytest.mark.parametrize("kind", ["followed", "", "READ", "read\n"])
def test_a_kind_of_a_later_version_is_not_known(kind: str) -> None:
    """A kind outside the list is not acted on, not written, and not repeated when it is no name."""
    later = Event("11" * 16, kind, DAY, HANDLER, {})
    assert not kinds.is_known(kind)
    assert not kinds.is_sound(later)
    with pytest.raises(DeskError, match="followed" if kind == "followed" else "of no known kind"):
        kinds.check(later)


@pytest.mark.parametrize(
    ("changes", "sound"),
    [
        ({}, True),
        ({"row": {"topics": ["police"]}}, True),
        ({"subject": ""}, False),
        ({"objects": ["7b" * 31]}, False),
        ({"objects": None}, False),
        ({"digests": ["7b" * 31]}, False),
    ],
)
def test_an_erasure_names_what_was_erased(changes: dict[str, Any], sound: bool) -> None:
    """The tombstone in the log must hold the names by which the same thing is known again."""
    values = {"subject": "5a" * 16, "why": "over", "objects": ["7b" * 32], "digests": []}
    made = Event(LOG, "erased", DAY, HANDLER, values | {"row": {}} | changes)
    assert kinds.is_sound(made) is sound


def test_what_other_parts_write_in_the_log_is_left_to_them() -> None:
    """The values of a published report are checked where they are made."""
    assert kinds.is_sound(Event(LOG, "report_published", DAY, HANDLER, {"anything": 1}))
