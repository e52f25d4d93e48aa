"""The list of all pages and its search, in Chromium: what is typed is looked up there and stays there."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.rules import violations
from tests.browser.test_places import SMALL
from tests.browser.visit import Visit
from tests.site import SHARE, STRINGS, asset
from tests.test_search import WORDS

# What is typed in each language, and the page that it leads to.
TYPED = {language: pages["life-housing"][0] for language, pages in WORDS.items()}


def look_up(visit: Visit, typed: str) -> None:
    """Type into the field and wait until it says what it found."""
    visit.page.locator("#part").fill(typed)
    expect(visit.page.locator("[role=status] p:visible")).not_to_have_count(0)


@pytest.mark.parametrize("language", SHARE)
def test_a_word_leads_to_its_page(visit: Visit, language: str) -> None:
    """The first result is the page, and the number of results is said where a screen reader hears it."""
    visit.language = language
    visit.open("search/")
    look_up(visit, TYPED[language])
    results = visit.page.locator("#results a")

    said = visit.page.locator("[role=status] #some").inner_text()
    assert said == f"{STRINGS[language]('search.some')} {results.count()}"
    results.first.click()
    visit.page.wait_for_url(f"**/{language}/life-housing/**")
    assert visit.troubles == []


def test_typing_fetches_our_own_file_once_and_nothing_else(visit: Visit) -> None:
    """Opening the page fetches no index; using the field fetches it; no letter changes address or storage."""
    visit.open("search/")
    visit.page.wait_for_load_state("networkidle")
    before, address, steps = (
        len(visit.requests),
        visit.page.url,
        visit.page.evaluate("history.length"),
    )
    assert before <= 4
    for typed in ("v", "verkracht", "huisbaas", "zzzzzz", "", "advocaat gratis"):
        visit.page.locator("#part").fill(typed)
        visit.page.locator("#part").press("Enter")
    expect(visit.page.locator("#results a").first).to_be_visible()
    visit.page.wait_for_load_state("networkidle")

    fetched = [one.url for one in visit.requests[before:]]
    assert fetched == [f"{visit.address}/{asset('search-nl.js')}"]
    assert visit.page.url == address
    assert visit.page.evaluate("history.length") == steps
    kept = "[document.cookie, localStorage.length, sessionStorage.length]"
    assert visit.page.evaluate(kept) == ["", 0, 0]
    assert visit.page.evaluate("indexedDB.databases ? indexedDB.databases() : []") == []


def test_the_exit_and_going_away_take_words_and_results(visit: Visit) -> None:
    """What was found says what was looked for, so it goes with it."""
    for path, found in (("search/", "#results a"), ("places/", "#places li small:not(:empty)")):
        visit.open(path)
        look = "huisbaas" if path == "search/" else "hoofddorp"
        visit.page.locator("#part").fill(look)
        expect(visit.page.locator(found).first).to_be_attached()
        visit.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")

        assert visit.page.locator("#part").input_value() == ""
        assert visit.page.locator(found).count() == 0, path


def test_without_the_index_the_field_says_so_and_the_topics_stay(visit: Visit) -> None:
    """Nothing is asked for a second time."""
    asked = []
    visit.page.route(f"**/{asset('search-nl.js')}", lambda route: (asked.append(1), route.abort()))
    visit.open("search/")
    for typed in ("huisbaas", "deur"):
        visit.page.locator("#part").fill(typed)
        expect(visit.page.locator("#failed")).to_be_visible()

    assert asked == [1]
    assert visit.page.locator("#none").is_hidden()
    assert visit.page.locator(".topics h2").count() == 7


def test_words_that_are_nowhere_are_told_with_what_to_do(visit: Visit) -> None:
    """One sentence, and the topics below it."""
    visit.open("search/")
    look_up(visit, "qqqqqqq")

    assert visit.page.locator("#none").inner_text() == STRINGS["nl"]("search.none")
    assert visit.page.locator("#results a").count() == 0


def test_the_search_works_by_keyboard(visit: Visit) -> None:
    """From the field the next stop is the first result, and Enter goes there."""
    visit.open("search/")
    visit.page.locator("#part").focus()
    visit.page.keyboard.type("moet ik open doen")
    expect(visit.page.locator("#results a").first).to_be_visible()
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.closest('#results') !== null")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/nl/door/**")


@pytest.mark.parametrize("language", SHARE)
def test_what_is_found_fits_a_small_phone_and_axe_finds_nothing(
    visit: Visit, language: str
) -> None:
    """With results in view, never sideways at 320 pixels; an English title on another page is marked."""
    visit.language = language
    visit.page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    visit.open("search/")
    look_up(visit, TYPED[language])

    assert visit.page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    first = visit.page.locator("#results a").first
    assert first.get_attribute("lang") == (None if language in ("nl", "en") else "en")
    assert visit.troubles == []
    assert violations(visit.page) == []


def test_all_topics_without_script(chromium: Browser, address: str) -> None:
    """From the menu of any page to a topic, and to a page of it; the field that would do nothing is not there."""
    context = chromium.new_context(java_script_enabled=False, viewport=SMALL)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/nl/door/")
    page.locator("#drawer").check()
    page.locator(".menu a[href$='search/#life']").click()
    page.wait_for_url("**/nl/search/#life")
    expect(page.locator("#find")).to_be_hidden()
    expect(page.locator("#life")).to_be_in_viewport()
    page.locator(".topics a[href$='/life-housing/']").click()
    page.wait_for_url("**/nl/life-housing/")
    context.close()
