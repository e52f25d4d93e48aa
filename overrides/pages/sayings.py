"""Sentences to say to an officer (step 1): the HTML of a page in, what hides them among other things out.

Markdown makes one list of two when no text stands between them, and no list at all without an empty line
before it. A sentence to say then reads as a duty of somebody else. It knows no page.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from overrides.words.errors import SiteError

_SIGN = 'class="say"'
_NO_LIST = re.compile(r"\n\s*(?:[-*+]|\d+\.)\s+$")
_APART = (
    'write a line such as "You can say:" before the sentences to say; they are a list of their own'
)
_MOST_SHOWN = 60  # characters of a list, enough to find it by


@dataclass
class _Item:
    """One item of a list: its own text so far, and how much of it stood before a sentence to say."""

    text: str = ""
    before: str | None = None

    @property
    def is_saying(self) -> bool:
        return self.before is not None and not self.before.strip()


class _Reader(HTMLParser):
    """Keeps the lists that are open, the text of the paragraph, and what is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.lists: list[list[_Item]] = []
        self.paragraph = ""
        self.found: list[SiteError] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self.lists.append([])
        elif tag == "li" and self.lists:
            self.lists[-1].append(_Item())
        elif tag == "p":
            self.paragraph = ""
        if ("class", "say") in attrs:
            self._saying()

    def _saying(self) -> None:
        if _NO_LIST.search(self.paragraph):
            hint = "put an empty line before the list of sentences to say"
            self.found.append(
                SiteError(f"a sentence to say follows {_begin(self.paragraph)}", hint)
            )
        for items in self.lists[-1:]:
            if items and items[-1].before is None:
                items[-1].before = items[-1].text

    def handle_data(self, data: str) -> None:
        self.paragraph += data
        for items in self.lists[-1:]:
            if items:
                items[-1].text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            items = self.lists.pop()
            said = [item for item in items if item.before is not None]
            if said and not all(item.is_saying for item in items):
                what = f"a list holds sentences to say and other things: {_begin(items[0].text)}"
                self.found.append(SiteError(what, _APART))


def _begin(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[:_MOST_SHOWN]}…"


def mixed(content: str) -> list[SiteError]:
    """One error for each list, or paragraph, in which a sentence to say is hidden."""
    if _SIGN not in content:
        return []
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return reader.found
