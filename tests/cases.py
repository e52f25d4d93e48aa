"""Shared by the tests of cases: a real store in a folder, complaints in it, one event per kind."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.cases.fields import Given
from desk.cases.refusals import Refusal
from desk.store.create import create
from desk.store.event import Event, Place
from desk.store.vault import Vault, new_subject
from desk.wire.canon import Value
from desk.work import actions
from tests.samples import CHEAP, complaint, text

HANDLER, PASSPHRASE = "anna", "een twee drie vier vijf zes zeven"
DAY = "2026-11-20"  # on which complaints come in
TODAY = date(2026, 11, 21)
PLACE = Place("ab" * 32, 0)
ID, SUBJECT, OBJECT = "0123456789abcdef", "5a" * 16, "7b" * 32
WITH_CODE = {"reply_key": "0a" * 32, "tag_key": "0b" * 32}

SOUND: dict[str, dict[str, Value]] = {  # whole values of every kind of event on a case or a key
    "received": {
        "object": OBJECT,
        "key_id": ID,
        "complaint": text(complaint()).decode(),
        "channel": "form",
        "pseudonym": "stille egel",
        "practice": False,
        "flood": "",
    },
    "received_again": {"object": "7c" * 32, "key_id": ID},
    "followed_up": {
        "object": "7d" * 32,
        "key_id": ID,
        "complaint": text(complaint(**WITH_CODE)).decode(),
        "ask": "write",
    },
    "asked": {"ask": "solved", "due": 3, "id": ID},
    "withdrawal_done": {"until": DAY},
    "bundle_made": {"pseudonym": "b c", "title": "t", "about": "police", "municipality": ""},
    "read": {},
    "triaged": {"urgency": "danger", "topics": ["police"], "status": "acting"},
    "noted": {"text": "a note", "basis": "told"},
    "translated": {"text": "words", "language": "nl", "made_by": "interpreter", "who": "A."},
    "answered": {"text": "words", "language": "nl", "standard": "", "reports_back": False},
    "referred": {
        "id": ID,
        "receiver": "help",
        "organisation": "o",
        "person": "p",
        "agreed": "a",
        "follow_up": "2026-12-01",
        "warm": True,
    },
    "referral_done": {"id": ID},
    "bundled": {"bundle": SUBJECT},
    "unbundled": {},
    "duplicate": {"of": SUBJECT},
    "consented": {
        "purpose": "pass_on",
        "given": True,
        "how": "telephone",
        "scope": "name",
        "to": ["help"],
    },
    "deadline_set": {"id": ID, "rule": "objection", "started": DAY, "last_day": "2027-01-01"},
    "deadline_met": {"id": ID},
    "outcome": {"outcomes": ["listened"]},
    "tried": {"how": "telephone"},
    "reported_back": {"how": "paper"},
    "letter_made": {"template": "t", "body": "b", "text": "words"},
    "flood_released": {},
    "set_aside": {"flood": "f1"},
    "closed": {"without": "asked_not_to", "text": ""},
    "reopened": {"text": "why"},
    "identity_read": {},
    "key_kept": {
        "use": "intake",
        "key_id": ID,
        "public": "",
        "not_before": DAY,
        "not_after": DAY,
        "seed": "42" * 32,
    },
}


def event(kind: str, subject: str = "", on: str = DAY, **changes: Any) -> Event:
    """Return a sound event of a kind with some of its values changed."""
    return Event(subject or "11" * 16, kind, on, HANDLER, SOUND[kind] | changes)


def make_store(path: Path, *, practice: bool = False) -> Vault:
    """Make a real store with cheap Argon2id and open it."""
    create(path, HANDLER, PASSPHRASE, practice=practice, work=CHEAP)
    return Vault.open(path, HANDLER, PASSPHRASE)


def received(book: Casebook, changes: dict[str, Any] | None = None, **values: Any) -> Event:
    """Return the event of a complaint with its own id, object, subject and pseudonym."""
    fields = complaint(**({"complaint_id": secrets.token_hex(16)} | (changes or {})))
    own = {"object": secrets.token_hex(32), "pseudonym": book.new_pseudonym()}
    words = {"complaint": text(fields).decode()}
    return event("received", values.pop("subject", new_subject()), **(own | words | values))


def receive(book: Casebook, changes: dict[str, Any] | None = None, **values: Any) -> Case:
    """Put a complaint into a book and return its case; `values` may hold the day as `on`."""
    made = received(book, changes, **values)
    book.add([made])
    return book.cases[made.subject]


def do(book: Casebook, case: Case, name: str, today: date = TODAY, **given: Given) -> None:
    """Carry out an action, on the day after the complaints came unless another is given."""
    actions.perform(book, case, name, given, today=today)


def last(book: Casebook, case: Case) -> Event:
    """Return the last event in the thread of a case, read from disk."""
    return book.vault.read(case.thread[-1].place)


def refused(book: Casebook, case: Case, name: str, **given: Any) -> tuple[str, str]:
    """Return the reason of a refusal and its field, and see that nothing was written."""
    before = len(list(book.vault.events()))
    with pytest.raises(Refusal) as caught:
        do(book, case, name, **given)
    assert len(list(book.vault.events())) == before
    return caught.value.reason, caught.value.field
