"""Other ways to reach the desk (step 1): the list `contact` of the settings in, refusals and days out.

Each has a kind, a text in Dutch and English at the least, and the day on which somebody at the desk
tried it. It reads no file and no clock.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any  # YAML has no other type until it is checked here

from overrides.facts.days import Dated
from overrides.words.blanks import is_blank, said
from overrides.words.errors import Gathered, SiteError

KINDS = ("telephone", "post", "visit")
TRIED_WITHIN_DAYS = 365  # as for the organisations of the directory
_FIELDS = {"kind", "text", "verified_live"}


def fits(entries: list[Any]) -> bool:
    """Whether there is one at all; an entry of another shape is refused by what is wrong with it."""
    gathered = Gathered()
    for entry in entries:
        with gathered.part():
            _refuse_shape(entry)
    gathered.refuse()
    return bool(entries)


def _refuse_shape(raw: Any) -> None:
    if not isinstance(raw, dict) or set(raw) != _FIELDS:
        hint = "copy an entry of settings.practice.yml"
        raise SiteError("an entry of contact needs kind, text and verified_live", hint)
    if raw["kind"] not in KINDS:
        hint = f"use {', '.join(KINDS)}"
        raise SiteError(f"the kind of a contact is {said(raw['kind'])}", hint)
    where, text, tried = f"contact {raw['kind']}", raw["text"], raw["verified_live"]
    if tried is not None and type(tried) is not date:
        hint = "write a date or null: verified_live: 2026-11-22, without quotes"
        raise SiteError(f"{where} has verified_live: {said(tried)}", hint)
    if not isinstance(text, dict) or not {"nl", "en"} <= set(text):
        hint = "write one text per language, nl and en at the least"
        raise SiteError(f"{where} has no text in nl and en", hint)
    for language, words in text.items():
        if not isinstance(words, str) or not words.strip():
            hint = "put it in quotes; a telephone number is a text too"
            raise SiteError(f"{where} has no text in {said(language)}", hint)


def release(entries: list[Any]) -> str:
    """Refuse blanks, and a telephone number that nobody called."""
    gathered = Gathered()
    for entry in entries:
        for language, words in entry["text"].items():
            with gathered.part():
                _refuse_blank(f"contact {entry['kind']} ({language})", words)
        with gathered.part():
            if entry["kind"] == "telephone" and entry["verified_live"] is None:
                hint = "call it, then write down the date"
                said = "a release refuses a telephone number without verified_live"
                raise SiteError(said, hint)
    gathered.refuse()
    return ""


def _refuse_blank(where: str, words: str) -> None:
    if is_blank(words):
        raise SiteError(f"a release refuses the blank in {where}", "fill it in")


def tried(raw: object) -> Iterator[Dated]:
    """The days on which somebody tried one, as far as the settings have them."""
    entries = raw.get("contact") if isinstance(raw, dict) else None
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and type(day := entry.get("verified_live")) is date:
            yield Dated(f"the settings, contact {entry.get('kind')}", "verified_live", str(day))


def aged(raw: object, reference_date: date) -> Iterator[SiteError]:
    """Refuse a day so long ago that nobody knows whether the way still works."""
    for one in tried(raw):
        if (days := (reference_date - one.first).days) > TRIED_WITHIN_DAYS:
            yield SiteError(
                f"{one.where} was last tried {days} days before the reference date",
                "try it again and write that day in verified_live",
            )
