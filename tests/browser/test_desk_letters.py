"""The letters of the daily screen, in Chromium and Firefox with their windows: each is pressed as its screen says."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

import pytest
from playwright.sync_api import Browser, Error

from desk.page import keys
from desk.page.screen import MENU
from desk.strings import Strings
from tests import engines, intakes
from tests.browser.desk import OPENED, PATIENT, STOOD, serving
from tests.browser.test_desk_axe import PATHS, furnish
from tests.engines import Tab, wait
from tests.screens import CODE, put_case
from tests.soak import SOAK
from tests.vaults import WORDS, make_store
from tests.windows import Hand, hand

ENGINES = ("chrome", "firefox")
OFFERED = {*(key for _, _, key in MENU), *keys.ACTIONS.values(), *keys.OTHERS.values()}
VIOLENT = "/case/{violent}"
# Every screen that a link leads to; two more are led to by a button.
SCREENS = (*PATHS, VIOLENT, f"{VIOLENT}?open=answer", f"{VIOLENT}?open=note")
SHARE = SCREENS if SOAK else (VIOLENT,)
PATIENCE_SECONDS = 3.0
BESIDE = (300, 800)  # on the display, where pages of a few lines have nothing
# Notes what a letter does, and does not do it: so all letters of a page can be pressed one by one.
LISTEN = """(window.done = [], addEventListener('click', event => {
  const one = event.target.closest('[accesskey]');
  if (one) { done.push(one.accessKey); event.preventDefault(); }
}, true), 1)"""
LETTERS = "[...document.querySelectorAll('[accesskey]')].map(one => [one.accessKey, one.innerText])"
ALPHABET = "".join(f'<a href="%23{c}" accesskey="{c}">{c}</a> ' for c in ascii_lowercase)


@dataclass
class Seat:
    """A handler's seat: a browser with windows, a hand on its keys, and the desk that it shows."""

    engine: str
    tab: Tab
    hand: Hand
    address: str
    subjects: dict[str, str]

    def open(self, path: str) -> None:
        """Open a path in which `{case}`, `{bundle}` and `{violent}` stand for subjects."""
        self.tab.open(self.address + path.format(**self.subjects))
        self.arrive()

    def look(self, expression: str) -> Any:
        return self.tab.look(expression)

    def arrive(self) -> None:
        """Press what does nothing until the page that stands there hears it."""
        self.look("document.activeElement.blur()")
        for _ in range(50):
            if hears(self.tab, self.hand):
                return
        raise TimeoutError("no key arrives in the page")

    def told(self) -> tuple[str, ...]:
        """The keys to hold down with a letter, read from the screen."""
        said = self.look("document.querySelector('nav .keys').innerText")
        assert said == Strings("en")(f"page.keys.{self.engine}")
        return ("Alt_L", "Shift_L") if "Shift" in said else ("Alt_L",)

    def press(self, held: tuple[str, ...], letter: str, expression: str) -> bool:
        """Press a letter with what is held down; whether the expression came to hold."""
        self.hand.press(*held, letter)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.holds(expression):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def holds(self, expression: str) -> bool:
        """Whether an expression holds; in a page that is on its way to another one nothing does."""
        try:
            return bool(self.look(f"Boolean({expression})"))
        except (Error, RuntimeError):
            return False


@contextmanager
def _browser(engine: str, chromium: Browser, display: str) -> Iterator[Tab]:
    made = {
        "chrome": lambda: engines.chromium(chromium.browser_type, display),
        "firefox": lambda: engines.firefox(display),
    }
    with made[engine]() as tab:
        yield tab


def sit(tab: Tab, found: Hand) -> None:
    """Click beside everything until the window has the keyboard: nobody else gives it one."""
    for _ in range(50):
        found.click(*BESIDE)
        if hears(tab, found):
            return
    raise TimeoutError("no key arrives in the window")


def hears(tab: Tab, found: Hand) -> bool:
    """Whether a key arrives in the page that stands there: before its first paint Chromium drops them."""
    tab.look("(addEventListener('keydown', () => { window.heard = true }), 1)")
    found.press("Shift_L")
    time.sleep(0.1)
    return bool(tab.look("Boolean(window.heard)"))


