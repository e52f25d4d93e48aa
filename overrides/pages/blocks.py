"""Parts of written pages that are made from data (step 1): Markdown with markers in, with HTML out.

A marker stands on a line of its own and names what to put there. A file of data is read only for a
page that asks for it; it knows neither settings nor MkDocs.
"""

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

from overrides.facts import data, directory, legislation, policy
from overrides.pages import bills, coverage, fields, help_list
from overrides.pages.card import Card
from overrides.pages.wording import Voice
from overrides.words.errors import SiteError
from overrides.words.strings import Strings

_DIRECTORY = re.compile(r"\{directory:([^}]*)\}")
_CONTACT = re.compile(r"\{contact:([^}]*)\}")


def fill(text: str, folder: Path, t: Strings, *, practice: bool) -> str:
    """The text with every marker replaced; `folder` is docs/data, `t` speaks the text's language."""
    voice = Voice(t)
    makers: dict[str, Callable[[], str]] = {
        "{bills}": lambda: bills.body(voice, legislation.load(folder / "legislation.yml")),
        "{coverage}": lambda: _coverage(voice, folder),
        "{fields}": lambda: fields.body(voice, fields.load(folder)),
    }
    for marker, make in makers.items():
        if marker in text:
            text = text.replace(marker, make())
    if _DIRECTORY.search(text):
        text = _DIRECTORY.sub(_directory(voice, folder, practice=practice), text)
    if _CONTACT.search(text):
        found = directory.load(folder / "directory.yml")
        card = Card(voice, practice=practice)
        text = _CONTACT.sub(lambda hole: _vital(card, found, hole[1]), text)
    return text


def read(folder: Path) -> None:
    """Read the data that pages ask for: processes that are begun later have it checked."""
    directory.load(folder / "directory.yml")
    policy.load(folder / "policy.yml")
    data.municipalities(folder)


def _directory(voice: Voice, folder: Path, *, practice: bool) -> Callable[[re.Match[str]], str]:
    found = directory.load(folder / "directory.yml")
    places = data.municipalities(folder)
    return lambda hole: help_list.body(voice, found, places, hole[1], practice=practice)


def _vital(card: Card, found: dict[str, directory.Organisation], name: str) -> str:
    """A number in the text of a page: only a vital one, since no release is made without its trial."""
    one = found.get(name)
    if one is None or not (one.vital and one.phones):
        hint = "name an entry of directory.yml that is vital and has a number, or link to help.md"
        raise SiteError(f"there is no vital number of {name}", hint)
    return f"<strong>{escape(one.name)}</strong>. {card.contact(one)}"


def _coverage(voice: Voice, folder: Path) -> str:
    everywhere = len(data.municipalities(folder))
    found = policy.load(folder / "policy.yml").values()
    return f"<div><p>{coverage.counted(voice, everywhere, found)}</p></div>"
