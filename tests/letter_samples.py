"""Cases for the tests of letters: a small real store with complaints that may be written about."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from desk import canon
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.store.create import create
from desk.store.event import Event
from desk.store.vault import Vault, new_subject
from tests import samples

HANDLER = "noor"
PASSPHRASE = "zeven woorden die alleen de test kent"
TODAY = date(2026, 11, 23)
STORY = (
    "Drie mannen stonden opeens in mijn kamer en lachten om mijn spullen. Eentje heet Rodrigo "
    "Falk en zijn nummer is 06-48213977."
)
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


def add(book: Casebook, **changes: Any) -> Case:
    """Add a complaint to a book; changes are fields of it."""
    number = f"{len(book.cases) + 1:032x}"
    fields = samples.complaint(complaint_id=number, **{"story": STORY, "consent": ALL} | changes)
    subject = new_subject()
    values = {
        "object": "",
        "key_id": "",
        "complaint": canon.dumps(fields),
        "channel": "form",
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
