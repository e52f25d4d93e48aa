"""The first three seconds at a door: what to say on the first screen, the rest one tap away, all of it on one sheet.

On a small phone without scripts, in every language and with the banner of a practice site, which is two lines high.
"""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests import engines
from tests.browser.conftest import Opener
from tests.browser.paper import characters, sheets
from tests.site import PAGES, SHARE

PHONE = {"width": 360, "height": 740}
# Words before the first sentence; pixels of it and of the third, without the banner of a practice build.
MOST_WORDS, MOST_TOP, MOST_END = 14, 272, 610
SENTENCES = 3
LEAST_ROW = 48  # pixels: a finger
A4 = {"width": 680, "height": 1009}  # what the margins of a sheet leave, in pixels
MOST_SHEETS = 9
LAWYER = "Ik zwijg. Ik wil een advocaat."
HELD = ("door-suspect", "door-taken")  # the police are there already
AFTERWARDS = "door-after"  # nobody is there any more: its answer comes first, like elsewhere
DOORS = [name for name in PAGES if name.startswith("door") and name != AFTERWARDS]

# What a reader sees before the first sentence, without the way here; edges of sentences, rows, danger, summary.
_LOOK = """() => {
  const main = document.querySelector('main'), edges = (e) => e && e.getBoundingClientRect().toJSON();
  const said = [...[...main.querySelectorAll('.says')].find((e) => e.getClientRects().length).children];
  const seen = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  let before = '';
  for (let text; (text = seen.nextNode()) && !said[0].contains(text);)
    if (text.parentElement.getClientRects().length && !text.parentElement.closest('.crumb')) before += ` ${text.data}`;
  const rows = document.querySelector('.rows'), summary = document.querySelector('.summary');
  const between = [];
  for (let e = rows.nextElementSibling; e && e !== summary && e.className !== 'note'; e = e.nextElementSibling)
    if (e.tagName === 'P') between.push(e.textContent);
  return {
    words: before.match(/[\\p{L}\\p{M}\\p{N}]+/gu).length,
    says: said.slice(0, 3).map(edges), rows: [...rows.querySelectorAll('a')].map(edges),
    drawn: [...rows.querySelectorAll('use')].filter((e) => document.querySelector(e.getAttribute('href'))).length,
    banner: document.querySelector('.practice').offsetHeight,
    between, summary: edges(summary), over: document.documentElement.scrollWidth,
  };
}"""
_IN_VIEW = """(sentence) => [...document.querySelectorAll('.say')].some((e) => {
  const box = e.getBoundingClientRect();
  return e.textContent === sentence && box.height && box.bottom <= innerHeight
    && box.top >= document.querySelector('.bar').getBoundingClientRect().bottom;
})"""
# Marks at the end of the sheet and where the page goes on: whether both come onto the first one.
_MARK = """() => { document.querySelector('#sheet').append('Ω'); document.querySelector('.summary').prepend('Ж'); }"""

_SIZES = """() => {
  const size = (e) => parseFloat(getComputedStyle(document.querySelector(e)).fontSize);
  return {
    said: size('#sheet .say'), meant: size('#sheet li'), text: size('main p'), sources: size('.footnote li'),
    columns: getComputedStyle(document.querySelector('.footnote')).columnCount,
    shown: ['#sheet + .says', '.rows'].map((e) => document.querySelector(e).checkVisibility()),
  };
}"""


@pytest.fixture(scope="module")
def phone(chromium: Browser) -> Iterator[Page]:
    """Give a small phone without scripts."""
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", SHARE)
def test_the_first_screen_of_a_door_page_is_what_to_say(
    phone: Page, address: str, language: str
) -> None:
    """A title, a line, the sentences; then rows for a finger, then danger, then the short version."""
    for name in DOORS:
        phone.goto(f"{address}/{language}/{name}/")
        found: dict[str, Any] = phone.evaluate(_LOOK)
        says, rows, where = found["says"], found["rows"], (language, name)
        assert found["words"] <= MOST_WORDS, where
        assert len(says) == SENTENCES, where
        assert says[0]["top"] - found["banner"] <= MOST_TOP, (where, says[0]["top"])
        assert says[-1]["bottom"] - found["banner"] <= MOST_END, (where, says[-1]["bottom"])
        assert min(row["height"] for row in rows) >= LEAST_ROW, where
        assert (found["drawn"], found["over"]) == (len(rows), PHONE["width"]), where
        assert says[-1]["bottom"] <= rows[0]["top"], where
        assert rows[-1]["bottom"] <= found["summary"]["top"], where
        dangers = [said.strip(" .。").endswith("112") for said in found["between"]]
        assert dangers == ([] if name in HELD else [True]), where  # behind what calling brings


