"""Where a claim comes from (step 1): records of docs/data/sources.yml in, footnotes out.

A mark other than L (law text), S (official) or N (secondary) is refused: what nobody has read may
not carry a claim. It knows no page.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overrides.facts import records
from overrides.words.errors import SiteError
from overrides.words.strings import Strings

_FIELDS = {"name", "url", "text_of", "read", "mark"}
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")


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


def used_ids(markdown: str) -> list[str]:
    """Ids of the footnotes that a page refers to, each once, in order."""
    return list(dict.fromkeys(_REFERENCE.findall(markdown)))


def definitions(markdown: str, sources: dict[str, Source], t: Strings) -> str:
    """Footnote definitions for every reference in a page; an unknown id stops the build."""
    lines = []
    for source_id in used_ids(markdown):
        if source_id not in sources:
            raise SiteError(f"there is no source {source_id}", "add it to docs/data/sources.yml")
        lines.append(f"[^{source_id}]: {footnote(sources[source_id], t)}")
    return "\n\n".join(lines)


def footnote(source: Source, t: Strings) -> str:
    """One source as Markdown: name with link, article, date of the text, day of reading."""
    # Names of Dutch laws and bodies stay Dutch: a reader must recognise them on a letter.
    name = f"*{source.name}*" + ("" if t.language == "nl" else "{: lang=nl }")
    article = f", {t('sources.article', article=source.article)}" if source.article else ""
    parts = [f"[{name}{article}]({source.url}).", _text_words(source.text_of, t)]
    parts.append(t("sources.read", date=t.day(source.read)))
    if source.mark == "N":
        parts.append(t("sources.secondary"))
    return " ".join(parts)


def _text_words(text_of: date | str, t: Strings) -> str:
    if text_of == "undated":
        return t("sources.undated")
    words = t.day(text_of) if isinstance(text_of, date) else text_of
    return t("sources.dated", date=words)


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
