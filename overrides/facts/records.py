"""One record of a data file (step 1): a mapping from YAML in, checked fields out.

Every refusal names the record and says what to do. It knows which shapes a field can have, and
nothing of municipalities, laws or pages.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar  # YAML has no other type until it is checked here

from overrides.words import yaml_file
from overrides.words.errors import Gathered, SiteError

OLDEST_YEAR = 1945  # nothing on these pages rests on an older text; the oldest now is of 1990
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# A mobile number in any usual spelling: 06 1234 5678, 06-12345678, +31 (0)6 12 34 56 78.
_MOBILE = re.compile(r"(?<![\w.])(?:(?:\+|00)31[\s.-]*(?:\(0\))?|0)[\s.-]*6(?:[\s.-]*\d){8}(?!\d)")

Words = dict[str, str]
Raw = TypeVar("Raw")
Parsed = TypeVar("Parsed")


def read(path: Path) -> Any:
    """What stands in a YAML file; Any because nothing of it is checked yet, and nobody changes it."""
    return parsed(written(path), path.name)


def written(path: Path) -> str:
    """The text of a file of docs/data."""
    if not path.is_file():
        raise SiteError(f"there is no {path.name}", f"put {path.name} back into docs/data")
    return yaml_file.text(path)


@lru_cache(maxsize=64)
def parsed(text: str, name: str) -> Any:
    """What stands in a text: facts, days and pages are made of the same few files."""
    return yaml_file.parse(text, name)


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

    def flag(self, name: str) -> bool:
        """A yes that stands only where it holds."""
        return name in self._raw and self.yes(name)

    def done(self) -> None:
        """Refuse the fields that nobody asked for."""
        if unknown := sorted(str(name) for name in set(self._raw) - self._taken):
            fields = ", ".join(unknown)
            raise self.wrong(f"has unknown fields: {fields}", "correct the name or take it out")

    def text(self, name: str) -> str:
        """A text that is not empty."""
        value = self.take(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"has no text in {name}{_read_as(value)}", f"put {name} in quotes")
        return value

    def loose(self, name: str) -> str:
        """A text that may be empty."""
        value = self.take(name)
        if not isinstance(value, str):
            said = f"has no text in {name}{_read_as(value)}"
            raise self.wrong(said, f"put {name} in quotes; '' when unknown")
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

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        value = self.take(name)
        if type(value) is not int or not least <= value <= most:
            hint = f"write {name} as a whole number from {least} to {most}"
            raise self.wrong(f"has {name}: {value}", hint)
        return value

    def day(self, name: str) -> str | None:
        """An ISO date, as exact as the source: YYYY, YYYY-MM or YYYY-MM-DD; null without one."""
        value = self.take(name)
        if value is None:
            return None
        if isinstance(value, date | int) and _DAY.fullmatch(str(value)):
            raise self.wrong(f"has {name} without quotes", f'write {name}: "{value}"')
        if not isinstance(value, str) or not is_day(value):
            hint = f'write {name} as "2026-11-22", "2026-11" or "2026", or null'
            raise self.wrong(f"has no date in {name}: {value}", hint)
        if earliest(value).year < OLDEST_YEAR:
            raise self.wrong(f"has {name}: {value}, before {OLDEST_YEAR}", "correct the year")
        return value

    def whole_day(self, name: str) -> str:
        """An ISO date to the day."""
        day = self.day(name)
        if day is None or len(day) != len("2026-11-22"):
            raise self.wrong(f"has no day in {name}", f'write {name} as "2026-11-22"')
        return day

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

    def title(self, name: str) -> tuple[str, str]:
        """A text as found and, where it stands there per language, our Dutch wording of it."""
        if not isinstance(self.take(name), dict):
            return self.text(name), ""
        words = self.words(name)
        return words["en"], words["nl"]

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

    def refuse_written(self, name: str, hint: str) -> None:
        """A field that is made from others is written by nobody."""
        if name in self._raw:
            raise self.wrong(f"has {name} written by hand", hint)

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


def is_day(day: str) -> bool:
    """Whether an ISO date of any exactness is one of the calendar."""
    try:
        return bool(_DAY.fullmatch(day) and earliest(day))
    except ValueError:
        return False


def _read_as(value: object) -> str:
    """What YAML made of a value that was meant as text."""
    if isinstance(value, bool):
        return f": YAML reads it as {str(value).lower()}"
    return "" if value is None or isinstance(value, str) else f": YAML reads it as {value}"


def listed(path: Path, key: str | None = None) -> list[Any]:
    """The list in a YAML file, or the list under `key`, with a day above it; Any until each record is checked."""
    return rows(read(path), path.name, key)


def rows(raw: Any, name: str, key: str | None = None) -> list[Any]:
    """The same of what stands in a file of that name."""
    found = raw.get(key) if key and isinstance(raw, dict) else raw
    if not isinstance(found, list):
        raise SiteError(f"{name} holds no list", f"begin its records under {key or 'a dash'}")
    if found is not raw:
        head = raw.get("meta", raw)
        for day in {"compiled", "date"} & set(head):
            Record(name, head).whole_day(day)
    return found


def each(found: list[Raw], parse: Callable[[Raw], Parsed]) -> tuple[Parsed, ...]:
    """Every one of them parsed; what is wrong in any of them is said at once."""
    gathered, parsed = Gathered(), []
    for one in found:
        with gathered.part():
            parsed.append(parse(one))
    gathered.refuse()
    return tuple(parsed)


def refuse_twice(file: str, ids: list[str]) -> None:
    """An id names one record."""
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        raise SiteError(f"{file}: {twice[0]} stands there twice", "rename one, or join the two")


def named(path: Path, key: str) -> list[Record]:
    """The records under `key`, each named by its id; an id that stands there twice is refused."""
    return by_id(read(path), path.name, key)


def by_id(raw: Any, name: str, key: str) -> list[Record]:
    """The same of what stands in a file of that name."""
    raws = rows(raw, name, key)
    ids = [
        str((raw.get("id") if isinstance(raw, dict) else None) or f"record {index}")
        for index, raw in enumerate(raws, 1)
    ]
    refuse_twice(name, ids)
    return list(each(list(zip(ids, raws, strict=True)), lambda one: _clean(name, *one)))


def _clean(name: str, record_id: str, raw: object) -> Record:
    record = Record(f"{name}: {record_id}", raw)
    record.refuse_mobile()
    return record
