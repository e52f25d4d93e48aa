"""Everything that a handler can do (desk/work/actions.py and beside it), on a real store."""

from datetime import date
from typing import Any

import pytest

from desk.cases.book import Casebook
from desk.cases.refusals import Refusal
from desk.wire.canon import Value
from desk.work import actions
from desk.work.working import ANSWER_BYTES, bytes_left
from tests.cases import HANDLER, WITH_CODE, do, last, receive, refused

DETAILS = {"pass_on": {"scope": "details", "to": ["help"]}}


WRITES: list[tuple[str, dict[str, Any], str, dict[str, Value]]] = [
    # action, what is filled in, kind of the last event, its values
    ("read", {}, "read", {}),
    ("triage", {"urgency": "danger", "municipality": "Ede", "topics": ("care",)}, "triaged",
     {"urgency": "danger", "municipality": "Ede", "topics": ["care"]}),
    ("danger", {}, "triaged", {"urgency": "danger"}),
    ("note", {"text": " a\r\nb ", "basis": "seen"}, "noted", {"text": "a\nb", "basis": "seen"}),
    ("note", {"text": "a"}, "noted", {"text": "a", "basis": ""}),
    ("translate", {"text": "a", "language": "bg", "made_by": "interpreter", "who": "M."},
     "translated", {"text": "a", "language": "bg", "made_by": "interpreter", "who": "M."}),
    ("answer", {"text": "a", "standard": "read"}, "answered",
     {"text": "a", "language": "nl", "standard": "read", "reports_back": False}),
    ("answer", {"text": "a", "language": "en"}, "answered",
     {"text": "a", "language": "en", "standard": "", "reports_back": False}),
    ("answer", {"text": "a", "language": "ru", "reads": "yes"}, "answered",
     {"text": "a", "language": "ru", "standard": "", "reports_back": False}),
    ("answer", {"text": "a", "reports_back": "yes"}, "reported_back", {"how": "code"}),
    ("report_back", {"how": "telephone"}, "reported_back", {"how": "telephone"}),
    ("tried", {"how": "paper"}, "tried", {"how": "paper"}),
    ("consent", {"purpose": "act", "given": "yes", "how": "face"}, "consented",
     {"purpose": "act", "given": True, "how": "face", "scope": "", "to": []}),
    ("consent", {"purpose": "pass_on", "given": "yes", "how": "face", "scope": "name",
     "to": ("help",)}, "consented",
     {"purpose": "pass_on", "given": True, "how": "face", "scope": "name", "to": ["help"]}),
    ("consent", {"purpose": "pass_on", "given": "no", "how": "code"}, "consented",
     {"purpose": "pass_on", "given": False, "how": "code", "scope": "", "to": []}),
    ("unmask", {}, "identity_read", {}),
    ("outcome", {"outcomes": ("informed", "listened")}, "outcome",
     {"outcomes": ["informed", "listened"]}),
    ("close", {"without": "asked_not_to"}, "closed", {"without": "asked_not_to", "text": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "kind", "values"), WRITES)
def test_what_an_action_writes(
    book: Casebook, name: str, given: dict[str, Any], kind: str, values: dict[str, Value]
) -> None:
    """Each action leaves one event of its kind, of that day, by that handler."""
    case = receive(book, WITH_CODE)
    if name == "close":
        do(book, case, "outcome", outcomes=("listened",))
    do(book, case, name, **given)
    written = last(book, case)
    assert (written.kind, dict(written.values)) == (kind, values)
    assert (written.on, written.by, written.subject) == ("2026-11-21", HANDLER, case.subject)


def test_an_answer_that_reports_back_is_also_an_answer(book: Casebook) -> None:
    """Both are written at once."""
    case = receive(book, WITH_CODE)
    do(book, case, "answer", text="a", reports_back="yes")
    assert [entry.kind for entry in case.thread[1:]] == ["answered", "reported_back"]
    assert (case.status, case.reported_back) == ("waiting_sender", "2026-11-21")


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("note", {}, ("missing", "text")),
        ("note", {"text": " \n "}, ("missing", "text")),
        ("note", {"text": "a", "colour": "b"}, ("unknown_field", "")),
        ("note", {"text": "a", "basis": "rumour"}, ("not_a_choice", "basis")),
        ("note", {"text": "a" * 40_001}, ("too_long", "text")),
        ("note", {"text": ("a",)}, ("not_a_choice", "text")),
        ("triage", {"municipality": "a\nb"}, ("line_break", "municipality")),
        ("triage", {"municipality": "a\rb"}, ("line_break", "municipality")),
        ("triage", {"municipality": "a" * 501}, ("too_long", "municipality")),
        ("triage", {"topics": ("police", "x")}, ("not_a_choice", "topics")),
        ("triage", {"urgency": ("danger", "normal")}, ("not_a_choice", "urgency")),
        ("triage", {"status": "closed"}, ("not_a_choice", "status")),
        ("translate", {"text": "a", "language": "Dutch", "made_by": "person"},
         ("not_a_language", "language")),
        ("translate", {"text": "a", "language": "nl", "made_by": "online"},
         ("not_a_choice", "made_by")),
        ("answer", {"text": "a", "reports_back": "maybe"}, ("not_a_choice", "reports_back")),
        ("outcome", {"outcomes": ()}, ("missing", "outcomes")),
        ("deadline", {"rule": "objection", "started": "1 May"}, ("not_a_day", "started")),
        ("deadline", {"rule": "read", "started": "2026-11-01"}, ("not_a_choice", "rule")),
        ("deadline", {"rule": "objection", "started": "2026-11-22"}, ("in_the_future", "started")),
        ("deadline_met", {"number": "1"}, ("not_a_number", "number")),
        ("deadline_met", {"number": "-1"}, ("not_a_number", "number")),
        ("deadline_met", {"number": "²"}, ("not_a_number", "number")),
        ("deadline_met", {"number": "0" * 5}, ("not_a_number", "number")),
        ("duplicate", {"of": "no such"}, ("no_such_case", "of")),
        ("duplicate", {"of": ""}, ("missing", "of")),
        ("bundle", {"bundle": "no such"}, ("no_such_case", "bundle")),
        ("consent", {"purpose": "act", "how": "face"}, ("missing", "given")),
        ("fly", {}, ("unknown_action", "")),
    ],
)  # fmt: skip
def test_what_is_filled_in_wrongly_is_refused(
    book: Casebook, name: str, given: dict[str, Any], expected: tuple[str, str]
) -> None:
    """The reason is from the closed list, the field is named, and nothing is written."""
    assert refused(book, receive(book, WITH_CODE), name, **given) == expected


