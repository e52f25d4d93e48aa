"""Fingers on form and answer page, in Chromium: one press is one act, whatever the finger does next."""

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.reading import CODE, Boards, Reader
from tests.browser.visit import STEPS, Visit, caught
from tests.site import STRINGS, asset
from tests.soak import SOAK

CHOSEN = """() => [...document.querySelectorAll('main input:checked')].map((one) => one.id)"""
CALM_MS = 600  # longer than the page waits
DOUBLE_MS = 600  # longer than Chromium counts taps together
GAPS_MS = (0, 60, 250, 400)  # 0: told as a double click; between the presses of one finger
HANDS = [(device, gap_ms) for gap_ms in GAPS_MS for device in ("phone", "desktop")]
QUICK_HANDS = [("phone", 0), ("desktop", 0)]
NEEDED = {"story": "#story", "sharing": "#consent_store", "code": "#code-no"}


def twice(page: Page, button: Locator, gap_ms: int, times: int = 2) -> None:
    """Press where the button is and again at the same coordinates, whatever lies there by then."""
    page.keyboard.press("Control")  # a hand that was elsewhere meanwhile
    if gap_ms:
        page.wait_for_timeout(DOUBLE_MS)  # else the browser itself counts on
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    is_double = gap_ms == 0
    for count in range(1, times + 1):
        if page.evaluate("navigator.maxTouchPoints") and not is_double:
            page.touchscreen.tap(x, y)
        else:
            page.mouse.click(x, y, click_count=count if is_double else 1)
        if count < times:
            page.wait_for_timeout(gap_ms)


def fill(visit: Visit, step: str) -> list[str]:
    """Answer what the step requires; returns what is then ticked."""
    if step == "story":
        visit.page.locator("#story").fill("x")
    elif step in NEEDED:
        visit.page.locator(NEEDED[step]).check()
    return list(visit.page.evaluate(CHOSEN))


DEVICES = {
    "phone": {"viewport": {"width": 360, "height": 640}, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}


@pytest.mark.parametrize(("device", "gap_ms"), HANDS if SOAK else QUICK_HANDS)
def test_a_second_press_on_continue_answers_nothing(
    chromium: Browser, address: str, device: str, gap_ms: int
) -> None:
    """Through every step with a double press on Continue: one step each, and nothing ticked but what she ticked."""
    context = chromium.new_context(locale="nl-NL", **DEVICES[device])
    visit = Visit(context.new_page(), address)
    visit.open_form()
    for place, step in enumerate(STEPS[:-1]):
        if step in NEEDED:  # what is missing is said: that moves the page too
            ticked = visit.page.evaluate(CHOSEN)
            twice(visit.page, visit.page.locator("#next"), gap_ms)
            assert (STEPS[visit.shown()], visit.page.evaluate(CHOSEN)) == (step, ticked)
        ticked = fill(visit, step)
        twice(visit.page, visit.page.locator("#next"), gap_ms)
        visit.page.wait_for_function("n => document.querySelectorAll('.step')[n].hidden", arg=place)
        assert STEPS[visit.shown()] == STEPS[place + 1]
        assert visit.page.evaluate(CHOSEN) == ticked
    twice(visit.page, visit.page.locator("#review").get_by_role("button", name="Gemeente"), gap_ms)
    assert STEPS[visit.shown()] == "place"
    assert visit.page.evaluate(CHOSEN) == ticked
    context.close()


@pytest.mark.parametrize("gap_ms", [0, 250])
def test_a_second_press_on_the_answer_page_answers_nothing(
    reader: Reader, boards: Boards, gap_ms: int
) -> None:
    """Read, write again, back, clear and start again, each pressed twice at one place: one act each."""
    page = reader.page
    boards.put(boards.make())
    reader.arrive(boards.day(2))
    page.locator("#code").fill(CODE)
    for button, panel in (
        ("read", "result"),
        ("again", "follow"),
        ("back", "result"),
        ("clear", "cleared"),
        ("restart", "look"),
    ):
        twice(page, page.locator(f"#{button}"), gap_ms)
        expect(page.locator(f"#{panel}")).to_be_visible(timeout=40_000)
        assert page.evaluate(CHOSEN) == ["ask-write"]
    assert (reader.fetched(), reader.posts()) == (1, [])


def test_enter_held_down_is_one_press(visit: Visit) -> None:
    """Enter that stays down on Continue goes one step; on Change it writes no line into the story."""
    visit.open_form()
    keyboard = visit.page.keyboard
    visit.page.locator("#next").focus()
    for _ in range(5):  # a key that is down and comes again is told as a repeat
        keyboard.down("Enter")
    keyboard.up("Enter")
    visit.page.wait_for_function("() => document.querySelector('.step').hidden")
    assert visit.at("role")
    visit.write("x")
    visit.page.locator("#review").get_by_role("button", name="Wat er gebeurde").focus()
    for _ in range(5):
        keyboard.down("Enter")
    keyboard.up("Enter")
    expect(visit.page.locator("#story")).to_be_focused()
    assert visit.page.locator("#story").input_value() == "x"
    for _ in range(2):  # of her own free will
        keyboard.down("Enter")
    keyboard.up("Enter")
    assert visit.page.locator("#story").input_value().count("\n") == 2


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_four_presses_on_a_slow_line_are_one_step(visit: Visit, language: str) -> None:
    """While the sealing code is still on its way the page says that it works, and counts one press."""
    held: list[Route] = []
    page = visit.page
    page.route(f"**/{asset('seal.js')}", lambda route: held.append(route))
    visit.language = language
    visit.open_form()
    twice(page, page.locator("#next"), 300, times=4)
    expect(page.locator("[data-outcome=waiting]")).to_have_text(
        STRINGS[language]("write.outcome.waiting")
    )
    assert page.locator("#next").get_attribute("aria-busy") == "true"
    caught(page, held).continue_()
    page.wait_for_function("() => !document.querySelectorAll('.step')[1].hidden")
    page.wait_for_timeout(CALM_MS)
    assert visit.at("role")
    expect(page.locator("[data-outcome=waiting]")).to_be_hidden()
    assert page.locator("[aria-busy]").count() == 0
    page.locator("#next").click()
    assert visit.at("wish")


def test_an_impatient_finger_fetches_the_new_key_once(visit: Visit) -> None:
    """The key is too old, and she presses four times: one list, one more try."""
    held: list[Route] = []
    page, unknown = visit.page, '{"error":"key_unknown"}'
    page.route("**/drop", lambda r: r.fulfill(status=400, body=unknown))
    page.route("**/keys.json", lambda route: held.append(route))
    visit.open_form()
    visit.write("x")
    visit.send()
    visit.expect_outcome("key_unknown")
    twice(page, page.locator("#renew"), 300, times=4)
    caught(page, held).continue_()
    page.wait_for_function("() => !document.querySelector('[aria-busy]')")
    assert (len(held), len(visit.posts())) == (1, 2)


def test_a_quick_hand_is_not_held_back(visit: Visit) -> None:
    """Answer, answer, Continue, one right after the other at different places: each press counts; so does the exit."""
    page = visit.page
    visit.open_form()
    visit.go_to("topics")
    for name in ("check", "police", "authority"):
        page.locator(f"#topics-{name}").click()
    page.locator("#next").click()
    assert visit.at("place")
    assert page.evaluate(CHOSEN) == [
        "topics-check",
        "topics-police",
        "topics-authority",
        "scope-nobody",
    ]
    page.locator("#leave").dblclick()
    page.wait_for_url("**/weather")
