"""The exit, in Chromium: one history entry a visit, fields emptied, screen covered, nothing by Back."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.visit import Visit

STORY = "CANARY word"
STARTS_EMPTY = 1  # Chromium counts the empty page of a new tab


def walk(visit: Visit, elsewhere: str) -> None:
    """Come from another site, walk through three pages by their links, and type in the form."""
    visit.page.goto(elsewhere + "before")
    visit.open("")
    visit.page.locator("main a[href*='door']").first.click()
    visit.page.wait_for_url("**/door/")
    visit.page.locator(".crumb a").click()
    visit.page.wait_for_url("**/nl/")
    visit.page.locator("main a[href*='write']").first.click()
    visit.page.wait_for_url("**/write/")
    expect(visit.page.locator("#form")).to_be_visible()
    visit.go_to("story")
    visit.page.locator("#story").fill(STORY)


def test_one_history_entry_for_the_whole_visit(visit: Visit, elsewhere: str) -> None:
    """Pages reached by our own links replace each other: the first Back leaves the site."""
    walk(visit, elsewhere)
    # The empty tab's first entry is the page before us; everything of ours is one more.
    assert visit.page.evaluate("history.length") == 2 + STARTS_EMPTY
    visit.page.go_back()
    assert visit.page.url == elsewhere + "before"


@pytest.mark.parametrize("way", ["click", "enter", "shift"])
def test_back_after_the_exit_shows_nothing_of_ours(visit: Visit, elsewhere: str, way: str) -> None:
    """The exit leads away in the same tab; Back shows the page before the visit, and no typed word returns."""
    walk(visit, elsewhere)
    if way == "click":
        visit.page.locator("#leave").click()
    elif way == "enter":
        visit.page.locator("#leave").focus()
        visit.page.keyboard.press("Enter")
    else:
        for _ in range(3):
            visit.page.keyboard.press("Shift")
    visit.page.wait_for_url(elsewhere + "weather")
    visit.page.go_back()
    assert visit.page.url == elsewhere + "before"
    visit.page.go_forward()
    assert visit.page.url == elsewhere + "weather"
    assert STORY not in visit.page.content()


def test_screen_is_covered_and_fields_are_empty_before_the_network_answers(
    visit: Visit, elsewhere: str
) -> None:
    """With the way out hanging, nothing of the page can be seen and no field holds a word."""
    walk(visit, elsewhere)
    visit.page.route("**/weather", lambda route: None)  # never answered
    at_once = visit.page.evaluate(
        """() => { const story = document.getElementById('story'); document.getElementById('leave').click();
        return [document.body.children.length, document.getElementById('said').getBoundingClientRect().bottom < 0,
          story.value]; }"""
    )
    assert at_once == [1, True, ""]


@pytest.mark.parametrize("held", ["Alt", "Control", "Meta"])
@pytest.mark.parametrize("first", ["Shift", "other"])
def test_shift_with_another_key_held_does_not_leave(visit: Visit, held: str, first: str) -> None:
    """Switching the keyboard layout, whichever key goes down first, keeps her story."""
    visit.open_form()
    visit.go_to("story")
    visit.page.locator("#story").fill(STORY)
    keyboard = visit.page.keyboard
    both = [held, "Shift"] if first == "other" else ["Shift", held]
    for _ in range(4):
        for key in both:
            keyboard.down(key)
        for key in reversed(both):
            keyboard.up(key)
    keyboard.down(held)
    for _ in range(4):
        keyboard.press("Shift")
    keyboard.up(held)
    assert visit.page.locator("#story").input_value() == STORY
    assert "/write/" in visit.page.url


PRESS_SHIFT = """(held) => { for (let press = 0; press < 3; press += 1) for (const way of ['keydown', 'keyup']) {
  document.body.dispatchEvent(new KeyboardEvent(way, {key: 'Shift', bubbles: true, modifierAltGraph: held}));
} }"""


def test_shift_with_alt_gr_held_does_not_leave(visit: Visit, elsewhere: str) -> None:
    """No protocol of a browser holds AltGr down, so the page makes these presses; without it they leave."""
    visit.open_form()
    visit.go_to("story")
    visit.page.locator("#story").fill(STORY)
    visit.page.evaluate(PRESS_SHIFT, True)
    assert visit.page.locator("#story").input_value() == STORY
    visit.page.evaluate(PRESS_SHIFT, False)
    visit.page.wait_for_url(elsewhere + "weather")


def test_selecting_with_shift_does_not_leave(visit: Visit) -> None:
    """Shift and a click, to mark a piece of text, is no press of Shift alone."""
    visit.open_form()
    visit.go_to("story")
    field = visit.page.locator("#story")
    field.fill(STORY)
    for _ in range(4):
        field.click(modifiers=["Shift"])
    assert field.input_value() == STORY


def test_typing_capitals_does_not_leave(visit: Visit) -> None:
    """Shift as part of a capital letter never counts."""
    visit.open_form()
    visit.go_to("story")
    visit.page.locator("#story").focus()
    visit.page.keyboard.type("AbCdEfGhIj")
    assert visit.page.locator("#story").input_value() == "AbCdEfGhIj"
    assert "/write/" in visit.page.url


def test_words_do_not_return_by_back_or_reload(visit: Visit, elsewhere: str) -> None:
    """Who leaves the form by Back, and comes forward again, finds it empty; so does who reloads."""
    walk(visit, elsewhere)
    visit.page.go_back()
    visit.page.go_forward()
    assert visit.page.locator("#story").input_value() == ""
    visit.go_to("story")
    visit.page.locator("#story").fill(STORY)
    visit.page.reload()
    assert visit.page.locator("#story").input_value() == ""


def test_without_script_the_exit_is_a_link(
    context: BrowserContext, chromium, address: str, elsewhere: str
) -> None:
    """Where no script runs the button still leads to the neutral site."""
    without = chromium.new_context(java_script_enabled=False)
    page = without.new_page()
    page.goto(f"{address}/nl/door/")
    page.locator("#leave").click()
    page.wait_for_url(elsewhere + "weather")
    without.close()
