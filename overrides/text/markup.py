"""What Markdown gets from us (step 1): the parsed tree of a page in, the same tree improved out.

Links to other hosts tell them nothing, tables read as cards on a narrow screen, a list of sentences to
say is marked as one, and a box may be a line that opens. It adds no words and knows no page.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor, Treeprocessor

from overrides.text import marks, tables

# What each inline pattern of the library begins with, or holds: code, escape, link, image, tag, entity,
# emphasis, a break at the end of a line.
_SIGN = re.compile(r"[`\\\[<&*_]|  \n")
# The same for each of those patterns that begin with one sign alone, by the library's name for it.
_SIGN_OF = {
    "backtick": "`",
    "escape": "\\",
    "reference": "[",
    "link": "[",
    "image_link": "[",
    "image_reference": "[",
    "short_reference": "[",
    "short_image_ref": "[",
    "autolink": "<",
    "automail": "<",
    "html": "<",
    "linebreak": "  \n",
    "entity": "&",
}


class Improve(Treeprocessor):  # type: ignore[misc]  # Markdown carries no types
    """Runs after inline parsing, when links and table cells have their final shape."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for link in root.iter("a"):
            if link.get("href", "").startswith(("https:", "http:")):
                link.set("rel", "noreferrer")
        for table in root.iter("table"):
            _label_cells(table)
        for listed in root.iter("ul"):
            if any(listed.find(f"{way}[@class='say']") is not None for way in ("li/em", "li/p/em")):
                listed.set("class", "says")
        for box in root.iter("div"):
            if box.get("class") == "admonition folded":
                _fold(box)


def _fold(box: Element) -> None:
    """Make a box `!!! folded "Title"` a line that opens; on paper it is open."""
    box.tag = "details"
    box.set("class", "folded")
    box[0].tag = "summary"
    del box[0].attrib["class"]


def _label_cells(table: Element) -> None:
    """Give each cell the heading of its column, which the style sheet shows on a phone.

    Cells shown as blocks lose their meaning for a screen reader in some browsers; roles keep it.
    """
    headings = [marks.unmarked("".join(cell.itertext())) for cell in table.iter("th")]
    table.set("role", "table")
    if len(headings) > tables.COLUMNS_BESIDE_EACH_OTHER:
        table.set("class", "wide")
    for cell in table.iter("th"):
        cell.set("role", "columnheader")
    for row in table.iter("tr"):
        row.set("role", "row")
        for heading, cell in zip(headings, row.findall("td"), strict=False):
            cell.set("role", "cell")
            cell.set("data-label", heading)


class Inline(InlineProcessor):  # type: ignore[misc]  # Markdown carries no types
    """Leaves alone what holds no sign of Markdown, where the library tries all its patterns in vain.

    A third of the time that a page takes. The names of the methods are private to the library: if they
    should change, pages take longer and stay the same.
    """

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """The tree with the patterns applied; a plain list of them is read faster than the registry."""
        self.inlinePatterns = list(self.md.inlinePatterns)
        names = {
            name: self.md.inlinePatterns[name]
            for name in _SIGN_OF
            if name in self.md.inlinePatterns
        }
        self._signs = {pattern: _SIGN_OF[name] for name, pattern in names.items()}
        changed: Element = super().run(tree, ancestors)
        return changed

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if not _SIGN.search(data):
            return data
        changed: str = super()._InlineProcessor__handleInline(data, patternIndex)
        return changed

    def _InlineProcessor__applyPattern(
        self, pattern: Pattern, data: str, patternIndex: int, startIndex: int = 0
    ) -> tuple[str, bool, int]:
        if self._signs.get(pattern, "") not in data:
            return data, False, 0
        changed: tuple[str, bool, int] = super()._InlineProcessor__applyPattern(
            pattern, data, patternIndex, startIndex
        )
        return changed


class ImproveExtension(Extension):  # type: ignore[misc]  # Markdown carries no types
    """Registers `Improve` with Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Put the tree processor after inline parsing (priority 20)."""
        md.treeprocessors.register(Inline(md), "inline", 20)  # in place of the library's
        md.treeprocessors.register(Improve(md), "improve", 5)
        # A list of sixty names, in which each element of a page is looked for twice or more.
        md.block_level_elements = frozenset(md.block_level_elements)


def makeExtension() -> Extension:
    """The entry point that Markdown looks for."""
    return ImproveExtension()
