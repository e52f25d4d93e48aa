"""Events folded into a case (desk/cases/fold.py and begin.py)."""

import dataclasses
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.cases import kinds
from desk.cases.case import Case, Consent
from desk.cases.fold import UNSOUND, fold
from desk.store.event import Event
from tests.cases import DAY, HANDLER, ID, OBJECT, PLACE, SOUND, SUBJECT, WITH_CODE, event
from tests.samples import complaint, text
from tests.soak import count


def case_of(*events: Event, **fields: Any) -> Case:
    """Fold a complaint and what follows it."""
    words = text(complaint(**fields)).decode()
    case = fold(None, PLACE, event("received", complaint=words))
    for later in events:
        case = fold(case, PLACE, later)
    assert case is not None
    return case


def bundle_of(*events: Event) -> Case:
    """Fold a bundle and what follows it."""
    case = fold(None, PLACE, event("bundle_made"))
    for later in events:
        case = fold(case, PLACE, later)
    assert case is not None
    return case


def test_a_complaint_begins_a_case() -> None:
    """What a handler sorts by is copied from the complaint; the story is not."""
    case = case_of(
        **WITH_CODE, role="self", wish="help", period="week", topics=["police", "check"],
        municipality="Ede", answerer="woman", reply_language="bg", story="Дойдоха без да питат.",
    )  # fmt: skip
    assert (case.role, case.wish, case.period, case.municipality) == ("self", "help", "week", "Ede")
    assert (case.topics, case.answerer, case.has_code) == (("police", "check"), "woman", True)
    assert (case.language, case.reply_language, case.script) == ("nl", "bg", "cyrillic")
    assert (case.status, case.urgency, case.kind) == ("new", "not_sorted", "complaint")
    assert (case.pseudonym, case.received_on, case.last_on) == ("stille egel", DAY, DAY)
    assert (case.objects, case.practice, case.flood) == ((OBJECT,), False, "")
    assert not any("Дойдоха" in str(value) for value in dataclasses.astuple(case))


def test_a_small_complaint_leaves_the_rest_empty() -> None:
    """A case of a complaint with nothing but a story has no code and answers in its own language."""
    case = case_of()
    assert (case.has_code, case.reply_language, case.role, case.topics) == (False, "nl", "", ())


def test_a_complaint_entered_by_a_handler_has_no_object() -> None:
    """Told by telephone: no object, and the consents were asked on the telephone."""
    case = fold(None, PLACE, event("received", object="", channel="telephone"))
    assert case is not None
    assert (case.objects, case.channel) == ((), "telephone")
    assert case.consent("count") == Consent("count", True, DAY, "telephone")


def test_the_ticks_of_the_form_are_the_first_consents() -> None:
    """Each tick is a consent, and passing on one more, with its scope and receivers."""
    case = case_of(pass_on={"scope": "details", "to": ["help"]})
    expected = [("store", True), ("act", False), ("count", True), ("quote", False)]
    assert [(said.purpose, said.given) for said in case.consents[:4]] == expected
    assert case.consents[4] == Consent("pass_on", True, DAY, "form", "details", ("help",))
    assert not case_of(pass_on={"scope": "nobody", "to": []}).consents_to("pass_on")


@pytest.mark.parametrize(
    ("fields", "identity", "to"),
    [
        ({}, "none", ()),
        ({"address_as": "Ana"}, "desk_only", ()),
        ({"contact": "mondays"}, "desk_only", ()),
        ({"pass_on": {"scope": "details", "to": ["help"]}}, "none", ()),
        ({"pass_on": {"scope": "name", "to": ["help"]}}, "named", ("help",)),
        ({"pass_on": {"scope": "name", "to": ["help"]}, "role": "permission"}, "named", ("help",)),
        ({"pass_on": {"scope": "name", "to": ["help"]}, "role": "professional"}, "none", ()),
    ],
)
def test_who_may_know_her_follows_from_what_she_ticked(
    fields: dict[str, Any], identity: str, to: tuple[str, ...]
) -> None:
    """Her name goes to those she named; a professional cannot agree for her."""
    case = case_of(**fields)
    assert (case.identity, case.identity_to) == (identity, to)


