"""One record of a data file (step 1): a mapping from YAML in, checked fields out.

Every refusal names the record and says what to do. It knows which shapes a field can have, and
nothing of municipalities, laws or pages.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any  # YAML has no other type until it is checked here

import yaml

from overrides.errors import SiteError

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# A mobile number in any usual spelling: 06 1234 5678, 06-12345678, +31 (0)6 12 34 56 78.
_MOBILE = re.compile(r"(?<![\w.])(?:(?:\+|00)31[\s.-]*(?:\(0\))?|0)[\s.-]*6(?:[\s.-]*\d){8}(?!\d)")

Words = dict[str, str]


def read(path: Path) -> Any:
    """What stands in a YAML file; Any because nothing of it is checked yet."""
    if not path.is_file():
        raise SiteError(f"there is no {path.name}", f"put {path.name} back into docs/data")
    with path.open(encoding="utf-8") as file:
        # The C parser: the files have thousands of lines, and the plain one is eight times slower.
        return yaml.load(file, yaml.CSafeLoader)


class Record:
    """The fields of one record, taken one by one; what nobody takes is refused by `done`."""

    def __init__(self, where: str, raw: object) -> None:
        self.where = where
        if not isinstance(raw, dict):
            raise self.wrong("is not a record of fields", "write it as `field: value` lines")
        self._raw: dict[str, Any] = raw
        self._taken: set[str] = set()

    def wrong(self, what: str, hint: str) -> SiteError:
        """The error for this record."""
        return SiteError(f"{self.where} {what}", hint)

    def take(self, name: str) -> Any:
        """The field as it stands; missing is wrong, null is allowed."""
        if name not in self._raw:
            raise self.wrong(f"has no {name}", f"add {name}; null or unknown where nobody knows")
        self._taken.add(name)
        return self._raw[name]

    def done(self) -> None:
        """Refuse the fields that nobody asked for."""
        if unknown := sorted(str(name) for name in set(self._raw) - self._taken):
            fields = ", ".join(unknown)
            raise self.wrong(f"has unknown fields: {fields}", "correct the name or take it out")

    def text(self, name: str) -> str:
        """A text that is not empty."""
        value = self.take(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"has no text in {name}", f"write {name} as text, in quotes")
        return value

    def loose(self, name: str) -> str:
        """A text that may be empty."""
        value = self.take(name)
        if not isinstance(value, str):
            raise self.wrong(f"has a {name} that is not text", "put it in quotes; '' when unknown")
        return value

    def maybe(self, name: str) -> str | None:
        """A text, or null."""
        return None if self.take(name) is None else self.text(name)

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of a closed list."""
        value = self.take(name)
        if value not in allowed:
            raise self.wrong(f"has {name}: {value}", f"choose one of {', '.join(allowed)}")
        return str(value)

    def yes(self, name: str) -> bool:
        """True or false."""
        value = self.take(name)
        if not isinstance(value, bool):
            raise self.wrong(f"has {name}: {value}", f"write {name}: true or {name}: false")
        return value

    def number(self, name: str) -> int:
        """A whole number, not below zero."""
        value = self.take(name)
        if type(value) is not int or value < 0:
            raise self.wrong(f"has {name}: {value}", f"write {name} as a whole number")
        return value

    def day(self, name: str) -> str | None:
        """An ISO date, as exact as the source: YYYY, YYYY-MM or YYYY-MM-DD; null without one."""
        value = self.take(name)
        if value is None:
            return None
        if not isinstance(value, str) or not _DAY.fullmatch(value) or not _exists(value):
            hint = f'write {name} as "2026-11-22", "2026-11" or "2026", or null'
            raise self.wrong(f"has a {name} that is no date: {value}", hint)
        return value

    def url(self, name: str) -> str | None:
        """A web address, or null."""
        value = self.take(name)
        if value is None:
            return None
        if not isinstance(value, str) or not re.fullmatch(r"https?://[^\s\"<>]+", value):
            hint = f"write {name} with https:// or http:// in front, or null"
            raise self.wrong(f"has a {name} that is no web address: {value}", hint)
        return value

    def words(self, name: str) -> Words:
        """One text per language; Dutch and English are always there."""
        value = self.take(name)
        if not isinstance(value, dict) or not {"nl", "en"} <= set(value):
            raise self.wrong(f"has no {name} in nl and en", f"write {name}: {{nl: ..., en: ...}}")
        if not all(isinstance(text, str) and text.strip() for text in value.values()):
            raise self.wrong(f"has an empty {name}", f"fill {name} in every language it names")
        return value

    def maybe_words(self, name: str) -> Words | None:
        """One text per language, or null."""
        return None if self.take(name) is None else self.words(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.take(name)
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise self.wrong(f"has a {name} that is no list of texts", "write it as [one, two]")
        return tuple(value)

    def record(self, name: str) -> "Record":
        """A record inside this one."""
        return Record(f"{self.where}, {name}", self.take(name))

    def records(self, name: str) -> Iterator["Record"]:
        """Records inside this one, named by their place."""
        value = self.take(name)
        if not isinstance(value, list):
            raise self.wrong(
                f"has a {name} that is no list", f"write {name}: [] when there is none"
            )
        for index, raw in enumerate(value, 1):
            yield Record(f"{self.where}, {name} {index}", raw)

    def refuse_guess(self, *stated: object) -> None:
        """What nobody read may not be stated: known: false leaves every other field empty."""
        if any(stated):
            raise self.wrong("states what nobody read", "empty its fields, or find a source")

    def refuse_mobile(self) -> None:
        """A personal number never enters a public file; addresses of pages may hold any digits."""
        for text in _strings(self._raw):
            if not text.startswith("http") and _MOBILE.search(text):
                raise self.wrong(
                    "holds a mobile number",
                    "take it out; organisation_mobile: true if it is the organisation's own",
                )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def earliest(day: str) -> date:
    """The first day that an ISO date of any exactness can mean."""
    return date.fromisoformat(f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10])


def _exists(day: str) -> bool:
    try:
        earliest(day)
    except ValueError:
        return False
    return True


def listed(path: Path, key: str | None = None) -> list[Any]:
    """The list in a YAML file, or the list under `key`; Any until each record is checked."""
    raw = read(path)
    found = raw.get(key) if key and isinstance(raw, dict) else raw
    if not isinstance(found, list):
        raise SiteError(f"{path.name} holds no list", f"begin its records under {key or 'a dash'}")
    return found


def named(path: Path, key: str) -> list[Record]:
    """The records under `key`, each named by its id; an id that stands there twice is refused."""
    found: dict[str, Record] = {}
    for index, raw in enumerate(listed(path, key), 1):
        record_id = str(raw.get("id") if isinstance(raw, dict) else f"record {index}")
        if record_id in found:
            raise SiteError(f"{path.name}: {record_id} stands there twice", "rename one of them")
        found[record_id] = Record(f"{path.name}: {record_id}", raw)
        found[record_id].refuse_mobile()
    return list(found.values())
