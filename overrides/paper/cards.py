"""The cards for the pocket (step 1): which sentences stand on which, and the pages they stand on, in; cards out.

Nothing of a card is written twice: its title is that of its page, its sentences are those of pages, and its
day is that of the oldest of them. A sentence that its page no longer has is refused. It makes no HTML.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overrides.facts import front_matter, once, records
from overrides.facts.front_matter import Facts
from overrides.facts.records import Record
from overrides.frame.edition import ROOM, Edition
from overrides.words import yaml_file
from overrides.words.catalogue import ORIGINAL
from overrides.words.errors import Gathered, SiteError
from overrides.words.strings import Strings

LIST = ROOM / "templates" / "cards.yml"
ON_A_SHEET = 8
# A sentence to say as it is written down, and behind it what it means.
_SAYING = re.compile(r"^ *- \*(.+?)\*\{: \.say\b[^}]*\} *(.*)$", re.M)
_MARK = re.compile(r"\[\^([^\]]+)\]")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Situation:
    """What stands on one card: `page` is a file name, `say` has file name and Dutch text of each sentence.

    `line` is the source at whose mark the part of the summary ends that is on it, `string` the id of a text.
    """

    id: str
    page: str
    say: tuple[tuple[str, str], ...]
    line: str
    string: str


@dataclass(frozen=True)
class Text:
    """Words without any sign of Markdown, and the language that they are in."""

    words: str
    t: Strings


@dataclass(frozen=True)
class Sentence:
    """One to say: in Dutch, what it means (nothing on a Dutch card), and how it sounds, where somebody wrote that."""

    dutch: str
    means: Text | None
    sound: str


@dataclass(frozen=True)
class Card:
    """One card in one language; `until` is the day behind which nobody should trust it."""

    id: str
    title: Text
    line: Text | None
    sentences: tuple[Sentence, ...]
    day: date
    until: date


def load(path: Path = LIST) -> tuple[Situation, ...]:
    """Every situation, as many as a sheet has cards."""
    found = _load(path)
    if len(found) != ON_A_SHEET:
        hint = f"{ON_A_SHEET} are a sheet: add one, or take one out"
        raise SiteError(f"{path.name} has {len(found)} cards", hint)
    return found


def _each(raw: object, name: str) -> tuple[Situation, ...]:
    return records.each(records.by_id(raw, name, "cards"), _parse)


_load = once.checked(_each)


def _parse(record: Record) -> Situation:
    said = [(f"{one.text('page')}.md", one.text("dutch")) for one in record.records("say")]
    found = Situation(
        id=record.text("id"),
        page=f"{record.text('page')}.md",
        say=tuple(said),
        line=record.maybe("line") or "",
        string=record.maybe("string") or "",
    )
    record.done()
    return found


def pages(found: tuple[Situation, ...]) -> list[str]:
    """File names of all pages from which cards take anything."""
    return sorted({name for one in found for name in (one.page, *(page for page, _ in one.say))})


def taken() -> tuple[str, ...]:
    """The same of the cards that there are."""
    return tuple(pages(load()))


def sayings(text: str) -> dict[str, str]:
    """Of the Markdown of a page: what each sentence to say means, by its Dutch text."""
    return {dutch: plain(behind) for dutch, behind in _SAYING.findall(text)}


def plain(text: str) -> str:
    """Words alone: no mark of a source, no address, no emphasis."""
    return _LINK.sub(r"\1", _MARK.sub("", text)).replace("*", "").strip()


def of(site: Edition) -> tuple[Card, ...]:
    """The cards in the language that the site speaks, in the order of the list; all that is wrong is told at once."""
    made, gathered = [], Gathered()
    read = _Pages(site)
    for one in load():
        with gathered.part():
            made.append(read.card(one))
    gathered.refuse()
    return tuple(made)


class _Pages:
    """The pages that the cards of one language are made of, each read once."""

    def __init__(self, site: Edition) -> None:
        self._site = site
        self._read: dict[str, tuple[Facts, dict[str, str]]] = {}

    def _page(self, name: str) -> tuple[Facts, dict[str, str]]:
        if name not in self._read:
            path = self._site.docs / self._site.shown(name).language / name
            if not path.is_file():
                raise SiteError(f"{LIST.name} names {name}, which is no page", "correct the name")
            facts = front_matter.parse(name, front_matter.read(path))
            self._read[name] = facts, sayings(front_matter.parted(yaml_file.text(path))[1])
        return self._read[name]

    def card(self, one: Situation) -> Card:
        """One card; `SiteError` for a sentence that is not on its page, or a page without days."""
        facts = [
            self._page(name)[0] for name in dict.fromkeys((one.page, *(p for p, _ in one.say)))
        ]
        days = [(each.last_checked, each.check_again) for each in facts]
        return Card(
            id=one.id,
            title=Text(facts[0].title, self._site.shown(one.page)),
            line=self._line(one, facts[0]),
            sentences=tuple(self._sentence(page, dutch) for page, dutch in one.say),
            day=min(day for day, _ in days if day),
            until=min(until for _, until in days if until),
        )

    def _sentence(self, name: str, dutch: str) -> Sentence:
        t, said = self._site.shown(name), self._page(name)[1]
        if dutch not in said:
            hint = f"write in {LIST.name} the sentence that stands there now, or another one"
            if dutch in self._dutch(
                name
            ):  # one list for all languages: it is the page that is behind
                hint = f"docs/{ORIGINAL}/{name} has it: write it in docs/{t.language}/{name} too, with what it means"
            raise SiteError(f"{t.language}/{name} does not say: {dutch}", hint)
        means = Text(said[dutch], t) if said[dutch] else None
        return Sentence(dutch, means, self._site.t.sounds.get(dutch, ""))

    def _dutch(self, name: str) -> dict[str, str]:
        text = yaml_file.text(self._site.docs / ORIGINAL / name)
        return sayings(front_matter.parted(text)[1])

    def _line(self, one: Situation, facts: Facts) -> Text | None:
        if one.string:
            return Text(self._site.t(one.string), self._site.t)
        if not one.line:
            return None
        t, summary = self._site.shown(one.page), " ".join(facts.summary.split())
        begin, mark, _ = summary.partition(f"[^{one.line}]")
        if not mark:
            hint = f"write in {LIST.name} a source that the summary names"
            raise SiteError(
                f"the summary of {t.language}/{one.page} does not name {one.line}", hint
            )
        return Text(plain(begin), t)
