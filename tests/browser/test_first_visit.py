"""What a first visit to the form fetches: its weight in each language, and that it says nothing of what she does.

The answer page, which shares its worker, is weighed beside it.
"""

import brotli
import pytest
from playwright.sync_api import Browser

from tests import old_engines
from tests.bench import weight
from tests.browser.visit import Visit
from tests.engines import wait
from tests.practice import Practice
from tests.site import LANGUAGES, SHARE, asset

MOST_BYTES = 37 * 1024  # brotli 11, by a browser that has Ed25519 of its own
NEXT_KEY_BYTES = 1_400  # the list in the page holds the next quarter's key too, once it is made
MOST_BYTES_TWO_KEYS = 38 * 1024
MOST_BYTES_ANSWER = 42 * 1024
MOST_BYTES_OLDER = 46 * 1024  # by one without: Chrome to 136, Firefox to 128, Safari to 16
FETCHED = {f"/{asset(name)}" for name in ("site.css", "form.css", "leave.js", "write.js")}
OWN, OLDER = f"/{asset('seal.js')}", f"/{asset('seal_older.js')}"
ICON = f"/{asset('icon.svg')}"
RESOURCES = "performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"


def without_icon(paths: set[str]) -> set[str]:
    """A browser without windows may not ask for it."""
    return paths - {ICON}


@pytest.mark.parametrize("language", SHARE)
def test_the_form_is_light_in_every_language(
    chromium: Browser, address: str, practice: Practice, language: str
) -> None:
    """Page, style, icon and scripts, as the bench weighs them."""
    page = f"/{language}/write/"
    found = weight.visit(chromium, address + page)
    weights = {url.removeprefix(address): size for url, size in found.bodies}
    assert found.requests == len(weights)  # nothing twice
    weights[ICON] = weigh(practice, ICON)

    assert without_icon(set(weights)) == FETCHED | {page, OWN}
    assert sum(weights.values()) <= MOST_BYTES, weights
    assert sum(weights.values()) + NEXT_KEY_BYTES <= MOST_BYTES_TWO_KEYS, weights


def test_the_answer_page_fetches_the_code_of_signatures_once(
    chromium: Browser, address: str, practice: Practice
) -> None:
    """It lets the sealing worker check them, which it starts anyway: in its heaviest language, without the board."""
    heaviest = max(LANGUAGES, key=lambda language: weigh(practice, f"/{language}/answer/"))
    found = weight.visit(chromium, f"{address}/{heaviest}/answer/")

    assert found.total <= MOST_BYTES_ANSWER, found.bodies


def weigh(practice: Practice, path: str) -> int:
    """Brotli 11 of a file as built."""
    file = practice.site / path.strip("/")
    return len(brotli.compress((file / "index.html" if file.is_dir() else file).read_bytes()))


def test_an_older_browser_fetches_the_older_worker_and_no_other(
    practice: Practice, address: str
) -> None:
    """It pays for the curve that it lacks, once, and for nothing that it cannot use."""
    with old_engines.chromium(119) as tab:
        tab.open(f"{address}/nl/write/")
        wait(tab, f"{RESOURCES}.some((path) => path.includes('seal'))")
        fetched = without_icon(set(tab.look(RESOURCES)))

    assert fetched == FETCHED | {OLDER}
    shared = sum(weigh(practice, path) for path in {*fetched, ICON})
    weights = {language: weigh(practice, f"/{language}/write/") for language in LANGUAGES}
    assert max(weights.values()) + shared <= MOST_BYTES_OLDER, (weights, shared)


def test_what_is_fetched_says_nothing_of_what_she_does(visit: Visit) -> None:
    """Until she presses Send, a form that was filled in is to who counts like one that was opened."""
    visit.open_form()
    visit.go_to("role")  # the sealing code is there then
    opened = [request.url for request in visit.requests]
    visit.write("x" * 10_000)
    visit.go_back_to("code")
    visit.take_code()
    visit.go_to("check")
    visit.page.wait_for_load_state("networkidle")

    assert [request.url for request in visit.requests] == opened
    assert {request.method for request in visit.requests} == {"GET"}
