"""Parts of written pages that are made from data (step 1): Markdown with markers in, with HTML out.

A marker stands on a line of its own and names what to put there. A file of data is read only for a
page that asks for it; it knows neither settings nor MkDocs.
"""

from collections.abc import Callable
from pathlib import Path

from overrides.facts import data, directory, legislation
from overrides.pages import bills, fields, help_list
from overrides.pages.wording import Voice
from overrides.words.strings import Strings


def fill(text: str, folder: Path, t: Strings, *, practice: bool) -> str:
    """The text with every marker replaced; `folder` is docs/data, `t` speaks the text's language."""
    voice = Voice(t)
    makers: dict[str, Callable[[], str]] = {
        "{bills}": lambda: bills.body(voice, legislation.load(folder / "legislation.yml")),
        "{directory}": lambda: _directory(voice, folder, practice=practice),
        "{fields}": lambda: fields.body(voice, fields.load(folder)),
    }
    for marker, make in makers.items():
        if marker in text:
            text = text.replace(marker, make())
    return text


def read(folder: Path) -> None:
    """Parse the data that pages ask for: processes that are begun later have it parsed."""
    directory.load(folder / "directory.yml")
    data.municipalities(folder)


def _directory(voice: Voice, folder: Path, *, practice: bool) -> str:
    found = directory.load(folder / "directory.yml")
    return help_list.body(voice, found, data.municipalities(folder), practice=practice)
