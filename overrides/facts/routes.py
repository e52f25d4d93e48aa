"""Where a complaint can go, as data (step 1): docs/data/routes.yml in, frozen records out.

Each route says until when, how fast, and what a complaint without a name can do there. What nobody
read a source for is known: false, and then nothing is stated.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from overrides.facts import records
from overrides.facts.records import Record, Words

UNITS = ("week", "month", "year")
COSTS = ("free", "business_fee", "officer_free")
SAYS = ("outcome", "if_they_can_act")
MOST_COUNT = 52  # of weeks, months or years: longer is a slip of the pen
ANONYMOUS = ("yes", "partly", "no", "unknown")


@dataclass(frozen=True)
class Term:
    """A length of time; `extra` is how much longer it may take, in the same unit.

    `says` is what comes within it: the outcome, or only whether they can do something. `committee` is what
    `count` is where a complaints committee answers, or 0.
    """

    count: int
    unit: str
    extra: int = 0
    says: str = "outcome"
    committee: int = 0


@dataclass(frozen=True)
class Route:
    """One place a complaint can go; `sources` are ids of sources.yml."""

    id: str
    name: Words
    about: Words
    within: Term | None
    answer: Term | None
    cost: str | None
    anonymous: str
    without_name: Words | None
    known: bool
    sources: tuple[str, ...]


def load(path: Path) -> tuple[Route, ...]:
    """Every place a complaint can go, in the order of the file."""
    return records.each(records.named(path, "routes"), parse)


def parse(record: Record) -> Route:
    """One route."""
    route = Route(
        id=record.text("id"),
        name=record.words("name"),
        about=record.words("about"),
        within=_term(record, "within"),
        answer=_term(record, "answer"),
        cost=None if record.take("cost") is None else record.choice("cost", COSTS),
        anonymous=record.choice("anonymous", ANONYMOUS),
        without_name=record.maybe_words("without_name"),
        known=record.yes("known"),
        sources=record.texts("sources"),
    )
    if not route.known:
        record.refuse_guess(route.within, route.answer, route.cost, route.without_name)
    elif not route.sources:
        raise record.wrong("has no source", "name one, or write known: false")
    record.done()
    return route


def _term(record: Record, name: str) -> Term | None:
    if record.take(name) is None:
        return None
    term = record.record(name)
    found = Term(term.number("count", 1, MOST_COUNT), term.choice("unit", UNITS))
    if name == "answer":
        extra, says = term.number("extra", 0, MOST_COUNT), term.choice("says", SAYS)
        committee = term.number("committee", 0, MOST_COUNT)
        found = replace(found, extra=extra, says=says, committee=committee)
    if found.extra and found.says != "outcome":
        raise term.wrong("has extra time for no outcome", "write extra: 0")
    term.done()
    return found
