"""The exit in three engines: what Back and Forward show afterwards, from every kind of page and by every way.

Chromium with its windows and with the memory for Back that Playwright switches off, since a page may stand there as it
was left; Firefox ESR and WebKitGTK have theirs on. Without it: `test_exit.py`.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from tests import engines
from tests.browser.elsewhere import Asked
from tests.browser.reading import CODE, Boards
from tests.engines import PATIENCE_SECONDS, Traveller, wait
from tests.way_back import go_on, press_until, read_here

STORY = "zqxhers"
READY = "document.readyState === 'complete'"
HELD = """[document.title, document.documentElement.outerHTML,
  ...[...document.querySelectorAll('input, textarea')].map((one) => one.value)].join(' ')"""


def by_click(tab: Traveller) -> None:
    tab.click("#leave")


def by_middle_click(tab: Traveller) -> None:
    """Which would open the neutral site beside our page."""
    tab.press_middle("#leave")


def by_shift(tab: Traveller) -> None:
    for _ in range(3):
        tab.press("Shift")


def by_enter(tab: Traveller) -> None:
    """On the first thing that Tab reaches."""
    tab.look("document.querySelector('a').focus()")
    tab.press("Enter")


@contextmanager
def _windows(kind: Browser) -> Iterator[Traveller]:
    with (
        engines.screen() as display,
        engines.chromium(kind.browser_type, display, keeps=True) as tab,
    ):
        yield tab


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def opened(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Traveller]:
    """Give a tab of each engine, in a new browser that keeps pages for Back."""
    own: dict[str, Callable[[], AbstractContextManager[Traveller]]] = {
        "chromium": lambda: _windows(chromium),
        "firefox": engines.firefox,
        "webkit": engines.webkit,
    }
    with own[request.param]() as tab:
        yield tab


def arrive(tab: Traveller, address: str) -> None:
    """Wait for the page at the address; while one goes and another comes no page can be asked."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with suppress(RuntimeError, PlaywrightError):
            if tab.look(f"location.href === {json.dumps(address)} && {READY}"):
                return
        time.sleep(0.05)
    raise TimeoutError(f"{address} did not come: {tab.look('location.href')}")


def follow(tab: Traveller, href: str) -> None:
    """Take a link of the page, as a press does."""
    address = str(tab.look(f"document.querySelector(\"a[href$='{href}']\").href"))
    tab.look(f"void document.querySelector(\"a[href$='{href}']\").click()")
    arrive(tab, address)


def reading(tab: Traveller) -> None:
    """A page for reading, two links deep."""
    follow(tab, "door/")
    follow(tab, "search/")


def form(tab: Traveller) -> None:
    """The form, with a word in it."""
    follow(tab, "write/")
    wait(tab, "!document.getElementById('form').hidden")
    go_on(tab, "story")
    tab.type("#story", STORY)


def answer(tab: Traveller) -> None:
    """The answer page, with an answer shown and words typed below it."""
    follow(tab, "write/")
    follow(tab, "answer/")
    read_here(tab, CODE)
    press_until(tab, "#again", "document.getElementById('words').offsetParent !== null")
    tab.type("#words", STORY)


Act = Callable[[Traveller], None]
PAGES: tuple[tuple[Act, Act], ...] = (
    (reading, by_shift),
    (reading, by_middle_click),
    (form, by_enter),
    (form, by_click),
    (answer, by_click),
)


def test_back_and_forward_show_nothing_of_ours(
    opened: Traveller, boards: Boards, elsewhere: str, asked: list[Asked]
) -> None:
    """Back is the page before the visit, Forward where the exit led; neither a page nor a word of ours in between."""
    boards.put(boards.make([boards.reply(STORY)]))
    for prepare, leave in PAGES:
        opened.open(elsewhere + "before")
        opened.look("void (window.stamp = 1)")
        opened.open(f"{boards.address}/nl/")
        wait(opened, READY)
        length = opened.look("history.length")
        prepare(opened)
        assert opened.look("history.length") == length
        leave(opened)
        arrive(opened, elsewhere + "weather")
        assert opened.look("history.length") == length
        for steps, name in ((-1, "before"), (1, "weather"), (1, "weather")):
            opened.step(steps)
            arrive(opened, elsewhere + name)
            assert STORY not in opened.look(HELD)
    left = [one for one in asked if one.path == "/weather"]
    assert len(left) >= len(PAGES)
    assert [one for one in left if {"referer", "origin", "cookie"} & one.headers.keys()] == []