def test_a_refusal_repeats_nothing_that_was_typed(book: Casebook) -> None:
    """Neither the message nor the hint holds the words of a field, or its unknown name."""
    case = receive(book)
    for given in ({"text": "geheim\n" * 9_000}, {"geheim": "geheim"}):
        with pytest.raises(Refusal) as caught:
            do(book, case, "note", **given)
        assert "geheim" not in f"{caught.value} {caught.value.hint}"


def test_triage_writes_only_what_changed(book: Casebook) -> None:
    """A form gives every field; what is as it was makes no event."""
    case = receive(book, {"municipality": "Ede", "topics": ["care"]})
    do(book, case, "triage", municipality="Ede", topics=("care",), status="")
    assert len(case.thread) == 1
    do(book, case, "triage", municipality="", topics=("care",), urgency="normal", assigned="jo")
    first = {"municipality": "", "urgency": "normal", "assigned": "jo"}
    assert last(book, case).values == first
    do(book, case, "triage", municipality="Ede", topics=("care",), urgency="", assigned="jo")
    assert last(book, case).values == {"municipality": "Ede"}


def test_a_first_sorting_says_how_urgent_it_is(book: Casebook) -> None:
    """Left open in a form it is refused, so that nothing is called sorted that nobody has weighed."""
    case = receive(book, WITH_CODE)
    given = {"urgency": "", "municipality": "Ede"}
    assert refused(book, case, "triage", **given) == ("missing", "urgency")
    assert len(case.thread) == 1
    assert not case.is_sorted


def test_danger_is_one_step_and_sorting_takes_it_back(book: Casebook) -> None:
    """Nothing else of the case changes; said twice it is written once, and never of a closed case."""
    case = receive(book, {"topics": ["violence"], "municipality": "Ede", **WITH_CODE})
    do(book, case, "danger")
    do(book, case, "danger")
    assert [entry.kind for entry in case.thread] == ["received", "triaged"]
    assert (case.urgency, case.topics, case.municipality) == ("danger", ("violence",), "Ede")
    do(book, case, "triage", urgency="normal")
    assert case.urgency == "normal"
    do(book, case, "outcome", outcomes=("listened",))
    do(book, case, "close", without="asked_not_to")
    assert refused(book, case, "danger") == ("closed", "")


def test_triage_takes_the_last_tick_away(book: Casebook) -> None:
    """A list without a tick is an empty list."""
    case = receive(book, {"topics": ["care"]})
    do(book, case, "triage", topics=())
    assert case.topics == ()


