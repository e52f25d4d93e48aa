"""The menu of a language (step 1): the page list of mkdocs.yml and front matter in, names and titles
out.

Written and generated pages stand in one menu, in the same order on both. It reads mkdocs.yml as
plain YAML, so that MkDocs need not be there.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any  # YAML has no other type until it is checked here

from overrides.facts import front_matter
from overrides.frame.edition import Edition
from overrides.words import yaml_file
from overrides.words.errors import SiteError
from overrides.words.strings import Strings

Menu = list[tuple[str, str]]
# Named as the written pages are, though nobody wrote them by hand; each with the id of its title, and the first word of
# the pages before which it stands, or none behind the first page.
PLACES, SEARCH, HOME_WORK, CARDS = "places.md", "search.md", "home-work.md", "cards.md"
_MADE = (
    (PLACES, "municipality.places.nav", ""),
    (SEARCH, "search.nav", ""),
    (CARDS, "cards.title", "work-"),
    (HOME_WORK, "municipality.home.nav", "work-"),
)


def written(config: Path, edition: Edition) -> Menu:
    """File name and title of every page of `nav` in mkdocs.yml, as this language shows it."""
    return [(name, _title(edition, name)) for name in listed(config)]


def listed(config: Path) -> tuple[str, ...]:
    """File name of every page of `nav` in mkdocs.yml."""
    return _listed(yaml_file.text(config), config.name)


@lru_cache(maxsize=1)
def _listed(written: str, name: str) -> tuple[str, ...]:
    """The same for every language, so that the file is read as YAML once."""
    return tuple(names(yaml_file.parse(written, name)["nav"]))


def whole(pages: Menu, t: Strings) -> Menu:
    """The menu with the pages that are made from data, each in its place."""
    first, rest = pages[:1], pages[1:]
    for name, string_id, beside in _MADE:
        at = next((at for at, (page, _) in enumerate(rest) if page.startswith(beside)), len(rest))
        (rest if beside else first).insert(at if beside else len(first), (name, t(string_id)))
    return [*first, *rest]


def names(nav: Any) -> Iterator[str]:
    """File names at every depth, in order."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for inner in nav.values():
            yield from names(inner)
    elif isinstance(nav, list):
        for inner in nav:
            yield from names(inner)


def _title(edition: Edition, name: str) -> str:
    if name not in edition.written["nl"]:
        raise SiteError(f"there is no nl/{name}", "write it, or take it out of mkdocs.yml")
    page = edition.docs / edition.shown(name).language / name
    meta = front_matter.read(page)
    if "title" not in meta:
        raise SiteError(f"{page.parent.name}/{name} has no title in its front matter")
    return str(meta["title"])
