"""Marks of sources: one for a block, large enough for a finger; its footnote is shown by a tap, the others on a second.

In the engines of today and the oldest that we carry, without a script, and on paper.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import old_engines
from tests.browser.conftest import Opener
from tests.browser.test_contents import PHONE
from tests.engines import Tab, wait
from tests.site import MADE, PAGES, SHARE
from tests.soak import SOAK

ENGINES = ("chromium", "firefox", "webkit", "chromium 92")
TARGET = 24  # pixels, the least width and height of what is for a finger
# A door page, a long page, one with tables, one from data; all of them in a soak.
SOME = ("door", "harm-unpaid", "routes", "m/tilburg")
FORMS = ("write", "answer")
_MARKS = """() => {
  const found = [...document.querySelectorAll('main .footnote-ref')];
  const marks = found.map((mark) => [mark, mark.getBoundingClientRect()]);
  const touch = (one, two) => one.left <= two.right && two.left <= one.right
    && one.top <= two.bottom && two.top <= one.bottom;
  const seen = marks.filter(([, box]) => box.width);
  return {
    count: seen.length,
    small: seen.filter(([, box]) => Math.min(box.width, box.height) < %d).length,
    touching: seen.filter(([, one], at) => seen.slice(at + 1).some(([, two]) => touch(one, two))).length,
    alone: marks.filter(([mark]) => mark.closest('sup')).every(([mark]) =>
      mark.closest('p, li, td, dd, h2, h3').querySelectorAll(':scope > sup').length === 1),
    lost: marks.filter(([mark]) => !document.getElementById(mark.hash.slice(1))).length,
  };
}"""
# Which footnotes are seen, by their place in the list.
_SEEN = """[...document.querySelectorAll('.footnote li')].map((note, at) => [note, at + 1])
  .filter(([note]) => getComputedStyle(note).visibility === 'visible' && note.offsetHeight > 10).map(([, at]) => at)"""


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """Give a tab of a small phone, without scripts."""
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", SHARE)
def test_a_mark_is_for_a_finger_and_touches_no_other(
    phone: Page, address: str, language: str
) -> None:
    """At most one in a block, at its end, and each leads to a footnote."""
    every = [name for name in (*PAGES[1:], *MADE) if name not in FORMS]
    counted = 0
    for name in every if SOAK else SOME:
        phone.goto(f"{address}/{language}/{name}/")
        found: dict[str, Any] = phone.evaluate(_MARKS % TARGET)
        counted += found.pop("count")
        assert found == {"small": 0, "touching": 0, "alone": True, "lost": 0}, name
    assert counted > 60


def opened(opener: Opener, engine: str) -> Callable[[], AbstractContextManager[Tab]]:
    """A browser of that engine."""
    name, _, version = engine.partition(" ")
    return (lambda: old_engines.chromium(int(version))) if version else opener(name)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_mark_shows_its_footnote_and_the_fold_all_of_them(
    opener: Opener, address: str, engine: str
) -> None:
    """By the style alone: the page has no script that knows them."""
    with opened(opener, engine)() as tab:
        tab.open(f"{address}/nl/harm-unpaid/")
        assert tab.look(_SEEN) == []
        tab.click('.footnote-ref[href="#fn:3"]')
        wait(tab, f"String({_SEEN}) === '3'")
        wait(
            tab,
            "document.querySelector('[id=\"fn:3\"]').getBoundingClientRect().bottom <= innerHeight",
        )
        foot = "document.querySelector('.bar').getBoundingClientRect().bottom"
        assert tab.look(f"document.querySelector(':target').getBoundingClientRect().top >= {foot}")
        tab.click(":target .footnote-backref")
        wait(tab, "location.hash === '#fnref:3'")
        tab.click(".fold summary")
        wait(tab, f"{_SEEN}.length === document.querySelectorAll('.footnote li').length")


def test_a_source_of_a_municipality_leads_back_to_its_answers(phone: Page, address: str) -> None:
    """With scripts all of a visit is one step of Back, so the way back stands on the page."""
    phone.goto(f"{address}/nl/m/tilburg/")
    phone.locator("#club .footnote-ref").first.click()
    phone.wait_for_url("**/#b1")
    back = phone.locator(".footnote-backref a")
    expect(back).to_be_in_viewport()
    back.click()
    phone.wait_for_url("**/#forms")
    expect(phone.locator("#forms")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["en/harm-unpaid/", "nl/m/tilburg/"])
def test_paper_has_every_source(phone: Page, address: str, path: str) -> None:
    """Nobody can tap on it, so what is for a tap is not printed."""
    phone.goto(f"{address}/{path}")
    phone.emulate_media(media="print")
    notes = phone.locator(".footnote li")
    assert len(phone.evaluate(_SEEN)) == notes.count() > 3
    assert not phone.locator(".fold").is_visible()
