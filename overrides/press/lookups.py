"""What the two fields look up (step 1): the built pages and the facts in, files for assets/ out.

Names of places for the list of municipalities, the same in all languages, and an index of the pages for
each language. Each is a module that holds nothing but a value. It takes only what stands on a page for all
to read, and the words of overrides/locale/synonyms.
"""

import html
import json
import re
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from overrides.facts.data import Data
from overrides.frame import menu
from overrides.frame.edition import Edition, url_path
from overrides.pages import search
from overrides.words.synonyms import Synonyms

_FORMER = "*"
_MAIN = re.compile(r"<main.*</main>", re.S)
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.S)
_MARKS = re.compile(r"<sup.*?</sup>|<[^>]+>", re.S)  # of a source, and every tag
_ON_MOST = {
    "sources",
    "places",
}  # headings that say nothing of the page; links to the list of places
# Path, title, its language where it is another, what is said of the page, words, id and text of headings in turns.
Row = tuple[str, str, str, str, list[str], list[str]]


def files(site: Edition, facts: Data, config: Path, made: Path) -> dict[str, str]:
    """Texts by path in the site; `made` is the folder of the built pages, `config` mkdocs.yml."""
    found = {"assets/names.js": _module(names(facts))}
    for language, t in site.strings.items():
        spoken = replace(site, t=t)
        pages = menu.whole(menu.written(config, spoken), t)
        used = search.synonyms(spoken, pages)
        found[f"assets/search-{language}.js"] = _module(rows(spoken, pages, used, made))
    return found


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


def rows(site: Edition, pages: menu.Menu, used: Synonyms, made: Path) -> list[Row]:
    """A row for each page of the menu but the one with the field."""
    return [_row(site, name, title, used, made) for name, title in pages if name != menu.SEARCH]


def _row(site: Edition, name: str, title: str, used: Synonyms, made: Path) -> Row:
    path, shown = url_path(site.t.language, name), site.shown(name)
    page = (made / path.strip("/") / "index.html").read_text("utf-8")
    return (
        path.removeprefix(f"/{site.t.language}/"),
        title,
        "" if shown == site.t else shown.language,
        used.said.get(name, ""),
        used.words.get(name, []),
        headings(page),
    )


def headings(page: str) -> list[str]:
    """Id and text of each section in the text of a page, in turns."""
    main = _MAIN.search(page)
    found = _HEADING.findall(main[0]) if main else []
    return [
        part
        for name, text in found
        if name not in _ON_MOST
        for part in (name, html.unescape(_MARKS.sub("", text)).strip())
    ]


def _module(value: object) -> str:
    """A module of one value: no word in it can be anything but a string."""
    return f"export default {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n"
