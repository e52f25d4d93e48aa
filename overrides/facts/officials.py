"""Who may come, as data (step 1): docs/data/officials.yml in, frozen records out.

What nobody read a source for is known: false, and then nothing is stated. It knows no municipality:
a local rule can add a power, and the page says where to look for it.
"""

from dataclasses import dataclass
from pathlib import Path

from overrides.facts import records
from overrides.facts.records import Record, Words

PLACES = ("home", "business", "street", "fake_client")
ACCESS = (
    "permission",
    "permission_or_authorisation",
    "authorisation",
    "suspicion",
    "duty_of_access",
    "may_enter",
    "public_place",
    "none",
)
POWERS = (
    "arrest",
    "ask",
    "business_papers",
    "cooperation",
    "hold",
    "search",
    "search_person",
    "see_id",
    "seize",
    "stop",
    "take_id_papers",
    "undercover",
)


@dataclass(frozen=True)
class Power:
    """What one official may do in one kind of place; `access` is None when nobody read it."""

    access: str | None
    powers: tuple[str, ...]
    note: Words | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Official:
    """Who may come, by kind of place; `sources` are ids of sources.yml."""

    id: str
    name: Words
    task: Words | None
    sources: tuple[str, ...]
    places: dict[str, Power]


def load(path: Path) -> tuple[Official, ...]:
    """Everybody who may come, in the order of the file."""
    return records.each(records.named(path, "officials"), parse)


def parse(record: Record) -> Official:
    """One official, for every kind of place."""
    places = record.record("places")
    official = Official(
        id=record.text("id"),
        name=record.words("name"),
        task=record.maybe_words("task"),
        sources=record.texts("sources"),
        places={place: _power(places.record(place)) for place in PLACES},
    )
    places.done()
    record.done()
    return official


def _power(record: Record) -> Power:
    known = record.yes("known")
    power = Power(
        access=None if record.take("access") is None else record.choice("access", ACCESS),
        powers=record.texts("powers"),
        note=record.maybe_words("note"),
        sources=record.texts("sources"),
    )
    if unknown := sorted(set(power.powers) - set(POWERS)):
        raise record.wrong(f"has the power {unknown[0]}", f"choose from {', '.join(POWERS)}")
    if not known:
        record.refuse_guess(power.access, power.note, power.powers)
    elif not (power.sources and power.access):
        raise record.wrong("has no source or no access", "name both, or write known: false")
    record.done()
    return power
