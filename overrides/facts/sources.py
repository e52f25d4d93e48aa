"""Where a claim comes from (step 1): docs/data/sources.yml in, frozen records out.

A mark other than L (law text), S (official) or N (secondary) is refused: what nobody has read may
not carry a claim. It knows no page.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overrides.facts import records
from overrides.words.errors import SiteError

_FIELDS = {"name", "url", "text_of", "read", "mark"}


@dataclass(frozen=True)
class Source:
    """One text that somebody read. `text_of` is a date, a year, or `undated`."""

    name: str
    article: str
    url: str
    text_of: date | str
    read: date
    mark: str


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
    if not isinstance(fields, dict) or set(fields) - {"article"} != _FIELDS:
        hint = "write these fields, and article where there is one; nothing else"
        raise SiteError(f"{where} needs exactly {', '.join(sorted(_FIELDS))}", hint)
    if fields["mark"] not in ("L", "S", "N"):
        hint = "write L for a law, S for an official text, N for a secondary source"
        raise SiteError(f"{where} has the mark {fields['mark']}", hint)
    if not re.fullmatch(r"https://[^\s\"<>/]+(/[^\s\"<>]*)?", str(fields["url"])):
        raise SiteError(f"{where} has no https address", "write the address of the text as read")
    return Source(
        name=str(fields["name"]),
        article=str(fields.get("article") or ""),
        url=str(fields["url"]),
        text_of=_text_of(where, str(fields["text_of"])),
        read=_day(where, str(fields["read"])),
        mark=fields["mark"],
    )


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
