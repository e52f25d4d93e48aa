"""An open tab that nobody uses, in Chromium: covered by the wall's clock, back by one press, emptied after hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from overrides.frame.edition import COVER_MINUTES, EMPTY_HOURS
from tests.browser.reading import ANSWER, CODE, Boards, Reader
from tests.browser.visit import Visit
from tests.site import SHARE, STRINGS

WORDS = "mijn woorden"
SHOWN = "() => document.elementsFromPoint(innerWidth / 2, innerHeight / 2).map((e) => e.id || e.localName)"
IN_VIEW = """() => [...document.querySelectorAll('body *')].filter((one) => one.id !== 'cover' &&
  getComputedStyle(one).visibility === 'visible' && one.getClientRects().length).map((one) => one.localName)"""
# What a phone says on waking, each by itself; none of them is a use.
SIGNS = {
    "visibility": "document.dispatchEvent(new Event('visibilitychange'))",
    "focus": "dispatchEvent(new Event('focus'))",
    "pageshow": "dispatchEvent(new PageTransitionEvent('pageshow'))",
    "touch": "document.body.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))",
}


@dataclass
class Asleep:
    """A page with words in it, on a device whose clock goes on while its timers stand still."""

    page: Page
    field: str
    now: datetime

    def sleep(self, time: timedelta, sign: str = "visibility") -> None:
        self.now += time
        self.page.clock.set_fixed_time(self.now)
        self.page.evaluate(SIGNS[sign])

    def words(self) -> str:
        return self.page.locator(self.field).input_value()

    def expect_covered(self) -> None:
        expect(self.page.locator("#cover")).to_be_visible()
        assert self.page.evaluate(SHOWN)[0] == "cover"
        assert self.page.evaluate(IN_VIEW) == []


def writing(visit: Visit) -> Asleep:
    start = datetime(2026, 11, 30, 12)
    visit.page.clock.set_fixed_time(start)
    visit.open_form()
    visit.go_to("story")
    visit.page.locator("#story").fill(WORDS)
    return Asleep(visit.page, "#story", start)


def answering(reader: Reader, boards: Boards) -> Asleep:
    boards.put(boards.make([boards.reply()]))
    reader.arrive(boards.day(2))
    reader.read()
    assert reader.answers() == [ANSWER]
    reader.page.locator("#again").press("Enter")
    reader.page.locator("#words").fill(WORDS)
    noon = datetime.combine(boards.day(2), datetime.min.time()) + timedelta(hours=12)
    return Asleep(reader.page, "#words", noon)


@pytest.fixture(params=["form", "answer"])
def tab(
    request: pytest.FixtureRequest, visit: Visit, reader: Reader, boards: Boards
) -> Callable[[], Asleep]:
    """Give a way to the form, and to the answer page, with words in it."""
    return lambda: writing(visit) if request.param == "form" else answering(reader, boards)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_page_that_slept_is_covered_and_one_press_brings_it_back(
    tab: Callable[[], Asleep], sign: str
) -> None:
    """Whatever comes first on waking, nothing of the page is in view; one press, and every word stands there."""
    asleep = tab()
    asleep.sleep(timedelta(minutes=COVER_MINUTES), sign)
    asleep.expect_covered()
    asleep.page.locator("#cover").click()
    expect(asleep.page.locator(asleep.field)).to_be_focused()
    assert asleep.words() == WORDS
    asleep.sleep(timedelta(minutes=COVER_MINUTES, seconds=-1), sign)
    expect(asleep.page.locator("#cover")).to_be_hidden()


def test_scrolling_touching_and_typing_count_as_use(tab: Callable[[], Asleep]) -> None:
    """Who reads a long text for an hour, and moves it now and then, is not covered once."""
    asleep = tab()
    almost = timedelta(minutes=COVER_MINUTES, seconds=-1)
    for use in ("wheel", "scroll", "touchmove", "pointerdown", "keydown", "input"):
        asleep.sleep(almost)
        expect(asleep.page.locator("#cover")).to_be_hidden()
        asleep.page.evaluate(
            "use => document.body.dispatchEvent(new Event(use, {bubbles: true}))", use
        )
    assert asleep.words() == WORDS


def test_words_go_only_after_the_hours_that_are_named(tab: Callable[[], Asleep]) -> None:
    """A second before, one press brings everything back; after it nothing is left, and the page says why."""
    asleep = tab()
    asleep.sleep(timedelta(hours=EMPTY_HOURS, seconds=-1))
    assert asleep.words() == WORDS
    asleep.page.locator("#cover").click()
    asleep.sleep(timedelta(hours=EMPTY_HOURS))
    asleep.expect_covered()
    assert asleep.words() == ""
    asleep.page.locator("#cover").press("Enter")
    expect(asleep.page.locator("#cleared")).to_be_visible()
    held = asleep.page.evaluate("document.documentElement.outerHTML")
    assert [secret for secret in (WORDS, ANSWER, CODE) if secret in held] == []
    asleep.page.locator("#restart").press("Enter")
    expect(asleep.page.locator("#cleared")).to_be_hidden()


def test_a_clock_put_back_takes_nothing(tab: Callable[[], Asleep]) -> None:
    """A clock that falls a day behind neither empties the page nor keeps it open for a day."""
    asleep = tab()
    asleep.sleep(timedelta(days=-1))
    assert asleep.words() == WORDS
    asleep.sleep(timedelta(minutes=COVER_MINUTES))
    asleep.expect_covered()


def test_shift_leaves_a_covered_page_and_is_counted_aloud(
    tab: Callable[[], Asleep], elsewhere: str
) -> None:
    """The cover hides the button and not the other way out: how many presses are missing is seen and heard over it."""
    asleep = tab()
    asleep.sleep(timedelta(minutes=COVER_MINUTES))
    asleep.expect_covered()
    said = asleep.page.get_by_role("status")
    for left in (2, 1):
        asleep.page.keyboard.press("Shift")
        expect(said.filter(visible=True)).to_have_text(
            f"{STRINGS['nl']('leave.button')}: {left} × Shift"
        )
        assert (
            asleep.page.evaluate(
                "() => { const {x, y} = document.getElementById('said').getBoundingClientRect();"
                " return document.elementFromPoint(x + 4, y + 4).id; }"
            )
            == "said"
        )
    asleep.page.keyboard.press("Shift")
    asleep.page.wait_for_url(elsewhere + "weather")


def test_an_awake_page_is_covered_by_its_timer(visit: Visit) -> None:
    """Nobody touches anything and no sign comes: the cover comes all the same, and no figure counts down."""
    visit.page.clock.install(time="2026-11-30T12:00:00Z")
    visit.open_form()
    before = visit.page.inner_text("main")
    visit.page.clock.run_for((COVER_MINUTES * 60 - 6) * 1_000)
    assert visit.page.inner_text("main") == before
    visit.page.clock.run_for(12_000)
    expect(visit.page.locator("#cover")).to_be_visible()


@pytest.mark.parametrize("language", SHARE)
@pytest.mark.parametrize("path", ["write/", "answer/"])
def test_minutes_and_hours_are_named_before_anything_is_typed(
    visit: Visit, language: str, path: str
) -> None:
    """Beside the field of the code, and in the form one press below its hours, it says after how long what happens."""
    visit.language = language
    visit.open(path)
    if path == "write/":
        visit.page.locator("#about summary").first.press("Enter")
    said = STRINGS[language]("cover.when", minutes=str(COVER_MINUTES), hours=str(EMPTY_HOURS))
    expect(visit.page.locator("#about, #look").get_by_text(said)).to_be_visible()
    page = visit.page.locator("#write, #answer")
    assert page.get_attribute("data-hours") == str(EMPTY_HOURS)
    assert page.get_attribute("data-minutes") == str(COVER_MINUTES)
