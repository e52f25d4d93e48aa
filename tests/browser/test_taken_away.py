"""Today's engines without what is younger than the oldest browsers that we carry: the form sends all the same.

A browser that lacks more says so at the first step, with the other ways. Everything is taken away
in the page and in its worker: by a line before each script.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests import way_back, younger
from tests.browser.conftest import Opener
from tests.browser.reading import CODE
from tests.browser.visit import Visit
from tests.practice import Practice, running
from tests.site import asset
from tests.soak import SOAK

# Where the browser demands a policy for the worker's address, it has the interface that makes one.
_DEMANDED = ("trustedTypes", "TrustedTypePolicyFactory", "TrustedTypePolicy", "TrustedScriptURL")
_SAID = "[...document.querySelectorAll('[data-state]:not([hidden])')].map((e) => e.dataset.state)"
# What an interface that is still there refuses or says falsely, as scripts that guard a browser make it.
_REFUSES = """const real%(n)s = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = function (format, bytes, name, ...more) {
  return name === '%(n)s' ? Promise.reject(new DOMException('', 'NotSupportedError'))
    : real%(n)s.call(this, format, bytes, name, ...more); };\n"""
_COARSE = """(() => { for (const clock of [Performance.prototype, Date]) {
  const now = clock.now; clock.now = function () { return Math.floor(now.call(this) / 100) * 100; }; } })();\n"""
LIES = {
    "no Ed25519": _REFUSES % {"n": "Ed25519"},
    "no PBKDF2": _REFUSES % {"n": "PBKDF2"},
    "a coarse clock": _COARSE,
}
WITHOUT_A_CODE = ["no PBKDF2"]  # the keys of a code are made of it
# Everything younger than these browsers of 2017 is looked at: whether both walks ask for it.
YEAR_2017 = {"chrome": 57, "firefox": 52, "safari": 10.1}
SENDS, SAYS = "sends", "says"
# Taken away in turn, and what happens then: first what is younger than the oldest browsers that we carry.
IN_TURN = {
    ("Object", "hasOwn"): SENDS,
    ("AbortSignal", "timeout"): SENDS,
    ("Intl", "Segmenter"): SENDS,
    ("Uint8Array", "fromHex"): SENDS,
    ("Uint8Array", "toHex"): SENDS,
    ("Promise", "withResolvers"): SENDS,
    ("Array", "at"): SENDS,
    ("Array", "findLast"): SENDS,
    ("", "structuredClone"): SENDS,
    # What privacy browsers take away, and extensions of theirs.
    ("", "Intl"): SENDS,
    ("", "IntersectionObserver"): SENDS,
    ("", "queueMicrotask"): SENDS,
    ("", "WebAssembly"): SENDS,
    ("", "SharedWorker"): SENDS,
    ("", "localStorage"): SENDS,
    ("", "sessionStorage"): SENDS,
    ("", "indexedDB"): SENDS,
    ("", "caches"): SENDS,
    ("Element", "checkVisibility"): SENDS,
    ("Navigator", "*"): SENDS,
    ("WorkerNavigator", "*"): SENDS,
    ("History", "*"): SENDS,
    ("Screen", "*"): SENDS,
    ("Window", "print"): SENDS,
    ("Window", "matchMedia"): SENDS,
    ("Document", "visibilityState"): SENDS,
    ("SubtleCrypto", "verify"): SENDS,  # as in a browser without Ed25519
    # What the walks ask for, of 2017 and later.
    ("RegExp", "dotAll"): SENDS,
    ("RegExp", "hasIndices"): SENDS,
    ("RegExp", "unicodeSets"): SENDS,
    ("", "globalThis"): SAYS,
    ("HTMLInputElement", "labels"): SENDS,
    ("FormData", "get"): SAYS,
    ("FormData", "getAll"): SAYS,
    ("DataView", "setBigUint64"): SAYS,
    ("Object", "fromEntries"): SAYS,
    ("Array", "flatMap"): SENDS,
    ("Element", "replaceChildren"): SAYS,
    ("Crypto", "subtle"): SAYS,
    ("SubtleCrypto", "deriveBits"): SENDS,
    ("", "AbortController"): SAYS,
    ("AbortController", "signal"): SENDS,
    ("KeyboardEvent", "repeat"): SENDS,
    ("BigInt", "toString"): SAYS,
    ("", "BigInt"): SAYS,
    # What sealing and sending stand on, however old.
    ("Crypto", "getRandomValues"): SAYS,
    ("SubtleCrypto", "importKey"): SENDS,
    ("", "TextDecoder"): SAYS,
    ("", "TextEncoder"): SAYS,
    ("", "Worker"): SAYS,
    ("", "FormData"): SAYS,
    ("", "fetch"): SAYS,
    ("", "trustedTypes"): SAYS,  # this engine demands it for the worker
}
SHARE = [
    ("Object", "hasOwn"),
    ("Intl", "Segmenter"),
    ("Navigator", "*"),
    ("", "AbortController"),
    ("Crypto", "subtle"),
]
# Asked for by the driver and by the engine itself in what a page asks of it.
NOT_OURS = {
    ".AbortSignal",
    ".BigInt64Array",
    ".BigUint64Array",
    ".Temporal",
    "Element.shadowRoot",
    "Window.cancelIdleCallback",
    "Window.requestIdleCallback",
}


@pytest.fixture(scope="module")
def without(practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the site with everything younger taken away before each script and out of its style."""
    names = [(one.owner, one.name) for one in younger.members() if one.is_younger]
    prelude = younger.taking_away([pair for pair in names if not set(pair) & set(_DEMANDED)])
    desk = way_back.own_site(practice, tmp_path_factory.mktemp("without"))
    for script in desk.site.glob(asset("*.js")):
        text = script.read_text("utf-8")
        script.unlink()  # the same file as the practice site's
        script.write_text(prelude + text, "utf-8")
    (style,) = desk.site.glob(asset("site.css"))
    left = younger.plain_style(style.read_text("utf-8"))
    style.unlink()
    style.write_text(left, "utf-8")
    way_back.forget_sums(desk.site)
    with running(desk) as address:
        yield address


