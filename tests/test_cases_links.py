"""Referrals, consents, bundles, same complaints and floods (desk/work/passing.py, linking.py)."""

from datetime import date
from typing import Any

import pytest

from desk.cases import deadlines
from desk.cases.book import Casebook
from desk.cases.case import Case
from tests.cases import WITH_CODE, do, event, last, receive, refused

WARM = {
    "organisation": "GGD",
    "warm": "yes",
    "person": "M.",
    "agreed": "she calls on Monday",
    "follow_up": "2026-12-01",
}
PASS_ON = {"purpose": "pass_on", "given": "yes", "how": "telephone"}


def agreed(scope: str, *to: str) -> dict[str, Any]:
    """Return the field of a complaint with a word on passing on."""
    return {"pass_on": {"scope": scope, "to": list(to)}}


def test_telling_her_where_to_go_needs_no_consent(book: Casebook) -> None:
    """Nothing leaves the desk: only she hears it."""
    case = receive(book)
    do(book, case, "refer", organisation="GGD")
    values = dict(last(book, case).values)
    assert values.pop("id") == case.referrals[0].id
    assert values == {
        "receiver": "help",
        "organisation": "GGD",
        "person": "",
        "agreed": "",
        "follow_up": "",
        "warm": False,
    }


@pytest.mark.parametrize("name", ["person", "agreed"])
@pytest.mark.parametrize("warm", ["no", ""])
def test_speaking_of_her_with_a_person_is_to_hand_her_over(
    book: Casebook, name: str, warm: str
) -> None:
    """The box left open changes nothing: without her consent for that receiver it is refused."""
    given = {"organisation": "GGD", "warm": warm, name: "An, on Monday"}
    for fields in ({}, agreed("name", "municipality"), agreed("pattern", "help")):
        assert refused(book, receive(book, fields), "refer", **given) == ("no_consent", "receiver")
    case = receive(book, agreed("details", "help"))
    do(book, case, "refer", **given)
    assert not case.referrals[0].warm


def test_nobody_is_handed_over_who_no_longer_agrees_that_it_is_kept(book: Casebook) -> None:
    """That takes every other consent with it; she can still be told where to go."""
    case = receive(book, agreed("name", "help"))
    do(book, case, "consent", purpose="store", given="no", how="telephone")
    for given in (WARM, WARM | {"warm": "no"}):
        assert refused(book, case, "refer", **given) == ("not_agreed", "receiver")
    do(book, case, "refer", organisation="GGD")
    do(book, case, "consent", purpose="store", given="yes", how="telephone")
    do(book, case, "refer", **WARM)
    assert [referral.warm for referral in case.referrals] == [False, True]
    book.add([event("followed_up", case.subject, ask="erase")])
    assert refused(book, case, "refer", **WARM) == ("not_agreed", "receiver")


@pytest.mark.parametrize("scope", ["details", "name"])
def test_a_warm_referral_needs_consent_for_that_receiver(book: Casebook, scope: str) -> None:
    """She named who may hear of her, and what they may hear is more than a pattern."""
    case = receive(book, agreed(scope, "help"))
    do(book, case, "refer", **WARM)
    assert (case.referrals[0].warm, case.referrals[0].follow_up) == (True, "2026-12-01")


@pytest.mark.parametrize(
    ("fields", "given", "expected"),
    [
        ({}, {}, ("no_consent", "receiver")),
        (agreed("nobody"), {}, ("no_consent", "receiver")),
        (agreed("pattern", "help"), {}, ("no_consent", "receiver")),
        (agreed("name", "municipality"), {}, ("no_consent", "receiver")),
        (agreed("name", "help"), {"receiver": "ombudsman"}, ("no_consent", "receiver")),
        (agreed("name", "help") | {"role": "professional"}, {}, ("professional", "receiver")),
        (agreed("name", "help"), {"person": ""}, ("missing", "person")),
        (agreed("name", "help"), {"agreed": ""}, ("missing", "agreed")),
        (agreed("name", "help"), {"follow_up": ""}, ("missing", "follow_up")),
        (agreed("name", "help"), {"follow_up": "2026-11-20"}, ("in_the_past", "follow_up")),
        (agreed("name", "help"), {"organisation": ""}, ("missing", "organisation")),
    ],
)
def test_a_warm_referral_is_refused(
    book: Casebook, fields: dict[str, Any], given: dict[str, Any], expected: tuple[str, str]
) -> None:
    """Without her consent, a person, an appointment or a day to ask: nobody is handed over."""
    case = receive(book, fields)
    assert refused(book, case, "refer", **(WARM | given)) == expected


def test_a_recorded_consent_opens_the_way_and_a_no_closes_it(book: Casebook) -> None:
    """Also in the case of a professional, once the person herself was asked."""
    case = receive(book, agreed("name", "help") | {"role": "professional"})
    do(book, case, "consent", **PASS_ON, scope="details", to=("help",))
    do(book, case, "refer", **WARM)
    do(book, case, "consent", purpose="pass_on", given="no", how="telephone")
    assert refused(book, case, "refer", **WARM) == ("professional", "receiver")