@pytest.fixture(scope="module", params=ENGINES)
def seat(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Seat]:
    """Give a seat at an open screen with something everywhere, in English."""
    store = make_store(tmp_path_factory.mktemp("desk"), practice=True)
    case, bundle = furnish(store)
    with intakes.opened(store) as book:
        violent = put_case(book, topics=["violence"], **CODE).subject
    subjects = {"case": case, "bundle": bundle, "violent": violent}
    with (
        engines.screen() as display,
        _browser(request.param, chromium, display) as tab,
        hand(display) as found,
        serving(store, "--language", "en") as address,
    ):
        tab.open(address)
        sit(tab, found)
        tab.type("#passphrase", WORDS)
        found.press("Return")
        seat = Seat(request.param, tab, found, address.partition("/?")[0], subjects)
        deadline = time.monotonic() + engines.PATIENCE_SECONDS
        while not seat.holds(f'document.querySelector("{OPENED}")'):
            assert time.monotonic() < deadline, "the desk stays locked"
            time.sleep(0.05)
        yield seat


def check(seat: Seat) -> None:
    """Press every letter that this screen offers: it stands there once, is shown, and does its own."""
    held, found = seat.told(), seat.look(LETTERS)
    letters = [letter for letter, _ in found]
    assert [one for one, count in Counter(letters).items() if count > 1] == []
    assert set(letters) <= OFFERED
    assert [name for letter, name in found if name.split()[-1] != letter.upper()] == []
    seat.arrive()
    seat.look(LISTEN)
    lost = [one for one in letters if not seat.press(held, one, f"done.at(-1) === {one!r}")]
    assert lost == []
    assert seat.look("done.length") == len(letters)


@pytest.mark.parametrize("path", SHARE)
def test_each_letter_does_what_it_stands_beside(seat: Seat, path: str) -> None:
    """Held down with what the screen says, on every screen in a soak, and on the one with most otherwise."""
    seat.open(path)
    check(seat)


def test_a_letter_to_be_kept_has_its_letters_too(seat: Seat) -> None:
    """The page of a letter that was made is led to by a button."""
    seat.open(f"{VIOLENT}/letter?template=report_back")
    seat.look("document.querySelector('[name=letter_language]').value = 'en'")
    for name in ("done", "result"):
        seat.tab.type(f"#letter-{name}", "words")
    seat.look(f"((form) => {{ {PATIENT} }})(document.querySelector('main form'))")
    held = seat.told()
    assert seat.press(held, "j", "document.querySelector('[name=record]')")
    check(seat)


def test_the_letters_of_a_day_lead_on(seat: Seat) -> None:
    """Nothing in between: the menu, a case, and danger, which is said by the store afterwards."""
    seat.open("/")
    held = seat.told()
    assert seat.press(held, "s", "location.pathname === '/search'")
    seat.open(VIOLENT)
    wait(seat.tab, f"({STOOD})()")
    assert seat.press(held, keys.ACTIONS["danger"], "document.querySelector('.badge-danger')")
    assert seat.look("document.querySelectorAll('[action$=\"/danger\"]').length") == 0
    assert "Danger now" in seat.look("document.querySelector('[role=status]').innerText")


def test_no_letter_is_one_that_the_browser_keeps(seat: Seat) -> None:
    """All of the alphabet on one page: what does not arrive is no letter of ours."""
    seat.tab.open(f"data:text/html,<!doctype html><title>t</title>{ALPHABET}")
    seat.arrive()
    seat.look(LISTEN)
    held = ("Alt_L", "Shift_L") if seat.engine == "firefox" else ("Alt_L",)
    kept = set()
    for letter in ascii_lowercase:
        if not seat.press(held, letter, f"done.at(-1) === {letter!r}"):
            kept.add(letter)
            for _ in range(2):
                seat.hand.press("Escape")  # out of a menu, and out of the line of the address
            seat.hand.click(*BESIDE)
    print(f"{seat.engine} keeps {sorted(kept)}")
    assert kept & OFFERED == set()
    # It goes through the windows: these never arrive in a Chromium that has some.
    assert seat.engine == "firefox" or "d" in kept
