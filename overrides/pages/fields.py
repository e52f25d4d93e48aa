"""What every field of the data means (step 1): docs/data/fields.yml in, HTML out.

Each file of the folder is named with its link, its subject and its fields; a file that nobody
explained stops the build. It knows no record of the data itself.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any  # of what YAML gives, nothing is checked yet

from overrides.facts import once, records
from overrides.facts.records import Record, Words
from overrides.pages.wording import Voice
from overrides.text.tables import table
from overrides.words.errors import SiteError

_SELF = "fields.yml"
_UP = "../../data/"  # from /nl/data/ to the files


@dataclass(frozen=True)
class Explained:
    """One file of the data folder: what it is about, and what each field means."""

    file: str
    about: Words
    fields: tuple[tuple[str, Words], ...]


def load(folder: Path) -> tuple[Explained, ...]:
    """The files in the order of fields.yml; it names exactly those of the folder."""
    found = _files(folder / _SELF)
    named = {_SELF, *(one.file for one in found)}
    there = {path.name for path in folder.iterdir()}
    if lost := sorted(named ^ there):
        raise SiteError(f"{_SELF}: {lost[0]} is only in one of list and folder", "make them agree")
    return found


@once.checked
def _files(raw: Any, name: str) -> tuple[Explained, ...]:
    return tuple(map(_explained, enumerate(records.rows(raw, name, "files"), 1)))


def _explained(numbered: tuple[int, object]) -> Explained:
    record = Record(f"{_SELF}: record {numbered[0]}", numbered[1])
    fields = record.take("fields")
    names = list(fields) if isinstance(fields, dict) else []
    inside = record.record("fields")
    explained = Explained(
        file=record.text("file"),
        about=record.words("about"),
        fields=tuple((str(name), inside.words(name)) for name in names),
    )
    record.done()
    return explained


def body(voice: Voice, found: tuple[Explained, ...]) -> str:
    """A heading, a link and a table for each file, as one line of HTML."""
    return f"<div>{''.join(_file(voice, one) for one in found)}</div>"


def _file(voice: Voice, one: Explained) -> str:
    heads = [voice.t("fields.field"), voice.t("fields.meaning")]
    rows = (("", [_code(name), voice.words(meaning)]) for name, meaning in one.fields)
    name = escape(one.file)
    return (
        f'<h3 id="{name.replace(".", "-")}">{voice.words(one.about)}</h3>'
        f'<p><a href="{_UP}{name}">{name}</a></p>{table(heads, rows, quiet=True)}'
    )


def _code(name: str) -> str:
    return f"<code>{escape(name)}</code>"
