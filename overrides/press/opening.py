"""What only people can do before a site opens (step 1): pages, directory and settings in, a list out.

Reading by a lawyer and a doctor, calls, questions to organisations, native readers, drawings, and people who
tried it. A release refuses what is vital; the rest is printed. It claims nothing that nobody did.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # what stands in a settings file, before it is checked

from overrides.facts import directory
from overrides.facts.directory import Organisation
from overrides.facts.front_matter import Facts
from overrides.frame import translation
from overrides.frame.translation import SOURCE_LANGUAGES
from overrides.pages.pictograms import Meant
from overrides.words.errors import SiteError

# What a page can do to somebody when it is wrong, worst first, by the first words of its name.
_WORST_FIRST = ("help-young", "harm", "door", "choices", "help", "letters", "life", "work")
SEX_WORKERS, HANDLERS = 5, 2  # who tried it with nobody beside them
READERS, READ_LANGUAGES, UNDERSTOOD = (
    10,
    3,
    7,
)  # who says what a drawing means, and how many must be right

_DECIDE = (
    "let one read it and write who in native_checker, or in X-Native-Checker of the files of texts; or set"
    " translations: checked; or decide that its readers are better off with it, and write the language and the day in"
    " unchecked"
)
_TEXTS = "strings, sounds and facts"
Page = tuple[str, str, Facts]


@dataclass(frozen=True)
class Task:
    """One thing that somebody must do. `who` names a group of `GROUPS`; `hint` how it is written down."""

    who: str
    what: str
    vital: bool = False
    hint: str = ""


GROUPS = {
    "doctor": "A doctor reads, and is named in medical_reviewer",
    "caller": "Somebody calls, and writes the day in verified_live",
    "lawyer": "A Dutch lawyer reads, worst risk first, and is named in legal_reviewer",
    "asker": "Somebody asks whether it may be listed, and writes the day in asked_on",
    "native": "A native reader checks, and is named in native_checker with role and day",
    "translator": "A translator reads again what was made from an older Dutch text",
    "readers": f"{READERS} people with {READ_LANGUAGES} languages say what a drawing means, without its words; with"
    f" fewer than {UNDERSTOOD} right it goes, and how many were right is written behind it in pictograms.svg",
    "people": "People try it by themselves, and the settings say how many did",
}


def tasks(
    pages: Iterable[Page],
    organisations: Iterable[Organisation],
    raw: Any,
    drawings: Iterable[Meant] = (),
    behind: Mapping[str, Sequence[str]] | None = None,
    texts: Collection[str] = (),
) -> Iterator[Task]:
    """All of them, group by group; of drawings nothing is vital, so that a release asks for none.

    `behind` has by language what was translated from an older Dutch text, `texts` the languages of which no
    native speaker has checked the strings, sounds and facts.
    """
    listed = sorted(pages, key=_risk)
    chosen = raw if isinstance(raw, dict) else {}
    yield from _read(listed)
    yield from _called(organisations)
    yield from _native(listed, chosen, texts)
    for language, names in (behind or {}).items():
        if names:
            yield Task("translator", f"{language}: {_first(names)}")
    yield from _drawn(drawings)
    yield from _tried(chosen)


def refusals(found: Iterable[Task]) -> list[SiteError]:
    """What is vital and was not done."""
    return [
        SiteError(f"a release refuses what is vital: {one.what}", one.hint)
        for one in found
        if one.vital
    ]


def _risk(page: Page) -> tuple[int, str]:
    stem = page[1].removesuffix(".md")
    ranks = (rank for rank, word in enumerate(_WORST_FIRST) if stem.startswith(word))
    return next(ranks, len(_WORST_FIRST)), stem


def _read(pages: list[Page]) -> Iterator[Task]:
    for language, name, facts in pages:
        where = f"{language}/{name}"
        if language in SOURCE_LANGUAGES and facts.is_medical and not facts.medical_reviewer:
            hint = f"let a doctor read docs/{where}, and write the name in medical_reviewer"
            yield Task("doctor", f"no doctor has read {where}", vital=True, hint=hint)
    for language, name, facts in pages:
        if language == SOURCE_LANGUAGES[0] and not facts.form and not facts.legal_reviewer:
            yield Task("lawyer", name)


def _called(organisations: Iterable[Organisation]) -> Iterator[Task]:
    for one in sorted(organisations, key=lambda one: not one.vital):
        if one.id == directory.EMERGENCY:  # never called to try it
            continue
        if one.listing == "ask_first" and not one.asked_on:
            yield Task("asker", one.name)
        elif one.is_help and not one.verified_live and (one.vital or one.contact_ready_to_show):
            said = f"nobody has called {one.name}" if one.vital else one.name
            hint = f"call it, and write the day in verified_live of {one.id} in directory.yml"
            yield Task("caller", said, vital=one.vital, hint=hint)


def _native(pages: list[Page], raw: dict[Any, Any], texts: Collection[str]) -> Iterator[Task]:
    """Vital where they would be shown and the desk has not decided to open without: it decides by language."""
    own = [page for page in pages if page[0] not in SOURCE_LANGUAGES]
    decided = raw.get("unchecked")
    for language in dict.fromkeys(page[0] for page in own):
        names = [n for at, n, facts in own if at == language and not facts.is_checked]
        what = [_first(names)] if names else []
        what += [_TEXTS] if language in texts else []
        if what:
            is_open = isinstance(decided, dict) and language in decided
            vital = raw.get("translations") == translation.NEED and not is_open
            said = f"no native speaker has checked {language}" if vital else language
            yield Task("native", f"{said}: {'; '.join(what)}", vital=vital, hint=_DECIDE)


def _first(names: Sequence[str]) -> str:
    return f"{len(names)}, first {', '.join(names[:3])}"


def _drawn(drawings: Iterable[Meant]) -> Iterator[Task]:
    for one in drawings:
        if one.asked < READERS:
            yield Task("readers", f"{one.name}: {one.meaning}")
        elif one.read_by * READERS < UNDERSTOOD * one.asked:
            yield Task(
                "readers", f"{one.name}: {one.read_by} of {one.asked} understood it, it goes"
            )


def _tried(raw: dict[Any, Any]) -> Iterator[Task]:
    needed = {"tried_by_sex_workers": SEX_WORKERS, "tried_by_handlers": HANDLERS}
    for name, count in needed.items():
        done = raw.get(name)
        if not isinstance(done, int) or done < count:
            yield Task("people", f"{name}: {done} of {count}")


def lines(found: Iterable[Task]) -> Iterator[str]:
    """The list as a person reads it: a line for each group, and one for each task."""
    listed = list(found)
    for who, title in GROUPS.items():
        own = [one for one in listed if one.who == who]
        if own:
            yield f"{title}: {len(own)}"
            yield from (f"  {one.what}{' (vital)' if one.vital else ''}" for one in own)
