"""What a sender agreed to, before a letter is made of it (desk/letters/permission.py)."""

import pytest

from desk.cases.book import Casebook
from tests import letter_samples as samples
from tests.letter_samples import ALL, TO_OPERATOR, bundled, consent, make, named, passes, refused


def test_a_later_no_to_passing_on_holds_for_an_operator_too(book: Casebook) -> None:
    """Whatever she said before; what she says of the operator afterwards counts again."""
    case = named(book)
    consent(book, case, purpose="operator")
    consent(book, case, purpose="pass_on", given=False, how="code")
    assert refused(book, case, "talk_request", **TO_OPERATOR) == ("no_consent", "")
    other = samples.add(book)
    consent(book, other, purpose="operator")
    assert refused(book, bundled(book, case, other), "talk_request", **TO_OPERATOR) == (
        "too_few",
        "",
    )
    consent(book, case, purpose="operator")
    assert make(book, case, "talk_request", **TO_OPERATOR)
    consent(book, case, purpose="pass_on", scope="nobody")
    assert refused(book, case, "talk_request", **TO_OPERATOR) == ("no_consent", "")


@pytest.mark.parametrize("ends", ["withdrawn", "erase"])
def test_what_is_not_kept_is_in_no_letter(book: Casebook, ends: str) -> None:
    """Keeping withdrawn, or erasure asked and not done yet: alone and in a bundle."""
    case, others = named(book), [named(book), named(book)]
    bundle = bundled(book, case, others[0])
    assert make(book, bundle, "bundled_signal")
    if ends == "withdrawn":
        consent(book, case, purpose="store", given=False)
    else:
        case.asked = "erase"
    for template in ("talk_request", "municipal_complaint", "referral_note"):
        assert refused(book, case, template) == ("not_agreed", "")
    for template in ("bundled_signal", "unsolicited_advice", "talk_request"):
        assert refused(book, bundle, template) == ("too_few", "")
    assert make(book, bundled(book, *others), "bundled_signal")


def test_withdrawn_consent_counts(book: Casebook) -> None:
    """The last word on acting and on passing on decides."""
    case = named(book)
    consent(book, case, given=False)
    assert refused(book, case, "talk_request") == ("no_act", "")
    assert make(book, case, "referral_note")
    consent(book, case, purpose="pass_on", given=False)
    assert refused(book, case, "referral_note") == ("no_consent", "")
    assert refused(book, named(book, consent=ALL | {"act": False}), "talk_request") == (
        "no_act",
        "",
    )


def test_a_professional_can_only_report(book: Casebook) -> None:
    """Until the person whom it is about has agreed to it herself."""
    case = named(book, role="professional")
    assert refused(book, case, "talk_request") == ("professional", "")
    assert refused(book, case, "referral_note") == ("professional", "")
    assert make(book, case, "report_back")
    consent(book, case)
    assert refused(book, case, "talk_request") == ("professional", "")
    consent(book, case, purpose="pass_on", scope="details", to=["municipality"])
    assert make(book, case, "talk_request")


def test_a_yes_that_a_handler_asked_for_counts_from_the_first_day(book: Casebook) -> None:
    """Also by the telephone by which a professional called that same day; the call alone does not."""
    case = named(book, channel="telephone", role="professional")
    assert refused(book, case, "referral_note") == ("professional", "")
    consent(book, case, purpose="pass_on", scope="details", to=["help"])
    assert make(book, case, "referral_note")
    told = named(book, channel="telephone")
    consent(book, told, purpose="operator")
    assert make(book, told, "talk_request", **TO_OPERATOR)


def test_nothing_is_written_of_a_complaint_that_may_not_be_kept(book: Casebook) -> None:
    """Whatever else she agreed to before; she herself still hears from the desk."""
    case = named(book)
    bundle = samples.add_bundle(book, 1)
    book.add([samples.event(case.subject, "bundled", {"bundle": bundle.subject})])
    assert make(book, bundle, "unsolicited_advice")
    consent(book, case, purpose="store", given=False)
    for template in ("referral_note", "talk_request"):
        assert refused(book, case, template) == ("not_agreed", "")
    assert refused(book, bundle, "unsolicited_advice") == ("too_few", "")
    assert make(book, case, "report_back")


def test_no_letter_goes_to_an_operator_by_default(book: Casebook) -> None:
    """Only with the box ticked and a consent of its own, which no form can give."""
    case = named(book)
    assert refused(book, case, "talk_request", recipient="operator") == ("operator", "to_operator")
    consent(book, case)
    assert refused(book, case, "talk_request", **TO_OPERATOR) == ("no_consent", "")
    consent(book, case, purpose="operator")
    assert make(book, case, "talk_request", **TO_OPERATOR)
    assert refused(book, case, "talk_request", recipient="operator") == ("operator", "to_operator")
    consent(book, case, purpose="operator", given=False)
    assert refused(book, case, "talk_request", **TO_OPERATOR) == ("no_consent", "")