@pytest.mark.parametrize("language", SHARE)
def test_the_short_version_keeps_what_must_stand_beside_it(
    phone: Page, address: str, language: str
) -> None:
    """Tax and social service come first in it, and a paper is said with what not to do."""
    phone.goto(f"{address}/{language}/door/")
    links = phone.locator(".summary p:not(.admonition-title) a").evaluate_all(
        "all => all.map((one) => one.pathname.split('/')[2])"
    )
    paper = phone.locator(".rows a[href='#paper'] span")
    assert links[:2] == ["door-tax", "door-benefits"]
    assert paper.inner_text().strip() != paper.locator("strong").inner_text().strip()


@pytest.mark.parametrize("language", SHARE)
def test_the_sentence_for_a_suspect_is_one_tap_away(
    phone: Page, address: str, language: str
) -> None:
    """It stands on the screen that the row leads to; on its own page it is the first of all."""
    for name in DOORS:
        phone.goto(f"{address}/{language}/{name}/")
        if name != "door-suspect":
            row = phone.locator(".rows a:has(use[href='#i-silence'])")
            leads = str(row.evaluate("(e) => e.href"))
            row.click()
            phone.wait_for_url(leads)
        assert phone.evaluate(_IN_VIEW, LAWYER), (language, name)


@pytest.mark.parametrize("language", SHARE)
def test_a_row_is_to_a_screen_reader_a_link_of_its_words(
    phone: Page, address: str, language: str
) -> None:
    """No drawing has a name or a place of its own."""
    phone.goto(f"{address}/{language}/door/")
    rows = phone.locator("ul.rows")
    seen = rows.aria_snapshot()
    assert "img" not in seen
    names = [" ".join(name.split()) for name in rows.locator("a").all_inner_texts()]
    assert [phone.get_by_role("link", name=name, exact=True).count() for name in names] == [1] * 6


def test_the_sheet_of_all_sentences_opens_without_a_script(phone: Page, address: str) -> None:
    """Hidden until its row is tapped; every sentence of the page stands on it, once."""
    phone.goto(f"{address}/en/door/")
    sheet = phone.locator("#sheet")
    assert not sheet.is_visible()
    phone.locator(".rows a[href='#sheet']").click()
    assert sheet.is_visible()
    assert sheet.evaluate("(e) => e.getBoundingClientRect().top") >= 0

    on_it = sheet.locator(".say").all_text_contents()
    below = phone.locator("main .say:not(#sheet .say)").all_text_contents()
    assert on_it == list(dict.fromkeys(below))
    assert all(sheet.locator("li").evaluate_all("all => all.map((e) => e.lastChild.data.trim())"))


@pytest.mark.parametrize("language", SHARE)
def test_a_printed_door_page_begins_with_one_sheet_of_what_to_say(
    chromium: Browser, address: str, language: str
) -> None:
    """And with it the longest has nine at most; her language is small, sources smaller, in two columns."""
    page = chromium.new_page(viewport=A4)
    page.goto(f"{address}/{language}/door/")
    page.evaluate(_MARK)
    page.emulate_media(media="print")
    sizes = page.evaluate(_SIZES)
    first = characters(page.pdf(format="A4", page_ranges="1"))
    count = sheets(page.pdf(format="A4"))
    page.close()

    assert ("Ω" in first, "Ж" in first) == (True, False)
    assert count <= MOST_SHEETS
    assert sizes["said"] >= 1.5 * sizes["meant"]
    assert sizes["sources"] < sizes["text"]
    assert sizes["columns"] == "2"
    assert sizes["shown"] == [False, False]


def test_firefox_prints_the_same_sheets(opener: Opener, address: str) -> None:
    """By another engine, in the language that runs from the right; WebKitGTK's driver prints nothing."""
    with opener("firefox")() as tab:
        tab.open(f"{address}/ar/door/")
        tab.look(f"({_MARK})() || 1")
        align = tab.look("getComputedStyle(document.querySelector('.say')).textAlign")
        whole = _printed(tab)
        first = characters(_printed(tab, "1"))

    assert ("Ω" in first, "Ж" in first) == (True, False)
    assert "Ж" in characters(whole)
    assert align == "start"  # of Dutch: not the side of the list around it
    assert sheets(whole) <= MOST_SHEETS


def _printed(tab: engines.Tab, *ranges: str) -> bytes:
    size = {"page": {"width": 21.0, "height": 29.7}, "margin": {"top": 0, "bottom": 0}}
    made = tab.ask("browsingContext.print", context=tab.context, pageRanges=ranges, **size)
    return base64.b64decode(made["data"])
