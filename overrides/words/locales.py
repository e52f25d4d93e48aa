"""All languages of the site (step 1): the list in mkdocs.yml and a .po file for each in, strings out.

Every language carries the same ids with the same placeholders; what differs is told of the file that
differs, all of it at once. It knows no page, and reads mkdocs.yml as plain YAML.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any  # YAML has no other type until it is checked here

from overrides.words import by_dutch, catalogue, yaml_file
from overrides.words.catalogue import ORIGINAL, placeholders
from overrides.words.errors import Gathered, SiteError
from overrides.words.strings import Strings, load

LIST = "mkdocs.yml"
DIRECTIONS = ("ltr", "rtl")
ENTRY = "- {locale: %s, name: ..., extra: {direction: ltr or rtl}}"  # a line of the list; a copy is refused
_CODE = re.compile(r"[a-z]{2}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")  # what mkdocs-static-i18n takes
_FIELDS = {"locale", "name", "extra", "default"}
_COPIED = 0.25  # two languages share one string in fifty; above this, one is a copy of the other
_KINDS = (by_dutch.FACTS, by_dutch.SOUNDS)
_NAMED = 5  # of more missing ids than these, only the first is named


@dataclass(frozen=True)
class Language:
    """What the list says of a language: its own name for itself, and `ltr` or `rtl`."""

    name: str
    direction: str


def languages(config: Path) -> dict[str, Language]:
    """The one list: every language of the site by its code, in menu order."""
    entries = _entries(yaml_file.read(config))
    gathered = Gathered()
    found: dict[str, Language] = {}
    for entry in entries:
        with gathered.part():
            code, language = _language(entry)
            if code in found or language.name in {one.name for one in found.values()}:
                raise SiteError(f"{LIST} has the language {code} or its name twice", "keep one")
            found[code] = language
    gathered.refuse()
    return found


def _entries(raw: Any) -> list[Any]:
    """What stands at `languages` of the plugin i18n."""
    plugins = raw.get("plugins") if isinstance(raw, dict) else None
    listed = plugins if isinstance(plugins, list) else []
    settings = [one.get("i18n") for one in listed if isinstance(one, dict)]
    entries = [one.get("languages") for one in settings if isinstance(one, dict)]
    if len(entries) == 1 and isinstance(entries[0], list) and entries[0]:
        return entries[0]
    hint = f"write under plugins, i18n, languages a line for each, as {ENTRY % 'nl'}"
    raise SiteError(f"{LIST} has no list of languages", hint)


def _language(entry: Any) -> tuple[str, Language]:
    """One entry of the list; `SiteError` says what it lacks."""
    code = entry.get("locale") if isinstance(entry, dict) else entry
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        hint = 'write locale: and a code such as nl or pt-BR; "no" needs quotes'
        raise SiteError(f"{LIST} has the language {str(code).lower()}", hint)
    fields = entry if isinstance(entry, dict) else {}
    name, extra = fields.get("name"), fields.get("extra")
    if not isinstance(name, str) or not name.strip():
        raise SiteError(f"{LIST} gives {code} no name", "write name: and what it calls itself")
    direction = extra.get("direction") if isinstance(extra, dict) else None
    if direction not in DIRECTIONS:
        hint = "write extra: {direction: ltr}, or rtl for a script from right to left"
        raise SiteError(f"{LIST} gives {code} no direction", hint)
    for unknown in sorted(set(fields) - _FIELDS):
        hint = f"take it away; a language has {', '.join(sorted(_FIELDS))}"
        raise SiteError(f"{LIST} gives {code} {unknown}, which this site does not know", hint)
    return code, Language(name, direction)


def load_all(folder: Path, config: Path) -> dict[str, Strings]:
    """Every language of the list in menu order; each has the same ids and placeholders."""
    listed = languages(config)
    gathered = Gathered()
    for path in sorted(folder.glob("*.po")):
        if path.stem not in listed:
            hint = f"add {ENTRY % path.stem} there, or take the file away"
            gathered.found.append(SiteError(f"{path.name} is of no language in {LIST}", hint))
    loaded: dict[str, Strings] = {}
    for code, language in listed.items():
        with gathered.part():
            strings = load(folder / f"{code}.po", language.direction, language.name)
            facts, sounds = (by_dutch.load(folder / kind / f"{code}.po") for kind in _KINDS)
            paths = [folder / kind / f"{code}.po" for kind in ("", *_KINDS)]
            checked = all(map(catalogue.is_checked, paths))
            loaded[code] = replace(strings, facts=facts, sounds=sounds, is_checked=checked)
    gathered.found += [*_unlike(loaded), *_copies(loaded)]
    gathered.refuse()
    return loaded


def behind(folder: Path, config: Path) -> dict[str, tuple[str, ...]]:
    """By language, in menu order, the ids whose text was made from another Dutch text than that of today."""
    today = catalogue.load(folder / f"{ORIGINAL}.po").texts
    return {
        code: tuple(
            string_id
            for string_id, text in catalogue.load(
                folder / f"{code}.po", unfinished=True
            ).made_from.items()
            if text != today.get(string_id)
        )
        for code in languages(config)
    }


def _unlike(loaded: dict[str, Strings]) -> Iterator[SiteError]:
    """Each file that differs from most in its ids, or in the placeholders of one."""
    lacking: dict[str, list[str]] = {name: [] for name in loaded}
    for string_id in dict.fromkeys(name for one in loaded.values() for name in one.texts):
        having = {
            name: one.texts[string_id] for name, one in loaded.items() if string_id in one.texts
        }
        if len(having) < len(loaded) / 2:
            yield from (_alone(name, string_id) for name in having)
            continue
        for name in [name for name in loaded if name not in having]:
            lacking[name].append(string_id)
        yield from _odd(string_id, having)
    for name, ids in lacking.items():
        yield from _lacks(name, ids)


def _alone(name: str, string_id: str) -> SiteError:
    hint = "add it to the other files in overrides/locale, or take it out"
    return SiteError(f"{name}.po has the id {string_id}, which most files have not", hint)


def _lacks(name: str, ids: list[str]) -> Iterator[SiteError]:
    if len(ids) > _NAMED:
        hint = "run `make strings`, and translate each text"
        yield SiteError(f"{name}.po lacks {len(ids)} ids, the first is {ids[0]}", hint)
        return
    for string_id in ids:
        yield SiteError(f"{name}.po lacks the id {string_id}", "translate it from the other files")


def _odd(string_id: str, having: dict[str, str]) -> Iterator[SiteError]:
    """The files whose placeholders are not those of most; where there are as many, all of them."""
    held = {name: placeholders(text) for name, text in having.items()}
    counts = Counter(held.values()).most_common()
    usual = counts[0][0]
    split = len(counts) > 1 and counts[0][1] == counts[1][1]
    for name in [name for name, holes in held.items() if split or holes != usual]:
        other = "and not all have the same" if split else f"the others {_named(usual)}"
        yield SiteError(
            f"{name}.po has {_named(held[name])} in {string_id}, {other}",
            "write the same placeholders in every language",
        )


def _named(holes: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(holes)) or "no placeholder"


def _copies(loaded: dict[str, Strings]) -> Iterator[SiteError]:
    """A file copied from another and not translated; the later one in the list is the copy."""
    for at, (name, one) in enumerate(loaded.items()):
        for other in list(loaded)[:at]:
            same = [i for i, text in one.texts.items() if loaded[other].texts.get(i) == text]
            if len(same) > max(10, _COPIED * len(one.texts)):
                hint = f"translate them; {same[0]} is the first"
                said = f"{len(same)} texts of {name}.po are word for word those of {other}.po"
                yield SiteError(said, hint)
                break
