"""The handbook's page about a screen, for steps 6 and 7: Markdown to what a template may show.

Comes in: a page of handbook/pages. Goes out: a tree of tags from a closed list, without an attribute but where a link
or a picture leads. It refuses every other tag: what is none of these is shown as it is written.
"""

import posixpath
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.tables import TableExtension

from desk import handbook

# Each has a page in both languages; a page of the daily screen says which of them it is about.
SCREENS = (
    "inbox",
    "case",
    "answer",
    "letter",
    "partners",
    "search",
    "agenda",
    "import",
    "add",
    "outbox",
    "bundles",
    "figures",
    "retention",
    "unlock",
    "problem",
)
# One lower than there: the screen has a title of its own.
_HEADINGS = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5"}
_KEPT = ("p", "ul", "ol", "li", "strong", "em", "code", "pre", "kbd", "blockquote")
_TAGS = frozenset((*_KEPT, "table", "thead", "tbody", "tr", "th", "td"))
_LINK, _PICTURE, _LINE = "a", "img", "br"
_FRONT = re.compile(r"\A---\n.*?^---\n", re.M | re.S)
_NAME = re.compile(r"(?:\.\./)*pictures/([a-z0-9-]{1,60})\.png")


@dataclass(slots=True)
class Node:
    """A tag with what stands in it, or a text (`tag` is empty). `to` is where a link or a picture leads."""

    tag: str
    text: str = ""
    to: str = ""
    inside: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Guide:
    """A page: its title, and all of it."""

    title: str
    nodes: tuple[Node, ...]


class _Reader(HTMLParser):
    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = language
        self.root = Node("")
        self.open = [
            (_LINK, self.root)
        ]  # what the page calls each open tag, and what is made of it

    def _put(self, node: Node) -> Node:
        self.open[-1][1].inside.append(node)
        return node

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == _LINE:
            self._put(Node(_LINE))
        elif tag == _PICTURE:
            self._put(self._picture(given.get("src", ""), given.get("alt", "")))
        elif tag == _LINK:
            self.open.append((tag, self._put(_link(given.get("href", "")))))
        elif tag in _HEADINGS or tag in _TAGS:
            self.open.append((tag, self._put(Node(_HEADINGS.get(tag, tag)))))
        else:
            self._put(Node("", self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self._put(Node("", data))

    def _picture(self, source: str, words: str) -> Node:
        """The picture where the handbook is built; else its sentence."""
        found = _NAME.fullmatch(source)
        if found is None or handbook.picture(self.language, found[1]) is None:
            return Node("em", inside=[Node("", words)])
        return Node(_PICTURE, words, f"/help/picture/{self.language}/{found[1]}.png")


def _link(to: str) -> Node:
    """A link to a page about a screen; all else is plain text, since it is not here."""
    path, _, _ = to.partition("#")
    name = posixpath.basename(path).removesuffix(".md")
    is_here = path == f"{name}.md" and name in SCREENS
    return Node(_LINK, to=f"/help/{name}") if is_here else Node("span")


def _source(language: str, name: str) -> str:
    path = handbook.screens(language) / f"{name}.md"
    return _FRONT.sub("", path.read_text("utf-8"))


def _text(nodes: list[Node]) -> str:
    return "".join(node.text + _text(node.inside) for node in nodes)


def read(language: str, source: str) -> Guide:
    """A page as a tree; its title is its first heading."""
    tables = TableExtension(use_align_attribute=True)
    made = Markdown(extensions=[tables, FencedCodeExtension()]).convert(source)
    reader = _Reader(language)
    reader.feed(made)
    reader.close()
    nodes = reader.root.inside
    title = next((_text(node.inside) for node in nodes if node.tag == "h2"), "")
    return Guide(title, tuple(nodes))


@cache
def guide(language: str, name: str) -> Guide:
    """The page about a screen of `SCREENS`."""
    return read(language, _source(language, name))


@cache
def pictures(language: str) -> frozenset[str]:
    """Names of all pictures on these pages: nothing else is given to a browser."""
    return frozenset(one for name in SCREENS for one in _NAME.findall(_source(language, name)))


def titles(language: str) -> list[tuple[str, str]]:
    """Name and title of each page."""
    return [(name, guide(language, name).title) for name in SCREENS]
