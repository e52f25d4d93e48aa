"""The search of the handbook as it stands in a folder: sixty questions in each language, typed into its box.

The right page is among the first three, which are seen without scrolling, and nearly always the first: words such as
"in" and "the" are beginnings of others, and move it by a place. Chromium gets the questions in `make test`, Firefox in
a soak, with its windows: without one no field has the focus, and the search begins with that.
"""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests import engines
from tests.engines import PATIENCE_SECONDS
from tests.handbooks import Handbook
from tests.site import ROOT
from tests.soak import SOAK
from tests.windows import hand

QUESTIONS = yaml.safe_load((ROOT / "tests/handbook_questions.yml").read_text("utf-8"))
START = {"nl": "index.html", "en": "en/index.html"}
AMONG, FIRST = 3, 54  # places that count, and how many of the sixty come first
BOX = ".md-search__input"
SAID = "document.querySelector('.md-search-result__meta').innerText"
FOUND = (
    "[...document.querySelectorAll('.md-search-result__item a:first-child')].map((one) => one.href)"
)
BESIDE = (400, 600)  # nothing of the first page is there
Ask = Callable[[str], list[str]]


def settled(look: Callable[[str], Any]) -> list[str]:
    """What was found, once it says how much and stays so."""
    deadline, before = time.monotonic() + PATIENCE_SECONDS, None
    while True:
        now = (look(SAID), look(FOUND))
        if now == before and re.match(r"\d|Geen|No ", now[0]):
            return list(now[1])
        assert time.monotonic() < deadline, now
        before = now
        time.sleep(0.1)


def pages(found: list[str], handbook: Handbook, language: str) -> list[str]:
    """The pages of what was found, each once, in their order."""
    base = handbook.folder.as_uri() + ("/en/" if language == "en" else "/")
    names = [re.split("[?#]", one)[0].removeprefix(base) for one in found]
    return list(dict.fromkeys(re.sub(r"html$", "md", name) for name in names))


def check(ask: Ask, handbook: Handbook, language: str) -> None:
    """Ask all of them; which have another page before the right one is told together."""
    assert len(QUESTIONS) == 60
    found = {one[language]: pages(ask(one[language]), handbook, language) for one in QUESTIONS}
    right = {one[language]: set(one["finds"]) for one in QUESTIONS}
    late = {one: found[one][:4] for one in found if not right[one] & set(found[one][:AMONG])}
    assert late == {}
    second = {one: found[one][0] for one in found if found[one][0] not in right[one]}
    assert len(found) - len(second) >= FIRST, second


def test_each_page_that_is_to_be_found_is_there(handbook: Handbook) -> None:
    """A question whose page went away would be one that nothing answers."""
    names = {name for one in QUESTIONS for name in one["finds"]}
    assert {re.sub(r"md$", "html", name) for name in names} <= handbook.pages["nl"].keys()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A window as wide as a laptop's."""
    with chromium.new_context(viewport={"width": 1280, "height": 800}, offline=True) as context:
        yield context.new_page()


@pytest.mark.parametrize("language", START)
def test_chromium_finds_the_page_for_each_question(
    tab: Page, handbook: Handbook, language: str
) -> None:
    """From a folder, without a network; nothing but files of that folder is asked for."""
    asked: list[str] = []
    tab.context.on("request", lambda request: asked.append(request.url))
    tab.goto((handbook.folder / START[language]).as_uri())
    tab.locator(BOX).click()

    def ask(question: str) -> list[str]:
        tab.locator(BOX).fill("")
        tab.locator(BOX).press("Shift")  # the search looks when a key comes up
        tab.wait_for_function(f"() => {FOUND}.length === 0")
        tab.keyboard.insert_text(question)
        tab.locator(BOX).press("Shift")
        return settled(tab.evaluate)

    check(ask, handbook, language)
    assert [one for one in asked if not one.startswith(handbook.folder.as_uri())] == []


@pytest.mark.skipif(not SOAK, reason="a soak: Chromium gets the same questions")
@pytest.mark.parametrize("language", START)
def test_firefox_finds_the_page_for_each_question(handbook: Handbook, language: str) -> None:
    """The same, key by key, with a hand that gives the window the keyboard."""
    with (
        engines.screen() as display,
        engines.firefox(display) as fox,
        hand(display) as found,
    ):
        fox.ask("session.subscribe", events=["network.beforeRequestSent"])

        def ask(question: str) -> list[str]:
            fox.open((handbook.folder / START[language]).as_uri())
            found.click(*BESIDE)
            engines.wait(fox, "document.hasFocus()")
            fox.click("label.md-header__button[for=__search]")
            fox.type(BOX, question)
            return settled(fox.look)

        check(ask, handbook, language)
        own = ("data:", "about:", "resource:", "chrome:", handbook.folder.as_uri())
        assert [one for one in fox.asked if not one.startswith(own)] == []
        assert fox.asked
