"""Where a claim comes from (step 1): docs/data/sources.yml in, frozen records out.

A mark other than L (law text), S (official) or N (secondary) is refused: what nobody has read may
not carry a claim. An address leads to the text and not to the front of a site; where none is known,
there is none. It knows no page.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overrides.facts import records
from overrides.words.errors import SiteError

_FIELDS = {"name", "text_of", "read", "mark"}
_OPTIONAL = {"article", "url", "newest"}


@dataclass(frozen=True)
class Source:
    """One text that somebody read. `text_of` is a date, a year, or `undated`; `url` None if not known.

    `newest`: on the day of reading there was no later text of this law.
    """

    name: str
    article: str
    url: str | None
    text_of: date | str
    read: date
    mark: str
    newest: bool = False

    @property
    def is_older(self) -> bool:
        """Whether this is a text of the law from a year before the one in which it was read."""
        year = self.text_of if isinstance(self.text_of, str) else str(self.text_of.year)
        return self.mark == "L" and not self.newest and year < str(self.read.year)


def load(path: Path) -> dict[str, Source]:
    """Read the sources by id."""
    raw = records.read(path)
    if not isinstance(raw, dict):
        raise SiteError(f"{path.name} is not a list of ids and sources", "begin each with its id:")
    listed = [(str(source_id), fields) for source_id, fields in raw.items()]
    parsed = records.each(listed, lambda one: parse(*one))
    return dict(zip((source_id for source_id, _ in listed), parsed, strict=True))


def parse(source_id: str, fields: object) -> Source:
    """One record; a missing or unknown field, a bad date, mark or address stops the build."""
    where = f"sources.yml: source {source_id}"
    if not isinstance(fields, dict) or set(fields) - _OPTIONAL != _FIELDS:
        hint = "write these fields, and article, url and newest where there is one; nothing else"
        raise SiteError(f"{where} needs exactly {', '.join(sorted(_FIELDS))}", hint)
    if fields["mark"] not in ("L", "S", "N"):
        hint = "write L for a law, S for an official text, N for a secondary source"
        raise SiteError(f"{where} has the mark {fields['mark']}", hint)
    if fields.get("newest", True) is not True:
        raise SiteError(f"{where} has newest: {fields['newest']}", "write true, or leave it out")
    return Source(
        name=str(fields["name"]),
        article=str(fields.get("article") or ""),
        url=_url(where, str(fields["url"])) if "url" in fields else None,
        text_of=_text_of(where, str(fields["text_of"])),
        read=_day(where, str(fields["read"])),
        mark=fields["mark"],
        newest="newest" in fields,
    )


def _url(where: str, address: str) -> str:
    if not re.fullmatch(r"https://[^\s\"<>/]+(/[^\s\"<>]*)?", address):
        raise SiteError(f"{where} has no https address", "write the address of the text as read")
    if re.fullmatch(r"https://[^/?#]+/?[?#]?", address):
        hint = "write the address of the text itself; where nobody knows it, leave url out"
        raise SiteError(f"{where} leads to the front of a site, {address}", hint)
    return address


def _text_of(where: str, text: str) -> date | str:
    if text == "undated" or re.fullmatch(r"(19|20)\d{2}", text):
        return text
    return _day(where, text)


def _day(where: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        hint = "write it as 2026-11-22; text_of may be a year or undated too"
        raise SiteError(f"{where} has a date that is none: {text}", hint) from None
    if day.year < records.OLDEST_YEAR:
        raise SiteError(f"{where} has a date before {records.OLDEST_YEAR}", "correct the year")
    return day
