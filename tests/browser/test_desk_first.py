"""The first three seconds of a handler with three hundred cases: she sees danger, and presses it, first."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from desk.strings import LANGUAGES, Strings
from tests import three_hundred
from tests.browser.desk import Screen, entered
from tests.browser.keyboard import Handler
from tests.three_hundred import DANGER, GOING_ON, PERHAPS
from tests.vaults import make_store

LAPTOP = {"width": 1_366, "height": 657}
TO_DANGER, TO_TERM, TO_PERHAPS, SET_DANGER = 1, 8, 5, 1  # presses, from the inbox as it opens
_PLACE = """(wanted) => {
    const seen = (one) => one.checkVisibility() && one.type !== 'hidden';
    const order = [...document.querySelectorAll('a[href], button, input, select')].filter(seen);
    return order.indexOf(document.querySelector(wanted)) - order.indexOf(document.activeElement);
}"""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store with three hundred cases."""
    store = make_store(tmp_path_factory.mktemp("first"))
    three_hundred.furnish(store)
    return store


@pytest.fixture
def store(furnished: Path, tmp_path: Path) -> Path:
    """Give a copy of it, in which a test may change what it likes."""
    return Path(shutil.copytree(furnished, tmp_path / "store"))


@pytest.fixture(scope="module")
def screen(chromium: Browser, furnished: Path) -> Iterator[Screen]:
    """Give a screen on three hundred cases, which no test changes."""
    with entered(chromium, furnished, viewport=LAPTOP) as screen:
        yield screen


@pytest.fixture(params=LANGUAGES)
def her(screen: Screen, request: pytest.FixtureRequest) -> Handler:
    """Give a handler before the inbox that has just opened."""
    screen.open(f"/?language={request.param}")
    screen.page.wait_for_selector(":focus")
    return Handler(screen.page, Strings(request.param))


def box(one: Locator) -> dict[str, float]:
    found = one.bounding_box()
    assert found is not None
    return {**found, "end": found["y"] + found["height"]}


def test_danger_is_in_view_and_under_the_cursor(her: Handler) -> None:
    """All four, and the first of those that may be in danger, without scrolling."""
    page = her.page
    assert page.evaluate("() => scrollY") == 0
    danger = page.locator("#danger > table tbody tr")
    assert danger.count() == DANGER
    assert box(page.locator("#danger h2"))["y"] < LAPTOP["height"] / 2
    assert box(danger.last)["end"] < LAPTOP["height"]
    assert box(page.locator("#perhaps tbody tr").first)["end"] < LAPTOP["height"]
    assert danger.first.locator(":focus").count() == 1
    her.press("Tab")
    assert danger.nth(1).locator(":focus").count() == 1


def test_what_is_still_going_on_stands_first(her: Handler) -> None:
    """All that speak of violence stand in the section of danger, each with when it was."""
    rows = her.page.locator("#danger #perhaps tbody tr")
    assert rows.count() == PERHAPS
    going_on = her.t("choice.period.ongoing")
    found = [going_on in one for one in rows.all_inner_texts()]
    assert found == [True] * GOING_ON + [False] * (PERHAPS - GOING_ON)


def test_the_counts_stay_in_view_and_lead_to_what_they_count(her: Handler) -> None:
    """Each stops with its heading below them; what Shift and Tab reach is not behind them."""
    page, counts = her.page, her.page.locator(".counts")
    for name in ("waiting", "new", "deadline", "perhaps", "danger"):
        counts.locator(f"a[href$='#{name}']").first.click()
        heading = page.locator(f"#{name}-title")
        assert box(counts)["y"] >= 0, name
        assert box(counts)["end"] <= box(heading)["y"] < LAPTOP["height"], name
    page.locator("#new a").last.focus()
    for _ in range(20):
        her.press("Shift+Tab")
        assert box(counts)["end"] <= box(her.focus())["y"]


