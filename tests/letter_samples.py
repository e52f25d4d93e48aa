"""Cases and letters for their tests: a small real store with complaints that may be written about."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.letters import letter
from desk.letters.refusals import LetterRefusal
from desk.store.create import create
from desk.store.event import Event
from desk.store.vault import Vault, new_subject
from desk.wire import canon
from tests import samples

HANDLER = "noor"
PASSPHRASE = "zeven woorden die alleen de test kent"
TODAY = date(2026, 11, 23)
STORY = (
    "Drie mannen stonden opeens in mijn kamer en lachten om mijn spullen. Eentje heet Rodrigo "
    "Falk en zijn nummer is 06-48213977."
)
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
TO_OPERATOR = {"recipient": "operator", "to_operator": "yes"}
ALL = {"store": True, "act": True, "count": True, "quote": True}


@contextmanager
def opened(folder: Path) -> Iterator[Casebook]:
    """Make an empty store and give its book."""
    create(folder / "store", HANDLER, PASSPHRASE, practice=True, work=samples.CHEAP)
    with Vault.open(folder / "store", HANDLER, PASSPHRASE) as vault:
        yield Casebook(vault)


def event(subject: str, kind: str, values: Mapping[str, Any]) -> Event:
    """An event of the day on which tests are written."""
    return Event(subject, kind, TODAY.isoformat(), HANDLER, dict(values))


def add(book: Casebook, *, channel: str = "form", **changes: Any) -> Case:
    """Add a complaint to a book; changes are fields of it."""
    number = f"{len(book.cases) + 1:032x}"
    fields = samples.complaint(complaint_id=number, **{"story": STORY, "consent": ALL} | changes)
    subject = new_subject()
    values = {
        "object": "",
        "key_id": "",
        "complaint": canon.dumps(fields),
        "channel": channel,
        "pseudonym": book.new_pseudonym(),
        "practice": True,
        "flood": "",
    }
    book.add([event(subject, "received", values)])
    return book.cases[subject]


def passes(scope: str, *receivers: str) -> dict[str, Any]:
    """The field of a complaint by which its sender agrees to pass on."""
    return {"pass_on": {"scope": scope, "to": list(receivers)}}


def add_bundle(book: Casebook, count: int, **changes: Any) -> Case:
    """Add a bundle with so many complaints in it."""
    subject = new_subject()
    values = {"pseudonym": book.new_pseudonym(), "title": "x", "about": "", "municipality": ""}
    book.add([event(subject, "bundle_made", values)])
    for _ in range(count):
        book.add([event(add(book, **changes).subject, "bundled", {"bundle": subject})])
    return book.cases[subject]


def named(book: Casebook, **changes: Any) -> Case:
    """Add a complaint of which everything may be said to a municipality and to help."""
    told = {"municipality": "Zwolle", "address_as": "Anna", "contact": "bel 06-48210099"}
    return add(book, **{**told, **passes("name", "municipality", "help"), **changes})


def make(book: Casebook, case: Case, template: str, **changes: str) -> str:
    """Make a letter with the samples above filled in; its text."""
    names = {field.name for field in letter.fields(template)}
    given = {name: text for name, text in GIVEN.items() if name in names} | changes
    return letter.make(book, case, template, given, today=TODAY).text


def refused(book: Casebook, case: Case, template: str, **changes: str) -> tuple[str, str]:
    """Make a letter that is refused; why, and the field to blame."""
    with pytest.raises(LetterRefusal) as refusal:
        make(book, case, template, **changes)
    return refusal.value.reason, refusal.value.field


def consent(book: Casebook, case: Case, **values: Any) -> None:
    """Record what she said; unless told otherwise, by telephone that the desk may act."""
    said = {"purpose": "act", "given": True, "how": "telephone", "scope": "", "to": []} | values
    book.add([event(case.subject, "consented", said)])


def bundled(book: Casebook, *members: Case) -> Case:
    """A bundle of these complaints."""
    bundle = add_bundle(book, 0)
    events = [event(one.subject, "bundled", {"bundle": bundle.subject}) for one in members]
    book.add(events)
    return bundle
