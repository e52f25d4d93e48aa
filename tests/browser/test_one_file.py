"""The one file to keep, opened from the server and from a folder: it shows itself, asks for nothing, and leads on."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from overrides.paper import one_file
from tests.browser.conftest import Opener
from tests.browser.visit import Visit
from tests.practice import Practice
from tests.site import LANGUAGES, SHARE
from tests.soak import SOAK

ENGINES = ("chromium", "firefox", "webkit")
ENGINES_SPOKEN = SHARE if SOAK else LANGUAGES[-1:]
# Weight of the first line, whether a part is far below it, and how many things were fetched.
STYLED = "getComputedStyle(document.querySelector('.day')).fontWeight"
FETCHED = "performance.getEntriesByType('resource').length"
SEEN = "[...document.querySelectorAll('#b %s')].filter((one) => one.offsetParent).map((one) => one.textContent.trim())"


def saved(practice: Practice, language: str, folder: Path) -> str:
    """The address of the file as a phone keeps it: alone, in a folder of its own."""
    shutil.copy(practice.site / language / one_file.NAME, folder)
    return (folder / one_file.NAME).as_uri()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("language", ENGINES_SPOKEN)
def test_it_opens_alone_and_from_the_server(
    opener: Opener, practice: Practice, address: str, tmp_path: Path, engine: str, language: str
) -> None:
    """Its style is let in by both policies, nothing is fetched, and a link leads to its part."""
    for place in (saved(practice, language, tmp_path), f"{address}/{language}/{one_file.NAME}"):
        with opener(engine)() as tab:
            tab.open(place)
            assert (tab.look(STYLED), tab.look(FETCHED)) == ("700", 0)
            tab.click("nav a[href='#b']")
            assert tab.look("location.hash") == "#b"
            assert tab.look("document.querySelector('#b').getBoundingClientRect().top < 200")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_that_is_saved_instead_is_read_all_the_same(
    opener: Opener, practice: Practice, tmp_path: Path, engine: str
) -> None:
    """As a browser saves it, its style beside it. In a folder Chromium and WebKit check no sum, and use no such style.

    So what is folded stands open there, and nothing is lost; the file to keep has its style in it.
    """
    text = (practice.site / "nl" / "door" / "index.html").read_text("utf-8")
    (tmp_path / "page.html").write_text(re.sub(r'="[^"]*?/assets/', '="assets/', text), "utf-8")
    shutil.copytree(practice.site / "assets", tmp_path / "assets")
    with opener(engine)() as tab:
        tab.open((tmp_path / "page.html").as_uri())
        assert tab.look("document.querySelector('main').innerText.length") > 5_000
        assert tab.look("document.querySelector('a#leave').href").startswith("http")
        is_styled = tab.look("document.styleSheets.length")
    assert is_styled == (engine == "firefox")


@pytest.mark.parametrize("language", SHARE)
def test_it_troubles_no_policy(
    visit: Visit, practice: Practice, tmp_path: Path, language: str
) -> None:
    """No word of the browser, no request but for itself, and nothing wider than a small phone."""
    for place in (saved(practice, language, tmp_path), f"{visit.address}/{language}/info.html"):
        visit.requests.clear()
        visit.page.goto(place)
        assert [one.url for one in visit.requests] == [place]
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert visit.troubles == []


@pytest.mark.parametrize("language", SHARE)
def test_its_sheet_shows_every_sentence_of_a_part(page: Page, address: str, language: str) -> None:
    """What the page lists on its sheet, under the headings of the part, and nothing else; the way back shows all."""
    page.goto(f"{address}/{language}/door-workplace/#sheet")
    listed = page.locator("#sheet .say").all_inner_texts()
    page.goto(f"{address}/{language}/{one_file.NAME}")
    whole = page.evaluate(SEEN % "p")
    page.locator("#b a[href='#b.sheet']").click()
    expect(page.locator("[id='b.sheet']")).to_be_visible()
    assert {*page.evaluate(SEEN % ".say")} == {*listed}
    assert page.evaluate(SEEN % "p:not(.sheet p, .up)") == whole[:1]  # says to show them
    page.locator("[id='b.sheet'] a").click()
    expect(page.locator("[id='b.sheet']")).to_be_hidden()
    assert page.evaluate(SEEN % "p") == whole


def test_a_press_saves_it_under_a_name_that_tells_nothing(page: Page, address: str) -> None:
    """The link at the foot of a page gives the file and stays on the page."""
    page.goto(f"{address}/nl/door/")
    with page.expect_download() as saving:
        page.locator("footer a[download]").click()
    assert saving.value.suggested_filename == one_file.NAME
    assert page.url == f"{address}/nl/door/"
