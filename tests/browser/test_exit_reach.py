"""The exit within reach, in Chromium: first by keyboard, over no focus and under nothing, and heard while it counts.

The pages are one of each kind; 320 by 256 is a screen of 1280 by 1024 at 400 %.
"""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.visit import Visit
from tests.site import SHARE, STRINGS
from tests.soak import SOAK

SIZES: tuple[Any, ...] = ({"width": 320, "height": 568}, {"width": 320, "height": 256})
PATHS = [
    "",
    "404.html",
    "nl/",
    "nl/door/",
    "nl/m/tilburg/",
    "nl/places/h/",
    "es/search/",
    "en/data/",
]
PATHS += ["nl/leaving/", "nl/cards/", "ar/help/", "ru/answer/", "ar/write/"]
_FEWEST_TABS, _MOST_TABS = 8, 400
# What has the focus: whether it is the body, and whether more of it than its size demands lies under the bar.
_FOCUS = """() => {
  const one = document.activeElement;
  const bar = document.querySelector('.bar');
  if (one === document.body) return 'end';
  if (bar.contains(one) || one.matches('.skip, .drawer')) return '';
  const { top, bottom } = (one.getClientRects()[0] ?? one.getBoundingClientRect());
  const edge = bar.getBoundingClientRect().bottom;
  const isTall = bottom - top > innerHeight - edge;
  return isTall || top >= edge - 1 && top < innerHeight ? '' : `${one.outerHTML.slice(0, 80)} ${top} ${edge}`;
}"""
_ON_TOP = """() => { const box = document.getElementById('leave').getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.id === 'leave'; }"""


def walk(page: Page, key: str) -> list[str]:
    """Press a key from one end to the other, which is far; what had the focus under the bar."""
    hidden = []
    for made in range(_MOST_TABS):
        page.keyboard.press(key)
        found = page.evaluate(_FOCUS)
        if found == "end":
            assert made > _FEWEST_TABS
            return hidden
        hidden += [found] if found else []
    raise AssertionError("no end by Tab")


@pytest.mark.parametrize("path", PATHS if SOAK else PATHS[3::3])
def test_the_bar_covers_no_focus(visit: Visit, path: str) -> None:
    """WCAG 2.4.11, whole: by Tab through each kind of page and back, what has the focus is not under the bar."""
    visit.page.goto(f"{visit.address}/{path}")
    for size in SIZES if SOAK else SIZES[1:]:
        visit.page.set_viewport_size(size)
        visit.page.evaluate("document.activeElement.blur()")
        assert walk(visit.page, "Tab") + walk(visit.page, "Shift+Tab") == [], size


@pytest.mark.parametrize("path", PATHS)
def test_the_exit_is_the_first_thing_by_keyboard(visit: Visit, elsewhere: str, path: str) -> None:
    """On every kind of page one Tab and Enter leave; in view while it has the focus, as large as a finger."""
    visit.page.set_viewport_size(SIZES[0])
    visit.page.goto(f"{visit.address}/{path}")
    visit.page.keyboard.press("Tab")
    box = visit.page.locator(":focus").bounding_box()
    assert box is not None
    assert box["x"] == 0 or box["x"] + box["width"] == SIZES[0]["width"]
    assert (box["y"], box["width"] >= 44, box["height"] >= 44) == (0, True, True)
    assert visit.page.evaluate(_ON_TOP)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(elsewhere + "weather")


def test_what_the_search_finds_does_not_cover_the_exit(visit: Visit) -> None:
    """With the list open under the field, at both sizes and scrolled to its end."""
    visit.language = "es"
    visit.open("search/")
    visit.page.locator("#part").press_sequentially("polic")
    expect(visit.page.locator("#results a").first).to_be_visible()
    for size in SIZES:
        visit.page.set_viewport_size(size)
        for share in (0, 0.5, 1):
            visit.page.evaluate(f"scrollTo(0, {share} * document.documentElement.scrollHeight)")
            assert visit.page.evaluate(_ON_TOP), (size, share)


@pytest.mark.parametrize("language", SHARE)
def test_each_press_of_shift_is_said(visit: Visit, language: str) -> None:
    """How many are missing, in a status region and on the screen; another key or five seconds, and it says so too."""
    visit.page.clock.install()
    visit.language = language
    visit.open("door/")
    button = STRINGS[language]("leave.button")
    said = visit.page.get_by_role("status")
    for left in (2, 1):
        visit.page.keyboard.press("Shift")
        expect(said).to_have_text(f"{button}: {left} × Shift")
        expect(said).to_be_in_viewport()
        assert visit.page.evaluate(_ON_TOP)
    visit.page.keyboard.press("ArrowDown")
    expect(said).to_have_text(f"{button}: 3 × Shift")
    expect(said).not_to_be_in_viewport()
    visit.page.keyboard.press("Shift")
    visit.page.clock.run_for(4_900)
    expect(said).to_have_text(f"{button}: 2 × Shift")
    visit.page.clock.run_for(200)
    expect(said).to_have_text(f"{button}: 3 × Shift")
    expect(said).not_to_be_in_viewport()


