"""Laws and bills, as data (step 1): docs/data/legislation.yml in, frozen records out.

A bill is never stated as law: its status comes from a closed list, with the date it was read. What
nobody read a source for is known: false, and then nothing is stated.
"""

from dataclasses import dataclass
from typing import Any  # of what YAML gives, nothing is checked yet

from overrides.facts import once, records
from overrides.facts.records import Record, Words
from overrides.facts.texts import CONFIDENCE
from overrides.facts.usual import Origin, origin

STATUS = ("in_force", "pending", "proposed", "never_in_force", "not_found")
EVENTS = (
    "filed",
    "draft",
    "council_of_state_advice",
    "submitted",
    "postponed",
    "pending_letter",
    "published",
    "in_force",
    "house_vote",
    "house_debate",
    "senate_debate",
    "senate_note",
    "senate_report",
    "not_in_force",  # the day of a text of law that does not have it yet
)


@dataclass(frozen=True)
class Bill:
    """A law or a bill and its state; `status` is None when nobody read it."""

    id: str
    name: Words
    status: str | None
    as_of: str | None
    confidence: str | None
    dates: tuple[tuple[str, str], ...]
    note: Words | None
    sources: tuple[Origin, ...]


@once.checked
def load(raw: Any, name: str) -> tuple[Bill, ...]:
    """Laws and bills, in the order of the file."""
    return records.each(records.by_id(raw, name, "items"), parse)


def parse(record: Record) -> Bill:
    """One law or bill."""
    known = record.yes("known")
    sure = None if record.take("confidence") is None else record.choice("confidence", CONFIDENCE)
    bill = Bill(
        id=record.text("id"),
        name=record.words("name"),
        status=None if record.take("status") is None else record.choice("status", STATUS),
        as_of=record.day("as_of"),
        confidence=sure,
        dates=tuple(_event(item) for item in record.records("dates")),
        note=record.maybe_words("note"),
        sources=tuple(origin(item) for item in record.records("sources")),
    )
    if not known:
        record.refuse_guess(bill.status, bill.confidence, bill.note, bill.dates)
    elif not (bill.sources and bill.status and bill.confidence):
        raise record.wrong("has no status, confidence or source", "name all, or write known: false")
    record.done()
    return bill


def _event(record: Record) -> tuple[str, str]:
    day = record.day("date")
    if day is None:
        raise record.wrong("has no date", "take the event out, or give its date")
    event = (record.choice("event", EVENTS), day)
    record.done()
    return event