def test_a_word_on_passing_on_changes_who_may_know_her() -> None:
    """What a handler recorded comes in force, and a no takes it back."""
    case = case_of(event("consented"), role="professional", address_as="Ana")
    assert (case.identity, case.identity_to, case.agreed("name")) == ("named", ("help",), ("help",))
    fold(case, PLACE, event("consented", given=False, scope="", to=[]))
    assert (case.identity, case.identity_to, case.agreed("name")) == ("desk_only", (), ())
    assert not case.consents_to("pass_on")


def test_a_no_with_receivers_is_a_no() -> None:
    """Whatever else stands in it: a consent that was not given lets nobody know anything."""
    case = case_of(event("consented"), event("consented", given=False))
    assert (case.agreed("name"), case.identity) == ((), "none")


def test_another_purpose_leaves_who_may_know_her() -> None:
    """A handler who narrowed her identity finds it so after a word on counting."""
    narrowed = event("triaged", identity="workname", identity_to=["help"])
    case = case_of(event("consented"), narrowed, event("consented", purpose="count"))
    assert case.identity == "workname"


@pytest.mark.parametrize("changes", [{"complaint": "{}"}, {"complaint": "\ud800"}, {"object": "x"}])
def test_what_is_no_complaint_begins_nothing(changes: dict[str, Any]) -> None:
    """An event whose complaint breaks the rules begins no case."""
    assert fold(None, PLACE, event("received", **changes)) is None


@pytest.mark.parametrize("kind", sorted(SOUND.keys() - {"received", "bundle_made"}))
def test_only_a_complaint_or_a_bundle_begins_a_case(kind: str) -> None:
    """Whatever else comes first has no case to change."""
    assert fold(None, PLACE, event(kind)) is None


def test_a_bundle_is_a_case_of_its_own() -> None:
    """A bundle has a title and a thread, and is not new."""
    case = bundle_of()
    assert (case.kind, case.title, case.about, case.status) == ("bundle", "t", "police", "read")
    assert [entry.kind for entry in case.thread] == ["bundle_made"]


EFFECTS: list[tuple[list[Event], str, Any]] = [  # events, attribute, value after them
    ([event("received_again")], "objects", (OBJECT, "7c" * 32)),
    ([event("received_again", object=OBJECT)], "objects", (OBJECT,)),
    ([event("received_again", on="2026-12-01")], "last_on", "2026-12-01"),
    ([event("received_again", on="2026-11-01")], "last_on", DAY),
    ([event("noted", on="2026-12-01")], "last_on", DAY),
    ([event("answered", on="2026-12-01")], "last_on", "2026-12-01"),
    ([event("read")], "status", "read"),
    ([event("triaged", status="acting"), event("read")], "status", "acting"),
    ([event("triaged")], "urgency", "danger"),
    ([event("triaged")], "topics", ("police",)),
    ([event("answered")], "status", "waiting_sender"),
    ([event("answered")], "answered_on", DAY),
    ([event("closed"), event("answered")], "status", "closed"),
    ([event("closed"), event("triaged")], "status", "closed"),
    ([event("bundled")], "bundle", SUBJECT),
    ([event("bundled"), event("unbundled")], "bundle", ""),
    ([event("duplicate")], "duplicate_of", SUBJECT),
    ([event("duplicate", of="11" * 16)], "duplicate_of", ""),
    ([event("outcome"), event("outcome", outcomes=["bundled", "listened"])], "outcomes",
     ("listened", "bundled")),
    ([event("tried"), event("tried")], "tried", 2),
    ([event("reported_back")], "reported_back", DAY),
    ([event("set_aside")], "flood", "f1"),
    ([event("read"), event("set_aside")], "flood", ""),
    ([event("set_aside"), event("flood_released")], "flood", ""),
    ([event("set_aside"), event("flood_released")], "status", "new"),
    ([event("closed")], "closed_on", DAY),
    ([event("closed")], "closed_without", "asked_not_to"),
    ([event("closed", without="")], "status", "new"),
    ([event("reported_back"), event("closed", without="")], "status", "closed"),
    ([event("reported_back"), event("closed"), event("reopened")], "status", "read"),
    ([event("reported_back"), event("closed"), event("reopened")], "reported_back", ""),
    ([event("reported_back"), event("reopened")], "reported_back", DAY),
    ([event("duplicate"), event("closed"), event("reopened")], "duplicate_of", ""),
    ([event("closed"), event("reopened")], "closed_without", ""),
    ([event("closed"), event("reopened")], "closed_on", ""),
]  # fmt: skip


