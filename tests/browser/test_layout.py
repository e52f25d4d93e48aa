"""How wide and how large a page may be, in Chromium: large letters, screens of every width, and paper.

Nothing covers the way out, nothing is wider than its page, nothing that is folded is missing on paper.
"""

import pytest

from tests.browser.visit import Visit
from tests.site import SHARE
from tests.soak import SOAK

WIDTHS = (320, 360, 768, 800, 1024, 1120, 1280, 2560)
A4 = 680  # CSS pixels between the margins of an A4 sheet
LONGEST = "tilburg"  # the officials and routes of a municipality: the widest tables of the site
LONG_NAMES = ("nl/places/", "nl/places/g/")  # Gasselternijveenschemond
PATHS = [
    "",
    "nl/door/",
    "nl/places/",
    "nl/places/h/",
    "es/search/",
    f"nl/m/{LONGEST}/",
    f"es/m/{LONGEST}/",
    "en/routes/",
    "en/data/",
    "en/write/",
    "ar/door/",
    "ar/answer/",
]
# Whether each of five points of the leave button belongs to the leave button, and it is as large as a finger.
_IN_REACH = """() => {
  const box = document.getElementById('leave').getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const points = [[x, y], [box.left + 3, y], [box.right - 3, y], [x, box.top + 3], [x, box.bottom - 3]];
  return box.height >= 44 && box.width >= 44
    && points.every(([x, y]) => document.elementFromPoint(x, y)?.id === 'leave');
}"""
# What stands out of the page or out of the column of its text, by its own words; the list of contents stands beside it.
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  const column = document.querySelector('main')?.getBoundingClientRect() ?? {left: 0, right: room};
  const parts = document.querySelectorAll('main :is(table, p, li, h1, h2, svg, pre, fieldset):not(.contents *)');
  const out = [...parts].filter((part) => {
    const box = part.getBoundingClientRect();
    return box.width > 1 && (box.right > column.right + 1 || box.left < column.left - 1);
  });
  const wider = document.documentElement.scrollWidth - room;
  return [...(wider > 0 ? [`page by ${wider}`] : []), ...out.map((part) => part.tagName)];
}"""
# Text of the page that has no place on paper, though nothing but buttons and menus may be left out.
_MISSING = """() => [...document.querySelectorAll('main .folded *')]
  .filter((part) => !part.checkVisibility()).map((part) => part.tagName)"""


def letters(visit: Visit, pixels: int) -> None:
    """Set the reader's own size of letters, as in the settings of the browser."""
    wire = visit.page.context.new_cdp_session(visit.page)
    wire.send("Page.setFontSizes", {"fontSizes": {"standard": pixels}})


def width(visit: Visit, pixels: int) -> None:
    visit.page.set_viewport_size({"width": pixels, "height": 640})


@pytest.mark.parametrize("pixels", [16, 20, 24, 32])
def test_large_letters_leave_the_way_out_in_reach(visit: Visit, pixels: int) -> None:
    """At each size of letters, on both narrow phones, in every language: nothing covers the exit."""
    letters(visit, pixels)
    for path in ["", "404.html", *(f"{language}/door/" for language in SHARE), *LONG_NAMES]:
        visit.page.goto(f"{visit.address}/{path}")
        for room in (320, 360):
            width(visit, room)
            assert visit.page.evaluate(_IN_REACH), (path, room)
            assert visit.page.evaluate(WIDER) == [], (path, room)


def test_large_letters_make_the_bar_larger_where_it_has_room(visit: Visit) -> None:
    """The bar keeps to its line on a phone, and follows the letters on a wider screen."""
    letters(visit, 24)
    visit.open("door/")
    sizes = []
    for room in (360, 1280):
        width(visit, room)
        sizes.append(
            visit.page.evaluate("getComputedStyle(document.querySelector('#leave')).fontSize")
        )
    assert sizes == ["18px", "24px"]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_wider_than_its_page(visit: Visit, path: str) -> None:
    """From the smallest phone to a wide screen, and on A4."""
    visit.page.goto(f"{visit.address}/{path}")
    for room in WIDTHS:
        width(visit, room)
        assert visit.page.evaluate(WIDER) == [], room
    visit.page.emulate_media(media="print")
    width(visit, A4)
    assert visit.page.evaluate(WIDER) == []


@pytest.mark.soak
def test_no_municipality_is_wider_than_its_page(visit: Visit) -> None:
    """Each of them, in the language with the longest words; a share of them in a short run."""
    visit.open("places/")
    links = visit.page.locator("#places a").evaluate_all("all => all.map((one) => one.href)")
    for link in links if SOAK else links[::40]:
        visit.page.goto(link)
        for room in (320, 768, 1024):
            width(visit, room)
            assert visit.page.evaluate(WIDER) == [], (link, room)


def test_paper_unfolds_what_the_screen_folds(visit: Visit) -> None:
    """By the style alone, for a reader without scripts, and by opening it where a page is really printed."""
    visit.open(f"m/{LONGEST}/")
    folded = visit.page.locator("main .folded")
    assert folded.count() > 0
    visit.page.emulate_media(media="print")
    assert folded.evaluate_all("all => all.filter((one) => one.open).length") == 0
    assert visit.page.evaluate(_MISSING) == []

    visit.page.emulate_media(media="screen")
    assert visit.page.evaluate(_MISSING) != []
    visit.page.pdf()
    assert folded.evaluate_all("all => all.every((one) => one.open)")


def test_paper_leaves_a_folded_code_folded(visit: Visit) -> None:
    """What is folded on the form is folded for whoever stands beside the printer."""
    visit.open_form()
    visit.page.pdf()
    assert visit.page.locator("#sent details[open]").count() == 0
    assert visit.page.locator("#write details").count() > 0


# Code whose first letter does not stand left of its last, while both are on one line.
_TURNED = """() => [...document.querySelectorAll('main code')].filter((one) => {
  const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) texts.push(walk.currentNode);
  const box = (text, at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect();
  };
  const [first, last] = [box(texts[0], 0), box(texts.at(-1), texts.at(-1).length - 1)];
  return first.top === last.top && first.left > last.left;
}).map((one) => one.textContent)"""


@pytest.mark.parametrize("path", ["privacy/", "check/", "data/"])
def test_names_of_files_read_from_left_to_right(visit: Visit, path: str) -> None:
    """Also in Arabic text, where `file::test` would be shown as `test::file`."""
    visit.language = "ar"
    visit.page.set_viewport_size({"width": 1600, "height": 800})
    visit.open(path)
    assert visit.page.locator("main code").count() > 5
    assert visit.page.evaluate(_TURNED) == []
