"""Short strings of templates and footnotes (step 1): one locale/<language>.po in, text by id out.

An id that nobody knows, or a hole that nothing fills, stops the build. It knows neither the other languages
nor which template asks.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from overrides.words import catalogue, cldr
from overrides.words.cldr import Calendar, Letters
from overrides.words.errors import SiteError

_STOPS = re.compile(r"(?<=\w)\.\.(?=[\s<]|$)")  # and not those of `../help/` or of three in a row

_ENDS = re.compile(r"[.?!\u061f\u3002\uff01\uff1f](?:<[^>]*>)*$")


@dataclass(frozen=True)
class Strings:
    """The short strings of one language. Calling it with an id gives the text.

    `direction` is `ltr` or `rtl`; `name` is the language's own, for menus. `facts` and `sounds` are by a
    Dutch sentence: what one of docs/data means, and how one to say sounds (`by_dutch`).
    `is_checked` says whether a native speaker has checked all three. `written` are its
    dates and per cents, or None where nobody asked for any yet.
    """

    language: str
    texts: dict[str, str]
    direction: str = "ltr"
    name: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    sounds: dict[str, str] = field(default_factory=dict)
    written: Calendar | None = None
    is_checked: bool = False

    def __call__(self, string_id: str, **values: str) -> str:
        """Text of `string_id` with its `{placeholders}` filled; an unknown id stops the build."""
        if string_id not in self.texts:
            raise SiteError(
                f"the string {string_id} is missing in {self.language}.po",
                "add it to nl.po in overrides/locale, and run `make strings`",
            )
        try:
            return _once(self.texts[string_id].format(**values))
        except KeyError as error:
            raise SiteError(
                f"nothing fills {{{error.args[0]}}} in {string_id} of {self.language}.po",
                "correct the name of the placeholder, in every language",
            ) from None

    def count(self, part: str, unit: str, count: int) -> str:
        """A count of something in words: by the text of its kind, such as `.few.`, where there is one for it."""
        own = f"{part}.{cldr.plural(self.language, count)}.{unit}"
        return self(own if own in self.texts else f"{part}.{unit}", count=str(count))

    def day(self, day: date) -> str:
        """A date in words, as this language writes it."""
        return self.calendar.days[day.month - 1].format(day=day.day, year=day.year)

    def month(self, year: int, month: int) -> str:
        """A month of a year in words."""
        return self.calendar.months[month - 1].format(year=year)

    def closed(self, said: str) -> str:
        """Words as a sentence: with a full stop of this language's letters, unless they end in a sign of their own."""
        return said if _ENDS.search(said) else said + self.letters.stop

    @property
    def letters(self) -> Letters:
        """What this language is written with."""
        return cldr.letters(self.language)

    @property
    def calendar(self) -> Calendar:
        """How this language writes dates and per cents."""
        return self.written or cldr.calendar(self.language)


@dataclass(frozen=True)
class Joined:
    """Two or more languages at once, for the few pages that are in no language: chooser and 404."""

    voices: tuple[Strings, ...]

    def __call__(self, string_id: str, **values: str) -> str:
        """The text in each voice, joined by a middle dot."""
        return " · ".join(dict.fromkeys(voice(string_id, **values) for voice in self.voices))


def _once(text: str) -> str:
    """One full stop where a date brings its own to the end of a sentence: `2026 г.`, `augusztus 3.`"""
    return _STOPS.sub(".", text) if ".." in text else text


def load(path: Path, direction: str = "ltr", language: str = "") -> Strings:
    """Read one .po file of a language with that name; an empty or fuzzy text, or an id given twice, stops the build."""
    texts = dict(catalogue.load(path).texts)
    return Strings(path.stem, texts, direction, language, written=_calendar(path.stem))


@lru_cache(maxsize=64)
def _calendar(language: str) -> Calendar:
    """What is written down of a language is the same for every build of a process."""
    return cldr.calendar(language)