def test_presses_five_seconds_apart_do_not_leave(visit: Visit) -> None:
    """Twice, a pause, and once more is no wish to leave."""
    visit.page.clock.install()
    visit.open("door/")
    for _ in range(4):
        visit.page.keyboard.press("Shift")
        visit.page.clock.run_for(5_100)
    assert visit.page.url.endswith("/nl/door/")


def test_an_empty_screen_is_announced(visit: Visit) -> None:
    """Nothing is to be seen, nothing to be reached, and an alert says what happened; 204 keeps the browser here."""
    visit.page.route("**/weather", lambda route: route.fulfill(status=204))
    visit.open_form()
    visit.page.locator("#leave").click()
    alert = visit.page.get_by_role("alert")
    expect(alert).to_have_text(STRINGS["nl"]("leave.button"))
    expect(alert).not_to_be_in_viewport()
    assert visit.page.evaluate("document.querySelectorAll('body *').length") == 1
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement === document.body")


def start(visit: Visit, elsewhere: str) -> None:
    visit.page.goto(elsewhere + "before")
    visit.open_form()
    visit.write("CANARY")


def left_by(visit: Visit, elsewhere: str) -> None:
    """Wait for the neutral site; Back is the page before the visit."""
    visit.page.wait_for_url(elsewhere + "weather")
    visit.page.go_back()
    assert visit.page.url == elsewhere + "before"
    assert [said for said in visit.troubles if "ERR_FAILED" not in said] == []


def test_leaving_while_words_are_sent(visit: Visit, elsewhere: str) -> None:
    """The drop has not answered yet: she is gone at once, and nothing of the page complains."""
    held: list[Route] = []
    visit.page.route("**/drop", lambda route: held.append(route))
    start(visit, elsewhere)
    visit.send()
    expect(visit.page.locator("[data-outcome=sending]")).to_be_visible()
    visit.page.locator("#leave").click()
    left_by(visit, elsewhere)


def test_leaving_while_another_page_is_on_its_way(visit: Visit, elsewhere: str) -> None:
    """A link that hangs holds nobody back, and its page does not come afterwards."""
    held: list[Route] = []
    visit.page.goto(elsewhere + "before")
    visit.open("door/")
    visit.page.route("**/nl/", lambda route: held.append(route))
    # While it hangs no protocol can look into the page: the second press is told of beforehand.
    visit.page.evaluate("""() => { document.querySelector('.crumb a').click();
      setTimeout(() => document.getElementById('leave').click(), 300); }""")
    left_by(visit, elsewhere)


def test_a_double_click_leaves_once(visit: Visit, elsewhere: str) -> None:
    """The second press of a frightened hand changes nothing."""
    start(visit, elsewhere)
    visit.page.locator("#leave").dblclick()
    left_by(visit, elsewhere)


def test_a_neutral_site_that_does_not_answer(visit: Visit, elsewhere: str) -> None:
    """Without a connection the browser's own error page is in our place, under the neutral address."""
    start(visit, elsewhere)
    visit.page.route("**/weather", lambda route: route.abort())
    with visit.page.expect_event("requestfailed", lambda one: one.url.endswith("/weather")):
        visit.page.locator("#leave").click()
    visit.page.wait_for_url("chrome-error://**")
    wire = visit.page.context.new_cdp_session(visit.page)
    found = wire.send("Page.getNavigationHistory")["entries"]
    assert [one["url"] for one in found[1:]] == [elsewhere + "before", elsewhere + "weather"]
    assert visit.address not in visit.page.content()
    visit.page.go_back()
    assert visit.page.url == elsewhere + "before"


def test_nothing_shows_on_a_blank_screen(visit: Visit) -> None:
    """While the neutral site is slow, more presses show nothing, say nothing and do not ask for it anew.

    The tab has another name then; what was said while it counted is not said anew after five seconds.
    """
    asked: list[Route] = []

    def answer(route: Route) -> None:
        asked.append(route)
        route.fulfill(status=204)

    visit.page.route("**/weather", answer)
    visit.page.clock.install()
    visit.open("door/")
    visit.page.keyboard.press("Shift")
    with visit.page.expect_request("**/weather"):
        visit.page.locator("#leave").click()
    alert = visit.page.get_by_role("alert")
    for key in ("Shift", "Shift", "a", "Shift", "Shift", "Shift", "Shift"):
        visit.page.keyboard.press(key)
        expect(alert).to_have_text(STRINGS["nl"]("leave.button"))
        expect(alert).not_to_be_in_viewport()
    visit.page.clock.run_for(5_100)
    expect(alert).to_have_text(STRINGS["nl"]("leave.button"))
    assert (visit.page.title(), len(asked)) == ("Info", 1)
