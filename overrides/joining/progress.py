"""How far each language is (step 1): pages, strings, sounds, facts and terms in, what waits for a translator out.

A page of need is missing, behind the Dutch one, unchecked, or done. It decides nothing and refuses nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from overrides.facts.front_matter import Facts
from overrides.frame import translation
from overrides.frame.translation import SOURCE_LANGUAGES
from overrides.words import by_dutch, catalogue, locales, yaml_file
from overrides.words.catalogue import ORIGINAL

Page = tuple[str, str, Facts]
_NAMED = 5  # of more names than these, the first and how many
PAGES, GLOSSARY = "pages", "glossary"


@dataclass(frozen=True)
class Part:
    """One kind of thing that is translated: how many there are, and the names of those that wait."""

    kind: str
    total: int
    missing: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many are in each state; a thing that is behind counts as that, whether it was checked or not."""
        late = set(self.behind)
        unchecked = len(set(self.unchecked) - late)
        done = self.total - len(self.missing) - len(late) - unchecked
        return {
            "done": done,
            "unchecked": unchecked,
            "behind": len(late),
            "missing": len(self.missing),
        }


@dataclass(frozen=True)
class Progress:
    """All parts of one language."""

    language: str
    parts: tuple[Part, ...]

    @property
    def is_text_checked(self) -> bool:
        """Whether a native speaker has checked all that is no page: strings, sounds and facts."""
        return not any(part.unchecked for part in self.parts if part.kind != PAGES)

    @property
    def behind(self) -> tuple[str, ...]:
        """Everything that was made from an older Dutch text, pages first."""
        return tuple(name for part in self.parts for name in part.behind)


def of_all(docs: Path, locale: Path, config: Path, pages: Iterable[Page]) -> list[Progress]:
    """The languages that are translated into, in menu order."""
    need, listed = translation.pages_of_need(config), list(pages)
    strings = locales.behind(locale, config)
    said = {
        (kind, one): by_dutch.load(locale / kind / f"{one}.po")
        for kind in (by_dutch.SOUNDS, by_dutch.FACTS)
        for one in strings
    }
    found = []
    for language in [one for one in strings if one not in SOURCE_LANGUAGES]:
        own = {name: facts for at, name, facts in listed if at == language}
        parts = [_pages(docs, need, own), _strings(locale, language, strings[language])]
        for kind in (by_dutch.SOUNDS, by_dutch.FACTS):
            every = {text for at, texts in said.items() if at[0] == kind for text in texts}
            is_checked = catalogue.is_checked(locale / kind / f"{language}.po")
            parts.append(_missing(kind, every, said[kind, language], is_checked=is_checked))
        terms = [_terms(locale / GLOSSARY / f"{one}.yml") for one in (ORIGINAL, language)]
        found.append(Progress(language, (*parts, _missing("terms", *terms))))
    return found


def _pages(docs: Path, need: tuple[str, ...], own: dict[str, Facts]) -> Part:
    """The pages of need, and what else was translated."""
    names = (*need, *(name for name in own if name not in need))
    behind = (one for one, facts in own.items() if translation.is_behind(docs, facts, one))
    unchecked = (one for one, facts in own.items() if not facts.is_checked)
    missing = (one for one in need if one not in own)
    return Part(PAGES, len(names), *map(tuple, (missing, behind, unchecked)))


def _strings(locale: Path, language: str, behind: tuple[str, ...]) -> Part:
    path = locale / f"{language}.po"
    own = catalogue.load(path, unfinished=True).texts
    ids = tuple(catalogue.load(locale / f"{ORIGINAL}.po").texts)
    missing = tuple(one for one in ids if one not in own)
    unchecked = () if catalogue.is_checked(path) else tuple(one for one in ids if one in own)
    return Part("strings", len(ids), missing, behind, unchecked)


def _missing(
    kind: str, every: Iterable[str], own: Iterable[str], *, is_checked: bool = True
) -> Part:
    wanted, has = list(every), set(own)
    missing = tuple(sorted(one for one in wanted if one not in has))
    unchecked = () if is_checked else tuple(one for one in wanted if one in has)
    return Part(kind, len(wanted), missing, (), unchecked)


def _terms(path: Path) -> tuple[str, ...]:
    raw = yaml_file.read(path) if path.is_file() else {}
    return tuple(map(str, raw)) if isinstance(raw, dict) else ()


def lines(found: Iterable[Progress]) -> Iterator[str]:
    """A line for each language and part, and below it what waits."""
    for one in found:
        yield f"{one.language}:"
        for part in one.parts:
            counts = part.counts
            states = [
                f"{counts[name]} {name}"
                for name in ("missing", "behind", "unchecked")
                if counts[name]
            ]
            there = part.total - counts["missing"]
            yield f"  {there} of {part.total} {part.kind}{': ' if states else ''}{', '.join(states)}"
            for state in ("missing", "behind"):
                if names := getattr(part, state):
                    yield f"    {state}: {_named(names)}"


def _named(names: tuple[str, ...]) -> str:
    shown = [name if len(name) < 60 else f"{name[:57]}..." for name in names[:_NAMED]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