def test_a_follow_up_may_be_today(book: Casebook) -> None:
    """A day that has not passed can be used."""
    case = receive(book)
    do(book, case, "refer", organisation="GGD", follow_up="2026-11-21")
    assert case.referrals[0].follow_up == "2026-11-21"


def test_a_referral_is_finished_by_its_number_and_once(book: Casebook) -> None:
    """Numbers count from 1, as they are shown."""
    case = receive(book)
    do(book, case, "refer", organisation="one")
    do(book, case, "refer", organisation="two")
    do(book, case, "referral_done", number="2")
    assert [referral.done_on for referral in case.referrals] == ["", "2026-11-21"]
    assert refused(book, case, "referral_done", number="2") == ("not_running", "number")
    assert refused(book, case, "referral_done", number="3") == ("not_a_number", "number")
    assert refused(book, case, "referral_done", number="0") == ("not_a_number", "number")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (PASS_ON, ("scope_missing", "scope")),
        (PASS_ON | {"scope": "nobody"}, ("scope_missing", "scope")),
        (PASS_ON | {"scope": "name"}, ("scope_missing", "to")),
        (PASS_ON | {"given": "no", "scope": "name"}, ("no_such_scope", "scope")),
        (PASS_ON | {"given": "no", "to": ("help",)}, ("no_such_scope", "to")),
        (PASS_ON | {"purpose": "act", "scope": "name"}, ("no_such_scope", "scope")),
        (PASS_ON | {"how": "form"}, ("not_a_choice", "how")),
    ],
)
def test_a_consent_that_says_nothing_is_refused(
    book: Casebook, given: dict[str, Any], expected: tuple[str, str]
) -> None:
    """Passing on needs a scope and receivers, and nothing else has them."""
    assert refused(book, receive(book), "consent", **given) == expected


def test_a_consent_keeps_its_history(book: Casebook) -> None:
    """The last word counts, and those before it stay to be read."""
    case = receive(book)
    do(book, case, "consent", purpose="act", given="yes", how="face")
    assert case.consents_to("act")
    do(book, case, "consent", purpose="act", given="no", how="code")
    assert not case.consents_to("act")
    said = [(one.given, one.how) for one in case.consents if one.purpose == "act"]
    assert said == [(False, "form"), (True, "face"), (False, "code")]


def test_a_new_bundle_takes_over_nothing_that_tells_who_wrote(book: Casebook) -> None:
    """It knows what it is about, and no place: a handler decides that."""
    case = receive(book, {"municipality": "Ede"})
    do(book, case, "triage", about="police", about_name="team")
    do(book, case, "bundle", title="checks at night")
    bundle = book.cases[case.bundle]
    assert (bundle.title, bundle.about) == ("checks at night", "police")
    assert (bundle.municipality, bundle.about_name) == ("", "")
    assert len(bundle.pseudonym.split()) == 2


def test_a_complaint_goes_into_a_bundle_and_out_again(book: Casebook) -> None:
    """A bundle may be given by its name."""
    first, second = receive(book), receive(book)
    do(book, first, "bundle", title="checks")
    do(book, second, "bundle", bundle=book.cases[first.bundle].pseudonym)
    assert second.bundle == first.bundle != ""
    do(book, second, "unbundle")
    assert second.bundle == ""
    assert refused(book, second, "unbundle") == ("not_in_bundle", "")


def test_a_bundle_that_cannot_be_used_is_refused(book: Casebook) -> None:
    """Neither, both, a complaint, or a closed bundle."""
    case, other = receive(book), receive(book)
    do(book, other, "bundle", title="checks")
    bundle = book.cases[other.bundle]
    assert refused(book, case, "bundle") == ("bundle_or_title", "bundle")
    both = {"bundle": bundle.pseudonym, "title": "more"}
    assert refused(book, case, "bundle", **both) == ("bundle_or_title", "bundle")
    assert refused(book, case, "bundle", bundle=other.pseudonym) == ("not_a_bundle", "bundle")
    do(book, bundle, "outcome", outcomes=("advice",))
    do(book, bundle, "close")
    assert refused(book, case, "bundle", bundle=bundle.subject) == ("closed", "bundle")


def test_the_same_complaint_is_linked_and_closed(book: Casebook) -> None:
    """The link keeps both; the one that goes on is the last in a chain."""
    first, second, third = (receive(book, WITH_CODE) for _ in range(3))
    do(book, second, "duplicate", of=first.pseudonym)
    do(book, third, "duplicate", of=second.subject)
    assert (second.duplicate_of, third.duplicate_of) == (first.subject, first.subject)
    assert (second.status, second.closed_without) == ("closed", "duplicate")
    do(book, second, "reopen", text="another one after all")
    assert second.duplicate_of == ""


