"""One case on paper, step 7: everything that is known of it as one file, HTML or plain text.

Comes in: a book, a case and the words of a language. Goes out: a page without scripts and without
anything from elsewhere. It shows what a sender wrote as text, whatever it looks like, and keeps
names back unless it is told otherwise.
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from desk import terminal
from desk.cases.book import Casebook
from desk.cases.case import Case, Entry
from desk.cases.deadlines import in_doubt
from desk.letters import written
from desk.letters.templates import tells_who
from desk.letters.written import MASK, MASKED
from desk.strings import Strings
from desk.wire.canon import Value

_FILE = Path(__file__).with_name("dossier.html")
_STYLE = Path(__file__).with_name("dossier.css")
_MASKED = (*MASKED, "about_name")
# Fields of a case, in the order in which they are printed; `choice` has words for the values.
_LINES = ("title", "municipality")
_CHOICES = (
    "channel",
    "role",
    "wish",
    "period",
    "answerer",
    "about",
    "identity",
    "urgency",
    "language",
    "reply_language",
)
_STATE = "status"
# What a person wrote in an event, by the names of its values.
_WORDS = ("text", "organisation", "person", "agreed")


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the table: a label of ours and a value that may be a sender's."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """A text with its heading, and the language it is in as far as that is known."""

    heading: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case as it is printed. Nothing in it has been cleaned yet."""

    title: str
    language: str  # of labels and headings
    notices: tuple[str, ...]
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]


def _words(strings: Strings, string_id: str, value: str) -> str:
    """The words for a value; one from a later version is shown as it is."""
    return strings(string_id) if strings.has(string_id) else value


def _facts(case: Case, strings: Strings, *, unmask: bool) -> Iterator[Fact]:
    yield Fact(strings("dossier.received"), strings.week(case.received_on))
    for name in (*_CHOICES, _STATE):
        if value := getattr(case, name):
            yield Fact(strings(f"field.{name}"), strings.choice(name, value))
    for name in _LINES:
        if value := getattr(case, name):
            yield Fact(strings(f"field.{name}"), value)
    for name in _MASKED:
        if value := getattr(case, name):
            yield Fact(strings(f"field.{name}"), value if unmask else MASK)
    yield from _lists(case, strings)


def _lists(case: Case, strings: Strings) -> Iterator[Fact]:
    for name in ("topics", "outcomes", "identity_to"):
        values = [strings.choice(name, value) for value in getattr(case, name)]
        if values:
            yield Fact(strings(f"field.{name}"), ", ".join(values))
    for consent in case.consents:
        said = strings("dossier.yes") if consent.given else strings("dossier.no")
        to = ", ".join(strings.choice("to", receiver) for receiver in consent.to)
        scope = strings.choice("scope", consent.scope) if consent.scope else ""
        purpose = strings.choice("purpose", consent.purpose)
        parts = (said, scope, to, strings.week(consent.on))
        yield Fact(f"{strings('dossier.consent')}: {purpose}", "; ".join(filter(None, parts)))
    for term in case.deadlines:
        met = strings("dossier.met") if term.met_on else ""
        found = in_doubt(term)
        doubt = strings(f"decree.{found}", year=term.last_day[:4]) if found else ""
        value = "; ".join(filter(None, (strings.day(term.last_day), met, doubt)))
        rule = _words(strings, f"rule.{term.rule}", term.rule)
        yield Fact(f"{strings('dossier.deadline')}: {rule}", value)


def _said(book: Casebook, entry: Entry, strings: Strings, *, unmask: bool) -> Mapping[str, Value]:
    """The values of a step; of what was written under her code, all of it as its text."""
    values = book.text(entry)
    if "template" in values and not unmask and tells_who(str(values["template"])):
        return {"text": MASK}
    if entry.kind != "followed_up":
        return values
    read = book.written(entry).values
    told = written.fields(strings, read, unmask=unmask)
    lines = [str(read["story"]), *(f"{label}: {value}" for label, value in told)]
    return {"text": "\n".join(filter(None, lines)), "language": read["form_language"]}


def _entry(book: Casebook, entry: Entry, strings: Strings, *, unmask: bool) -> Iterator[Block]:
    values = _said(book, entry, strings, unmask=unmask)
    texts = [value for name in _WORDS if isinstance(value := values.get(name), str) and value]
    if texts:
        what = _words(strings, f"kind.{entry.kind}", entry.kind)
        language = values.get("language")
        yield Block(
            f"{what} · {strings.week(entry.on)} · {entry.by}",
            "\n".join(texts),
            language if isinstance(language, str) else "",
        )


def _blocks(book: Casebook, case: Case, strings: Strings, *, unmask: bool) -> Iterator[Block]:
    if case.kind == "complaint":
        story = str(book.complaint(case).values["story"])
        yield Block(strings("field.story"), story)
    for entry in case.thread:
        yield from _entry(book, entry, strings, unmask=unmask)


def of(book: Casebook, case: Case, strings: Strings, *, unmask: bool = False) -> Dossier:
    """Everything of a case that is printed; with `unmask` also names and how to reach her.

    Who unmasks records that with the action `unmask`. Codes and keys are never printed.
    """
    notices = [strings("dossier.private")]
    if case.practice:
        notices.insert(0, strings("dossier.practice"))
    return Dossier(
        title=case.pseudonym,
        language=strings.language,
        notices=tuple(notices),
        facts=tuple(_facts(case, strings, unmask=unmask)),
        blocks=tuple(_blocks(book, case, strings, unmask=unmask)),
    )


@cache
def _spoken(language: str) -> Strings:
    return Strings(language)


@cache
def _style() -> tuple[str, str]:
    """The style sheet, and its hash as a content security policy names it."""
    style = _STYLE.read_text("utf-8")
    return style, base64.b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")


def html(dossier: Dossier, printed_on: date) -> str:
    """A dossier as one HTML file that fetches nothing and runs nothing; hidden characters marked."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["clean"] = terminal.clean
    style, style_hash = _style()
    day = _spoken(dossier.language).day(printed_on)
    template = environment.from_string(_FILE.read_text("utf-8"))
    return template.render(dossier=dossier, style=style, style_hash=style_hash, printed_on=day)


def text(dossier: Dossier, printed_on: date, columns: int = 80) -> str:
    """A dossier as plain text; what people wrote stands behind a margin."""
    day = _spoken(dossier.language).day(printed_on)
    lines = [f"{terminal.clean(dossier.title)} ({day})", *dossier.notices, ""]
    for fact in dossier.facts:
        lines.append(f"{terminal.clean(fact.label)}:")
        lines.extend(terminal.fold(fact.value, columns))
    for block in dossier.blocks:
        lines.extend(("", f"--- {terminal.clean(block.heading)} ---"))
        lines.extend(terminal.fold(block.text, columns))
    return "\n".join((*lines, ""))
