"""The index of pages that the search looks in (step 1): rows in, a module out, and one with new headings.

A module holds nothing but a value. It knows no facts.
"""

import html
import json
import re

_BEFORE = "export default "
_MAIN = re.compile(r"<main.*</main>", re.S)
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.S)
_MARKS = re.compile(r"<sup.*?</sup>|<[^>]+>", re.S)  # of a source, and every tag
# Headings that say nothing of the page; links to the list of places.
_ON_MOST = {"sources", "places"}
# Path, title, its language where it is another, what is said of the page, words, id and text of headings in turns.
Row = tuple[str, str, str, str, list[str], list[str]]


def name(language: str) -> str:
    """File name of the index of a language, which lies beside the scripts."""
    return f"search-{language}.js"


def module(value: object) -> str:
    """A module of one value: no word in it can be anything but a string."""
    return f"{_BEFORE}{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n"


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


def renewed(before: str, language: str, pages: dict[str, str]) -> str:
    """An index with the headings of pages, given by path, that were made again."""
    rows = json.loads(before.removeprefix(_BEFORE))
    for row in rows:
        page = pages.get(f"/{language}/{row[0]}")
        row[-1] = row[-1] if page is None else headings(page)
    return module(rows)
