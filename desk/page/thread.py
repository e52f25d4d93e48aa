"""The thread of a case on the daily screen, in steps 6 and 7: what was said and done, in order.

Comes in: entries, and their values read from disk. Goes out: steps to show, each text with the
language it is in and whose it is. It refuses to know tags.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desk.cases.book import Casebook
from desk.cases.case import Case, Entry
from desk.cases.values import LANGUAGE
from desk.intake import view
from desk.letters import templates, written
from desk.page.facts import rule
from desk.strings import Strings
from desk.wire import canon
from desk.wire.canon import Value

# Whose words a text is decides how it looks: hers, ours that went out, or ours that never do.
_LOOKS = {"answered": "ours", "letter_made": "ours letter", "followed_up": ""}
_FIRST = ("received", "bundle_made")
_HIDDEN = frozenset(
    ("complaint", "object", "key_id", "id", "flood", "like", "of", "bundle", "text")
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its language, its look, and the address where the rest of it can be read."""

    text: str
    language: str
    look: str
    more: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, day and handler, short values with labels, and a text, if it has one."""

    name: str
    on: str
    by: str
    values: tuple[tuple[str, str], ...]
    text: Text | None


def address(case: Case, entry: Entry) -> str:
    """Where one text of a case can be read whole."""
    return f"/case/{case.subject}/text/{entry.place.batch}/{entry.place.number}"


def _language(values: Mapping[str, Value]) -> str:
    language = values.get("language", "")
    return language if isinstance(language, str) and LANGUAGE.fullmatch(language) else ""


def _said(book: Casebook, entry: Entry, *, unmasked: bool) -> dict[str, Value]:
    """The values of a step; of what a sender wrote, the story as its text and its language."""
    values = dict(book.text(entry))
    if "complaint" in values:
        read = book.written(entry).values
        values |= {"text": read["story"], "language": read["form_language"]}
    if not unmasked:
        values.pop("about_name", None)
        if "template" in values and templates.tells_who(str(values["template"])):
            values["text"] = written.MASK
    return values


def whole(book: Casebook, entry: Entry) -> str:
    """The text of one step: what a sender wrote, or a handler; empty where there is none."""
    text = _said(book, entry, unmasked=False).get("text", "")
    return text if isinstance(text, str) else ""


def _text(case: Case, entry: Entry, values: Mapping[str, Value]) -> Text | None:
    text = values.get("text", "")
    if not isinstance(text, str) or not text:
        return None
    look = _LOOKS.get(entry.kind, "inside")
    return Text(text, _language(values), look, address(case, entry))


def _shown(t: Strings, name: str, value: Value) -> str:
    if isinstance(value, bool):
        return t("page.yes" if value else "page.no")
    if isinstance(value, list):
        return ", ".join(t.choice(name, str(item)) for item in value)
    return rule(t, str(value)) if name == "rule" else t.day(t.choice(name, str(value)))


def _values(t: Strings, values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if name not in _HIDDEN and value not in ("", [], None):
            label = f"field.{name}"
            yield (t(label) if t.has(label) else name), _shown(t, name, value)


def _name(t: Strings, kind: str) -> str:
    string_id = f"kind.{kind}"
    return t(string_id) if t.has(string_id) else t("page.unknown_kind", kind=kind)


def steps(t: Strings, book: Casebook, case: Case, *, unmasked: bool) -> list[Step]:
    """All steps of a case after its first; a name that was written stays masked like elsewhere."""
    found = []
    for entry in case.thread:
        if entry.kind in _FIRST or entry.kind == "translated":
            continue
        values = _said(book, entry, unmasked=unmasked)
        shown = [*_values(t, values)]
        if entry.kind == "followed_up":
            shown += written.fields(t, book.written(entry).values, unmask=unmasked)
        text = _text(case, entry, values)
        found.append(Step(_name(t, entry.kind), entry.on, entry.by, tuple(shown), text))
    return found


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation of the story, and who or what made it."""

    text: Text
    made_by: str
    who: str
    on: str


def translations(t: Strings, book: Casebook, case: Case) -> list[Translation]:
    """Every translation of the story, the last first."""
    found = []
    for entry in case.thread:
        if entry.kind != "translated":
            continue
        values = book.text(entry)
        text = _text(case, entry, values)
        if text is not None:
            made_by = t.choice("made_by", str(values.get("made_by", "")))
            found.append(Translation(text, made_by, str(values.get("who", "")), entry.on))
    return found[::-1]


def story(book: Casebook, case: Case) -> tuple[Text | None, list[tuple[str, str]]]:
    """Her story, and fields that this version does not know, as text; nothing for a bundle."""
    if case.kind == "bundle":
        return None, []
    values = book.written(case.thread[0]).values
    unknown = [(name, canon.dumps(values[name])) for name in values if not view.is_known(name)]
    more = address(case, case.thread[0])
    return Text(str(values["story"]), case.language, "", more), unknown
