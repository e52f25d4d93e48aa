"""The first page on a phone: what she can do there stands on the first screen, and nothing before it."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page

from tests.site import SHARE

WIDTH, HEIGHT = 360, 740  # of a cheap phone, with the banner of a practice desk
FINGER = 48  # pixels, the least height of a row
MOST_WORDS = 12  # of the one line below the heading
TASKS = ["door/", "places/", "choices/", "complaint-or-objection/", "help/", "write/"]
ONE_TAP = ["work-operator-trouble/", "work-bank/", "privacy/", "leaving/", "about/", "answer/"]
_ROWS = """() => [...document.querySelectorAll('main .rows a')].map((row) => {
  const {top, bottom, height} = row.getBoundingClientRect();
  return {to: row.getAttribute('href'), top, bottom, height};
})"""
_BEFORE = """() => {
  const first = document.querySelector('main .rows');
  return [...first.parentElement.children].slice(0, [...first.parentElement.children].indexOf(first))
    .map((one) => [one.tagName, one.textContent.trim().split(/\\s+/).length]);
}"""


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """Give a tab of such a phone, without scripts."""
    context = chromium.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", SHARE)
def test_six_ways_stand_on_the_first_screen(phone: Page, address: str, language: str) -> None:
    """Heading, one line, and then the rows, each high enough for a finger."""
    phone.goto(f"{address}/{language}/")
    rows = phone.evaluate(_ROWS)
    before = phone.evaluate(_BEFORE)

    assert [row["to"] for row in rows[: len(TASKS)]] == TASKS
    assert [tag for tag, _ in before] == ["H1", "P"]
    assert before[1][1] <= MOST_WORDS
    assert min(row["height"] for row in rows) >= FINGER
    assert rows[len(TASKS) - 1]["bottom"] <= HEIGHT


@pytest.mark.parametrize("language", SHARE)
def test_operator_money_and_who_reads_are_one_tap_away(
    phone: Page, address: str, language: str
) -> None:
    """By the text of the page; the menu is folded."""
    phone.goto(f"{address}/{language}/")
    links = phone.locator("main a").evaluate_all("all => all.map((one) => one.href)")

    assert {urljoin(phone.url, to) for to in ONE_TAP} <= set(links)


@pytest.mark.parametrize("language", SHARE)
def test_a_row_is_heard_as_one_link_with_its_words(
    phone: Page, address: str, language: str
) -> None:
    """In the order in which it is seen; the drawing is not heard."""
    phone.goto(f"{address}/{language}/")
    rows = phone.locator("main .rows")
    # A name with a colon makes the whole line one in quotes.
    heard = re.findall(r"""^ *- '?link "(.*)\"""", rows.aria_snapshot(), re.M)

    words = [" ".join(one.inner_text().split()) for one in rows.locator("a").all()]
    assert heard == words
    assert "img" not in rows.aria_snapshot()
