"""Short strings of templates and footnotes (step 1): locale/<language>.po in, text by id out.

Every language carries the same ids with the same placeholders, none of them empty; anything else
stops the build. It does not know which template asks.
"""

import string
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polib

from overrides.errors import SiteError

# The order of every language menu. A language is here once its pages and its .po file are complete.
LANGUAGES = ("nl", "en", "es", "ar")


@dataclass(frozen=True)
class Strings:
    """The short strings of one language. Calling it with an id gives the text."""

    language: str
    texts: dict[str, str]

    def __call__(self, string_id: str, **values: str) -> str:
        """Text of `string_id` with its `{placeholders}` filled; an unknown id stops the build."""
        if string_id not in self.texts:
            raise SiteError(
                f"the string {string_id} is missing in {self.language}.po",
                "add it to every file in overrides/locale",
            )
        return self.texts[string_id].format(**values)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self("language.direction")

    def day(self, day: date) -> str:
        """A date in words, as this language writes it."""
        month = self(f"month.{day.month:02d}")
        return self("date.day", day=str(day.day), month=month, year=str(day.year))


@dataclass(frozen=True)
class Joined:
    """Two or more languages at once, for the few pages that are in no language: chooser and 404."""

    voices: tuple[Strings, ...]

    def __call__(self, string_id: str, **values: str) -> str:
        """The text in each voice, joined by a middle dot."""
        return " · ".join(dict.fromkeys(voice(string_id, **values) for voice in self.voices))


def placeholders(text: str) -> frozenset[str]:
    """Names of the `{placeholders}` in a text."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def load(path: Path) -> Strings:
    """Read one .po file; an empty or fuzzy text, or an id given twice, stops the build."""
    if not path.is_file():
        raise SiteError(
            f"there is no {path.name}", "every language needs a file in overrides/locale"
        )
    texts: dict[str, str] = {}
    for entry in polib.pofile(str(path), encoding="utf-8"):
        if entry.msgid in texts:
            raise SiteError(f"{path.name} has the id {entry.msgid} twice")
        if not entry.msgstr.strip() or entry.fuzzy:
            raise SiteError(f"{path.name} has no finished text for {entry.msgid}")
        texts[entry.msgid] = entry.msgstr
    return Strings(path.stem, texts)


def load_all(folder: Path, languages: tuple[str, ...] = LANGUAGES) -> dict[str, Strings]:
    """Read every language in menu order and demand the same ids and placeholders in each."""
    loaded = {language: load(folder / f"{language}.po") for language in languages}
    first, *others = loaded.values()
    for other in others:
        _compare(first, other)
        _compare(other, first)
    return loaded


def _compare(left: Strings, right: Strings) -> None:
    for string_id, text in left.texts.items():
        if string_id not in right.texts:
            raise SiteError(f"{right.language}.po lacks the id {string_id} of {left.language}.po")
        if placeholders(text) != placeholders(right.texts[string_id]):
            raise SiteError(f"{right.language}.po fills other placeholders in {string_id}")
