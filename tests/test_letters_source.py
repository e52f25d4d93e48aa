"""What a letter may not tell, and what is masked (desk/letters/untold.py, written.py, dossier.py, page/thread.py)."""

from typing import Any

import pytest

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.letters import dossier, letter, untold
from desk.letters.refusals import LetterRefusal
from desk.page import thread
from desk.strings import Strings
from desk.wire import canon
from tests import samples as wire_samples
from tests.letter_samples import ALL, GIVEN, TODAY, consent, event, make, named, passes, refused

AGAIN = {"address_as": "Yolanda", "contact": "bel 06-39175544", "municipality": "Utrecht"}
ADDRESS = {"her_name": "Anna Bosvliet", "her_address": "Lijsterhof 12, Oss"}


def again(book: Casebook, case: Case, **changes: Any) -> None:
    """Put a second whole complaint under the code of a case."""
    fields = {"story": "Nu belt hij mij elke dag.", "consent": ALL | {"quote": False}, **AGAIN}
    told = wire_samples.complaint(complaint_id="f" * 32, **fields | changes)
    values = {"object": "", "key_id": "", "complaint": canon.dumps(told), "ask": "write"}
    book.add([event(case.subject, "followed_up", values)])


@pytest.mark.parametrize(
    "words",
    ["Yolanda zag dit.", "Bel 3917.", "Nu belt hij mij elke dag weer.", "Het was in Utrecht."],
)
def test_a_second_complaint_under_a_code_is_looked_for_whole(book: Casebook, words: str) -> None:
    """Its name, number, town and words, as those of the first."""
    case = named(book, **passes("details", "ombudsman"))
    to = {"recipient": "ombudsman", "to_address": "Ombudsman", "from_desk": "Meldpunt"}
    assert make(book, case, "talk_request", pattern=words, **to)
    again(book, case)
    consent(book, case, purpose="pass_on", scope="details", to=["ombudsman"])
    assert refused(book, case, "talk_request", pattern=words, **to) == ("leak", "")


@pytest.mark.parametrize("first", [True, False])
def test_what_is_the_same_is_looked_for_from_both_sides(book: Casebook, first: bool) -> None:
    """A letter from a case tells nothing of its duplicate, nor the other way round."""
    kept, linked = named(book), named(book, address_as="Brechtje", story="Wij zaten net aan tafel.")
    case, other = (kept, linked) if first else (linked, kept)
    words = "Brechtje zei dit." if first else "Anna zei dit."
    assert make(book, case, "talk_request", pattern=words)
    book.add([event(linked.subject, "duplicate", {"of": kept.subject})])
    assert refused(book, case, "talk_request", pattern=words) == ("leak", "")
    assert other.subject != case.subject


def test_what_was_agreed_with_a_body_is_no_letter_to_another(book: Casebook) -> None:
    """The person who was spoken to, and what was agreed; that body itself knows it."""
    case = named(book)
    agreed = {"organisation": "Huis", "receiver": "help", "follow_up": "", "warm": True}
    told = {"id": "0" * 16, "person": "Marit Kolk", "agreed": "zij komt met haar zus mee praten"}
    book.add([event(case.subject, "referred", agreed | told)])
    for words in ("Vraag naar Kolk.", "Zij komt met haar zus mee praten."):
        assert refused(book, case, "talk_request", pattern=words) == ("leak", "")
        assert words in make(book, case, "referral_note", agreed_contact=words)


def test_places_are_kept_from_all_but_the_municipality(book: Casebook) -> None:
    """Word by word, beside the name under which the desk knows the case."""
    case = named(book, municipality="Bergen op Zoom")
    to_help = untold.source(book, case, "help", today=TODAY)
    assert set(to_help.wholes) == {case.pseudonym, "Bergen", "op", "Zoom"}
    to_municipality = untold.source(book, case, "municipality", today=TODAY)
    assert to_municipality.wholes == (case.pseudonym,)