def test_no_danger_is_closed_as_the_same_as_a_calm_complaint(book: Casebook) -> None:
    """Nor what may be danger: it would stand nowhere, until somebody sorts one of the two."""
    violence, calm = {"topics": ["violence"]}, receive(book)
    perhaps, again, danger = receive(book, violence), receive(book, violence), receive(book)
    do(book, danger, "danger")
    for one in (perhaps, danger):
        assert refused(book, one, "duplicate", of=calm.subject) == ("danger_hidden", "of")
    assert refused(book, danger, "duplicate", of=perhaps.subject) == ("danger_hidden", "of")
    do(book, again, "duplicate", of=perhaps.subject)  # the other says the same
    do(book, danger, "triage", urgency="normal")
    do(book, danger, "duplicate", of=calm.subject)
    do(book, calm, "danger")
    do(book, perhaps, "duplicate", of=calm.subject)
    assert perhaps.is_closed


def test_a_complaint_is_not_the_same_as_itself(book: Casebook) -> None:
    """Nor through another one, nor the same as a bundle, nor linked again once closed."""
    first, second = receive(book), receive(book)
    do(book, second, "bundle", title="checks")
    assert refused(book, second, "duplicate", of=second.bundle) == ("no_such_case", "of")
    assert refused(book, first, "duplicate", of=first.pseudonym) == ("itself", "of")
    do(book, second, "duplicate", of=first.pseudonym)
    assert refused(book, first, "duplicate", of=second.pseudonym) == ("itself", "of")
    assert refused(book, second, "duplicate", of=first.pseudonym) == ("closed", "")


def flood(book: Casebook, name: str = "f") -> list[Case]:
    """Put three complaints of one flood into a book."""
    return [receive(book, flood=name) for _ in range(3)]


def test_one_case_or_a_whole_flood_is_released(book: Casebook) -> None:
    """Another flood stays as it is."""
    cases, others = flood(book), flood(book, "e")
    do(book, cases[0], "release_flood")
    assert [case.flood for case in cases] == ["", "f", "f"]
    do(book, cases[1], "release_flood", whole="yes")
    assert [case.flood for case in cases + others] == ["", "", "", "e", "e", "e"]
    assert refused(book, cases[0], "release_flood") == ("not_in_flood", "")


def test_a_term_is_set_and_met(book: Casebook) -> None:
    """The last day is counted from the rules and kept."""
    case = receive(book)
    do(book, case, "deadline", rule="objection", started="2026-11-02")
    (term,) = case.deadlines
    assert (term.rule, term.started, term.last_day) == ("objection", "2026-11-02", "2026-12-14")
    do(book, case, "deadline_met", date(2026, 12, 1), number="1")
    assert case.deadlines[0].met_on == "2026-12-01"
    assert refused(book, case, "deadline_met", number="1") == ("not_running", "number")


@pytest.mark.parametrize(
    ("started", "last_day"), [("2026-11-20", "2026-12-18"), ("2027-02-13", "2027-03-15")]
)
def test_a_term_that_was_put_off_may_begin_later(
    book: Casebook, started: str, last_day: str
) -> None:
    """It counts from the last day of the first term, which runs still when the letter comes."""
    case = receive(book)
    do(book, case, "deadline", rule="complaint_adjourned", started=started)
    assert [(term.started, term.last_day) for term in case.deadlines] == [(started, last_day)]


@pytest.mark.parametrize("started", ["2027-02-14", "2199-12-31"])
def test_a_term_begins_no_later_than_a_first_term_can_end(book: Casebook, started: str) -> None:
    """A slip in the year is refused, and so is every day to come of the other rules."""
    case = receive(book)
    expected = ("too_far_ahead", "started")
    assert refused(book, case, "deadline", rule="complaint_adjourned", started=started) == expected
    for rule in deadlines.SET:
        if rule != "complaint_adjourned":
            told = refused(book, case, "deadline", rule=rule, started="2026-11-22")
            assert told == ("in_the_future", "started"), rule


def test_no_case_is_closed_while_an_objection_can_still_be_made(book: Casebook) -> None:
    """A closed case stands in no agenda: nobody would see the last day. A term of ours stops nothing."""
    case, other = receive(book), receive(book)
    do(book, case, "deadline", rule="objection", started="2026-11-20")
    do(book, case, "outcome", outcomes=("informed",))
    closing = {"without": "not_a_complaint", "text": "x"}
    assert refused(book, case, "close", **closing) == ("term_runs", "")
    assert refused(book, case, "duplicate", of=other.subject) == ("term_runs", "")
    do(book, case, "deadline_met", number="1")
    do(book, case, "deadline", rule="complaint", started="2026-11-20")
    do(book, case, "close", **closing)
    assert case.is_closed
