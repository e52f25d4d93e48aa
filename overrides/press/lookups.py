"""What the two fields look up (step 1): the built pages and the facts in, files for assets/ out.

Names of places for the list of municipalities, the same in all languages, and an index of the pages for
each language. Each is a module that holds nothing but a value. It takes only what stands on a page for all
to read, and the words of overrides/locale/synonyms.
"""

from itertools import groupby
from pathlib import Path

from overrides.facts.data import Data
from overrides.frame import menu
from overrides.frame.edition import Edition, url_path
from overrides.pages import search
from overrides.press import index
from overrides.words.synonyms import Synonyms

_FORMER = "*"


def write(site: Edition, pages: menu.Menu, made: Path) -> None:
    """Write the index of the language that the site speaks; `pages` is its whole menu, `made` has them built."""
    used = search.synonyms(site, pages)
    path = made / site.assets / index.name(site.t.language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(index.module(rows(site, pages, used, made)), "utf-8", newline="\n")


def places(site: Edition, facts: Data) -> dict[str, str]:
    """The text of the names by its path in the site."""
    return {f"{site.assets}/names.js": index.module(names(facts))}


def names(facts: Data) -> str:
    """A line for each province, below it a line for each municipality: `0855:Berkel-Enschot,Udenhout`.

    Its own name is left out between its commas, and a former municipality has an asterisk behind it: so
    it is two thirds of what the lists would be.
    """
    here = facts.municipalities
    found: dict[str, set[str]] = {code: set() for code in here}
    for name, code in facts.names.places:
        found[code].add(name)
    for name, code in facts.names.former:
        found[code] = found[code] - {name} | {name + _FORMER}
    lines = []
    for province, codes in groupby(
        sorted(found, key=lambda code: (here[code].province, code)),
        lambda code: here[code].province,
    ):
        lines.append(province)
        for code in codes:
            all_of_it = ("" if name == here[code].name else name for name in sorted(found[code]))
            lines.append(f"{code.removeprefix('GM')}:{','.join(all_of_it)}")
    return "\n".join(lines)


def rows(site: Edition, pages: menu.Menu, used: Synonyms, made: Path) -> list[index.Row]:
    """A row for each page of the menu but the one with the field."""
    return [_row(site, name, title, used, made) for name, title in pages if name != menu.SEARCH]


def _row(site: Edition, name: str, title: str, used: Synonyms, made: Path) -> index.Row:
    path, shown = url_path(site.t.language, name), site.shown(name)
    page = (made / path.strip("/") / "index.html").read_text("utf-8")
    return (
        path.removeprefix(f"/{site.t.language}/"),
        title,
        "" if shown == site.t else shown.language,
        used.said.get(name, ""),
        used.words.get(name, []),
        index.headings(page),
    )
