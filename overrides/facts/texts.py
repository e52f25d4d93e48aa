"""The texts that a record of local policy rests on (step 1): rules and other sources in, and how strong
each of them is.

A value has the day and the certainty of one text: of the strongest that states it. It knows no value
and no municipality.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from overrides.facts import records
from overrides.facts.records import Record

CONFIDENCE = ("high", "medium", "low")
# A rule that the copy shows as in force; one that was replaced or of which that is not known; a note of policy.
RULES = ("in_force", "older", "policy")
_PUBLIC = ("council", "government", "municipal website", "municipality")
_OTHERS = (
    "court",  # one ruling
    "expert centre",
    "municipality association",
    "news",
    "political party",
    "sex-worker organisation",
)
KINDS = (*_PUBLIC, *_OTHERS)
_STRENGTH = {
    "in_force": 3,
    **dict.fromkeys(("older", "policy", *_PUBLIC), 2),
    **dict.fromkeys(_OTHERS, 1),
}


@dataclass(frozen=True)
class Text:
    """A rule (`kind` is one of RULES) or another source. `url` and `date` are None where not found."""

    id: str
    title: str
    article: str | None
    url: str | None
    date: str | None
    kind: str

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule, or a note of policy, and no source about one."""
        return self.kind in RULES

    @property
    def weight(self) -> tuple[int, int]:
        """What is compared: strength from 1 to 3, then the day; one without a date is the oldest."""
        day = records.earliest(self.date).toordinal() if self.date else 0
        return _STRENGTH[self.kind], day


@dataclass(frozen=True)
class Backing:
    """What a value rests on: ids from strong to weak, date and certainty of the first.

    `as_of` is None where that text shows no date.
    """

    as_of: str | None = None
    confidence: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """The texts of one record, and the certainty that none of its values exceeds."""

    texts: tuple[Text, ...]
    most: str

    def named(self, record: Record, ids: tuple[str, ...]) -> tuple[Text, ...]:
        """The texts with these ids; one that is not there, or stands there twice, is refused."""
        by_id = {text.id: text for text in self.texts}
        if lost := [one for one in ids if one not in by_id]:
            said = f"names a source that is not there: {lost[0]}"
            raise record.wrong(said, "add it or correct it")
        if len(set(ids)) != len(ids):
            raise record.wrong("names a source twice", "take one of them out")
        return tuple(by_id[one] for one in ids)


def backing(texts: Iterable[Text], most: str) -> Backing:
    """Date and certainty from the strongest of at least one text, and never above the certainty `most`."""
    found = sorted(texts, key=lambda text: text.weight, reverse=True)
    certainty = CONFIDENCE[3 - _STRENGTH[found[0].kind]]
    confidence = max(certainty, most, key=CONFIDENCE.index)
    return Backing(found[0].date, confidence, tuple(text.id for text in found))


def read(record: Record) -> tuple[Text, ...]:
    """The rules and the other sources of a record, each with an id of its own."""
    found = (
        *(_text(item, "regulation") for item in record.records("legal_basis")),
        *(_text(item, "title") for item in record.records("sources")),
    )
    if len({text.id for text in found}) != len(found):
        raise record.wrong("has two texts with one id", "number them b1, b2 and s1, s2")
    return found


def _text(record: Record, title: str) -> Text:
    is_rule = title == "regulation"
    text = Text(
        id=record.text("id"),
        title=record.text(title),
        article=record.maybe("article") if is_rule else None,
        url=record.url("url"),
        date=record.day("date"),
        kind=record.choice("kind", RULES if is_rule else KINDS),
    )
    record.done()
    return text
