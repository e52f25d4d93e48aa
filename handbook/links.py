"""Where a link of a page leads: to a page of the handbook, or to a file of the project, which a reader may not have.

Comes in: the tree that Markdown makes of a page. Goes out: the same, with links to pages of the handbook, with the
picture of the page's own language, and with the path in words where a link leads out of the handbook.
"""

import posixpath
import re
import xml.etree.ElementTree as Tree
from dataclasses import dataclass
from urllib.parse import urlsplit

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from handbook.sources import LANGUAGES, ROOT, plain_name, shown

_BASE = "handbook/pages"
_PICTURE = re.compile(r"(?:\.\./)*pictures/([a-z0-9-]+)\.png")


class BadLink(Exception):
    """A link that leads nowhere, or to two files."""


@dataclass(slots=True)
class Here:
    """The page that is made: its language, its path below that (`handlers/day.md`), and the text that it shows."""

    language: str
    name: str
    source: str = ""

    @property
    def folder(self) -> str:
        """Its folder in the project."""
        return posixpath.dirname(f"{_BASE}/{self.language}/{self.name}")

    def leads(self, path: str) -> str:
        """The file of the project to which a relative path leads, from the page or from the text that it shows."""
        folders = [self.folder] + ([posixpath.dirname(self.source)] if self.source else [])
        places = [posixpath.normpath(posixpath.join(folder, path)) for folder in folders]
        found = [one for one in dict.fromkeys(places) if (ROOT / one).exists()]
        if len(found) != 1:
            raise BadLink(f"{self.language}/{self.name}: {path} leads to {len(found)} files")
        return found[0]

    def page(self, file: str) -> str:
        """The page of the handbook that a file of the project is, or that shows it; nothing where none does."""
        if file.startswith(f"{_BASE}/"):
            return file.removeprefix(f"{_BASE}/").partition("/")[2]
        name = f"{file}/README.md" if (ROOT / file).is_dir() else file
        return shown().get(plain_name(name), "")

    def relative(self, target: str) -> str:
        """From this page to a path below its language's folder, or below all of them."""
        return posixpath.relpath(target, posixpath.dirname(f"{self.language}/{self.name}"))


class _Leading(Treeprocessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, links: "Links") -> None:
        super().__init__(md)
        self.links = links

    def run(self, root: Tree.Element) -> None:
        for element in root.iter():
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self._picture(element)

    def _link(self, element: Tree.Element) -> None:
        to = urlsplit(element.get("href", ""))
        if to.scheme or to.netloc or not to.path:
            return
        here = self.links.here
        file = here.leads(to.path)
        if page := here.page(file):
            anchor = f"#{to.fragment}" if to.fragment else ""
            element.set("href", here.relative(f"{here.language}/{page}") + anchor)
            return
        element.tag = "span"
        del element.attrib["href"]
        if (words := "".join(element.itertext())) not in (file, posixpath.basename(file)):
            last = element[-1] if len(element) else None
            if last is None:
                element.text = f"{words} "
            else:
                last.tail = f"{last.tail or ''} "
            Tree.SubElement(element, "code").text = file

    def _picture(self, element: Tree.Element) -> None:
        if not (found := _PICTURE.fullmatch(element.get("src", ""))):
            raise BadLink(f"{self.links.here.name}: no picture of the handbook")
        here = self.links.here
        element.set("src", here.relative(f"pictures/{here.language}/{found[1]}.png"))


class Links(Extension):  # type: ignore[misc]
    """For Python-Markdown; `here` is set before each page."""

    here = Here(LANGUAGES[0], "index.md")

    def extendMarkdown(self, md: Markdown) -> None:
        """Behind the words of a line, before MkDocs looks at links."""
        md.treeprocessors.register(_Leading(md, self), "handbook_links", 8)
