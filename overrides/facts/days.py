"""Every day that the facts and pages name (step 1): the docs folder in, days with their places out.

What somebody wrote down as read, checked or tried cannot lie after the day that a build counts as; a
plan may, by so much. It reads no clock.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from overrides.facts import front_matter, records
from overrides.words.errors import SiteError

# Days that may be ahead: of a plan, of the steps of a bill, of a text that is not in force yet.
_AHEAD = {"joins_on": 3653, "event": 3653, "text_of": 366}
_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
_WHOLE = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = ("as_of", "date", "text_of")  # a year alone is a date in these only


@dataclass(frozen=True)
class Dated:
    """A day, as exact as it is written, where it stands, and how many days it may be ahead."""

    where: str
    name: str
    day: str
    ahead: int = 0

    @property
    def first(self) -> date:
        """The first day that it can mean."""
        return records.earliest(self.day)

    def is_later_than(self, reference_date: date) -> bool:
        """Whether it lies further ahead of that day than it may."""
        return self.first > reference_date + timedelta(days=self.ahead)

    def refusal(self, reference_date: date) -> SiteError:
        """What to say of a day that is later."""
        hint = f"correct it; if it is right, set reference_date: {self.day} or later"
        if self.ahead:
            hint = f"correct it; a plan may be {self.ahead} days ahead"
        said = f"{self.where}: {self.name} is {self.day}, and this build counts as {reference_date}"
        return SiteError(said, hint)


def of_data(folder: Path) -> list[Dated]:
    """All days in docs/data that are days; what is none is refused where its record is read."""
    return [
        one
        for path in sorted(folder.glob("*.yml"))
        for one in _walk(records.read(path), path.name, "")
        if records.is_day(one.day)
    ]


def of_pages(docs: Path, languages: Iterable[str]) -> list[Dated]:
    """The day of the last check of every page, and that on which a translation was held against the Dutch page."""
    return [
        Dated(f"{language}/{path.name}", name, day)
        for language in languages
        for path in sorted((docs / language).glob("*.md"))
        for name in ("last_checked", "translated_from", "native_checker")
        for day in _WHOLE.findall(str(front_matter.read(path).get(name) or ""))
        if records.is_day(day)
    ]


def _walk(value: object, where: str, name: str, *, event: bool = False) -> Iterator[Dated]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(
                inner, _named(where, inner, str(key)), str(key), event="event" in value
            )
    elif isinstance(value, list):
        for index, inner in enumerate(value, 1):
            yield from _walk(inner, _named(where, inner, f"record {index}"), name, event=event)
    elif isinstance(value, str | date) and _is_date(str(value), name):
        yield Dated(where, name, str(value), _AHEAD.get("event" if event else name, 0))


def _named(where: str, inner: object, otherwise: str) -> str:
    """The file and its record; what lies deeper keeps the name of its record."""
    if ": " in where or not isinstance(inner, dict):
        return where
    return f"{where}: {inner.get('cbs_code') or inner.get('id') or otherwise}"


def _is_date(value: str, name: str) -> bool:
    return bool(_DAY.fullmatch(value)) and ("-" in value or name in _YEARS)
