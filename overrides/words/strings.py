"""Short strings of templates and footnotes (step 1): one locale/<language>.po in, text by id out.

A text that is empty, unfinished or not to be filled stops the build, all of them at once. It knows
neither the other languages nor which template asks.
"""

import re
import string
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from overrides.words import yaml_file
from overrides.words.errors import Gathered, SiteError

if TYPE_CHECKING:
    import polib

# polib takes a note only with a space behind its sign; gettext itself does not ask for one.
_LINE = re.compile(
    r'(?:#(?:[,.:|]|~\|?)?(?:\s.*)?|##.*|(?:msg[a-z_]+(?:\[\d\])?\s*)?"(?:[^"\\]|\\.)*")?'
)


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
                "add it to every file in overrides/locale",
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


def placeholders(text: str) -> frozenset[str]:
    """Names of the `{placeholders}` in a text; `ValueError` for a brace that is none."""
    found = set()
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise ValueError(name)
        found.add(name)
    return frozenset(found)


def load(path: Path, direction: str = "ltr", language: str = "") -> Strings:
    """Read one .po file of a language with that name; an empty or fuzzy text, or an id given twice, stops the build.

    Entries behind `#~` are what an editor keeps of deleted strings; they count as not there.
    """
    name = path.name
    if not path.is_file():
        raise SiteError(f"there is no {name}", "every language needs a file in overrides/locale")
    return Strings(path.stem, dict(_texts(yaml_file.text(path), name)), direction, language)


@lru_cache(maxsize=64)
def _texts(written: str, name: str) -> dict[str, str]:
    """Text by id; what is checked before a build is not read once more for it."""
    texts: dict[str, str] = {}
    gathered = Gathered()
    for entry in entries(written, name):
        with gathered.part():
            if entry.msgid in texts:
                raise SiteError(f"{name} has the id {entry.msgid} twice", "keep one of them")
            texts[entry.msgid] = entry.msgstr
            _refuse_text(name, entry)
    gathered.refuse()
    return texts


def entries(text: str, name: str) -> "list[polib.POEntry]":
    """What stands in the text of a .po file of that name, without what an editor keeps of deleted strings."""
    import polib  # not for strings that are kept

    hint = r"write each text between quotes, a quote inside it as \", and a space behind # or #,"
    for number, line in enumerate(text.splitlines(), 1):
        # polib itself takes the first and the last sign away, whether they are quotes or not.
        if not _LINE.fullmatch(line.strip()):
            raise SiteError(f"{name}, line {number}: cannot be read", hint)
    try:
        return [entry for entry in polib.pofile(text) if not entry.obsolete]
    except (OSError, ValueError, IndexError) as error:
        line_of = re.search(r"line (\d+)", str(error))
        where = f", line {line_of[1]}" if line_of else ""
        raise SiteError(f"{name}{where}: cannot be read", hint) from None


def _refuse_text(name: str, entry: "polib.POEntry") -> None:
    if not entry.msgstr.strip() or entry.fuzzy:
        hint = "translate it, and take away the mark fuzzy"
        raise SiteError(f"{name} has no finished text for {entry.msgid}", hint)
    if re.search("[<>&]", entry.msgstr):
        hint = "write it without < > and &: no string holds HTML"
        raise SiteError(f"{name} has a sign of HTML in {entry.msgid}", hint)
    try:
        placeholders(entry.msgstr)
    except ValueError:
        hint = "write a placeholder as {name}, with both braces, and no other brace"
        raise SiteError(
            f"{name} has a brace that is no placeholder in {entry.msgid}", hint
        ) from None
