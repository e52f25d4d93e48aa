"""The list of contents, in Chromium: one line on a phone, beside the text on a wide screen, on no paper.

It pushes no answer down, covers nothing and is reached by finger, by keyboard and without a script.
"""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.paper import characters
from tests.browser.visit import Visit

PHONE = {"width": 360, "height": 740}
LONG = ("nl/door/", "es/law/", "ar/door-after/", "ar/help/", "nl/m/tilburg/", "ar/m/s-gravenhage/")
WIDE = (1120, 1280, 1920, 2560)
A_LINE = 16  # pixels: less than one line of text
# How far the list pushes the answer and the first heading down: where they are with it, and without it.
_PUSHED = """() => {
  const parts = ['.summary, #lead', 'h2'].map((name) => document.querySelector(`main :is(${name})`));
  const tops = () => parts.map((part) => part.getBoundingClientRect().top);
  const before = tops();
  document.querySelector('.contents').remove();
  return tops().map((top, at) => before[at] - top);
}"""
_BOXES = """() => Object.fromEntries(['.menu', 'main', '.contents nav'].map((name) => {
  const box = document.querySelector(name).getBoundingClientRect();
  return [name, [box.left, box.right]];
}))"""
# Links of the text and of the list that somebody at the keyboard would not see, or see covered by something else.
_UNSEEN = """() => [...document.querySelectorAll('main a, main summary')].filter((link) => {
  link.focus();
  if (document.activeElement !== link) return link.checkVisibility({checkVisibilityCSS: true});
  const boxes = [...link.getClientRects()];
  return !boxes.some((box) => {
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return link.contains(at) || at?.contains(link) && at.tagName !== 'HTML';
  });
}).map((link) => link.textContent)"""

# A page of space, a heading and its text.
_SHEET = """() => document.querySelector('main').replaceChildren(...['space', 'Ω', 'Ж', 'Ж'].map((text, at) => {
  const part = document.createElement(at === 1 ? 'h2' : 'p');
  [part.id, part.textContent] = at ? ['', text] : [text, ''];
  return part;
}))"""


def at(visit: Visit, path: str, width: int, height: int = 740) -> Page:
    visit.page.set_viewport_size({"width": width, "height": height})
    visit.page.goto(f"{visit.address}/{path}")
    return visit.page


@pytest.mark.parametrize("path", LONG)
def test_the_list_pushes_no_answer_down(visit: Visit, path: str) -> None:
    """On a phone the summary stays where it is, and the first section moves by less than a line."""
    answer, section = at(visit, path, **PHONE).evaluate(_PUSHED)

    assert answer == 0
    assert section <= A_LINE


@pytest.mark.parametrize("path", LONG)
def test_the_way_up_takes_one_line_of_a_phone(visit: Visit, path: str) -> None:
    """Its last step is the title below it."""
    page = at(visit, path, **PHONE)
    expect(page.locator(".crumb [aria-current]")).to_be_hidden()
    assert page.locator(".crumb").bounding_box()["height"] < 48  # type: ignore[index]


def test_any_section_is_two_taps_away(chromium: Browser, address: str) -> None:
    """With a finger and without a script; the heading is not behind the bar."""
    context = chromium.new_context(java_script_enabled=False, viewport=PHONE, has_touch=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/ar/door/")
    links = page.locator(".contents a")
    last = links.nth(links.count() - 2)
    expect(last).to_be_hidden()
    page.locator(".contents summary").tap()
    expect(last).to_be_visible()
    assert all(link.bounding_box()["height"] >= 43 for link in links.all())  # type: ignore[index]
    last.tap()
    heading = page.locator(f"main {last.get_attribute('href')}")
    expect(heading).to_be_in_viewport()
    top, bar = (one.bounding_box() for one in (heading, page.locator(".bar")))
    context.close()

    assert top is not None
    assert bar is not None
    assert top["y"] >= bar["y"] + bar["height"]


@pytest.mark.parametrize("path", LONG)
def test_the_list_stands_beside_the_text_on_a_wide_screen(visit: Visit, path: str) -> None:
    """Unfolded, on the side where the menu is not, over nothing, and it stays while the text goes by."""
    for width in WIDE:
        page = at(visit, path, width)
        boxes = page.evaluate(_BOXES)
        order = [".menu", "main", ".contents nav"]
        if path.startswith("ar/"):
            order.reverse()
        edges = [edge for name in order for edge in boxes[name]]
        assert edges == sorted(edges), (width, boxes)
        assert edges[0] >= 0
        assert edges[-1] <= width
        expect(page.locator(".contents a").last).to_be_visible()
        expect(page.locator(".contents summary")).to_be_hidden()
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
        expect(page.locator(".contents a").first).to_be_in_viewport()


@pytest.mark.parametrize("size", [(360, 740), (1280, 500)], ids=["phone", "wide"])
@pytest.mark.parametrize("path", ["nl/door/", "ar/door/"])
def test_nothing_that_takes_focus_is_covered(
    visit: Visit, path: str, size: tuple[int, int]
) -> None:
    """Neither links of the text nor those of the list, also where the window is lower than the list."""
    page = at(visit, path, *size)
    page.locator(".contents details").evaluate("fold => { fold.open = true; }")

    assert page.evaluate(_UNSEEN) == []


def test_paper_has_no_list(visit: Visit) -> None:
    """Links lead nowhere there."""
    page = at(visit, "nl/door/", 680)
    page.emulate_media(media="print")
    expect(page.locator(".contents")).to_be_hidden()


def test_no_heading_stands_alone_at_the_foot_of_a_sheet(visit: Visit) -> None:
    """A heading comes onto the sheet of the text below it, wherever it falls."""
    page = at(visit, "nl/door/", 680)
    page.evaluate(_SHEET)
    found = []
    for height in range(792, 924, 12):
        page.locator("#space").evaluate("(e, h) => { e.style.height = `${h}px`; }", height)
        first = characters(page.pdf(format="A4", page_ranges="1"))
        found.append(("Ω" in first, "Ж" in first))

    assert set(found) == {(True, True), (False, False)}


def test_a_sheet_has_margins_of_its_own(visit: Visit) -> None:
    """Whatever a browser leaves by itself."""
    margins = """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule instanceof CSSPageRule).map((rule) => [rule.selectorText, rule.style.margin])"""

    assert dict(at(visit, "nl/door/", 680).evaluate(margins)) == {"": "1.5cm"}
    assert dict(at(visit, "nl/write/", 680).evaluate(margins)) == {"": "1.5cm", "slip": "0px"}
