"""The words of the desk in one language, for every step at the desk: locale in, text by id out.

Comes in: a language and the files `locale/<language>/<area>.po`. Goes out: text by id, its holes
filled. It refuses to know who asks, and to leave a hole or a missing text without a word.
"""

import re
import string
from datetime import date
from functools import cache
from pathlib import Path

import polib

from desk.errors import DeskError

LANGUAGES = ("nl", "en")
# polib takes a note only with a space behind its sign; gettext itself does not ask for one.
_LINE = re.compile(
    r'(?:#(?:[,.:|]|~\|?)?(?:\s.*)?|##.*|(?:msg[a-z_]+(?:\[\d\])?\s*)?"(?:[^"\\]|\\.)*")?'
)
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
LOCALE = Path(__file__).parent / "locale"
# Fields with the values of one list share its words: `choice.receiver.help` is also that of `to`.
LISTS = {
    "to": "receiver",
    "identity_to": "receiver",
    "recipient": "receiver",
    "consent": "purpose",
    "withdraw": "purpose",
    "channel": "how",
    "form_language": "language",
    "reply_language": "language",
}
_ONE = "_one"  # behind the id of a text whose `count` is 1


def placeholders(text: str) -> frozenset[str]:
    """Names of the `{placeholders}` in a text."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _entries(path: Path, where: str) -> list[polib.POEntry]:
    """What the file has; entries behind `#~` are what an editor keeps of deleted strings."""
    hint = r"write each text between quotes, a quote inside it as \", and a space behind # or #,"
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        # polib itself takes the first and the last sign away, whether they are quotes or not.
        if not _LINE.fullmatch(line.strip()):
            raise DeskError(f"{where}, line {number}: cannot be read", hint)
    try:
        return [entry for entry in polib.pofile(text) if not entry.obsolete]
    except (OSError, ValueError, IndexError):
        raise DeskError(f"{where} cannot be read", hint) from None


def read(path: Path) -> dict[str, str]:
    """The texts of one file by id; `DeskError` for one that is empty, there twice, or cannot be filled."""
    texts: dict[str, str] = {}
    where = f"{path.parent.name}/{path.name}"
    for entry in _entries(path, where):
        if entry.msgid in texts:
            raise DeskError(f"{where} has the id {entry.msgid} twice")
        if not entry.msgstr.strip() or entry.fuzzy:
            raise DeskError(f"{where} has no finished text for {entry.msgid}")
        if not _can_be_filled(entry.msgstr):
            hint = "write a placeholder as {name}, with both braces, and no other brace"
            said = f"{where} has a brace that is no placeholder in {entry.msgid}"
            raise DeskError(said, hint)
        texts[entry.msgid] = entry.msgstr
    return texts


def _can_be_filled(text: str) -> bool:
    try:
        return all(hole.isidentifier() for hole in placeholders(text))
    except ValueError:  # a brace that nothing closes, or nothing opens
        return False


class Strings:
    """All words of one language; calling it with an id gives the text.

    Raises `DeskError` for a language that the desk has not, an id given twice or an empty text.
    """

    def __init__(self, language: str, folder: Path = LOCALE) -> None:
        if language not in LANGUAGES:
            raise DeskError("the desk has no such language", f"take one of {', '.join(LANGUAGES)}")
        self.language = language
        self.texts: dict[str, str] = {}
        for path in sorted((folder / language).glob("*.po")):
            found = read(path)
            if twice := found.keys() & self.texts.keys():
                raise DeskError(f"{language}/{path.name} repeats the id {min(twice)}")
            self.texts |= found

    def __call__(self, string_id: str, **values: str | int | date) -> str:
        """The text of `string_id` with its `{placeholders}` filled; `DeskError` if there is none.

        A day is filled in in words, another value as it is: braces in it mean nothing. Where
        `count` is 1 the text of `<string_id>_one` is taken, if there is one.
        """
        if values.get("count") == 1 and self.has(string_id + _ONE):
            string_id += _ONE
        if string_id not in self.texts:
            hint = "add it to a file of every language in desk/locale"
            raise DeskError(f"there are no {self.language} words for {string_id}", hint)
        shown = {
            name: self.day(one) if isinstance(one, date) else one for name, one in values.items()
        }
        return self.texts[string_id].format(**shown)

    def day(self, day: str | date) -> str:
        """A day as people write it; a text that is no date `YYYY-MM-DD` as it is."""
        try:
            found = day if isinstance(day, date) else date.fromisoformat(day)
        except ValueError:
            return str(day)
        return f"{found.day} {self(f'month.{found.month:02}')} {found.year}"

    def days(self, text: str) -> str:
        """A text of ours with each date `YYYY-MM-DD` in it as people write it."""
        return _DAY.sub(lambda found: self.day(found[0]), text)

    def week(self, day: str) -> str:
        """The week of a day, of which nobody needs to know more."""
        year, number, _ = date.fromisoformat(day).isocalendar()
        return self("page.week", week=number, year=year)

    def month(self, name: str) -> str:
        """A month `2026-05` or a quarter `2026-Q2` as people write it."""
        year, _, part = name.partition("-")
        if part.startswith("Q"):
            return self("month.quarter", quarter=part[1:], year=year)
        return f"{self(f'month.{part}')} {year}"

    def choice(self, field: str, value: str) -> str:
        """The words for a value of a closed list; a value of a later version is shown as it is."""
        string_id = f"choice.{LISTS.get(field, field)}.{value}"
        return self(string_id) if self.has(string_id) else value

    def languages(self) -> tuple[tuple[str, str], ...]:
        """Every language that has a name here: its code and the name, in the order of the names."""
        head = "choice.language."
        found = {
            one.removeprefix(head): text for one, text in self.texts.items() if one.startswith(head)
        }
        return tuple(sorted(found.items(), key=lambda one: one[1]))

    def has(self, string_id: str) -> bool:
        """Whether there is a text of this id."""
        return string_id in self.texts


@cache
def _spoken() -> Strings:
    return Strings("en")


def english(string_id: str) -> str:
    """A text as an error says it: in English, from a small letter."""
    text = _spoken()(string_id)
    return text[:1].lower() + text[1:]
