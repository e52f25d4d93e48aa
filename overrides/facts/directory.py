"""Organisations that help, as data (step 1): docs/data/directory.yml in, frozen records out.

Tie with the police and anonymity are always there. A contact is a way to a person: it is given out
only by the rule in `contact`, and it knows no page.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overrides.facts import records
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


@dataclass(frozen=True)
class Organisation:
    """One organisation. `phones`, `email` and `url` are as found; ask `contact` what to show."""

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
    faith_based: bool
    confidence: str
    readings: tuple[Reading, ...]
    contact_ready_to_show: bool
    verified_live: date | None


@dataclass(frozen=True)
class Contact:
    """Ways to reach an organisation that may stand on a page; `called` is None in practice only."""

    phones: tuple[str, ...]
    email: str
    url: str
    called: date | None


def contact(organisation: Organisation, *, practice: bool) -> Contact | None:
    """What may be shown: after somebody tried it, and 112; a practice build also shows the rest."""
    if not organisation.contact_ready_to_show:
        return None
    tried = organisation.verified_live is not None or organisation.id == EMERGENCY
    if not tried and not practice:
        return None
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


def load(path: Path) -> dict[str, Organisation]:
    """All organisations by id; an id that stands there twice is refused."""
    listed = list(enumerate(records.listed(path, "organisations"), 1))
    found = records.each(listed, lambda one: parse(one[1], one[0]))
    records.refuse_twice(path.name, [organisation.id for organisation in found])
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
        faith_based=record.yes("faith_based"),
        confidence=record.choice("confidence", CONFIDENCE),
        readings=_readings(record),
        contact_ready_to_show=record.yes("contact_ready_to_show"),
        verified_live=_verified(record),
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


def _verified(record: Record) -> date | None:
    if record.take("verified_live") is None:
        return None
    return date.fromisoformat(record.whole_day("verified_live"))


def _readings(record: Record) -> tuple[Reading, ...]:
    found = []
    for source in record.records("sources"):
        reading = Reading(source.maybe("title"), source.url("url"), source.day("date"))
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
