"""Short strings of templates and footnotes (step 1): one locale/<language>.po in, text by id out.

An id that nobody knows, or a hole that nothing fills, stops the build. It knows neither the other languages
nor which template asks.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from overrides.words import catalogue
from overrides.words.errors import SiteError


@dataclass(frozen=True)
class Strings:
    """The short strings of one language. Calling it with an id gives the text.

    `direction` is `ltr` or `rtl`; `name` is the language's own, for menus. `facts` and `sounds` are by a
    Dutch sentence: what one of docs/data means, and how one to say sounds (`by_dutch`).
    """

    language: str
    texts: dict[str, str]
    direction: str = "ltr"
    name: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    sounds: dict[str, str] = field(default_factory=dict)

    def __call__(self, string_id: str, **values: str) -> str:
        """Text of `string_id` with its `{placeholders}` filled; an unknown id stops the build."""
        if string_id not in self.texts:
            raise SiteError(
                f"the string {string_id} is missing in {self.language}.po",
                "add it to nl.po in overrides/locale, and run `make strings`",
            )
        try:
            return self.texts[string_id].format(**values)
        except KeyError as error:
            raise SiteError(
                f"nothing fills {{{error.args[0]}}} in {string_id} of {self.language}.po",
                "correct the name of the placeholder, in every language",
            ) from None

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


def load(path: Path, direction: str = "ltr", language: str = "") -> Strings:
    """Read one .po file of a language with that name; an empty or fuzzy text, or an id given twice, stops the build."""
    return Strings(path.stem, dict(catalogue.load(path).texts), direction, language)
