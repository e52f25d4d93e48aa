"""Parts of written pages that are made from data (step 1): a text with markers in, with HTML out.

A marker names what to put there, and is a paragraph of its own but for a number in a text. Markdown leaves
it as it is, so that it reads no HTML of ours. A file of data is read, and what knows it loaded, only for a
page that asks for it. It knows neither settings nor MkDocs.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from overrides.pages.wording import Voice
from overrides.words.errors import SiteError
from overrides.words.strings import Strings

if TYPE_CHECKING:
    from overrides.facts.directory import Organisation
    from overrides.pages.card import Card

_BLOCK = re.compile(r"(?:<p>)?\{(bills|coverage|fields|promises|directory:([^}]*))\}(?:</p>)?")
_CONTACT = re.compile(r"\{contact:([^}]*)\}")


def fill(text: str, folder: Path, t: Strings, *, practice: bool) -> str:
    """The text, HTML or Markdown, with every marker replaced; `folder` is docs/data, `t` speaks its language."""
    if "{" not in text:
        return text
    voice = Voice(t)
    makers: dict[str, Callable[[str], str]] = {
        "bills": lambda _: _bills(voice, folder),
        "coverage": lambda _: _coverage(voice, folder),
        "directory": lambda part: _listed(voice, folder, part, practice=practice),
        "fields": lambda _: _fields(voice, folder),
        "promises": lambda _: _promises(voice, folder),
    }
    text = _BLOCK.sub(lambda block: makers[block[1].partition(":")[0]](block[2]), text)
    if _CONTACT.search(text):
        from overrides.facts import directory
        from overrides.pages.card import Card

        found = directory.load(folder / "directory.yml")
        card = Card(voice, practice=practice)
        text = _CONTACT.sub(lambda hole: _vital(card, found, hole[1]), text)
    return text


def _vital(card: "Card", found: "dict[str, Organisation]", name: str) -> str:
    """A number in the text of a page: only a vital one, since no release is made without its trial."""
    one = found.get(name)
    if one is None or not (one.vital and one.phones):
        hint = "name an entry of directory.yml that is vital and has a number, or link to help.md"
        raise SiteError(f"there is no vital number of {name}", hint)
    return f"{card.name(one)} {card.contact(one)}"


def _bills(voice: Voice, folder: Path) -> str:
    from overrides.facts import legislation
    from overrides.pages import bills

    return bills.body(voice, legislation.load(folder / "legislation.yml"))


def _fields(voice: Voice, folder: Path) -> str:
    from overrides.pages import fields

    return fields.body(voice, fields.load(folder))


def _promises(voice: Voice, folder: Path) -> str:
    from overrides.facts import promises as facts
    from overrides.pages import promises

    return promises.body(voice, facts.load(folder / "promises.yml"))


def _listed(voice: Voice, folder: Path, part: str, *, practice: bool) -> str:
    from overrides.facts import data, directory
    from overrides.pages import help_list

    found = directory.load(folder / "directory.yml"), data.municipalities(folder)
    return help_list.body(voice, *found, part, practice=practice)


def _coverage(voice: Voice, folder: Path) -> str:
    from overrides.facts import data, policy
    from overrides.pages import coverage

    everywhere = len(data.municipalities(folder))
    found = policy.load(folder / "policy.yml").values()
    return f"<div><p>{coverage.counted(voice, everywhere, found)}</p></div>"