@pytest.mark.parametrize(("events", "attribute", "value"), EFFECTS)
def test_what_an_event_does(events: list[Event], attribute: str, value: Any) -> None:
    """Each kind changes what it is about; the reasons stand with the kinds."""
    assert getattr(case_of(*events), attribute) == value


@pytest.mark.parametrize(
    "kind",
    [
        *("noted", "translated", "letter_made", "identity_read", "referred", "bundled"),
        *("consented", "deadline_set", "outcome", "tried", "reported_back"),
    ],
)
def test_whoever_works_on_a_case_has_read_it(kind: str) -> None:
    """A case with a note or a term is not new any more."""
    assert case_of(event(kind)).status == "read"


def test_a_referral_is_done_by_its_id_and_once() -> None:
    """A merge may bring a referral in between, so a place in the list would not do."""
    other = event("referred", id="f" * 16, organisation="other")
    case = case_of(other, event("referred"), event("referral_done"))
    fold(case, PLACE, event("referral_done", on="2026-12-24"))
    assert [(one.organisation, one.done_on) for one in case.referrals] == [
        ("other", ""),
        ("o", DAY),
    ]
    assert (case.referrals[1].warm, case.referrals[1].follow_up) == (True, "2026-12-01")


def test_a_term_is_met_by_its_id_and_set_once() -> None:
    """The same term set twice is one; meeting it leaves the others running."""
    other = event("deadline_set", id="f" * 16)
    case = case_of(event("deadline_set"), event("deadline_set"), other, event("deadline_met"))
    fold(case, PLACE, event("deadline_met", on="2026-12-24"))
    assert [(term.id, term.met_on) for term in case.deadlines] == [(ID, DAY), ("f" * 16, "")]


def test_a_bundle_closes_without_a_report_back_and_is_in_no_bundle() -> None:
    """Nobody is told of a bundle: the senders of its complaints are."""
    case = bundle_of(event("bundled"), event("closed", without=""))
    assert (case.status, case.bundle) == ("closed", "")


def test_what_is_not_understood_stands_in_the_thread_and_does_nothing() -> None:
    """A kind of a later version keeps its name; a known one with wrong values is unsound."""
    later = Event("11" * 16, "of_a_later_version", DAY, HANDLER, {"x": 1})
    before = case_of()
    case = case_of(later, event("triaged", urgency="worst"), event("closed", on="today"))
    assert [entry.kind for entry in case.thread[1:]] == ["of_a_later_version", UNSOUND, UNSOUND]
    assert not kinds.is_known(UNSOUND)
    assert dataclasses.replace(case, thread=[]) == dataclasses.replace(before, thread=[])


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from([ID, SUBJECT]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@st.composite
def hostile(draw: st.DrawFn) -> Event:
    """An event of any kind with some of its values replaced, dropped or added."""
    kind = draw(st.sampled_from(sorted(SOUND)) | st.text(max_size=6))
    values: dict[str, Any] = dict(SOUND.get(kind, {}))
    for name in draw(st.lists(st.sampled_from([*values, "more"]), max_size=2)):
        values[name] = draw(json_values)
    on = draw(st.sampled_from([DAY, "2026-12-31"]) | st.text(max_size=10))
    return Event("11" * 16, kind, on, draw(st.text(max_size=4)), values)


@settings(max_examples=count(5_000, 200), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(hostile(), max_size=6))
def test_no_values_make_folding_fail(events: list[Event]) -> None:
    """Whatever stands in a store: folding ends, keeps every entry, and every field keeps its type."""
    case, types = case_of(), {name: type(value) for name, value in vars_of(case_of()).items()}
    for later in events:
        assert fold(case, PLACE, later) is case
    assert len(case.thread) == 1 + len(events)
    assert {name: type(value) for name, value in vars_of(case).items()} == types
    if case.is_closed:
        assert case.reported_back or case.closed_without


def vars_of(case: Case) -> dict[str, Any]:
    """Return the fields of a case, but for those that are made when they are needed."""
    made_later = ("said", "sealed_again")
    names = [field.name for field in dataclasses.fields(case) if field.name not in made_later]
    return {name: getattr(case, name) for name in names}
