"""What is usual in the country, as data (step 1): docs/data/usual.yml in, frozen records out.

For a municipality whose own rule nobody read: what is common, and how to look the rule up. It knows
no municipality, so that nothing in it can be shown as the rule of one.
"""

from dataclasses import dataclass
from pathlib import Path

from overrides.facts import records
from overrides.facts.policy import FORMS, LEAST_AGE, MOST_AGE
from overrides.facts.records import Record, Words
from overrides.facts.texts import CONFIDENCE
from overrides.words.errors import SiteError

PATTERNS = ("needs_permit", "differs", "mostly_forbidden", "rare", "hardly_found")


@dataclass(frozen=True)
class Origin:
    """Where a statement was read; address and date are None where they are not known."""

    title: str
    url: str | None
    date: str | None
    dutch: str = ""


@dataclass(frozen=True)
class Usual:
    """What is common for one form of work; never what holds in one place.

    `source` is None for what our own records of municipalities say.
    """

    form: str
    pattern: str
    as_of: str | None
    confidence: str
    says: Words
    source: Origin | None


@dataclass(frozen=True)
class Age:
    """The national minimum age, and the one many local rules ask in the licensed sector."""

    national: int
    often_in_licensed_sector: int
    as_of: str | None
    confidence: str
    source: Origin


@dataclass(frozen=True)
class Search:
    """Where and with which words to look a rule up; the words are Dutch because the rules are."""

    site: str
    announcements: str
    bylaw: str
    version: str
    chapter_words: tuple[str, ...]
    title_words: tuple[str, ...]
    zoning_words: tuple[str, ...]
    entry_words: tuple[str, ...]
    question: str


@dataclass(frozen=True)
class Common:
    """Everything that is said where the local rule is not known."""

    compiled: str
    forms: dict[str, Usual]
    age: Age
    search: Search


def origin(record: Record) -> Origin:
    """A source with its title; address and date where they are known."""
    title, dutch = record.title("title")
    found = Origin(title, record.url("url"), record.day("date"), dutch)
    record.done()
    return found


def load(path: Path) -> Common:
    """The whole file; every form of work has its line."""
    record = Record(path.name, records.read(path))
    record.refuse_mobile()
    forms = {usual.form: usual for usual in map(_usual, record.records("forms"))}
    if missing := sorted(set(FORMS) - set(forms)):
        raise SiteError(f"{path.name} has no line for {missing[0]}", "add one under forms")
    common = Common(
        record.whole_day("compiled"), forms, _age(record.record("min_age")), _search(record)
    )
    record.done()
    return common


def _usual(record: Record) -> Usual:
    usual = Usual(
        form=record.choice("form", FORMS),
        pattern=record.choice("pattern", PATTERNS),
        as_of=record.day("as_of"),
        confidence=record.choice("confidence", CONFIDENCE),
        says=record.words("says"),
        source=None if record.take("source") is None else origin(record.record("source")),
    )
    record.done()
    return usual


def _age(record: Record) -> Age:
    age = Age(
        national=record.number("national", LEAST_AGE, MOST_AGE),
        often_in_licensed_sector=record.number("often_in_licensed_sector", LEAST_AGE, MOST_AGE),
        as_of=record.day("as_of"),
        confidence=record.choice("confidence", CONFIDENCE),
        source=origin(record.record("source")),
    )
    record.done()
    return age


def _search(record: Record) -> Search:
    words = record.record("search")
    search = Search(
        site=words.url("site") or "",
        announcements=words.url("announcements") or "",
        bylaw=words.text("bylaw"),
        version=words.text("version"),
        chapter_words=words.texts("chapter_words"),
        title_words=words.texts("title_words"),
        zoning_words=words.texts("zoning_words"),
        entry_words=words.texts("entry_words"),
        question=words.text("question"),
    )
    words.done()
    return search
