"""Where on a built page an answer must stand: readers of rows, terms, cards and sections.

Each takes what names a place and gives a function from a page to the text in that place. They read
the HTML as built and know no record.
"""

from collections.abc import Callable

from tests.site import STRINGS, Element, Page

FORMS = (
    "home_alone",
    "home_together",
    "window",
    "club",
    "escort_agency",
    "escort_independent",
    "massage",
    "street",
)


def plain(text: str) -> str:
    """Single spaces, none at the ends."""
    return " ".join(text.split())


def inside(page: Page, tag: str, parent: Element) -> list[Element]:
    """Elements of a tag within another."""
    return [e for e in page.all(tag) if any(one is parent for one in e.inside)]


def cell(row_id: str, number: int) -> Callable[[Page], str]:
    """Reads a cell of the row with this id."""

    def read(page: Page) -> str:
        (row,) = page.all("tr", id=row_id)
        return plain(inside(page, "td", row)[number].text)

    return read


def described(term_id: str) -> Callable[[Page], str]:
    """Reads the description behind a term."""

    def read(page: Page) -> str:
        (term,) = page.all("dt", id=term_id)
        rest = page.elements[page.elements.index(term) :]
        return plain(next(e for e in rest if e.tag == "dd").text)

    return read


def element(tag: str, element_id: str) -> Callable[[Page], str]:
    """Reads the one element with this id."""

    def read(page: Page) -> str:
        (found,) = page.all(tag, id=element_id)
        return plain(found.text)

    return read


def section(heading_id: str, tag: str, number: int = 0) -> Callable[[Page], str]:
    """Reads the first, or another, element of a tag behind a heading."""

    def read(page: Page) -> str:
        (heading,) = page.all("h2", id=heading_id)
        rest = page.elements[page.elements.index(heading) + 1 :]
        end = next((i for i, e in enumerate(rest) if e.tag == "h2"), len(rest))
        return plain([e for e in rest[:end] if e.tag == tag][number].text)

    return read


def route_cell(name: str, number: int) -> Callable[[Page], str]:
    """Reads a cell of the row that begins with this name, in the table of complaints."""

    def read(page: Page) -> str:
        (heading,) = page.all("h2", id="routes")
        rest = page.elements[page.elements.index(heading) :]
        rows = [inside(page, "td", row) for row in rest if row.tag == "tr"]
        (found,) = [cells for cells in rows if cells and plain(cells[0].text) == name]
        return plain(found[number].text)

    return read


def unknown_forms(page: Page) -> str:
    """The forms whose row says what is usual, because nothing is known."""
    usual = STRINGS[page.language]("municipality.usual")
    return " ".join(form for form in FORMS if usual in cell(form, 1)(page))


def near(page: Page) -> str:
    """Names of the organisations of the region, as they stand before the next heading."""
    (heading,) = page.all("h2", id="help")
    start = page.elements.index(heading)
    end = next(i for i, e in enumerate(page.elements) if i > start and e.tag == "h2")
    cards = [e for e in page.elements[start:end] if e.tag == "li"]
    return "; ".join(inside(page, "strong", card)[0].text for card in cards)


def numbers(organisation: str) -> Callable[[Page], str]:
    """Telephone numbers that can be called from a card."""

    def read(page: Page) -> str:
        (card,) = page.all("li", id=f"org-{organisation}")
        links = [e.attributes["href"] for e in inside(page, "a", card)]
        return " ".join(link for link in links if link.startswith("tel:"))

    return read


def tie(organisation: str) -> Callable[[Page], str]:
    """The words about the police at the head of a card: those behind the name."""

    def read(page: Page) -> str:
        (card,) = page.all("li", id=f"org-{organisation}")
        head = next(e for e in inside(page, "span", card) if inside(page, "strong", e))
        return plain(head.text.removeprefix(inside(page, "strong", head)[0].text))

    return read
