"""The form on paper and the poster (step 1): strings and pages in, blocks of words out, in the order of the sheet.

The form asks what the screen asks, in the same order: `desk add` takes it so. Page and PDF are made of the same
blocks. It knows neither HTML nor Typst.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from overrides.facts import front_matter
from overrides.frame import edition as editions
from overrides.frame.edition import Edition
from overrides.paper import cards
from overrides.words import blanks
from overrides.words.strings import Strings

# Each question by its name in WIRE.md 5: how it is answered, and what can be ticked.
ONE, MANY, LINE, ROOM = "one", "many", "line", "room"
FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "role": (ONE, ("self", "permission", "professional")),
    "wish": (ONE, ("heard", "advice", "help", "act", "count")),
    "topics": (
        MANY,
        (
            *("check", "police", "authority", "no_legal_place", "operator", "violence"),
            *("data_passed_on", "treatment", "care", "stopping", "business", "neighbours"),
            *("photos", "other"),
        ),
    ),
    "municipality": (LINE, ()),
    "period": (ONE, ("week", "month", "half_year", "year", "longer", "ongoing")),
    "story": (ROOM, ()),
    "scope": (ONE, ("nobody", "pattern", "details", "name")),
    "to": (
        MANY,
        (
            *("municipality", "ombudsman", "police_complaints", "data_protection"),
            *("human_rights", "labour_inspectorate", "care_complaints", "help"),
        ),
    ),
    "consent": (MANY, ("store", "act", "count", "quote")),
    "address_as": (LINE, ()),
    "answerer": (ONE, ("woman", "man", "any")),
    "reply_language": (LINE, ()),
    "contact": (LINE, ()),
}
_HINTED = ("topics", "municipality", "story", "address_as", "reply_language", "contact")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Block:
    """Words of one kind: title, large, question, text, warning, hint, box to tick, line, room, code, languages,
    or a note of the translation, which a page has said already and only paper says again.
    """

    kind: str
    words: str
    t: Strings


def form(site: Edition) -> list[Block]:
    """The sheet with the questions of the form."""
    t = site.t
    made = [Block("title", t("paper.title"), t), Block("text", t("paper.lead"), t)]
    made.append(Block("warning", t("paper.risk"), t))
    for at, (name, (kind, values)) in enumerate(FIELDS.items(), 1):
        made += _question(t, f"{at}. ", name, kind, values)
    made += [Block("text", t("paper.code"), t), Block("question", t("paper.to"), t)]
    ways = (unescape(_TAG.sub("", str(line))) for line in editions.contact_lines(site))
    return [*made, *(Block("text", way, t) for way in ways), *_notes(site)]


def _notes(site: Edition, *taken: str) -> Iterator[Block]:
    for note in editions.notes_of(site, taken):
        yield Block("note", note, site.t)


def _question(
    t: Strings, number: str, name: str, kind: str, values: tuple[str, ...]
) -> Iterator[Block]:
    yield Block("question", number + t(f"write.{name}.legend"), t)
    if name in _HINTED:
        yield Block("hint", t(f"write.{name}.hint"), t)
    elif kind == ONE:
        yield Block("hint", t("paper.one"), t)
    for value in values:
        more = f" {t(f'write.consent.{value}.hint')}" if name == "consent" else ""
        yield Block("box", t(f"write.{name}.{value}") + more, t)
    if name == "role":
        yield Block("hint", t("write.role.not_for"), t)
    if name == "scope":
        yield Block("hint", f"{t('write.operator.title')} {t('write.operator.closure')}", t)
    if kind in (LINE, ROOM):
        yield Block(kind, "", t)


def _foot(site: Edition) -> str:
    """Whose poster it is, and whom to call."""
    t = site.t
    call = t.closed(f"{t('footer.emergency')} 112")
    return f"{t.closed(blanks.shown(site.settings.name))} {call}"


def poster(site: Edition) -> list[Block]:
    """For a wall: title and summary of the first page, the address, and how to read it without being watched."""
    t = site.t
    path = site.docs / site.shown("index.md").language / "index.md"
    facts = front_matter.parse("index.md", front_matter.read(path))
    return [
        Block("large", facts.title, t),
        Block("text", cards.plain(" ".join(facts.summary.split())), t),
        Block("code", "", t),
        Block("text", t("poster.phone"), t),
        Block("languages", " · ".join(one.name for one in site.strings.values()), t),
        Block("hint", _foot(site), t),
        *_notes(site, "index.md"),
    ]
