"""What exit, hours and a 204 of the drop leave behind, in Chromium: of every place that can hold words, nothing."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import CODE, Boards, Reader
from tests.browser.visit import Visit

PATIENCE_SECONDS = 5.0
MARK = "zqx"
# The list of places that can hold words. A new one goes here, and then into what empties.
PLACES: dict[str, str] = {
    "elements": "document.documentElement.outerHTML",
    "fields": "[...document.querySelectorAll('input, textarea')].map((one) => one.value).join(' ')",
    "choices": "[...document.querySelectorAll('form input:checked')].map((one) => one.id).join(' ')",
    "selection": "String(getSelection())",
    "last expression": "RegExp.input",
    "history": "JSON.stringify(history.state)",
    "address": "location.href",
    "title": "document.title",
    "storage": "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])",
}


@dataclass
class Inside:
    """The page asked by the browser's own protocol, its heap too."""

    page: Page

    def __post_init__(self) -> None:
        self.session = self.page.context.new_cdp_session(self.page)
        self.pieces: list[str] = []
        self.session.on("HeapProfiler.addHeapSnapshotChunk", self._put)

    def _put(self, said: dict[str, str]) -> None:
        self.pieces.append(said["chunk"])

    def look(self, expression: str) -> str:
        asked = {"expression": f"String({expression})", "returnByValue": True}
        return str(self.session.send("Runtime.evaluate", asked)["result"].get("value"))

    def heap(self) -> str:
        """Every string that the page's scripts still hold, after all rubbish is taken out."""
        self.pieces.clear()
        self.session.send("HeapProfiler.collectGarbage")
        self.session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
        return " ".join(json.loads("".join(self.pieces))["strings"])

    def workers(self) -> str:
        """The addresses of the workers that the browser still runs."""
        found = self.session.send("Target.getTargets", {"filter": [{"type": "worker"}]})
        return " ".join(one["url"] for one in found["targetInfos"])

    def no_workers(self) -> bool:
        """Whether the browser ends them: a thread that was told to end takes a moment to do so."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.workers() and time.monotonic() < deadline:
            time.sleep(0.02)
        return not self.workers()

    def places(self) -> dict[str, str]:
        """What every place holds; a worker is told of by its address."""
        held = {name: self.look(where) for name, where in PLACES.items()}
        held["workers"] = self.workers()
        return held | {"heap": self.heap()}


def found_in(held: dict[str, str], secrets: list[str]) -> set[str]:
    """Names of the places with a secret in them, spaces between digits or not."""
    bare = {name: re.sub(r"\s", "", text) for name, text in held.items()}
    return {name for name, text in bare.items() if any(secret in text for secret in secrets)}


def written(visit: Visit) -> list[str]:
    """Words in every place of the form; returns what must not be found afterwards."""
    page = visit.page
    visit.open_form()
    visit.go_to("topics")
    page.locator("#topics-operator").check()
    visit.go_to("place")
    page.locator("#municipality").fill(f"{MARK}place")
    visit.go_to("story")
    page.locator("#story").fill(f"{MARK} ж" * 6_000)
    page.locator("#later").press("Enter")  # what did not fit waits in the page
    page.locator("#story").fill(f"{MARK}story")
    visit.go_to("sharing")
    page.locator("#consent_store").check()
    digits = visit.take_code()
    visit.go_to("check")
    page.route("**/drop", lambda route: route.abort())
    visit.send()  # sealed once: words, bytes and keys are kept for another try
    visit.expect_outcome("unreachable")
    return [MARK, digits, digits[-8:]]


def read(reader: Reader, boards: Boards) -> list[str]:
    """A code, an answer and unsent words on the answer page."""
    boards.put(boards.make([boards.reply(f"{MARK}answer")]))
    reader.arrive(boards.day(2))
    reader.read()
    reader.page.locator("#again").press("Enter")
    reader.page.locator("#words").fill(f"{MARK}words")
    reader.page.route("**/drop", lambda route: route.abort())
    reader.page.locator("#send").press("Enter")
    reader.expect_outcome("unreachable")
    return [MARK, CODE, CODE[-8:]]


@pytest.fixture(params=["form", "answer"])
def tab(
    request: pytest.FixtureRequest, visit: Visit, reader: Reader, boards: Boards
) -> tuple[Page, Callable[[], list[str]]]:
    """Give the form or the answer page, with a way to put words into all its places."""
    if request.param == "form":
        return visit.page, lambda: written(visit)
    return reader.page, lambda: read(reader, boards)


WAYS = {
    "exit": "document.getElementById('leave').click()",
    "shift": "",
    "pagehide": "dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))",
}


@pytest.mark.parametrize("way", WAYS)
def test_leaving_empties_every_place_when_the_way_out_leads_nowhere(
    tab: tuple[Page, Callable[[], list[str]]], way: str
) -> None:
    """What stays behind the blank screen holds no word, no code, no worker.

    The neutral site says 204: the browser stays. While it says nothing, no protocol can look into the page.
    """
    page, put_words = tab
    page.route("**/weather", lambda route: route.fulfill(status=204))
    secrets = put_words()
    inside = Inside(page)
    before = found_in(inside.places(), secrets)
    assert before >= {"fields", "elements", "heap"}  # they were there
    assert inside.workers()
    if way == "shift":
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        inside.look(WAYS[way])
    assert inside.no_workers()
    held = inside.places()
    assert found_in(held, secrets) == set()
    assert held["choices"] in (["scope-nobody", "ask-write"] if way == "pagehide" else [""])
    assert held["history"] == "null"
    if way != "pagehide":
        assert inside.look("document.querySelectorAll('body *').length") == "1"


def test_an_emptied_page_can_be_used_again(visit: Visit) -> None:
    """A browser that kept the page shows an empty form, and another complaint can be sealed and sent from it."""
    written(visit)
    visit.page.unroute("**/drop")
    visit.page.evaluate(WAYS["pagehide"])
    visit.write("nieuw")
    visit.send()
    visit.expect_sent()
    assert visit.troubles == [said for said in visit.troubles if "ERR_FAILED" in said]


def test_the_code_goes_when_she_says_that_she_has_it(visit: Visit) -> None:
    """After sending it can be looked at once more; one press, and it is nowhere in the page."""
    page = visit.page
    visit.open_form()
    visit.go_to("story")
    page.locator("#story").fill("x")
    visit.go_to("sharing")
    page.locator("#consent_store").check()
    digits = visit.take_code()
    visit.go_to("check")
    visit.send()
    visit.expect_sent()
    page.locator("#sent summary").press("Enter")
    assert re.sub(r"\s", "", page.locator("#sent .code").inner_text()) == digits
    page.locator("#have").press("Enter")
    expect(page.locator("#shown")).to_be_hidden()
    expect(page.locator("#sent h2")).to_be_focused()
    assert found_in(Inside(page).places(), [digits, digits[-8:]]) == set()


LINKS = {
    "language": ".languages a[lang=en]",
    "menu": ".menu a[href$='search/']",
    "crumb": ".crumb a",
    "footer": "footer a[href$='leaving/']",
}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_that_would_take_words_away_asks_first(visit: Visit, link: str) -> None:
    """Another language, the menu, the way up: she is asked; staying keeps every word, going takes them."""
    page = visit.page
    visit.open_form()
    visit.go_to("story")
    page.locator("#story").fill(MARK)
    for panel in ("form", "gone"):
        page.evaluate("(s) => document.querySelector(s).click()", LINKS[link])
        expect(page.locator("#away h2")).to_be_focused()
        if panel == "form":
            page.locator("#stay").press("Enter")
            # Whoever goes by keyboard or by ear is where she was, not at the top of the page.
            assert page.evaluate("document.activeElement.closest('.step')?.hidden") is False
            expect(page.locator("#story")).to_have_value(MARK)
            expect(page.locator("#story")).to_be_visible()
    page.locator("#go").press("Enter")
    page.wait_for_url(lambda url: "/nl/write/" not in url)


def test_an_untouched_form_lets_go_at_once(visit: Visit) -> None:
    """Nothing was answered: nothing is asked, and the other language opens."""
    visit.open_form()
    visit.go_to("story")
    visit.page.locator(".languages summary").click()
    visit.page.locator(LINKS["language"]).click()
    visit.page.wait_for_url("**/en/write/")


def test_unsent_words_on_the_answer_page_are_asked_about(reader: Reader, boards: Boards) -> None:
    """Another language, with words under a code: the same question."""
    boards.put(boards.make())
    reader.arrive(boards.day(2))
    reader.read()
    reader.page.locator("#again").press("Enter")
    reader.page.locator("#words").fill(MARK)
    reader.page.locator(".languages summary").click()
    reader.page.locator(LINKS["language"]).click()
    expect(reader.page.locator("#away")).to_be_visible()
    reader.page.locator("#stay").press("Enter")
    expect(reader.page.locator("#words")).to_have_value(MARK)