def test_a_bundle_counts_only_those_who_agreed(book: Casebook) -> None:
    """Two are the fewest; professionals, others' receivers and refusals do not count."""
    bundle = samples.add_bundle(book, 1, **passes("pattern", "ombudsman"))
    for changes in (
        passes("pattern", "municipality"),
        passes("nobody"),
        {},
        {"role": "professional"},
    ):
        changes = {**passes("pattern", "ombudsman"), **changes} if "role" in changes else changes
        member = samples.add(book, **changes)
        book.add([samples.event(member.subject, "bundled", {"bundle": bundle.subject})])
    assert refused(book, bundle, "ombudsman_signal") == ("too_few", "")
    assert make(book, bundle, "unsolicited_advice")
    consent(book, member, purpose="pass_on", scope="pattern", to=["ombudsman"])
    assert "meerdere meldingen" in make(book, bundle, "ombudsman_signal")
    assert refused(book, bundle, "talk_request", recipient="ombudsman") == ("too_few", "")
    assert refused(book, bundle, "talk_request", recipient="operator", to_operator="yes") == (
        "too_few",
        "",
    )


def test_a_bundle_counts_people_and_not_papers(book: Casebook) -> None:
    """No duplicate, nothing that is no complaint, no flood, no canary, nobody twice."""
    case, code = named(book), {"reply_key": "ab" * 32, "tag_key": "cd" * 32}
    for values in (
        {"without": "duplicate", "text": ""},
        {"without": "not_a_complaint", "text": "x"},
    ):
        other = named(book)
        book.add([samples.event(other.subject, "closed", values)])
        assert refused(book, bundled(book, case, other), "bundled_signal") == ("too_few", "")
    linked, flooded, canary = named(book), named(book), named(book)
    book.add([samples.event(linked.subject, "duplicate", {"of": case.subject})])
    book.add([samples.event(flooded.subject, "set_aside", {"flood": "ab" * 32})])
    canary.canary = True
    for other in (linked, flooded, canary):
        assert refused(book, bundled(book, case, other), "bundled_signal") == ("too_few", "")
    twice = bundled(book, named(book, **code), named(book, **code))
    assert refused(book, twice, "bundled_signal") == ("too_few", "")
    assert make(book, bundled(book, case, named(book)), "bundled_signal")


def test_a_bundle_that_nobody_agreed_to_count_gives_no_advice(book: Casebook) -> None:
    """Advice holds no data of a case, and still stands on complaints."""
    bundle = samples.add_bundle(book, 3, consent=ALL | {"count": False})
    assert refused(book, bundle, "unsolicited_advice") == ("too_few", "")


@pytest.mark.parametrize("identity", ["none", "desk_only", "workname"])
def test_her_name_needs_more_than_a_wide_consent(book: Casebook, identity: str) -> None:
    """A handler narrowed who may know her: name, address and contact are refused, and named."""
    case = named(book)
    book.add([samples.event(case.subject, "triaged", {"identity": identity})])
    assert refused(book, case, "municipal_complaint") == ("identity", "her_name")
    assert refused(book, case, "referral_note", say_contact="yes") == ("identity", "say_contact")
    assert "Anna" not in make(book, case, "referral_note", say_name="no", say_contact="no")
    if identity == "workname":
        assert "zo aan: Anna" in make(book, case, "referral_note", say_name="yes")
    else:
        assert refused(book, case, "referral_note", say_name="yes") == ("identity", "say_name")


def test_only_the_named_receivers_may_know_her(book: Casebook) -> None:
    """Her name for one body is not her name for another."""
    case = named(book)
    both = make(book, case, "referral_note", say_name="yes", say_contact="yes")
    assert "zo aan: Anna" in both
    assert "te bereiken: bel 06-48210099" in both
    book.add([samples.event(case.subject, "triaged", {"identity_to": ["ombudsman"]})])
    assert refused(book, case, "referral_note", say_name="yes") == ("identity", "say_name")
    assert refused(book, case, "municipal_complaint") == ("identity", "her_name")


def test_a_narrower_consent_wins_over_what_another_copy_sorted(book: Casebook) -> None:
    """After a merge her name may stand wider than she agreed; a work name has its receivers too."""
    case = named(book)
    consent(book, case, purpose="pass_on", scope="details", to=["municipality", "help"])
    wide = {"identity": "named", "identity_to": ["municipality", "help"]}
    book.add([samples.event(case.subject, "triaged", wide)])
    assert refused(book, case, "referral_note", say_contact="yes") == ("identity", "say_contact")
    assert refused(book, case, "referral_note", say_name="yes") == ("identity", "say_name")
    month = "Dit was in oktober 2026."
    assert refused(book, case, "talk_request", pattern=month) == ("leak", "")
    other = named(book)
    called = {"identity": "workname", "identity_to": ["municipality"]}
    book.add([samples.event(other.subject, "triaged", called)])
    assert refused(book, other, "referral_note", say_name="yes") == ("identity", "say_name")


def test_what_she_did_not_give_cannot_be_said(book: Casebook) -> None:
    """A box for an empty field is refused rather than filled with nothing."""
    case = samples.add(book, **passes("name", "help"))
    assert refused(book, case, "referral_note", say_name="yes") == ("no_name", "say_name")
    assert refused(book, case, "referral_note", say_contact="yes") == ("no_name", "say_contact")