def test_the_counts_are_those_of_the_store(her: Handler) -> None:
    """In one line, what cannot wait first."""
    t, counts = her.t, three_hundred.COUNTS
    words = {**{name: f"section.{name}" for name in counts}, "near": "page.inbox.near"}
    words |= {"flood": "page.inbox.flood", "owed": "page.inbox.owed"}
    shown = her.page.locator(".counts li")
    assert shown.all_inner_texts() == [f"{t(words[name])}: {n}" for name, n in counts.items()]
    assert len({box(one)["y"] for one in shown.all()}) == 1


def test_the_page_is_read_in_the_order_of_haste(her: Handler) -> None:
    """By a screen reader too: the counts, danger, what may be danger in it, terms, what is new."""
    t, told = her.t, her.page.get_by_role("main").aria_snapshot()
    found = re.findall(r"^( *)- '?(navigation|region|search)(?: \"([^\"]*)\")?", told, re.M)
    counts = three_hundred.COUNTS
    names = [f"{t(f'section.{name}')}: {counts[name]}" for name in ("deadline", "new", "waiting")]
    danger = f"{t('section.danger')}: {DANGER}"
    assert [(len(depth), role, name) for depth, role, name in found] == [
        (2, "navigation", t("page.inbox.counts")),
        (2, "region", danger),
        (4, "region", t("page.inbox.perhaps", count=PERHAPS)),
        *((2, "region", name) for name in names),
        (2, "search", ""),
    ]
    first, ongoing = told.index(danger), t("choice.period.ongoing")
    assert len(re.findall(r"- '?row \"", told[first : told.index(ongoing)])) == DANGER + 3


def reach(her: Handler, wanted: str) -> None:
    """Press Tab, with Shift where that is nearer, until what is wanted has the focus."""
    away = int(her.page.evaluate(_PLACE, wanted))
    for _ in range(abs(away)):
        her.press("Tab" if away > 0 else "Shift+Tab")
    assert her.focus().evaluate("(one, wanted) => one.matches(wanted)", wanted)


def opened(her: Handler, *wanted: str) -> int:
    """Go by these links to a case; the presses that it took."""
    before = len(her.presses)
    for link in wanted[:-1]:
        reach(her, link)
        her.press("Enter")  # on this page
        her.press("Tab")
    reach(her, wanted[-1])
    her.enter()
    return len(her.presses) - before


def set_danger(her: Handler) -> int:
    """Say of the open case that it is danger; the presses that it took."""
    before = len(her.presses)
    her.alt("button", her.t("action.danger"))
    return len(her.presses) - before


def told(her: Handler, what: str, presses: int) -> None:
    print(f"300 cases, {her.t.language}, {what}: {presses} presses, {her.tool_seconds:.2f} s")
    her.tool_seconds = 0.0


def test_the_first_danger_is_one_press_away(her: Handler) -> None:
    """Enter opens it."""
    presses = opened(her, "#danger a[href^='/case/']")
    told(her, "to the first danger", presses)
    assert her.page.locator(".badge-danger").count() == 1
    assert presses == TO_DANGER


def test_the_first_term_is_near(her: Handler) -> None:
    """By its count: an objection that ends first stands on top, also of a case in danger."""
    near = ".counts a[href$='#deadline']"
    presses = opened(her, near, "#deadline a[href^='/case/']")
    told(her, "to the first objection", presses)
    assert her.page.get_by_text(her.t.day("2026-11-25")).first.is_visible()
    assert presses <= TO_TERM


def test_what_may_be_danger_becomes_danger(chromium: Browser, store: Path) -> None:
    """From the inbox to the first that speaks of violence, and from there to danger."""
    with entered(chromium, store, "--language", "nl", viewport=LAPTOP) as screen:
        her = Handler(screen.page, Strings("nl"))
        screen.page.wait_for_selector(":focus")
        to_case = opened(her, "#perhaps a[href^='/case/']")
        told(her, "to the first that may be danger", to_case)
        to_danger = set_danger(her)
        told(her, "to set danger on its page", to_danger)
        assert screen.page.locator(".badge-danger").count() == 1
    assert to_case <= TO_PERHAPS
    assert to_danger <= SET_DANGER
