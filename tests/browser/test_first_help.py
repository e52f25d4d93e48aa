"""Help on a phone: who works with the police and a number to press stand on the first screen."""

import pytest
from playwright.sync_api import Page

from tests.browser.test_first_home import FINGER, HEIGHT, phone
from tests.site import SHARE, STRINGS

__all__ = ["phone"]
MOST_WORDS = 45  # before the first number, with names and ties of two rows
_CALLS = """() => [...document.querySelectorAll('main a[href^="tel:"]')].map((call) => {
  const {top, bottom, height, width} = call.getBoundingClientRect();
  return {to: call.getAttribute('href'), top, bottom, height, width};
})"""
# Two of what can be pressed that touch each other or are one upon the other.
_TOUCHING = """() => {
  const boxes = [...document.querySelectorAll('main .call a')].map((one) => one.getBoundingClientRect());
  return boxes.filter((one, at) => boxes.some((two, other) => other !== at
    && one.left < two.right + 4 && two.left < one.right + 4 && one.top < two.bottom + 4 && two.top < one.bottom + 4));
}"""


@pytest.mark.parametrize("language", SHARE)
def test_two_numbers_stand_on_the_first_screen(phone: Page, address: str, language: str) -> None:
    """112 behind the words that the police may come, and the first of help, each high enough for a finger."""
    phone.goto(f"{address}/{language}/help/")
    danger, first, *_ = phone.evaluate(_CALLS)

    assert (danger["to"], first["to"]) == ("tel:112", "tel:08000188")
    assert first["bottom"] <= HEIGHT
    before = phone.locator("main").inner_text().partition("0800-0188")[0]
    said = [line for line in before.partition("\n112")[0].splitlines() if len(line) > 10]
    warned = STRINGS[language]("footer.emergency")  # danger, the police may come, and: call
    assert any(warned.startswith(line) for line in said)
    assert len(before.split()) <= MOST_WORDS


def test_every_number_is_a_button_and_none_touches_another(phone: Page, address: str) -> None:
    """Forty organisations, some with two numbers."""
    phone.goto(f"{address}/nl/help/")
    calls = phone.evaluate(_CALLS)

    assert len(calls) > 15
    assert min(call["height"] for call in calls) >= FINGER
    assert min(call["width"] for call in calls) >= FINGER
    assert phone.evaluate(_TOUCHING) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= phone.viewport_size["width"]


def test_what_the_words_mean_is_folded_and_open_on_paper(phone: Page, address: str) -> None:
    """By the style alone, as every fold of the texts."""
    phone.goto(f"{address}/en/help/")
    legend = phone.locator("main details.folded table")
    assert not legend.is_visible()
    phone.emulate_media(media="print")
    assert legend.evaluate("one => one.checkVisibility()")


def test_large_letters_push_no_name_into_a_corner(phone: Page, address: str) -> None:
    """The number goes below the words where both have no room beside each other."""
    wire = phone.context.new_cdp_session(phone)
    wire.send("Page.setFontSizes", {"fontSizes": {"standard": 24}})
    phone.goto(f"{address}/nl/help/")
    widths = phone.locator("main .rows .i + span").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().width)"
    )
    assert min(widths) >= 7.5 * 24
