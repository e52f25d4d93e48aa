"""What a tired reader asks, with the right answer, and where the built site answers it.

Questions and answers are written from the collected facts before the pages, by somebody who writes
no page. `must` and `must_not` are regular expressions over the text of one page, in any case; a
page holds an answer when every `must` is found and no `must_not`. Whoever knows the pages fills in
`page`: a name such as `door` or `m/tilburg`, the same in both languages.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import yaml

LANGUAGES = ("nl", "en")
FARTHEST = 3  # taps from the home page
_MAIN = re.compile(r"<main\b.*?</main>", re.S)
_HREF = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')
_ELSEWHERE = re.compile(r'<a\b[^>]*?\shref="https?://([^"]+)"[^>]*>')
# Tags inside a sentence; every other tag stands between two pieces of text.
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|i|mark|q|small|span|strong|sup)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question; everything by language has exactly the languages above."""

    id: str
    topic: list[str]
    question: dict[str, str]
    answer: dict[str, str]
    source: str  # file and row of the facts
    must: dict[str, list[str]]
    must_not: dict[str, list[str]]
    page: str | None  # null until somebody who knows the pages has named it

    def path(self, language: str) -> str:
        """URL path of the page that answers; only for a question that has one."""
        return f"/{language}/" if self.page == "index" else f"/{language}/{self.page}/"

    def faults(self, language: str, text: str) -> list[str]:
        """What this text lacks of the answer, and what it says that is wrong."""
        lacks = [f"lacks: {one}" for one in self.must[language] if not _found(one, text)]
        return lacks + [f"says: {one}" for one in self.must_not[language] if _found(one, text)]


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.I) is not None


def load() -> list[Question]:
    """Every question of every file, in order; a field too many or too few is refused."""
    files = sorted(Path(__file__).parent.glob("*.yml"))
    return [
        Question(**entry) for file in files for entry in yaml.safe_load(file.read_text("utf-8"))
    ]


def text_of(page: str) -> str:
    """Text of the main part of a page given as HTML, with every stretch of space made one space.

    A link to another site counts as text too: its address is part of the answer to "where?".
    """
    inside = _TAG.sub(" ", _INLINE.sub("", _ELSEWHERE.sub(r" \1 ", _main(page))))
    return " ".join(html.unescape(inside).replace("’", "'").split())


def taps(pages: Mapping[str, str], home: str) -> dict[str, int]:
    """How many taps each page is from home, by links in the main part of pages below home."""
    found, edge = {home: 0}, [home]
    while edge:
        near = [target for path in edge for target in _links(path, pages[path])]
        distance = found[edge[0]] + 1
        edge = [
            path
            for path in dict.fromkeys(near)
            if path in pages and path.startswith(home) and path not in found
        ]
        found |= dict.fromkeys(edge, distance)
    return found


def _links(path: str, page: str) -> list[str]:
    hrefs = _HREF.findall(_main(page))
    return [urldefrag(urljoin(path, html.unescape(href))).url for href in hrefs]


def _main(page: str) -> str:
    found = _MAIN.search(page)
    return found.group() if found else ""
