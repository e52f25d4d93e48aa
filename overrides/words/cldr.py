"""How a language writes days, months, per cents and counts (step 1): a code in, patterns out, from
Unicode's CLDR by way of Babel, while the site is built.

Pages and scripts fill the same patterns, so that no engine is asked for its own: engines and libraries
differ in the space before a year's letter, in digits and in calendars. It knows no page.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from overrides.words.errors import SiteError

# English as it is written on this side of the ocean, with the day before the month.
_WRITTEN_AS = {"en": "en_GB"}
_MONTHS = range(1, 13)
# Numbers that stand in no name of a month and in no number of one.
_YEAR, _DAY = 2026, 28


class Letters(NamedTuple):
    """What a language is written with: its script as CLDR codes it, such as `Latn`, and its marks."""

    script: str
    comma: str = ", "  # between things in a row
    semicolon: str = "; "
    colon: str = ": "
    stop: str = "."


# Where the marks are others; Thai ends a sentence with nothing.
_MARKS = {
    "Arab": ("\u060c ", "\u061b "),
    "Hans": ("\u3001", "\uff1b", "\uff1a", "\u3002"),
    "Thai": (", ", "; ", ": ", ""),
}


class Calendar(NamedTuple):
    """Patterns of one language: twelve with `{day}` and `{year}`, twelve with `{year}`, one with `{count}`."""

    days: list[str]
    months: list[str]
    percent: str


def calendar(language: str) -> Calendar:
    """The patterns of a language by its code in mkdocs.yml, such as `pt-BR`; the digits are 0 to 9."""
    from babel import dates, numbers  # as long to load as a page takes; kept with the strings

    locale = _locale(language)
    days, months = [], []
    for day in (date(_YEAR, month, _DAY) for month in _MONTHS):
        written = dates.format_date(day, "long", locale=locale)
        days.append(_open(written, day=_DAY, year=_YEAR))
        written = dates.format_skeleton("yMMMM", day, locale=locale)
        months.append(_open(written, year=_YEAR))
    share = numbers.format_percent(0.36, locale=locale, numbering_system="latn")
    return Calendar(days, months, _open(share, count=36))


@lru_cache(maxsize=64)
def letters(language: str) -> Letters:
    """The letters of a language by its code in mkdocs.yml; a script in the code is that of the language."""
    from babel import Locale
    from babel.core import get_global

    locale = Locale.parse(_locale(language))
    likely = get_global("likely_subtags")[locale.language].split("_")[1]
    script = locale.script or likely
    return Letters(script, *_MARKS.get(script, ()))


def plural(language: str, count: int) -> str:
    """Which kind of number a count is there: `zero`, `one`, `two`, `few`, `many` or `other`."""
    from babel import Locale

    return str(Locale.parse(_locale(language)).plural_form(count))


def _locale(language: str) -> str:
    """The code as Babel has it; one that CLDR does not know would be written as no language is."""
    from babel import localedata

    code = _WRITTEN_AS.get(language, language.replace("-", "_"))
    if not localedata.exists(code):
        hint = "write the code of the language as CLDR has it, such as nl or pt-BR"
        raise SiteError(f"nothing is known of how {language} writes dates", hint)
    return code


def _open(written: str, **numbers: int) -> str:
    """The text with a hole in the place of each number; one that is not there once is an error of ours."""
    for name, number in numbers.items():
        before, found, behind = written.partition(str(number))
        if not found or str(number) in behind:
            raise ValueError(f"{name} does not stand once in {written}")
        written = f"{before}{{{name}}}{behind}"
    return written
