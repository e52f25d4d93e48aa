"""What a page says of itself (step 1): the front matter of one Markdown file in, a record out.

A reading page without its dates, or a name nobody knows, stops the build. It knows no template.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any  # YAML front matter has no other type until it is checked here

from overrides.facts import once
from overrides.words import checker, yaml_file
from overrides.words.blanks import said
from overrides.words.errors import Gathered, SiteError

FORM_TEMPLATES = ("write.html", "answer.html")  # pages that seal
_REQUIRED = {"title", "description"}
_READING = {"summary", "last_checked", "check_again", "legal_reviewer"}
# A page with medical_reviewer needs a doctor: no release while it is null.
_OPTIONAL = {"template", "waive", "native_checker", "medical_reviewer", "translated_from"}
_NAMES = ("legal_reviewer", "medical_reviewer", "native_checker")
# How far ahead the next check may be: as old as a record of policy may grow before it says so twice.
OLDEST_YEAR = 2026  # no page is older than the site
CHECK_WITHIN_DAYS = 731
# Of a translation: the day on which it was held against the Dutch page, and the fingerprint of that page.
_MADE_FROM = re.compile(r"(\d{4}-\d{2}-\d{2}) ([0-9a-f]{12})", re.ASCII)
_ENTRY = re.compile(
    r"^(title|description|summary):.*\n(?:(?:[ \t].*)?\n)*", re.M
)  # what a reader reads of it
_FRONT = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.S)  # as MkDocs finds it


@dataclass(frozen=True)
class Facts:
    """Front matter of a page. A form page has no summary and no dates of its own."""

    title: str
    description: str
    summary: str = ""
    last_checked: date | None = None
    check_again: date | None = None
    legal_reviewer: str | None = None
    native_checker: str | None = None
    is_medical: bool = False
    medical_reviewer: str | None = None
    form: bool = False
    translated_on: date | None = None
    translated_from: str = ""  # fingerprint of the Dutch page, empty where nothing was translated

    @property
    def is_checked(self) -> bool:
        """Whether a native speaker has checked it, and not before it was last held against the Dutch page."""
        return _is_checked(self.native_checker, self.translated_on)

    def is_stale(self, today: date) -> bool:
        """Whether the page is past the day on which it should have been checked again."""
        return self.check_again is not None and today > self.check_again


def is_checked(meta: Mapping[str, Any]) -> bool:
    """The same of a raw front matter, of which a line that is refused elsewhere counts as none."""
    found = _MADE_FROM.fullmatch(str(meta.get("translated_from")))
    with suppress(ValueError):
        made_on = date.fromisoformat(found[1]) if found else None
        return _is_checked(meta.get("native_checker"), made_on)
    return False


def _is_checked(written: object, translated_on: date | None) -> bool:
    day = checker.day_of(str(written or ""))
    return day is not None and day >= (translated_on or day)


def read(path: Path) -> dict[str, Any]:
    """The raw front matter of a Markdown file; a file without it gives an empty record."""
    name = f"{path.parent.name}/{path.name}"
    front = _FRONT.match(yaml_file.text(path, name))
    return dict(_parsed(front[1], name)) if front else {}


def parted(written: str) -> tuple[str, str]:
    """The front matter of a page, with its lines of dashes, and the text behind it, as MkDocs parts them."""
    front = _FRONT.match(written)
    return (front[0], written[front.end() :].lstrip("\n")) if front else ("", written)


def made_from(front: str) -> str:
    """The fingerprint that a front matter names; empty where it names none."""
    found = re.search(f"^translated_from: {_MADE_FROM.pattern}$", front, re.A | re.M)
    return found[2] if found else ""


def fingerprint(written: str) -> str:
    """Of what a reader reads of a page, 12 hexadecimal digits: its text, title, description and summary.

    Neither days nor names of who checked it count, nor where a line of the front matter ends.
    """
    front, text = parted(written)
    read = [" ".join(entry[0].split()) for entry in _ENTRY.finditer(front)]
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return sha256("\n".join([*read, "", *lines]).encode()).hexdigest()[:12]


@partial(once.by_text, most=4096)
def _parsed(front: str, name: str) -> dict[str, Any]:
    """The record in a text; menus and checks ask for the same ones again and again."""
    meta = yaml_file.parse(front, name, above=1)
    return meta if isinstance(meta, dict) else {}


def parse(page: str, meta: Mapping[str, Any]) -> Facts:
    """The record of one page; `page` is its file name, for the message."""
    gathered = Gathered()
    form = meta.get("template") in FORM_TEMPLATES
    needed = _REQUIRED if form else _REQUIRED | _READING
    with gathered.part():
        _refuse_names(page, meta, needed)
    for name in sorted({"title", "description", "summary"} & set(meta)):
        with gathered.part():
            _refuse_text(page, name, meta[name])
    for name in sorted(set(_NAMES) & set(meta)):
        with gathered.part():
            if meta[name] is not None:
                _refuse_text(page, name, meta[name])
    with gathered.part():
        _refuse_checker(page, meta.get("native_checker"))
    if not form and {"last_checked", "check_again"} <= set(meta):
        with gathered.part():
            _refuse_days(page, meta)
    with gathered.part():
        made_on, made_from = _made_from(page, meta.get("translated_from"))
    gathered.refuse()
    return Facts(
        title=meta["title"],
        description=meta["description"],
        summary=str(meta.get("summary") or "").strip(),
        last_checked=meta.get("last_checked"),
        check_again=meta.get("check_again"),
        legal_reviewer=meta.get("legal_reviewer"),
        native_checker=meta.get("native_checker"),
        is_medical="medical_reviewer" in meta,
        medical_reviewer=meta.get("medical_reviewer"),
        form=form,
        translated_on=made_on,
        translated_from=made_from,
    )


def _refuse_names(page: str, meta: Mapping[str, Any], needed: set[str]) -> None:
    if not meta:
        hint = "begin it with a line ---, then title: ... and so on, then a line ---"
        raise SiteError(f"{page} has no front matter", hint)
    if missing := sorted(needed - set(meta)):
        said = f"{page} lacks {', '.join(missing)} in its front matter"
        raise SiteError(said, "copy the line from another page")
    known = _REQUIRED | _READING | _OPTIONAL
    if unknown := sorted(set(map(str, meta)) - known):
        hint = f"correct the name; known are {', '.join(sorted(known))}"
        raise SiteError(f"{page} has unknown front matter: {', '.join(unknown)}", hint)


def _refuse_text(page: str, name: str, value: object) -> None:
    if not isinstance(value, str) or (name != "summary" and not value.strip()):
        raise SiteError(f"{page}: {name} is no text: {said(value)}", f"put the {name} in quotes")


def _refuse_checker(page: str, value: object) -> None:
    """Who checked a page says when; by a role, or by a name where somebody agreed to that."""
    if isinstance(value, str) and not checker.day_of(value):
        raise SiteError(f"{page}: native_checker is {said(value)}", checker.HINT)


def _made_from(page: str, value: object) -> tuple[date | None, str]:
    if value is None:
        return None, ""
    found = _MADE_FROM.fullmatch(value) if isinstance(value, str) else None
    if found:
        with suppress(ValueError):  # no such day
            return date.fromisoformat(found[1]), found[2]
    hint = "take the line out, and let `make translated` write it"
    raise SiteError(f"{page}: translated_from is {said(value)}", hint)


def _refuse_days(page: str, meta: Mapping[str, Any]) -> None:
    for name in ("last_checked", "check_again"):
        if type(meta[name]) is not date:
            hint = f"write {name}: 2026-11-22, without quotes"
            raise SiteError(f"{page}: {name} is not a date like 2026-11-22: {meta[name]}", hint)
    checked, again = meta["last_checked"], meta["check_again"]
    if not 0 < (again - checked).days <= CHECK_WITHIN_DAYS:
        hint = f"write a day after {checked} and at most two years later"
        raise SiteError(f"{page}: check_again is {again} after a check on {checked}", hint)
    if checked.year < OLDEST_YEAR:
        raise SiteError(f"{page}: last_checked is {checked}", "write the day of the last check")
