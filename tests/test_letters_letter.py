"""Letters from cases in a real store (desk/letters/letter.py, permission.py, templates.py)."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.cases.refusals import Refusal
from desk.letters import letter, templates
from desk.letters.refusals import LetterRefusal
from tests import letter_samples as samples
from tests.letter_samples import ALL, TODAY, passes

TO = "Gemeente Zwolle, Kerkplein 15, 8011 PK Zwolle"
GIVEN: Mapping[str, str] = {
    **{"to_address": TO, "from_desk": "Meldpunt\nPostbus 12, 1000 AA Oss\n0412-629911"},
    **{"over_period": "year", "pattern": "Er komen grote groepen zonder uitleg."},
    **{"effect": "Mensen durven geen hulp te vragen.", "request": "Graag uitleg vooraf."},
    **{"advice": "Spreek af wie er komt.", "help_wanted": "Een gesprek over wonen."},
    **{"agreed_contact": "Deze persoon belt u zelf.", "done": "Wij schreven een brief."},
    **{"result": "De werkwijze verandert.", "her_name": "Anna Bos", "her_address": "Kade 1, Oss"},
    **{"conduct": "Een groep kwam een kamer in.", "recipient": "municipality"},
    **{"letter_language": "nl"},
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    """Give the book of an empty store."""
    with samples.opened(tmp_path) as opened:
        yield opened


def named(book: Casebook, **changes: Any) -> Case:
    """Add a complaint of which everything may be said to a municipality and to help."""
    told = {"municipality": "Zwolle", "address_as": "Anna", "contact": "bel 06-48210099"}
    return samples.add(book, **{**told, **passes("name", "municipality", "help"), **changes})


def make(book: Casebook, case: Case, template: str, **changes: str) -> str:
    names = {field.name for field in letter.fields(template)}
    given = {name: text for name, text in GIVEN.items() if name in names} | changes
    return letter.make(book, case, template, given, today=TODAY).text


def refused(book: Casebook, case: Case, template: str, **changes: str) -> tuple[str, str]:
    with pytest.raises(LetterRefusal) as refusal:
        make(book, case, template, **changes)
    return refusal.value.reason, refusal.value.field


@pytest.mark.parametrize(
    "template", ["municipal_complaint", "talk_request", "referral_note", "report_back"]
)
def test_a_letter_is_made_from_a_complaint(book: Casebook, template: str) -> None:
    """Filled with what was given; nothing of the story, no hole and no mark is left in it."""
    case = named(book)
    text = make(book, case, template)
    for name, value in GIVEN.items():
        if name in {slot.field.name for slot in templates.TEMPLATES[template].slots}:
            assert value in text
    assert not re.search(r"[{}#]|\n\n\n|Rodrigo|opeens", text)


@pytest.mark.parametrize(
    "template", ["talk_request", "bundled_signal", "ombudsman_signal", "unsolicited_advice"]
)
def test_a_letter_is_made_from_a_bundle(book: Casebook, template: str) -> None:
    """From twelve complaints, whose number is told in words that are true of many numbers."""
    receivers = passes("details", "municipality", "ombudsman")
    bundle = samples.add_bundle(book, 12, municipality="Zwolle", **receivers)
    text = make(book, bundle, template)
    assert ("tien of meer meldingen" in text) == (template != "unsolicited_advice")
    assert "12 " not in text.replace("Postbus 12", "")


def test_every_letter_is_tried_here_and_has_its_words() -> None:
    """The list of letters, their files and the letters above are one list."""
    files = {path.name for path in templates.FOLDER.iterdir()}
    expected = {
        f"{one.id}.{language}.txt"
        for one in templates.TEMPLATES.values()
        for language in one.languages
    }
    assert files == expected
    assert len(templates.TEMPLATES) == 7


def test_a_letter_carries_its_day_and_the_articles_of_law(book: Casebook) -> None:
    """A municipal complaint cites the clock of the Awb, and its day may stand in it."""
    text = make(book, named(book), "municipal_complaint", complained_about="inspecteur 4821")
    assert "Datum: 23 november 2026" in text
    assert "artikel 9:11 Awb" in text
    assert "Mijn klacht gaat over: inspecteur 4821" in text


def test_the_word_for_an_amount_is_the_largest_that_is_true() -> None:
    """Small numbers are never told."""
    steps = {
        2: "meerdere",
        9: "meerdere",
        10: "tien of meer",
        24: "tien of meer",
        25: "vijfentwintig of meer",
    }
    steps |= {
        49: "vijfentwintig of meer",
        50: "vijftig of meer",
        100: "honderd of meer",
        999: "honderd of meer",
    }
    assert {count: letter._amount(count) for count in steps} == steps


@pytest.mark.parametrize(
    "name", [field for field in GIVEN if field not in ("letter_language", "recipient")]
)
def test_a_missing_field_is_named(book: Casebook, name: str) -> None:
    """Every field that a letter needs, left out or empty."""
    for template in templates.TEMPLATES.values():
        needed = {slot.field.name for slot in template.slots if slot.field.required}
        if name not in needed:
            continue
        case = named(book) if "complaint" in template.on else samples.add_bundle(book, 2)
        with pytest.raises(Refusal) as refusal:
            make(book, case, template.id, **{name: "  " if name != "over_period" else ""})
        assert (refusal.value.reason, refusal.value.field) == ("missing", name)


def test_an_unknown_letter_and_another_kind_of_case_are_refused(book: Casebook) -> None:
    """A bundle is no complaint."""
    bundle, case = samples.add_bundle(book, 2), named(book)
    with pytest.raises(LetterRefusal, match="no such letter"):
        letter.make(book, case, "../secret", {}, today=TODAY)
    assert refused(book, bundle, "referral_note") == ("other_kind", "")
    assert refused(book, case, "bundled_signal") == ("other_kind", "")


@pytest.mark.parametrize(
    ("template", "passed"),
    [
        ("municipal_complaint", passes("details", "municipality")),
        ("municipal_complaint", passes("name", "ombudsman")),
        ("talk_request", passes("pattern", "municipality")),
        ("talk_request", {}),
        ("referral_note", passes("name", "municipality")),
        ("referral_note", passes("pattern", "help")),
        ("referral_note", passes("nobody")),
    ],
)
def test_without_recorded_consent_nothing_is_passed_on(
    book: Casebook, template: str, passed: dict[str, Any]
) -> None:
    """Too narrow, to somebody else, or none at all."""
    assert refused(book, samples.add(book, **passed), template) == ("no_consent", "")


def consent(book: Casebook, case: Case, **values: Any) -> None:
    said = {"purpose": "act", "given": True, "how": "telephone", "scope": "", "to": []} | values
    book.add([samples.event(case.subject, "consented", said)])


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


def test_no_letter_goes_to_an_operator_by_default(book: Casebook) -> None:
    """Only with the box ticked and consent that was asked for after the form."""
    case = named(book)
    assert refused(book, case, "talk_request", recipient="operator") == ("operator", "to_operator")
    ticked = {"recipient": "operator", "to_operator": "yes"}
    assert refused(book, case, "talk_request", **ticked) == ("no_act", "")
    consent(book, case)
    assert make(book, case, "talk_request", **ticked)
    assert refused(book, case, "talk_request", recipient="operator") == ("operator", "to_operator")


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


def test_what_she_did_not_give_cannot_be_said(book: Casebook) -> None:
    """A box for an empty field is refused rather than filled with nothing."""
    case = samples.add(book, **passes("name", "help"))
    assert refused(book, case, "referral_note", say_name="yes") == ("no_name", "say_name")
    assert refused(book, case, "referral_note", say_contact="yes") == ("no_name", "say_contact")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Anna was erbij.", "name"),
        ("rodrigo kwam.", "name"),
        ("Bel 4821 3977.", "number"),
        ("Ze stonden opeens in mijn kamer en lachten.", "phrase"),
        ("Het was op 12 november.", "date"),
        ("Het was om 14:30 uur.", "time"),
        ("Een notitie zei dat zij zich nu erg zorgen maakt.", "phrase"),
        ("They laughed at all of my belongings.", "phrase"),
    ],
)
def test_a_letter_that_tells_something_is_refused(book: Casebook, words: str, kind: str) -> None:
    """Out of the story, a note or a translation; the error tells kind and place, and no word."""
    case = named(book)
    made = {
        "text": "they laughed at all of my belongings",
        "language": "en",
        "made_by": "person",
        "who": "x",
    }
    noted = {"text": "zei dat zij zich nu erg zorgen maakt", "basis": "told"}
    book.add(
        [
            samples.event(case.subject, "translated", made),
            samples.event(case.subject, "noted", noted),
        ]
    )
    with pytest.raises(LetterRefusal) as refusal:
        make(book, case, "talk_request", pattern=f"Er is iets. {words}")
    assert kind in [one.kind for one in refusal.value.leaks]
    assert not set(re.findall(r"\w{4,}", words)) & set(re.findall(r"\w{4,}", str(refusal.value)))


def test_a_place_and_a_month_do_not_stand_together_without_a_name(book: Casebook) -> None:
    """A municipality hears no month, others hear no place, unless they may know her name."""
    case = named(book, municipality="Den Haag", **passes("details", "municipality", "ombudsman"))
    month, place = "Dit was in oktober 2026.", "Dit was in Den Haag."
    assert refused(book, case, "talk_request", pattern=month) == ("leak", "")
    assert refused(book, case, "talk_request", pattern=place, recipient="ombudsman") == ("leak", "")
    assert month in make(book, named(book), "talk_request", pattern=month)
    bundle = samples.add_bundle(
        book, 2, municipality="Oss", **passes("pattern", "ombudsman", "municipality")
    )
    assert refused(book, bundle, "bundled_signal", pattern=month) == ("leak", "")
    assert month in make(book, bundle, "bundled_signal", pattern=month, recipient="ombudsman")
    to = {"recipient": "ombudsman", "to_address": "Ombudsman", "from_desk": "Meldpunt"}
    assert refused(book, bundle, "bundled_signal", pattern="Het was in Oss.", **to) == ("leak", "")


def test_a_bundled_letter_tells_nothing_of_any_member(book: Casebook) -> None:
    """Names and stories of all of its complaints are looked for."""
    bundle = samples.add_bundle(book, 2, **passes("pattern", "municipality"))
    member = samples.add(book, address_as="Brechtje", about_name="Hotel Zonnehof")
    book.add([samples.event(member.subject, "bundled", {"bundle": bundle.subject})])
    for words in ("Ook brechtje zag het.", "Dit was bij Rodrigo.", f"{member.pseudonym} zei dit."):
        assert refused(book, bundle, "bundled_signal", pattern=words) == ("leak", "")


def test_a_hidden_character_is_refused_with_its_field(book: Casebook) -> None:
    """Nothing invisible goes on paper or into a file."""
    assert refused(book, named(book), "talk_request", pattern="x\u200by") == ("hidden", "pattern")


def test_a_report_back_speaks_her_language_and_names_no_code_she_has_not(book: Casebook) -> None:
    """In English or Dutch; who has no code is not told to use it."""
    case = named(book)
    coded = named(book, reply_key="ab" * 32, tag_key="cd" * 32)
    assert make(book, case, "report_back", letter_language="en").startswith("Hello")
    assert "code" not in make(book, case, "report_back")
    assert "Schrijf ons dan met dezelfde code." in make(book, coded, "report_back")
    assert "Dit kan nu nog:\n\nBellen." in make(book, case, "report_back", next_step="Bellen.")


def test_a_letter_is_kept_in_the_thread(book: Casebook) -> None:
    """With its template, the kind of its receiver, and its text as it was printed."""
    case = named(book)
    given = {
        name: GIVEN[name] for name in ("to_address", "from_desk", "help_wanted", "agreed_contact")
    }
    made = letter.make(book, case, "referral_note", given, today=TODAY)
    letter.record(book, case, made, today=TODAY)
    assert case.thread[-1].kind == "letter_made"
    values = {"template": "referral_note", "body": "help", "text": made.text}
    assert book.text(case.thread[-1]) == values