@pytest.mark.parametrize(
    ("fields", "given", "expected"),
    [
        ({}, {"identity": "named"}, ("no_consent", "identity")),
        ({}, {"identity": "workname"}, ("no_consent", "identity")),
        (DETAILS, {"identity": "workname"}, ("no_consent", "identity")),
        ({"pass_on": {"scope": "name", "to": ["help"]}}, {"identity_to": ("help", "ombudsman")},
         ("no_consent", "identity_to")),
        ({"pass_on": {"scope": "name", "to": ["help"]}, "role": "professional"},
         {"identity": "named", "identity_to": ("help",)}, ("no_consent", "identity")),
    ],
)  # fmt: skip
def test_triage_cannot_say_more_of_her_than_she_agreed(
    book: Casebook, fields: dict[str, Any], given: dict[str, Any], expected: tuple[str, str]
) -> None:
    """Her name, and her work name, go only to those whom she named herself."""
    assert refused(book, receive(book, fields), "triage", **given) == expected


def test_triage_can_narrow_who_may_know_her(book: Casebook) -> None:
    """Less than she agreed is always possible; without a name nobody is left who may know it."""
    case = receive(book, {"pass_on": {"scope": "name", "to": ["help", "ombudsman"]}})
    do(book, case, "triage", identity="workname", identity_to=("help",))
    assert (case.identity, case.identity_to) == ("workname", ("help",))
    do(book, case, "triage", identity="none", identity_to=("help",))
    assert (case.identity, case.identity_to) == ("none", ())


def test_an_answer_needs_a_code(book: Casebook) -> None:
    """Who has no reply code cannot read an answer."""
    assert refused(book, receive(book), "answer", text="a") == ("no_code", "")


def test_an_answer_needs_a_case_out_of_its_flood(book: Casebook) -> None:
    """Fakes that came together get no answer until a handler has let them go."""
    case = receive(book, WITH_CODE, flood="f")
    assert refused(book, case, "answer", text="a") == ("in_flood", "")


def test_an_answer_with_an_open_hole_is_refused(book: Casebook) -> None:
    """What a standard answer leaves open must be filled in before it goes out."""
    case = receive(book, WITH_CODE)
    assert refused(book, case, "answer", text="Bel {name} op.") == ("open_hole", "text")