@pytest.mark.parametrize("engine", ["chromium", "firefox", "webkit"])
def test_an_engine_of_today_sends_without_everything_younger(
    opener: Opener, without: str, engine: str
) -> None:
    """It is gone where the scripts run, and the complaint with its code is stored all the same."""
    with opener(engine)() as tab:
        way_back.complain(tab, f"{without}/nl/", "Zij kwamen binnen.")
        left = tab.look(
            "[typeof Object.hasOwn, typeof AbortSignal.timeout, typeof structuredClone]"
        )

        assert left == ["undefined"] * 3
        assert way_back.read_answers(tab, f"{without}/nl/", CODE) == []
        assert tab.look(_SAID) == ["none"]  # there is no board; and not: no connection


def before_each_script(page: Page, prelude: str) -> None:
    """Put a line before each script of ours, that of the worker too."""

    def lengthen(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=prelude + answer.text())

    def unnamed(route: Route) -> None:
        """The page with no word of what its scripts must be: those of this test are others."""
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(' integrity="[^"]*"', "", answer.text()))

    page.context.route(f"**/{asset('*.js')}", lengthen)
    page.context.route(re.compile("/(write|answer)/$"), unnamed)


@pytest.mark.parametrize(("owner", "name"), IN_TURN if SOAK else SHARE)
def test_the_form_sends_or_says_at_its_first_step_that_it_cannot(
    visit: Visit, owner: str, name: str
) -> None:
    """One thing at a time: never a button that does nothing, and never a word about the connection."""
    before_each_script(visit.page, younger.taking_away([(owner, name)]))
    visit.open("write/")
    gone = younger.is_gone(owner, name)
    if IN_TURN[owner, name] == SENDS:
        expect(visit.page.locator("#form")).to_be_visible()
        visit.write("Zij kwamen binnen.")
        places = [visit.page, *visit.page.workers]
        assert [place.evaluate(gone) for place in places] == [True, True]
        visit.send()
        visit.expect_sent()
    else:
        says_that_it_cannot(visit.page)
        assert name == "globalThis" or visit.page.evaluate(
            gone
        )  # the driver has nothing without it


def test_nothing_else_of_the_last_ten_years_is_asked_for(visit: Visit) -> None:
    """What both walks ask for, page and worker, is written down on the way; and each is taken away in turn."""
    before_each_script(visit.page, younger.recording(younger.after(YEAR_2017)))
    visit.open_form()
    visit.write("Zij kwamen binnen.")
    visit.go_back_to("code")
    visit.take_code()
    visit.go_to("check")
    asked = {one for worker in visit.page.workers for one in worker.evaluate("[...asked]")}
    assert "DataView.setBigUint64" in asked  # of the seal, in the worker
    visit.send()
    visit.expect_sent()
    asked |= set(visit.page.evaluate("[...asked]"))
    visit.open("answer/")
    visit.page.locator("#code").fill(CODE)
    visit.page.locator("#read").press("Enter")
    expect(visit.page.locator("#result")).to_be_visible(timeout=40_000)
    asked |= set(visit.page.evaluate("[...asked]"))
    ours = {one for one in asked - NOT_OURS if one.strip(".").split(".")[0] not in _DEMANDED}

    assert "Crypto.subtle" in ours
    assert ours - {f"{owner}.{name}" for owner, name in IN_TURN} == set()


@pytest.mark.parametrize("lie", LIES)
def test_a_browser_that_refuses_one_thing_costs_no_word(visit: Visit, lie: str) -> None:
    """It sends all the same, or says so beside her words, which stay; without a code it sends then."""
    before_each_script(visit.page, LIES[lie])
    visit.open_form()
    visit.write("Zij kwamen binnen.")
    visit.go_back_to("code")
    visit.take_code()
    visit.go_to("check")
    visit.send()
    if lie in WITHOUT_A_CODE:
        visit.expect_outcome("not_sealed")
        assert visit.page.locator("#story").input_value() == "Zij kwamen binnen."
        visit.go_back_to("code")
        visit.page.locator("#code-no").check()
        visit.go_to("check")
        visit.send()
    visit.expect_sent()


def says_that_it_cannot(page: Page) -> None:
    """At once or at the first press, with the other ways, and before any word was written."""
    either = page.locator("#no-script:visible, #failed:visible")
    if page.locator("#form").is_visible():
        page.locator("#next").click()
    expect(either).to_be_visible()
    expect(either.locator(".other-ways li").first).to_be_visible()
    expect(page.locator("#story")).to_be_hidden()