def test_a_date_without_a_year_is_of_this_year_or_the_last(book: Casebook) -> None:
    """Two years, and months only for those who may know who she is."""
    case = named(book, **passes("name", "help"))
    found = {to: untold.source(book, case, to, today=TODAY) for to in ("help", "ombudsman")}
    assert found["help"].years == (2025, 2026)
    assert [found[to].months for to in ("help", "ombudsman")] == [True, False]
    assert untold.source(book, case, "sender", today=TODAY).months


def test_names_in_another_script_are_asked_in_ours(book: Casebook) -> None:
    """With a comma between two; "-" says that nobody knows, and no field is asked without need."""
    case = named(book, address_as="\u5f20\u4f1f", contact="06-48210099")
    told = untold.source(book, case, "help", today=TODAY)
    with pytest.raises(LetterRefusal) as refusal:
        untold.with_latin(told, "")
    assert (refusal.value.reason, refusal.value.field) == ("other_script", "latin_names")
    assert untold.with_latin(told, "Zhang Wei,Wei").names == (*told.names, "Zhang Wei", "Wei")
    ours = untold.source(book, named(book, address_as="Zo\u00eb-Mae 3"), "help", today=TODAY)
    assert untold.with_latin(ours, "").names[0] == "Zo\u00eb-Mae 3"


def shown(book: Casebook, case: Case, *, unmask: bool) -> tuple[str, str]:
    """A case as it is printed, and the steps of its page."""
    words = Strings("nl")
    printed = dossier.text(dossier.of(book, case, words, unmask=unmask), TODAY)
    steps = thread.steps(words, book, case, unmasked=unmask)
    lines = [f"{label}: {value}" for step in steps for label, value in step.values]
    lines += [step.text.text for step in steps if step.text]
    return printed, "\n".join(lines)


def test_letters_that_hold_her_name_are_masked_as_she_is(book: Casebook) -> None:
    """On paper, on the page and on the page of the whole text; a letter that cannot is shown."""
    case = named(book)
    for template, changes in (
        ("municipal_complaint", ADDRESS),
        ("referral_note", {"say_name": "yes", "say_contact": "yes"}),
        ("talk_request", {"pattern": "Er komen telkens veel mensen."}),
    ):
        fields = {field.name for field in letter.fields(template)}
        given = {name: text for name, text in GIVEN.items() if name in fields} | changes
        letter.record(
            book, case, letter.make(book, case, template, given, today=TODAY), today=TODAY
        )
    secrets = ("Anna", "Bosvliet", "Lijsterhof", "48210099")
    for found in shown(book, case, unmask=False):
        assert not [part for part in secrets if part in found]
        assert "Er komen telkens veel mensen." in found
    for found in shown(book, case, unmask=True):
        assert [part for part in secrets if part in found] == list(secrets)
    made = [entry for entry in case.thread if entry.kind == "letter_made"]
    assert [thread.whole(book, entry) == dossier.MASK for entry in made] == [True, True, False]


def test_a_letter_of_a_later_version_is_masked(book: Casebook) -> None:
    """Nobody knows what it holds."""
    case = named(book)
    values = {"template": "new_letter", "body": "help", "text": "Beste Anna"}
    book.add([event(case.subject, "letter_made", values)])
    assert not [found for found in shown(book, case, unmask=False) if "Beste" in found]
    assert all("Beste Anna" in found for found in shown(book, case, unmask=True))


def test_a_second_complaint_is_shown_with_all_its_fields(book: Casebook) -> None:
    """What she wishes, to whom it may go, what this version does not know; who she is on request."""
    case = named(book)
    again(book, case, wish="count", topics=["care"], later_field=7, **passes("details", "help"))
    t = Strings("nl")
    told = (t.choice("wish", "count"), t.choice("topics", "care"), "later_field", "Utrecht")
    told += (t.choice("scope", "details"), t.choice("to", "help"), "Nu belt hij mij elke dag.")
    told += (f"{t.choice('purpose', 'quote')}: {t('dossier.no')}",)
    for found in shown(book, case, unmask=False):
        assert [part for part in told if part not in found] == []
        assert not [part for part in ("Yolanda", "39175544") if part in found]
    for found in shown(book, case, unmask=True):
        assert [part for part in ("Yolanda", "06-39175544") if part not in found] == []
