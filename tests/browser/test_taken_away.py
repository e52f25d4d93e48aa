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
# What of this she meets, and then what sealing and sending stand on: in turn, with what happens then.
YOUNGER = {
    ("Object", "hasOwn"): "sends",
    ("AbortSignal", "timeout"): "sends",
    ("Intl", "Segmenter"): "sends",
    ("Uint8Array", "fromHex"): "sends",
    ("Promise", "withResolvers"): "sends",
    ("Array", "at"): "sends",
}
NEEDED = {
    ("DataView", "setBigUint64"): "says",
    ("Object", "fromEntries"): "says",
    ("Array", "flatMap"): "says",
    ("Element", "replaceChildren"): "says",
    ("Crypto", "subtle"): "says",
    ("Crypto", "getRandomValues"): "says",
    ("", "AbortController"): "says",
    ("", "BigInt"): "says",
    ("", "TextDecoder"): "says",
    ("", "TextEncoder"): "says",
    ("", "Worker"): "says",
    ("", "FormData"): "says",
    ("", "fetch"): "says",
}
SHARE = [
    ("Object", "hasOwn"),
    ("AbortSignal", "timeout"),
    ("", "AbortController"),
    ("Crypto", "subtle"),
]
IN_TURN = YOUNGER | NEEDED


@pytest.fixture(scope="module")
def without(practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the site with everything younger taken away before each script."""
    names = [(one.owner, one.name) for one in younger.members() if one.is_younger]
    prelude = younger.taking_away([pair for pair in names if not set(pair) & set(_DEMANDED)])
    desk = way_back.own_site(practice, tmp_path_factory.mktemp("without"))
    for script in desk.site.glob(asset("*.js")):
        text = script.read_text("utf-8")
        script.unlink()  # the same file as the practice site's
        script.write_text(prelude + text, "utf-8")
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


@pytest.mark.parametrize(("owner", "name"), IN_TURN if SOAK else SHARE)
def test_the_form_sends_or_says_at_its_first_step_that_it_cannot(
    visit: Visit, owner: str, name: str
) -> None:
    """One thing at a time: never a button that does nothing, and never a word about the connection."""
    prelude = younger.taking_away([(owner, name)])

    def shorten(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=prelude + answer.text())

    def unnamed(route: Route) -> None:
        """The page with no word of what its scripts must be: those of this test are others."""
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(' integrity="[^"]*"', "", answer.text()))

    visit.page.context.route(f"**/{asset('*.js')}", shorten)
    visit.page.context.route("**/write/", unnamed)
    visit.open("write/")
    if IN_TURN[owner, name] == "sends":
        expect(visit.page.locator("#form")).to_be_visible()
        visit.write("Zij kwamen binnen.")
        visit.send()
        visit.expect_sent()
    else:
        says_that_it_cannot(visit.page)


def says_that_it_cannot(page: Page) -> None:
    """At once or at the first press, with the other ways, and before any word was written."""
    either = page.locator("#no-script:visible, #failed:visible")
    if page.locator("#form").is_visible():
        page.locator("#next").click()
    expect(either).to_be_visible()
    expect(either.locator(".other-ways li").first).to_be_visible()
    expect(page.locator("#story")).to_be_hidden()
