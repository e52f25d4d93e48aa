"""What Markdown gets from us (step 1): the parsed tree of a page in, the same tree improved out.

Links to other hosts tell them nothing, and tables read as cards on a narrow screen. It adds no
words and knows no page.
"""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from overrides.pages import wording


class Improve(Treeprocessor):  # type: ignore[misc]  # Markdown carries no types
    """Runs after inline parsing, when links and table cells have their final shape."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for link in root.iter("a"):
            if link.get("href", "").startswith(("https:", "http:")):
                link.set("rel", "noreferrer noopener")
        for table in root.iter("table"):
            _label_cells(table)


def _label_cells(table: Element) -> None:
    """Give each cell the heading of its column, which the style sheet shows on a phone.

    Cells shown as blocks lose their meaning for a screen reader in some browsers; roles keep it.
    """
    headings = ["".join(cell.itertext()) for cell in table.iter("th")]
    table.set("role", "table")
    if len(headings) > wording.COLUMNS_BESIDE_EACH_OTHER:
        table.set("class", "wide")
    for cell in table.iter("th"):
        cell.set("role", "columnheader")
    for row in table.iter("tr"):
        row.set("role", "row")
        for heading, cell in zip(headings, row.findall("td"), strict=False):
            cell.set("role", "cell")
            cell.set("data-label", heading)


class ImproveExtension(Extension):  # type: ignore[misc]  # Markdown carries no types
    """Registers `Improve` with Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Put the tree processor after inline parsing (priority 20) and footnotes (50)."""
        md.treeprocessors.register(Improve(md), "improve", 5)


def makeExtension() -> Extension:
    """The entry point that Markdown looks for."""
    return ImproveExtension()
