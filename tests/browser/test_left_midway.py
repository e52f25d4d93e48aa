"""The exit pressed while something is under way, in Chromium, with a neutral site that leaves the browser where it is.

What was begun ends behind the blank screen: it leaves no word, no code and no worker, and nothing complains.
"""

import pytest
from playwright.sync_api import Page, Route

from tests.browser.reading import CODE, Boards, Reader
from tests.browser.test_emptying import MARK, Inside, found_in
from tests.browser.visit import Visit, caught

# Pressed, and left before anything else can happen; or left once what was pressed waits for an answer.
_AT_ONCE = """(id) => { window.pressed = document.getElementById(id); pressed.click();
  document.getElementById('leave').click(); }"""
_PRESS = "(id) => { window.pressed = document.getElementById(id); pressed.click(); }"
_ENDED = "() => !pressed.hasAttribute('aria-busy')"


def stay(page: Page) -> list[Route]:
    """Answer for the neutral site with 204, so that the page can be looked into; gives what it was asked."""
    asked: list[Route] = []

    def answer(route: Route) -> None:
        asked.append(route)
        route.fulfill(status=204)

    page.route("**/weather", answer)
    return asked


def expect_nothing(visit: Visit, secrets: list[str]) -> None:
    """Once what was pressed has ended no place of the page holds them, no worker runs, and nothing was thrown."""
    visit.page.wait_for_function(_ENDED)
    inside = Inside(visit.page)
    assert inside.no_workers()
    assert found_in(inside.places(), secrets) == set()
    assert inside.look("document.querySelectorAll('body *').length") == "1"
    assert [said for said in visit.troubles if not said.startswith("error: Failed to load")] == []


def ready(visit: Visit) -> list[str]:
    """A complaint that waits for its last press; gives what must not be found afterwards."""
    visit.open_form()
    visit.write(f"{MARK}story")
    visit.go_back_to("code")
    digits = visit.take_code()
    visit.go_to("check")
    return [MARK, digits, digits[-8:]]


def test_leaving_while_it_is_sealed(visit: Visit) -> None:
    """Send, and the exit in the same moment: what she sent goes on its way, and nothing of it is kept."""
    stay(visit.page)
    secrets = ready(visit)
    visit.page.evaluate(_AT_ONCE, "send")
    expect_nothing(visit, secrets)
    assert [len(body) for body in visit.posts()] == [16_384]


@pytest.mark.parametrize("status", [204, 400, 503])
def test_leaving_while_the_drop_has_it(visit: Visit, status: int) -> None:
    """Whatever the drop answers then, nobody is told, and nothing is left to be sent again."""
    stay(visit.page)
    held: list[Route] = []
    visit.page.route("**/drop", lambda route: held.append(route))
    secrets = ready(visit)
    visit.page.evaluate(_PRESS, "send")
    request = caught(visit.page, held)
    visit.page.locator("#leave").click()
    request.fulfill(status=status)
    expect_nothing(visit, secrets)


def test_leaving_while_the_key_is_renewed(visit: Visit) -> None:
    """The list of keys comes too late: no worker starts for it, and nothing is sent again."""
    stay(visit.page)
    held: list[Route] = []
    visit.page.route("**/drop", lambda r: r.fulfill(status=400, body='{"error":"key_unknown"}'))
    visit.page.route("**/keys.json", lambda route: held.append(route))
    secrets = ready(visit)
    visit.send()
    visit.expect_outcome("key_unknown")
    visit.page.evaluate(_PRESS, "renew")
    request = caught(visit.page, held)
    visit.page.locator("#leave").click()
    request.continue_()
    expect_nothing(visit, secrets)
    assert len(visit.posts()) == 1


def test_leaving_while_the_code_is_worked_on(reader: Reader, boards: Boards) -> None:
    """Read, and the exit in the same moment: no board is fetched for a code that nobody waits for."""
    stay(reader.page)
    boards.put(boards.make([boards.reply(f"{MARK}answer")]))
    reader.arrive(boards.day(2))
    reader.page.locator("#code").fill(CODE)
    reader.page.evaluate(_AT_ONCE, "read")
    expect_nothing(reader, [MARK, CODE, CODE[-8:]])
    assert reader.fetched() == 0


def test_leaving_while_the_board_comes(reader: Reader, boards: Boards) -> None:
    """A board that comes afterwards is not opened, and no worker starts to check it."""
    stay(reader.page)
    held: list[Route] = []
    reader.page.route("**/board.bin", lambda route: held.append(route))
    boards.put(boards.make([boards.reply(f"{MARK}answer")]))
    reader.arrive(boards.day(2))
    reader.page.locator("#code").fill(CODE)
    reader.page.evaluate(_PRESS, "read")
    request = caught(reader.page, held)
    reader.page.locator("#leave").click()
    request.continue_()
    expect_nothing(reader, [MARK, CODE, CODE[-8:]])


def test_leaving_while_words_under_a_code_are_sealed(reader: Reader, boards: Boards) -> None:
    """As with a complaint: nothing of them, of the code or of the answer is kept."""
    stay(reader.page)
    boards.put(boards.make([boards.reply(f"{MARK}answer")]))
    reader.arrive(boards.day(2))
    reader.read()
    reader.page.locator("#again").press("Enter")
    reader.page.locator("#words").fill(f"{MARK}words")
    reader.page.evaluate(_AT_ONCE, "send")
    expect_nothing(reader, [MARK, CODE, CODE[-8:]])


def test_leaving_while_the_list_of_pages_comes(visit: Visit) -> None:
    """It comes too late for what was typed, and says nothing."""
    stay(visit.page)
    held: list[Route] = []
    visit.page.route("**/search-nl.js", lambda route: held.append(route))
    visit.open("search/")
    visit.page.locator("#part").fill(MARK)
    request = caught(visit.page, held)
    visit.page.locator("#leave").click()
    with visit.page.expect_response("**/search-nl.js"):
        request.continue_()
    assert found_in(Inside(visit.page).places(), [MARK]) == set()
    assert visit.troubles == []
