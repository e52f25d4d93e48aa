"""The frame of every page, in Chromium: the way out is never covered and nothing breaks the policy.

Also: no sideways scrolling, menus by keyboard, readable without script, on paper and in the dark.
"""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from overrides.frame.edition import url_path
from tests.browser.visit import Visit
from tests.site import PAGES, SHARE
from tests.soak import SOAK

# Every page in a soak; else one of each kind: no language, first, long, form, untranslated.
NAMES = PAGES if SOAK else ("index", "door", "write", "help")
PATHS = ["", *(url_path(language, f"{name}.md")[1:] for language in SHARE for name in NAMES)]
SMALL = {"width": 320, "height": 568}
# Whether the point in the middle of the leave button belongs to the leave button.
_ON_TOP = """() => {
  const box = document.getElementById('leave').getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return at?.id === 'leave' && box.x >= 0 && box.right <= innerWidth && box.height >= 44;
}"""


def scroll(page: Page, share: float) -> None:
    """Scroll to a share of the page's height."""
    page.evaluate("share => scrollTo(0, share * document.documentElement.scrollHeight)", share)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_covers_the_way_out_on_a_small_phone(visit: Visit, path: str) -> None:
    """At the top, halfway and at the foot, at 320 by 568 and at 400 % zoom, and never sideways."""
    for size in (SMALL, {"width": 320, "height": 256}):
        visit.page.set_viewport_size(size)  # type: ignore[arg-type]
        visit.page.goto(f"{visit.address}/{path}")
        for share in (0, 0.5, 1):
            scroll(visit.page, share)
            assert visit.page.evaluate(_ON_TOP), (size, share)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_open_menus_do_not_cover_the_way_out(visit: Visit) -> None:
    """Both menus open below the bar, and show where they lead."""
    visit.page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    visit.open("door/")
    scroll(visit.page, 0.5)
    visit.page.locator(".languages summary").click()
    expect(visit.page.locator(".languages a", has_text="English")).to_be_visible()
    assert visit.page.evaluate(_ON_TOP)
    visit.page.locator("#drawer").check()
    expect(visit.page.locator(".menu a").first).to_be_in_viewport()
    last = visit.page.locator(".menu a").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    assert visit.page.evaluate(_ON_TOP)


def test_menus_work_by_keyboard(visit: Visit) -> None:
    """The way out first, then the skip link, the drawer by Space, the languages by Enter."""
    visit.open("door/")
    focused = []
    for key in ("Tab", "Tab", "Tab", "Space", "Tab", "Enter"):
        visit.page.keyboard.press(key)
        focused.append(visit.page.evaluate("document.activeElement.className"))

    assert focused == ["skip", "skip", "drawer", "drawer", "", ""]
    expect(visit.page.locator(".menu")).to_be_visible()
    expect(visit.page.locator(".languages ul")).to_be_visible()


def test_the_language_menu_stays_on_the_page(visit: Visit) -> None:
    """Who changes language at the door stays at the door."""
    visit.open("door/")
    visit.page.locator(".languages summary").click()
    visit.page.locator(".languages a", has_text="English").click()
    visit.page.wait_for_url("**/en/door/")


def test_arabic_runs_from_right_to_left_and_english_inside_it_does_not(visit: Visit) -> None:
    """The way out and the text change sides with the language; a fallback keeps its own side."""
    visit.page.set_viewport_size({"width": 1280, "height": 800})
    sides = {}
    for path in ("en/door/", "ar/door/", "ar/law/"):
        visit.page.goto(f"{visit.address}/{path}")
        leave = visit.page.locator("#leave").bounding_box()
        assert leave is not None
        way = "getComputedStyle(document.querySelector('main h1')).direction"
        sides[path] = ("left" if leave["x"] < 640 else "right", visit.page.evaluate(way))

    assert sides == {
        "en/door/": ("right", "ltr"),
        "ar/door/": ("left", "rtl"),
        "ar/law/": ("left", "ltr"),
    }


def test_what_takes_focus_is_not_behind_the_bar(visit: Visit) -> None:
    """Links in the text and jumps to a source keep clear of the sticky bar."""
    visit.open("door/")
    foot = visit.page.evaluate("document.querySelector('.bar').getBoundingClientRect().bottom")
    visit.page.locator(".footnote-ref").nth(3).click()
    note = visit.page.evaluate("document.querySelector(':target').getBoundingClientRect().top")
    visit.page.locator(":target .footnote-backref").focus()

    assert note >= foot


@pytest.mark.parametrize("path", PATHS)
def test_a_page_asks_little_and_breaks_no_rule(visit: Visit, path: str) -> None:
    """At most four requests for a reading page, all to us; no console line; nothing kept."""
    visit.page.goto(f"{visit.address}/{path}", wait_until="networkidle")

    assert visit.troubles == []
    assert all(request.url.startswith(visit.address) for request in visit.requests)
    most = 6 if path.endswith("write/") else 4
    assert len(visit.requests) <= most, [request.url for request in visit.requests]
    kept = "[document.cookie, localStorage.length, sessionStorage.length]"
    assert visit.page.evaluate(kept) == ["", 0, 0]


def test_pages_read_without_script(chromium: Browser, address: str) -> None:
    """Text, menu, languages and the way out are there; the form says why it is not."""
    context: BrowserContext = chromium.new_context(java_script_enabled=False, viewport=SMALL)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/nl/door/")
    page.locator("#drawer").check()
    expect(page.locator(".menu a").first).to_be_visible()
    page.locator(".menu a[href$='/write/']").click()
    expect(page.locator("#no-script")).to_be_visible()
    expect(page.locator("#form")).to_be_hidden()
    expect(page.locator("#leave")).to_be_visible()
    context.close()


def test_tables_are_cards_on_a_phone_and_tables_on_a_screen(visit: Visit) -> None:
    """Each cell stands under its heading on a phone; a wide screen shows rows and columns."""
    display = "getComputedStyle(document.querySelector('td')).display"
    visit.open("door/")
    assert visit.page.evaluate(display) == "block"
    visit.page.set_viewport_size({"width": 1280, "height": 800})
    assert visit.page.evaluate(display) == "table-cell"
    expect(visit.page.locator(".menu")).to_be_visible()


def test_paper_shows_the_text_and_no_buttons(visit: Visit) -> None:
    """In print the bar, the menu and the way out are gone; text and sources stay."""
    visit.open("door/")
    visit.page.emulate_media(media="print")

    for name in (".bar", "#leave", ".menu", ".crumb", ".skip"):
        for one in visit.page.locator(name).all():
            expect(one).to_be_hidden()
    expect(visit.page.locator("main h1")).to_be_visible()
    expect(visit.page.locator(".footnote li").first).to_be_visible()
