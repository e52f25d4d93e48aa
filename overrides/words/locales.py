"""All languages of the site (step 1): the list of languages and a .po file for each in, strings out.

Every language carries the same ids with the same placeholders; what differs is told of the file that
differs, all of it at once. It knows no page.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from overrides.words import yaml_file
from overrides.words.errors import Gathered, SiteError
from overrides.words.strings import Strings, load, placeholders

LIST = "languages.yml"
DIRECTIONS = ("ltr", "rtl")
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COPIED = 0.25  # two languages share one string in fifty; above this, one is a copy of the other
_NAMED = 5  # of more missing ids than these, only the first is named


def languages(folder: Path) -> dict[str, str]:
    """The one list: every language of the site in menu order, with its direction."""
    raw = yaml_file.read(folder / LIST)
    if not isinstance(raw, dict) or not raw:
        raise SiteError(f"{LIST} is not a list of languages", "write a line for each, as nl: ltr")
    gathered = Gathered()
    for language, direction in raw.items():
        with gathered.part():
            if not isinstance(language, str) or not _CODE.fullmatch(language):
                hint = 'write a code such as nl or pt-BR; "no" needs quotes'
                raise SiteError(f"{LIST} has the language {str(language).lower()}", hint)
            if direction not in DIRECTIONS:
                raise SiteError(f"{LIST} gives {language} no direction", "write ltr or rtl")
    gathered.refuse()
    return dict(raw)


def load_all(folder: Path) -> dict[str, Strings]:
    """Every language of the list in menu order; each has the same ids and placeholders."""
    listed = languages(folder)
    gathered = Gathered()
    for path in sorted(folder.glob("*.po")):
        if path.stem not in listed:
            hint = f"add {path.stem}: ltr or {path.stem}: rtl there, or take the file away"
            gathered.found.append(SiteError(f"{path.name} is of no language in {LIST}", hint))
    loaded: dict[str, Strings] = {}
    for language, direction in listed.items():
        with gathered.part():
            loaded[language] = load(folder / f"{language}.po", direction)
    gathered.found += [*_unlike(loaded), *_copies(loaded)]
    gathered.refuse()
    return loaded


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
        hint = "copy en.po, and translate each text"
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
