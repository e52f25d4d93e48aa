"""Letters from cases in a real store (desk/letters/letter.py, source.py, templates.py)."""

import re
from typing import Any

import pytest

from desk.cases.book import Casebook
from desk.cases.refusals import Refusal
from desk.letters import letter, templates
from desk.letters.refusals import LetterRefusal
from tests import letter_samples as samples
from tests.letter_samples import (
    GIVEN,
    TO_OPERATOR,
    TODAY,
    bundled,
    consent,
    make,
    named,
    passes,
    refused,
)


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


def test_she_is_heard_only_if_she_asks_for_it(book: Casebook) -> None:
    """The right of article 9:10 is hers; no letter says unasked that she comes."""
    case = named(book)
    assert "9:10" not in make(book, case, "municipal_complaint")
    assert "9:10" not in make(book, case, "municipal_complaint", be_heard="no")
    told = "Ik wil mijn verhaal ook zelf vertellen (artikel 9:10 Awb)."
    assert told in make(book, case, "municipal_complaint", be_heard="yes")


def test_the_name_of_somebody_else_is_not_taken_for_hers(book: Casebook) -> None:
    """It has a word of what she is called in the case, or a handler says that she said it."""
    case, other = named(book), samples.add(book, **passes("name", "municipality"))
    assert make(book, case, "municipal_complaint", her_name="ánna-maria Bos")
    wrong = {"her_name": "Petra Jansen (buurvrouw)"}
    for one in (case, other):
        assert refused(book, one, "municipal_complaint", **wrong) == ("other_name", "her_name")
        assert "Van: Petra" in make(book, one, "municipal_complaint", **wrong, is_her_name="yes")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Drie mannen stonden opeens in mijn kamer", "phrase"),
        ("de man van 12 november", "date"),
        ("de man van 14:30 uur", "time"),
        ("de man van 06-48213977", "phone"),
        ("de man van x@post.example", "mail"),
    ],
)
def test_whom_she_complains_of_is_named_and_nothing_more(
    book: Casebook, words: str, kind: str
) -> None:
    """A name and a number of the story may stand there; what happened and when may not."""
    case = named(book)
    assert "Rodrigo Falk, 4821" in make(
        book, case, "municipal_complaint", complained_about="inspecteur Rodrigo Falk, 4821"
    )
    with pytest.raises(LetterRefusal) as refusal:
        make(book, case, "municipal_complaint", complained_about=words)
    assert {one.kind for one in refusal.value.leaks} == {kind}


@pytest.mark.parametrize("name", ["Мария Иванова", "张伟", "محمد", "สมหญิง", "Anna Мария"])
def test_names_in_another_script_are_asked_for_in_ours(book: Casebook, name: str) -> None:
    """Nobody can look for "Maria" who knows only "Мария"; that nobody knows is said by a dash."""
    case = named(book, address_as=name, contact="bel 0612345678")
    pattern = "Maria Ivanova en Zhang Wei zagen het."
    assert refused(book, case, "talk_request") == ("other_script", "latin_names")
    assert make(book, case, "talk_request", latin_names="-")
    assert pattern in make(book, case, "talk_request", pattern=pattern, latin_names="-")
    for latin in ("Marija, Maria Ivanova", "zhang wei"):
        given = {"pattern": pattern, "latin_names": latin}
        assert refused(book, case, "talk_request", **given) == ("leak", "")
    assert make(book, named(book, address_as="Zoë Đorđević"), "talk_request")


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
        ("talk_request to operator", passes("nobody")),
        ("talk_request to operator", passes("name", "municipality")),
    ],
)
def test_without_recorded_consent_nothing_is_passed_on(
    book: Casebook, template: str, passed: dict[str, Any]
) -> None:
    """Too narrow, to somebody else, or none at all; that the desk may act is not enough."""
    template, _, to = template.partition(" to ")
    changes = TO_OPERATOR if to else {}
    cases = [samples.add(book, **passed) for _ in range(2)]
    for case in cases:
        consent(book, case)
        assert refused(book, case, template, **changes) == ("no_consent", "")
    if to:
        bundle = bundled(book, *cases)
        assert refused(book, bundle, template, **changes) == ("too_few", "")


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
