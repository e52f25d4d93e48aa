"""Local policy as data (step 1): docs/data/policy.yml in, frozen records out.

A fact that is known names the texts that state it; its date and its certainty are made from the
strongest of them and written by nobody. It knows neither pages nor languages, never turns what is
unknown into a rule, and refuses a value where sources conflict.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any  # of what YAML gives, nothing is checked yet

from overrides.facts import once, records, texts
from overrides.facts.records import Record
from overrides.facts.texts import CONFIDENCE, Backing, Found, Text

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
PERMIT = ("no", "yes", "sometimes", "not_possible", "unknown")
ENTRY = ("yes", "no", "unknown")
AGE_FOR = ("home", "licensed_business", "unknown")
LIMIT_OF = ("business", "escort_agency", "window")
_DISPUTED = (*FORMS, "recognition", "validity")
_COMPUTED = "take it out: it comes from the strongest source"


@dataclass(frozen=True)
class Fact:
    """One value. `as_of` and `confidence` are those of the strongest text that states it.

    `as_of` is None when that text shows no date; `sources` are ids in the record, from strong to weak.
    """

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
class Condition:
    """What is asked where work is allowed. `backing` is None where nobody can tell which text says it.

    `landlord`: it says what the landlord or the owner hears or does.
    """

    passage: Passage
    backing: Backing | None = None
    landlord: bool = False


@dataclass(frozen=True)
class Policy:
    """Everything found about one municipality.

    No value is more certain than `confidence`. `editor` is for who keeps the data, and on no page.
    """

    code: str
    name: str
    confidence: str
    facts: dict[str, Fact]
    conditions: tuple[Condition, ...]
    conflicts: tuple[Claim, ...]
    texts: tuple[Text, ...]
    notes: Passage
    editor: str = ""

    @cached_property
    def known(self) -> tuple[Fact, ...]:
        """Every value that anybody found."""
        return tuple(fact for fact in self.facts.values() if fact.is_known)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The forms of work with a known value."""
        return tuple(form for form in FORMS if self.facts[form].is_known)

    @cached_property
    def disputed(self) -> tuple[str, ...]:
        """The forms of work about which sources conflict."""
        about = {claim.about for claim in self.conflicts}
        return tuple(form for form in FORMS if form in about)

    @cached_property
    def landlord(self) -> tuple[Condition, ...]:
        """What the landlord or the owner hears or does."""
        return tuple(one for one in self.conditions if one.landlord)


@once.checked
def load(raw: Any, name: str) -> dict[str, Policy]:
    """All records by CBS code; a code that stands there twice is refused."""
    found = records.each(
        list(enumerate(records.rows(raw, name), 1)), lambda one: parse(one[1], one[0])
    )
    records.refuse_twice(name, [policy.code for policy in found])
    return {policy.code: policy for policy in found}


def parse(raw: object, index: int = 1) -> Policy:
    """One record; `index` names it while its code is not known."""
    code = raw.get("cbs_code") if isinstance(raw, dict) else None
    record = Record(f"policy.yml: {code or f'record {index}'}", raw)
    record.refuse_mobile()
    _refuse_computed(record, "as_of")
    confidence = record.choice("confidence", CONFIDENCE)
    found = Found(texts.read(record), confidence)
    policy = Policy(
        code=record.text("cbs_code"),
        name=record.text("name"),
        confidence=confidence,
        facts=_facts(record.record("facts"), found),
        conditions=tuple(_condition(item, found) for item in record.records("conditions")),
        conflicts=tuple(_claim(item, found) for item in record.records("conflicts")),
        texts=found.texts,
        notes=_notes(record),
        editor=record.loose("editor"),
    )
    record.done()
    _refuse_choice(record, policy)
    return policy


def _refuse_computed(record: Record, *names: str) -> None:
    for name in names:
        record.refuse_written(name, _COMPUTED)


def _refuse_choice(record: Record, policy: Policy) -> None:
    """No side is chosen where sources conflict, and a highest number alone allows nothing."""
    if chosen := sorted(set(policy.disputed) & set(policy.forms)):
        hint = "make it unknown: the page shows what each source says"
        raise record.wrong(f"has a value for {chosen[0]}, about which its sources conflict", hint)
    allowed = [form for form in policy.forms if policy.facts[form].value == "allowed_conditions"]
    if allowed and not policy.conditions:
        hint = (
            "write the conditions; a maximum alone goes into max_licences, and the form is unknown"
        )
        raise record.wrong(f"has {allowed[0]}: allowed_conditions, and no condition", hint)


def _facts(record: Record, found: Found) -> dict[str, Fact]:
    allowed = {
        **dict.fromkeys(FORMS, VALUES),
        "permit_self_employed_home": PERMIT,
        "home_entry_bylaw": ENTRY,
    }
    facts = {name: _fact(record.record(name), found, allowed[name]) for name in allowed}
    for name in ("min_age", "max_licences", "supervisor", "ask_at"):
        facts[name] = _fact(record.record(name), found, None)
    record.done()
    return facts


def _fact(record: Record, found: Found, allowed: tuple[str, ...] | None) -> Fact:
    """A fact; without a closed list its value is a text or, for an age, a number."""
    _refuse_computed(record, "as_of", "confidence")
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
    rests = _backing(record, found)
    record.done()
    return Fact(value, rests.as_of, rests.confidence, rests.sources, dutch, applies_to, limits)


def _backing(record: Record, found: Found) -> Backing:
    named = found.named(record, record.texts("sources"))
    if not named:
        raise record.wrong("has no source", "name the texts that state it, or make it unknown")
    return texts.backing(named, found.most)


def _limit(record: Record) -> tuple[str, int]:
    limit = (record.choice("of", LIMIT_OF), record.number("count", 0, MOST_LICENCES))
    record.done()
    return limit


def _condition(record: Record, found: Found) -> Condition:
    passage = Passage(record.text("text"), record.text("lang"), record.text("nl"))
    named = found.named(record, record.texts("sources"))
    landlord = record.flag("landlord")
    record.done()
    if not found.texts:
        raise record.wrong("stands in a record without texts", "add where it was read")
    return Condition(passage, texts.backing(named, found.most) if named else None, landlord)


def _claim(record: Record, found: Found) -> Claim:
    source = record.maybe("source")
    if source is not None:
        found.named(record, (source,))
    claim = Claim(
        about=record.choice("about", _DISPUTED),
        value=None if record.take("value") is None else record.choice("value", VALUES),
        passage=Passage(record.text("claim"), record.text("lang"), record.text("nl")),
        source=source,
    )
    record.done()
    return claim


def _notes(record: Record) -> Passage:
    """What readers can use, in both languages, or nothing."""
    notes = Passage(record.loose("notes"), record.text("notes_lang"), record.loose("notes_nl"))
    if bool(notes.text) != bool(notes.dutch):
        hint = "write notes_nl beside it; what is for the editor goes into editor"
        raise record.wrong("has notes in one language only", hint)
    return notes
