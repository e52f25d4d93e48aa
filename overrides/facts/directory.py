"""Organisations that help, as data (step 1): docs/data/directory.yml in, frozen records out.

Tie with the police and anonymity are always there. A contact is a way to a person: it is given out
only by the rule in `contact`, and it knows no page.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any  # of what YAML gives, nothing is checked yet

from overrides.facts import once, records
from overrides.facts.records import Record, Words
from overrides.facts.texts import CONFIDENCE
from overrides.words.errors import SiteError

ANONYMOUS = ("yes", "partly", "confidential", "no", "unknown")
TIES = (
    "part_of",
    "law_enforcement",
    "partner",
    "works_with",
    "works_with_consent",
    "shares_with_consent",
    "passes_on",
    "joins_checks",
    "detective_present",
    "trains_police",
    "handles_complaints_about_police",
    "municipality",
    "none_known",
    "unknown",
)
# Ties that are no report about somebody: they need no source of their own.
PLAIN_TIES = ("part_of", "law_enforcement", "municipality", "none_known", "unknown")
# What the list does with an entry: shown as help; shown as somebody who gives no help; or left out until it was
# asked, or because it is hardly active, or because another took its place.
LISTINGS = ("help", "no_help_line", "ask_first", "hardly_active", "replaced")
KINDS = (
    "alliance",
    "complaint",
    "crisis",
    "discrimination",
    "emergency",
    "health",
    "information",
    "labour",
    "legal",
    "money",
    "police",
    "privacy",
    "safety",
    "sexworker_led",
    "support",
    "support_faith",
    "support_health",
    "trafficking",
    "violence",
)
EMERGENCY = "112"
WARN_AFTER_DAYS = 180
REFUSE_AFTER_DAYS = 365
# 112, 113, 0800, 0900, an area code, an organisation's own mobile, or an international number.
_PHONE = re.compile(r"11[23]|0[89]00-\d{4,7}|0[1-9]\d{1,2}-\d{6,7}|06-\d{8}|\+[1-9]\d{6,14}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


@dataclass(frozen=True)
class Reading:
    """Where something about an organisation was read; of address and title one may be missing."""

    title: str | None
    url: str | None
    date: str | None
    dutch: str = ""


@dataclass(frozen=True)
class Organisation:
    """One organisation. `phones`, `email` and `url` are as found; ask `contact` what to show.

    `tie_said_by` is `itself`, `other` or None, and `tie_readings` where it was read. On what is `vital`
    lives may hang: no release without somebody having called it.
    """

    id: str
    name: str
    kind: str
    what_for: Words
    national: bool
    ggd_regions: tuple[str, ...]
    codes: tuple[str, ...]
    languages: tuple[str, ...]
    phones: tuple[str, ...]
    email: str
    url: str
    anonymous: str
    anonymous_note: Words | None
    police_ties: str
    police_ties_note: Words | None
    police_note: Words | None
    tie_said_by: str | None
    tie_readings: tuple[Reading, ...]
    faith_based: bool
    listing: str
    asked_on: date | None
    vital: bool
    confidence: str
    readings: tuple[Reading, ...]
    contact_ready_to_show: bool
    verified_live: date | None

    @property
    def is_help(self) -> bool:
        """Whether it may be shown as help: what had to be asked first was asked."""
        return self.listing == "help" or (self.listing == "ask_first" and self.asked_on is not None)


@dataclass(frozen=True)
class Contact:
    """Ways to reach an organisation that may stand on a page; `called` is None where nobody tried."""

    phones: tuple[str, ...]
    email: str
    url: str
    called: date | None


def contact(organisation: Organisation, *, practice: bool) -> Contact:
    """What may be shown: the address of its site always, a number or mail only after somebody tried it.

    112 is always shown and never tried. A practice build also shows what is fit to be tried.
    """
    tried = organisation.verified_live is not None or organisation.id == EMERGENCY
    if not organisation.contact_ready_to_show or not (tried or practice):
        return Contact((), "", organisation.url, None)
    return Contact(
        organisation.phones, organisation.email, organisation.url, organisation.verified_live
    )


def aging(found: dict[str, Organisation], today: date) -> tuple[str, ...]:
    """Ids whose contact should be tried again soon; one that is far too old stops the build."""
    old = []
    for organisation in found.values():
        days = (today - organisation.verified_live).days if organisation.verified_live else 0
        if days > REFUSE_AFTER_DAYS:
            raise SiteError(
                f"directory.yml: {organisation.id} was last tried {days} days ago",
                "try the contact again and write the day in verified_live, or null",
            )
        if days > WARN_AFTER_DAYS:
            old.append(organisation.id)
    return tuple(old)


@once.checked
def load(raw: Any, name: str) -> dict[str, Organisation]:
    """All organisations by id; an id that stands there twice is refused."""
    listed = list(enumerate(records.rows(raw, name, "organisations"), 1))
    found = records.each(listed, lambda one: parse(one[1], one[0]))
    records.refuse_twice(name, [organisation.id for organisation in found])
    return {organisation.id: organisation for organisation in found}


def parse(raw: object, index: int = 1) -> Organisation:
    """One record; `index` names it while its id is not known."""
    name = raw.get("id") if isinstance(raw, dict) else None
    record = Record(f"directory.yml: {name or f'record {index}'}", raw)
    if not record.yes("organisation_mobile"):
        record.refuse_mobile()
    for as_found in ("chat", "whatsapp", "hours", "note"):
        record.loose(as_found)
    record.texts("municipalities")
    organisation = _organisation(record)
    if not organisation.national and not organisation.ggd_regions and not organisation.codes:
        raise record.wrong("is for no place", "set national: true, or fill ggd_regions or codes")
    record.done()
    return organisation


def _organisation(record: Record) -> Organisation:
    record.text("run_by")
    record.text("region")
    readings = _readings(record)
    return Organisation(
        id=record.text("id"),
        name=record.text("name"),
        kind=record.choice("kind", KINDS),
        what_for=record.words("what_for"),
        national=record.yes("national"),
        ggd_regions=record.texts("ggd_regions"),
        codes=record.texts("codes"),
        languages=record.texts("languages"),
        phones=tuple(_phone(item) for item in record.records("phone")),
        email=_email(record),
        url=record.url("url") or "" if record.take("url") else "",
        anonymous=record.choice("anonymous", ANONYMOUS),
        anonymous_note=record.maybe_words("anonymous_note"),
        police_ties=record.choice("police_ties", TIES),
        police_ties_note=record.maybe_words("police_ties_note"),
        police_note=record.maybe_words("police_note"),
        tie_said_by=_said_by(record),
        tie_readings=_tie(record, readings),
        faith_based=record.yes("faith_based"),
        listing=record.choice("listing", LISTINGS),
        asked_on=_day(record, "asked_on"),
        vital=record.yes("vital"),
        confidence=record.choice("confidence", CONFIDENCE),
        readings=readings,
        contact_ready_to_show=record.yes("contact_ready_to_show"),
        verified_live=_day(record, "verified_live"),
    )


def _phone(record: Record) -> str:
    number = record.text("number")
    record.loose("cost")
    record.loose("detail")
    if not _PHONE.fullmatch(number):
        raise record.wrong(
            f"is no telephone number: {number}", "write it as 0800-1234, 020-1234567 or +31..."
        )
    record.done()
    return number


def _email(record: Record) -> str:
    email = record.loose("email")
    if email and not _EMAIL.fullmatch(email):
        raise record.wrong(f"has an email that is no address: {email}", "correct it, or write ''")
    return email


def _day(record: Record, name: str) -> date | None:
    return None if record.take(name) is None else date.fromisoformat(record.whole_day(name))


def _said_by(record: Record) -> str | None:
    """Who said that it is tied to the police; None only for a tie that is no report."""
    said_by = record.take("police_ties_said_by")
    if said_by is None and record.take("police_ties") in PLAIN_TIES:
        return None
    return record.choice("police_ties_said_by", ("itself", "other"))


def _tie(record: Record, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The sources that a tie rests on, by their number from 1."""
    numbers = record.take("police_ties_sources")
    if not isinstance(numbers, list) or any(n not in range(1, len(readings) + 1) for n in numbers):
        hint = f"number its sources from 1 to {len(readings)}: police_ties_sources: [1]"
        raise record.wrong("has police_ties_sources that are no sources of its own", hint)
    if not numbers and record.take("police_ties_said_by") is not None:
        hint = "name the source that says so, or make police_ties unknown"
        raise record.wrong("is tied to the police and no source says so", hint)
    return tuple(readings[number - 1] for number in numbers)


def _readings(record: Record) -> tuple[Reading, ...]:
    found = []
    for source in record.records("sources"):
        title, dutch = (None, "") if source.take("title") is None else source.title("title")
        reading = Reading(title, source.url("url"), source.day("date"), dutch)
        if reading.url is None and reading.title is None:
            raise source.wrong("has neither url nor title", "say where it was read")
        source.text("supports")
        if source.maybe("date_note") is None and reading.date is None:
            raise source.wrong("has no date", "fill date, or say undated in date_note")
        source.done()
        found.append(reading)
    if not found:
        raise record.wrong("has no source", "add one with url, date and what it supports")
    return tuple(found)
