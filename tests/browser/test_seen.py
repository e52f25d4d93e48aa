"""What is seen in Arabic: digits, addresses and Dutch terms stand in the order in which they are written.

The test reads positions of the letters as drawn, never the elements around them.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import Boards, Reader
from tests.browser.visit import Visit
from tests.practice import CONTACT
from tests.site import asset

# Pages of every kind: written, from data, form, answers; a page that is not translated is English.
PAGES = (
    "",
    "write/",
    "answer/",
    "door/",
    "door-after/",
    "places/",
    "places/h/",
    "search/",
    "m/s-gravenhage/",
    "m/tilburg/",
)
# Panels, steps, sentences and folded parts are all shown at once; only the menus stay as they are.
SHOW_ALL = """() => { for (const e of document.querySelectorAll('main [hidden]')) e.hidden = false;
  for (const e of document.querySelectorAll('main details')) e.open = true; }"""
# Groups of digits, and words of Latin letters with what stands between them, wherever they are.
RUNS = r"""() => {
  const digits = /[+(]?\d[\d().:+-]*(?:[ \u00a0][\d().:+-]*\d)*/.source;
  const word = String.raw`[A-Za-z\u00c0-\u024f][\w\u00c0-\u024f'.:@/-]*`;
  const words = String.raw`${word}(?:,? [\w\u00c0-\u024f'.:@/-]*[\w\u00c0-\u024f])+`;
  const runs = new RegExp(`${digits}|${words}`, 'g');
  const found = [], range = document.createRange();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.parentElement.checkVisibility()) continue;
    for (const match of node.data.matchAll(runs)) {
      const written = match[0].replace(/[().:+-]+$/, '');
      if (!/[^\d]/.test(written)) continue;
      const chars = [...written].map((char, i) => {
        range.setStart(node, match.index + i); range.setEnd(node, match.index + i + 1);
        const [box] = range.getClientRects();
        return { char, box };
      }).filter(({ char, box }) => box && char.trim());
      const lines = new Map();
      for (const { char, box } of chars) {
        const line = [...lines.keys()].find((top) => Math.abs(top - box.top) < box.height / 2) ?? box.top;
        lines.set(line, [...(lines.get(line) ?? []), { char, left: box.left }]);
      }
      const seen = [...lines].sort(([a], [b]) => a - b)
        .map(([, line]) => line.sort((a, b) => a.left - b.left).map(({ char }) => char).join('')).join('');
      found.push([written.replace(/\s/g, ''), seen]);
    }
  }
  return found;
}"""


def runs(page: Page) -> dict[str, str]:
    """Each run as written and as seen, without its spaces."""
    return dict(page.evaluate(RUNS))


def turned(page: Page) -> dict[str, str]:
    """Runs that are not seen as they are written."""
    return {written: seen for written, seen in runs(page).items() if written != seen}


@pytest.mark.parametrize("path", PAGES)
def test_numbers_addresses_and_terms_are_seen_as_written(visit: Visit, path: str) -> None:
    """Also in every panel and step that is not in view yet, and in the footer."""
    visit.language = "ar"
    visit.page.set_viewport_size({"width": 1000, "height": 800})
    visit.open(path)
    visit.page.evaluate(SHOW_ALL)

    assert turned(visit.page) == {}
    telephone = CONTACT["telephone"]["nl"].replace(" ", "")
    assert telephone in runs(visit.page)
    assert "1000ABAmsterdam" in "".join(runs(visit.page))


def test_a_page_for_wrong_addresses_is_read_as_written(visit: Visit) -> None:
    """In all languages at once."""
    visit.page.goto(f"{visit.address}/nowhere/")
    assert turned(visit.page) == {}


def test_an_answer_and_her_own_words_are_seen_as_written(reader: Reader, boards: Boards) -> None:
    """What the desk wrote and what she reads back is text, in which nobody set anything apart."""
    said = "رقمنا 020 123 45 67، والعنوان Damrak 1-3, 1012 LG Amsterdam، يوم 2026-11-22."
    boards.put(boards.make([boards.reply(said, language="ar")]))
    reader.language = "nl"
    reader.arrive(boards.day(2))
    reader.read()
    answer = reader.page.locator("#answers .answer")

    assert turned(reader.page) == {}
    assert "02012345" in "".join(runs(reader.page))
    assert answer.inner_text() == said


def test_what_she_reads_back_is_seen_as_written(visit: Visit) -> None:
    """Her words stand in the review with the number as she typed it."""
    visit.language = "ar"
    visit.open_form()
    visit.write("اتصلوا من 020 123 45 67 يوم 22-11-2026.")
    expect(visit.page.locator("#review")).to_contain_text("020 123 45 67")

    assert turned(visit.page) == {}
    assert "22-11-2026" in runs(visit.page)


def test_the_page_that_cannot_seal_shows_its_numbers_as_written(visit: Visit) -> None:
    """The other ways stand there where sealing fails, and they are what is left."""
    visit.language = "ar"
    visit.page.route(f"**/{asset('seal.js')}", lambda route: route.abort())
    visit.open_form()
    visit.page.locator("#next").click()
    expect(visit.page.locator("#failed .other-ways")).to_be_visible()

    assert turned(visit.page) == {}
    assert "02012345" in "".join(runs(visit.page))
