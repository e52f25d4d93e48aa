"""A complaint as a row of statistics, after step 7: what is left to count when its words are gone.

Comes in: cases, and the rows that erased cases leave in the log of the store. Goes out: rows, one
for each thread of one sender. It refuses to know names, places, stories and days.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from desk.cases.case import Case
from desk.store.event import Event
from desk.wire.canon import Value

# Languages of Europe besides Dutch and English. Groups this wide say which help is needed, and
# point at no nationality.
_EUROPE = (
    "bg bs cs da de el es et fi fr ga hr hu is it lt lv mk mt no pl pt ro ru sk sl sq sr sv uk"
)
_MONTHS = 3  # in a quarter


@dataclass(frozen=True, slots=True)
class Row:
    """One complaint without content; a text is empty where nobody noted it.

    `key` tells threads apart: rows with one key are one complaint. `month` (`2026-05`) is kept only
    while the case is; the log has the quarter (`2026-Q2`).
    """

    key: str
    quarter: str
    month: str
    topics: tuple[str, ...]
    about: str
    role: str
    wish: str
    outcomes: tuple[str, ...]
    language: str  # a group of languages
    channel: str

    @property
    def year(self) -> str:
        """The year in which the complaint came."""
        return self.quarter[:4]


def language_group(language: str) -> str:
    """The group of a language code of WIRE.md section 5.1: `nl`, `en`, `europe`, `other` or none."""
    spoken = language.partition("-")[0]
    if spoken in ("", "nl", "en"):
        return spoken
    return "europe" if spoken in _EUROPE.split() else "other"


def of(case: Case, key: str = "") -> Row | None:
    """The row of a case; `None` for what is no complaint, or what she did not want counted.

    A duplicate has the key of what it repeats, unless a `key` is given. Practice, floods that
    nobody released and what was set aside with them are no complaints.
    """
    repeats = case.closed_without == "duplicate" and not case.duplicate_of
    is_none = (
        case.kind != "complaint" or case.practice or case.flood != "" or repeats or case.canary
    )
    if is_none or case.closed_without == "not_a_complaint" or not case.consents_to("count"):
        return None
    came = date.fromisoformat(case.received_on)
    return Row(
        key=key or case.duplicate_of or case.subject,
        quarter=f"{came.year}-Q{(came.month - 1) // _MONTHS + 1}",
        month=f"{came.year}-{came.month:02d}",
        topics=case.topics,
        about=case.about,
        role=case.role,
        wish=case.wish,
        outcomes=tuple(case.outcomes),
        language=language_group(case.reply_language or case.language),
        channel=case.channel,
    )


def of_cases(cases: Iterable[Case]) -> Iterator[Row]:
    """The rows of all cases that count; a duplicate of a duplicate has the key of the first."""
    known = {case.subject: case for case in cases}
    for case in known.values():
        first, seen = case, {case.subject}
        while first.duplicate_of in known and first.duplicate_of not in seen:
            first = known[first.duplicate_of]
            seen.add(first.subject)
        # Two that call each other the duplicate have no first; the smaller name stands for both.
        key = min(seen) if first.duplicate_of in seen else first.duplicate_of or first.subject
        row = of(case, key)
        if row is not None:
            yield row


def values(row: Row | None) -> dict[str, Value]:
    """What an `erased` event keeps of a row, empty for what is not counted: no day, no month."""
    if row is None:
        return {}
    return {
        "key": row.key,
        "quarter": row.quarter,
        "topics": list(row.topics),
        "about": row.about,
        "role": row.role,
        "wish": row.wish,
        "outcomes": list(row.outcomes),
        "language": row.language,
        "channel": row.channel,
    }


def _word(kept: dict[str, Value], name: str) -> str:
    value = kept.get(name)
    return value if isinstance(value, str) else ""


def _words(kept: dict[str, Value], name: str) -> tuple[str, ...]:
    value = kept.get(name)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def of_log(events: Iterable[Event]) -> Iterator[Row]:
    """The rows that erased cases left behind; one without a quarter was never to be counted."""
    for event in events:
        kept = event.values.get("row")
        if event.kind != "erased" or not isinstance(kept, dict) or not _word(kept, "quarter"):
            continue
        yield Row(
            key=_word(kept, "key") or str(event.values.get("subject", "")),
            quarter=_word(kept, "quarter"),
            month="",
            topics=_words(kept, "topics"),
            about=_word(kept, "about"),
            role=_word(kept, "role"),
            wish=_word(kept, "wish"),
            outcomes=_words(kept, "outcomes"),
            language=_word(kept, "language"),
            channel=_word(kept, "channel"),
        )


def _merged(first: Row, second: Row) -> Row:
    return replace(
        first,
        month=first.month or second.month,
        topics=tuple(dict.fromkeys(first.topics + second.topics)),
        about=first.about or second.about,
        role=first.role or second.role,
        wish=first.wish or second.wish,
        outcomes=tuple(dict.fromkeys(first.outcomes + second.outcomes)),
        language=first.language or second.language,
        channel=first.channel or second.channel,
    )


def threads(rows: Iterable[Row]) -> list[Row]:
    """One row for each thread, in the quarter in which it began."""
    merged: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (row.quarter, row.month, row.key)):
        known = merged.get(row.key)
        merged[row.key] = row if known is None else _merged(known, row)
    return list(merged.values())
