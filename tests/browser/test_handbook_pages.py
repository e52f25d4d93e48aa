"""The handbook in a browser, from its folder: no page asks for anything of others, and each prints whole."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests import engines
from tests.handbooks import Handbook
from tests.soak import SOAK

# One of each kind: a list, tables and keys, commands and a shown text, a picture, figures; every page in a soak.
KINDS = (
    "index",
    "handlers/terms",
    "handlers/keys",
    "handlers/screens/inbox",
    "operators/first-answer",
)
WIDER = """[...document.querySelectorAll('article pre, article table, article img, article code')]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline'
        || one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 100))"""
GONE = ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-search, .md-top, .md-clipboard"
LONGEST = ("laptop-lost", "search")  # of the pages for bad days
SHEET = {"width": 680, "height": 1000}  # pixels of A4 between its margins


def names(handbook: Handbook) -> list[str]:
    """Pages to look at, by their path in the folder."""
    found = sorted(handbook.pages["nl"]) if SOAK else [f"{name}.html" for name in KINDS]
    return [f"{start}{name}" for start in ("", "en/") for name in found]


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A tab as wide as a sheet of paper."""
    with chromium.new_context(viewport=SHEET) as context:
        yield context.new_page()


def test_chromium_asks_for_nothing_but_files_of_the_folder(tab: Page, handbook: Handbook) -> None:
    """Also when the search is opened, which loads most."""
    asked: list[str] = []
    tab.context.on("request", lambda request: asked.append(request.url))
    for name in names(handbook):
        tab.goto((handbook.folder / name).as_uri())
        tab.locator("label.md-header__button[for=__search]").click()
        tab.wait_for_function("() => typeof __index === 'object'")
    assert [one for one in asked if not one.startswith(handbook.folder.as_uri())] == []
    assert len(asked) > len(names(handbook))


@pytest.mark.skipif(not SOAK, reason="one more start of Firefox: Chromium opens the same pages")
def test_firefox_asks_for_nothing_but_files_of_the_folder(handbook: Handbook) -> None:
    """As its own network events tell."""
    with engines.firefox() as fox:
        fox.ask("session.subscribe", events=["network.beforeRequestSent"])
        for name in names(handbook):
            fox.open((handbook.folder / name).as_uri())
        own = ("data:", "about:", "resource:", "chrome:", handbook.folder.as_uri())
        assert [one for one in fox.asked if not one.startswith(own)] == []


def test_a_page_prints_whole_and_without_what_only_a_screen_can_use(
    tab: Page, handbook: Handbook, tmp_path: Path
) -> None:
    """Its text is on paper, the menu and the search field are not, and nothing is cut at the edge."""
    for name in names(handbook):
        tab.goto((handbook.folder / name).as_uri())
        tab.emulate_media(media="print")
        assert tab.evaluate(WIDER) == [], name
        shown = f"[...document.querySelectorAll('{GONE}')].filter((one) => one.offsetParent)"
        assert tab.evaluate(shown) == [], name
        path = tmp_path / "page.pdf"
        tab.pdf(path=path, format="A4")
        paper = pypdfium2.PdfDocument(path)
        words = " ".join(page.get_textpage().get_text_range() for page in paper)
        paper.close()
        # Where a line broke inside a word PDFium has a sign of its own, whether a hyphen stood there or not.
        printed = " ".join("".join(words.replace("\ufffe", sign).split()) for sign in ("-", ""))
        for text in tab.locator("article :is(h1, h2, p, li, td, pre)").all_inner_texts():
            lost = [one for one in text.split()[:9] if one.isalnum() and one not in printed]
            assert lost == [], (name, text)


def test_a_page_for_a_bad_day_is_one_side_of_a_sheet(
    tab: Page, handbook: Handbook, tmp_path: Path
) -> None:
    """On that day it hangs on a wall, printed before; nobody has to turn it over."""
    runbooks = sorted(handbook.folder.rglob("operators/runbooks/*.html"))
    assert len(runbooks) == 18
    for page in runbooks if SOAK else [one for one in runbooks if one.stem in LONGEST]:
        tab.goto(page.as_uri())
        tab.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
        paper = pypdfium2.PdfDocument(tmp_path / "page.pdf")
        sides = len(paper)
        paper.close()
        assert sides == 1, page