def test_an_answer_fits_the_board_to_the_byte(book: Casebook) -> None:
    """Bytes are counted, not characters."""
    case = receive(book, WITH_CODE)
    longest = "я" * (ANSWER_BYTES // 2)
    assert (bytes_left(longest), bytes_left(longest + "a")) == (0, -1)
    assert refused(book, case, "answer", text=longest + "a", reads="yes") == ("too_long", "text")
    do(book, case, "answer", text=longest, reads="yes")
    assert case.answered_on == "2026-11-21"


def test_telling_by_code_needs_an_answer(book: Casebook) -> None:
    """A report back under the code without any answer there would tell nobody anything."""
    case = receive(book, WITH_CODE)
    assert refused(book, case, "report_back", how="code") == ("never_answered", "how")
    do(book, case, "answer", text="a")
    do(book, case, "report_back", how="code")
    assert case.reported_back == "2026-11-21"


def test_an_outcome_is_recorded_once(book: Casebook) -> None:
    """The same outcome again makes no event."""
    case = receive(book)
    do(book, case, "outcome", outcomes=("listened",))
    do(book, case, "outcome", outcomes=("listened",))
    do(book, case, "outcome", outcomes=("listened", "advice"))
    assert case.outcomes == ("listened", "advice")
    assert len(case.thread) == 3


@pytest.mark.parametrize(
    ("fields", "given", "expected"),
    [
        ({}, {}, ("no_report_back", "without")),
        (WITH_CODE, {"without": "no_channel"}, ("has_code", "without")),
        ({}, {"without": "unreachable"}, ("not_tried", "without")),
        ({}, {"without": "duplicate"}, ("no_duplicate", "without")),
        ({}, {"without": "not_a_complaint"}, ("no_reason_text", "text")),
        ({}, {"without": "bored"}, ("not_a_choice", "without")),
    ],
)
def test_a_case_is_not_closed_without_a_word_to_its_sender(
    book: Casebook, fields: dict[str, Any], given: dict[str, Any], expected: tuple[str, str]
) -> None:
    """Neither a report back nor a reason that holds: the case stays open."""
    case = receive(book, fields)
    do(book, case, "outcome", outcomes=("listened",))
    assert refused(book, case, "close", **given) == expected
    assert not case.is_closed


def test_reasons_that_hold_close_a_case(book: Casebook) -> None:
    """No way to reach her, attempts that failed, and words why it is no complaint."""
    for without, text in (("no_channel", ""), ("unreachable", ""), ("not_a_complaint", "a test")):
        case = receive(book)
        do(book, case, "tried", how="telephone")
        do(book, case, "outcome", outcomes=("listened",))
        do(book, case, "close", without=without, text=text)
        assert (case.closed_without, case.closed_on) == (without, "2026-11-21")


def test_a_case_is_not_closed_without_an_outcome(book: Casebook) -> None:
    """What came of it is part of the figures."""
    case = receive(book)
    assert refused(book, case, "close", without="asked_not_to") == ("no_outcome", "outcomes")
    do(book, case, "report_back", how="face")
    assert refused(book, case, "close") == ("no_outcome", "outcomes")


def test_closing_records_what_came_of_a_case_with_it(book: Casebook) -> None:
    """What is new is written before the close; what was recorded stays, ticked or not."""
    case = receive(book)
    do(book, case, "outcome", outcomes=("listened",))
    given: dict[str, Any] = {"without": "asked_not_to", "outcomes": ("informed", "listened")}
    do(book, case, "close", **given)
    assert [entry.kind for entry in case.thread[-2:]] == ["outcome", "closed"]
    assert (case.is_closed, case.outcomes) == (True, ("listened", "informed"))
    do(book, case, "reopen", text="a")
    do(book, case, "close", **(given | {"outcomes": ()}))
    assert [entry.kind for entry in case.thread[-2:]] == ["reopened", "closed"]
    assert case.outcomes == ("listened", "informed")


def test_a_close_that_is_refused_records_no_outcome(book: Casebook) -> None:
    """All of it or nothing."""
    case = receive(book)
    assert refused(book, case, "close", outcomes=("listened",)) == ("no_report_back", "without")
    assert case.outcomes == ()


def test_a_closed_case_stays_closed_until_it_is_opened(book: Casebook) -> None:
    """Closing twice and setting a status are refused; opening needs words and asks anew."""
    case = receive(book)
    assert refused(book, case, "reopen", text="a") == ("not_closed", "")
    do(book, case, "report_back", how="face")
    do(book, case, "outcome", outcomes=("listened",))
    do(book, case, "close")
    assert refused(book, case, "close") == ("closed", "")
    assert refused(book, case, "triage", status="acting") == ("closed", "status")
    assert refused(book, case, "reopen") == ("missing", "text")
    do(book, case, "reopen", text="she wrote again")
    assert refused(book, case, "close") == ("no_report_back", "without")


def test_an_action_is_refused_on_the_wrong_kind(book: Casebook) -> None:
    """A bundle has no sender to answer; it closes with an outcome alone."""
    case = receive(book)
    do(book, case, "bundle", title="checks")
    bundle = book.cases[case.bundle]
    assert refused(book, bundle, "answer", text="a") == ("other_kind", "")
    assert refused(book, bundle, "close") == ("no_outcome", "outcomes")
    do(book, bundle, "outcome", outcomes=("advice",))
    do(book, bundle, "close")
    assert bundle.is_closed


def test_the_table_names_each_action_once() -> None:
    """Every action is found by its name, with fields of different names, for a kind of case."""
    names = [action.name for action in actions.ACTIONS]
    assert len(set(names)) == len(names)
    for action in actions.ACTIONS:
        fields = [field.name for field in action.fields]
        assert actions.find(action.name) is action
        assert len(set(fields)) == len(fields)
        assert all(f.choices for f in action.fields if f.kind in ("choice", "many"))


def test_a_case_is_offered_the_actions_of_its_kind(book: Casebook) -> None:
    """A complaint has all of them, a bundle those that make sense without a sender."""
    case = receive(book)
    do(book, case, "bundle", title="checks")
    assert actions.on(case) == actions.ACTIONS
    names = {action.name for action in actions.on(book.cases[case.bundle])}
    expected = {
        "triage",
        "note",
        "deadline",
        "deadline_met",
        "unmask",
        "outcome",
        "close",
        "reopen",
    }
    assert names == expected


def test_nothing_here_goes_to_the_police_by_itself() -> None:
    """No action or field is a way to enforcement; the complaints office of the police is a receiver."""
    words = [action.name for action in actions.ACTIONS]
    words += [field.name for action in actions.ACTIONS for field in action.fields]
    assert not [word for word in words if "police" in word or "traffick" in word]


def test_no_day_is_taken_from_a_clock(book: Casebook) -> None:
    """The day of an event is the one that was passed in."""
    case = receive(book)
    do(book, case, "note", date(2031, 1, 2), text="a")
    assert last(book, case).on == "2031-01-02"
