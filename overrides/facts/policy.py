"""Local policy as data (step 1): docs/data/policy.yml in, frozen records out.

A fact that is known has a date, a confidence and the texts it rests on; without them it is refused.
It knows neither pages nor languages, and never turns what is unknown into a rule.
"""

from dataclasses import dataclass
from pathlib import Path

from overrides.facts import records
from overrides.facts.records import Record

FORMS = (
    "home_alone",
    "home_together",
    "window",
    "club",
    "escort_agency",
    "escort_independent",
    "massage",
    "street",
)
VALUES = ("allowed", "allowed_conditions", "permit", "forbidden", "tolerated", "unknown")
# Younger than 18 nobody may do this work anywhere in the country; no rule asks for more than 30.
LEAST_AGE, MOST_AGE = 18, 30
MOST_LICENCES = 1000
CONFIDENCE = ("high", "medium", "low")
PERMIT = ("no", "yes", "sometimes", "not_possible", "unknown")
ENTRY = ("yes", "no", "unknown")
AGE_FOR = ("home", "licensed_business", "unknown")
LIMIT_OF = ("business", "escort_agency", "window")
KINDS = (
    "council",
    "court",
    "expert centre",
    "government",
    "municipal website",
    "municipality",
    "municipality association",
    "news",
    "political party",
    "sex-worker organisation",
)
_DISPUTED = (*FORMS, "recognition", "validity")


@dataclass(frozen=True)
class Fact:
    """One value. `as_of` is None when the source shows no date; `sources` are ids in the record."""

    value: str | int
    as_of: str | None = None
    confidence: str = ""
    sources: tuple[str, ...] = ()
    dutch: str = ""
    applies_to: str = ""
    limits: tuple[tuple[str, int], ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether anybody found it."""
        return self.value != "unknown"


@dataclass(frozen=True)
class Passage:
    """A text as found, in the language it was written down in; `dutch` is our wording of it."""

    text: str
    language: str
    dutch: str = ""


@dataclass(frozen=True)
class Claim:
    """What one of two sources that disagree says."""

    about: str
    value: str | None
    passage: Passage
    source: str | None


@dataclass(frozen=True)
class Text:
    """A rule (`kind` is `rule`) or another source. `url` and `date` are None where not found."""

    id: str
    title: str
    article: str | None
    url: str | None
    date: str | None
    kind: str


@dataclass(frozen=True)
class Policy:
    """Everything found about one municipality."""

    code: str
    name: str
    as_of: str | None
    confidence: str
    facts: dict[str, Fact]
    conditions: tuple[Passage, ...]
    conflicts: tuple[Claim, ...]
    texts: tuple[Text, ...]
    notes: Passage


def load(path: Path) -> dict[str, Policy]:
    """All records by CBS code; a code that stands there twice is refused."""
    found = records.each(
        list(enumerate(records.listed(path), 1)), lambda one: parse(one[1], one[0])
    )
    records.refuse_twice(path.name, [policy.code for policy in found])
    return {policy.code: policy for policy in found}


def parse(raw: object, index: int = 1) -> Policy:
    """One record; `index` names it while its code is not known."""
    code = raw.get("cbs_code") if isinstance(raw, dict) else None
    record = Record(f"policy.yml: {code or f'record {index}'}", raw)
    record.refuse_mobile()
    texts = (*_rules(record), *_sources(record))
    ids = tuple(text.id for text in texts)
    if len(set(ids)) != len(ids):
        raise record.wrong("has two texts with one id", "number them b1, b2 and s1, s2")
    policy = Policy(
        code=record.text("cbs_code"),
        name=record.text("name"),
        as_of=record.day("as_of"),
        confidence=record.choice("confidence", CONFIDENCE),
        facts=_facts(record.record("facts"), ids),
        conditions=tuple(_passage(item) for item in record.records("conditions")),
        conflicts=tuple(_claim(item, ids) for item in record.records("conflicts")),
        texts=texts,
        notes=Passage(record.loose("notes"), record.text("notes_lang")),
    )
    record.done()
    return policy


def _facts(record: Record, ids: tuple[str, ...]) -> dict[str, Fact]:
    allowed = {
        **dict.fromkeys(FORMS, VALUES),
        "permit_self_employed_home": PERMIT,
        "home_entry_bylaw": ENTRY,
    }
    facts = {name: _fact(record.record(name), ids, allowed[name]) for name in allowed}
    for name in ("min_age", "max_licences", "supervisor", "ask_at"):
        facts[name] = _fact(record.record(name), ids, None)
    record.done()
    return facts


def _fact(record: Record, ids: tuple[str, ...], allowed: tuple[str, ...] | None) -> Fact:
    """A fact; without a closed list its value is a text or, for an age, a number."""
    value = record.choice("value", allowed) if allowed else record.take("value")
    if value == "unknown":
        record.done()
        return Fact("unknown")
    applies_to = dutch = ""
    limits: tuple[tuple[str, int], ...] = ()
    if record.where.endswith(", min_age"):
        value, applies_to = (
            record.number("value", LEAST_AGE, MOST_AGE),
            record.choice("applies_to", AGE_FOR),
        )
    elif not allowed:
        value, dutch = record.text("value"), record.text("nl")
    if record.where.endswith(", max_licences"):
        limits = tuple(_limit(item) for item in record.records("limits"))
    fact = Fact(
        value=value,
        as_of=record.day("as_of"),
        confidence=record.choice("confidence", CONFIDENCE),
        sources=_refs(record, ids),
        dutch=dutch,
        applies_to=applies_to,
        limits=limits,
    )
    record.done()
    return fact


def _refs(record: Record, ids: tuple[str, ...]) -> tuple[str, ...]:
    refs = record.texts("sources")
    if not refs:
        raise record.wrong("has no source", "name the texts it rests on, or make it unknown")
    if lost := [ref for ref in refs if ref not in ids]:
        raise record.wrong(f"names a source that is not there: {lost[0]}", "add it or correct it")
    return refs


def _limit(record: Record) -> tuple[str, int]:
    limit = (record.choice("of", LIMIT_OF), record.number("count", 0, MOST_LICENCES))
    record.done()
    return limit


def _passage(record: Record) -> Passage:
    passage = Passage(record.text("text"), record.text("lang"), record.text("nl"))
    record.done()
    return passage


def _claim(record: Record, ids: tuple[str, ...]) -> Claim:
    source = record.maybe("source")
    if source is not None and source not in ids:
        raise record.wrong(f"names a source that is not there: {source}", "add it or write null")
    claim = Claim(
        about=record.choice("about", _DISPUTED),
        value=None if record.take("value") is None else record.choice("value", VALUES),
        passage=Passage(record.text("claim"), record.text("lang"), record.text("nl")),
        source=source,
    )
    record.done()
    return claim


def _rules(record: Record) -> tuple[Text, ...]:
    return tuple(_text(item, "regulation") for item in record.records("legal_basis"))


def _sources(record: Record) -> tuple[Text, ...]:
    return tuple(_text(item, "title") for item in record.records("sources"))


def _text(record: Record, title: str) -> Text:
    rule = title == "regulation"
    text = Text(
        id=record.text("id"),
        title=record.text(title),
        article=record.maybe("article") if rule else None,
        url=record.url("url"),
        date=record.day("date"),
        kind="rule" if rule else record.choice("kind", KINDS),
    )
    record.done()
    return text
