"""How a fact is worded on a generated page (step 1): dates, certainty and links in, HTML out.

Free text keeps the language it was written down in and is marked with it; everything else comes
from the strings, which hold no sign of HTML. It knows no municipality.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from overrides.facts.policy import Passage
from overrides.facts.records import Words, earliest
from overrides.facts.usual import Origin
from overrides.words.strings import Strings

STALE_MONTHS = 12
CHECK_FIRST_MONTHS = 24


@dataclass(frozen=True)
class Voice:
    """The strings of one language, asked for by the part of the id behind `municipality.`."""

    t: Strings

    def __call__(self, name: str, /, **values: str) -> str:
        """One string; values are HTML already."""
        return self.t(f"municipality.{name}", **values)

    def moment(self, as_of: str | None) -> str:
        """A date as exact as its source: a day, a month, a year, or no date."""
        if as_of is None:
            return self("undated")
        if len(as_of) == len("2026"):
            return as_of
        if len(as_of) == len("2026-11"):
            return self.t.month(int(as_of[:4]), int(as_of[5:]))
        return self.t.day(date.fromisoformat(as_of))

    def certainty(self, confidence: str) -> str:
        """High, medium or low, in words."""
        return self(f"confidence.{confidence}")

    def words(self, words: Words, until: re.Pattern[str] | None = None) -> str:
        """The text in this language; where it is missing the English one, marked as English.

        `until` is what is left out of it.
        """
        language = self.t.language
        own = words.get(language) or self.t.facts.get(words["nl"])
        said = own or words["en"]
        said = until.sub("", said) if until else said
        return escape(said) if own else found(Passage(said, "en"), language)

    def fact(self, as_of: str | None, confidence: str, sources: str, check: str = "") -> str:
        """The line under every fact: whether to check it first, date, certainty, source."""
        line = self(
            "fact",
            date=self("fact.undated") if as_of is None else self.moment(as_of),
            confidence=self.certainty(confidence),
            sources=sources or self("source.none"),
        )
        return f' <span class="hint">{check}{" " if check else ""}{line}</span>'

    def check(self, as_of: str | None, confidence: str, today: date) -> str:
        """What to say of a value that nobody should count on, by its age and certainty, or nothing."""
        if as_of is None or confidence == "low" or is_old(as_of, today):
            return self("check.first")
        return self("check.changed") if months_since(as_of, today) >= STALE_MONTHS else ""


def is_old(as_of: str | None, today: date) -> bool:
    """Whether something this old, or without a date, is no answer until somebody checked it."""
    return as_of is None or months_since(as_of, today) >= CHECK_FIRST_MONTHS


@lru_cache(maxsize=1024)
def months_since(as_of: str, today: date) -> int:
    """Whole months since the first day that a date can mean."""
    return months_between(earliest(as_of), today)


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def months_after(start: date, months: int) -> date:
    """The day `months` later; the 28th at the latest, so that it exists in every month."""
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, min(start.day, 28))


def found(passage: Passage, language: str) -> str:
    """Text as it was found, marked with its own language where the page has another."""
    if language == "nl" and passage.dutch:
        return f'<span class="found">{escape(passage.dutch)}</span>'
    if passage.language == language:
        return f'<span class="found">{escape(passage.text)}</span>'
    return f'<span class="found" lang="{passage.language}" dir="ltr">{escape(passage.text)}</span>'


def link(url: str | None, text: str) -> str:
    """A link to another host that tells it nothing; plain text where there is no address."""
    if url is None:
        return text
    return f'<a href="{escape(url)}" rel="noreferrer">{text}</a>'


def origin(source: Origin, language: str) -> str:
    """The source of a national statement; titles were written down in English."""
    return link(source.url, found(Passage(source.title, "en", source.dutch), language))


def items(texts: Iterable[str]) -> str:
    """A list, or nothing when there is nothing in it."""
    inside = "".join(f"<li>{text}</li>" for text in texts)
    return f"<ul>{inside}</ul>" if inside else ""


def folded(title: str, inside: str) -> str:
    """A part that opens on a tap, without a script."""
    return f'<details class="folded"><summary>{title}</summary>{inside}</details>'


def fold(title: str) -> str:
    """A line that opens what stands behind it and not in it, so that a link to a part of that shows it."""
    return f'<details class="fold"><summary>{title}</summary></details>'
