"""The door of the daily screen in Chromium: one browser gets in, and no other page can reach it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.page.screen import IDLE_SECONDS
from tests.browser import elsewhere
from tests.browser.desk import Screen, enter, opened, serving
from tests.vaults import make_store

NOTE = """<!doctype html><title>elsewhere</title>
<form method="post" action="{address}/case/{case}/note"><input name="text" value="forged">
<input name="form_token" value="guessed"></form><iframe src="{address}/"></iframe>
<script>onload = () => fetch("{address}/", {{credentials: "include"}}).then(
  (answer) => {{ document.title = "read"; }}, () => {{ document.title = "refused"; }})</script>"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty case store."""
    return make_store(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def first_address(store: Path) -> Iterator[str]:
    """Run a screen; give the address that works once."""
    with serving(store, "--language", "en") as address:
        yield address


@pytest.fixture(scope="module")
def screen(chromium: Browser, first_address: str) -> Iterator[Screen]:
    """Give the one tab that is let in."""
    page = chromium.new_context().new_page()
    yield enter(page, first_address)
    page.context.close()


@pytest.fixture
def stranger(screen: Screen) -> Iterator[tuple[str, list[elsewhere.Asked]]]:
    """Give the address of a page that tries to read the screen and to write into a case, and what it heard."""
    with elsewhere.serving(NOTE.format(address=screen.address, case="0" * 32)) as served:
        yield served


@pytest.fixture
def foreign(stranger: tuple[str, list[elsewhere.Asked]]) -> str:
    """Give the address of that page."""
    return stranger[0]


@pytest.fixture
def heard(stranger: tuple[str, list[elsewhere.Asked]]) -> list[elsewhere.Asked]:
    """Give the requests that came to it."""
    return stranger[1]


def test_the_token_leaves_the_address(screen: Screen) -> None:
    """After the first page neither the address nor a script can tell a secret."""
    screen.open("/")
    assert screen.page.url == f"{screen.address}/"
    assert screen.page.evaluate("document.cookie") == ""
    (cookie,) = screen.page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")


def test_a_second_browser_is_refused(chromium: Browser, screen: Screen, first_address: str) -> None:
    """Also with the first address, which has been used."""
    other = chromium.new_context()
    for address in (first_address, f"{screen.address}/"):
        answer = other.new_page().goto(address)
        assert answer is not None
        assert answer.status == 403
    other.close()


def test_another_page_can_neither_read_nor_write(
    chromium: Browser, screen: Screen, foreign: str
) -> None:
    """A tab of the same browser, on another port: its fetch, its frame and its form all fail."""
    tab = screen.page.context.new_page()
    tab.goto(foreign)
    expect(tab).to_have_title("refused")
    framed = [frame for frame in tab.frames if frame != tab.main_frame]
    assert all("Inbox" not in frame.content() for frame in framed)
    with tab.expect_navigation() as arrived:
        tab.evaluate("document.forms[0].submit()")
    assert arrived.value is not None
    assert arrived.value.status == 403
    assert arrived.value.url.endswith("/note")
    tab.close()


def test_no_other_server_of_this_machine_gets_the_cookie(
    screen: Screen, foreign: str, heard: list[elsewhere.Asked]
) -> None:
    """Whatever else is opened in this browser, on any port of the usual address, hears nothing of it."""
    tab = screen.page.context.new_page()
    tab.goto(foreign)
    tab.close()
    assert heard
    assert [asked for asked in heard if "cookie" in asked.headers] == []


def test_a_link_from_elsewhere_opens_nothing(screen: Screen, foreign: str) -> None:
    """Who is led here by another page has no cookie and sees no case."""
    tab = screen.page.context.new_page()
    tab.goto(foreign)
    with tab.expect_navigation(url=f"{screen.address}/") as arrived:
        tab.evaluate(f"location.href = '{screen.address}/'")
    assert arrived.value is not None
    assert arrived.value.status == 403
    tab.close()


def test_the_policy_holds_in_the_browser(screen: Screen) -> None:
    """A script, a picture or a style put into the page by force does nothing."""
    screen.open("/help")
    put = """() => { const said = [];
      addEventListener('securitypolicyviolation', (e) => said.push(e.effectiveDirective));
      document.body.insertAdjacentHTML('beforeend', '<img src="http://127.0.0.1:9/">'
        + '<p style="color:red"></p><b onclick="document.title=1"></b>');
      document.querySelector('b').click();
      return new Promise((done) => setTimeout(() => done(said.sort()), 300)); }"""
    assert screen.page.evaluate(put) == ["img-src", "script-src-attr", "style-src-attr"]
    assert screen.page.title() == "Help · desk"


def test_help_stands_in_a_tab_of_its_own_and_nothing_typed_is_lost(screen: Screen) -> None:
    """It shows the page about the screen, with nothing that the policy refuses, and what was typed stays."""
    screen.open("/search")
    screen.page.locator("#words").fill("half a word")
    with screen.page.expect_popup() as opened:
        screen.page.locator("nav a[accesskey=h]").click()
    tab = opened.value
    tab.wait_for_load_state()
    assert tab.url == f"{screen.address}/help/search"
    assert tab.locator(".guide h2").inner_text() == "Search"
    tab.close()
    assert screen.page.locator("#words").input_value() == "half a word"


def test_the_lock_button_shuts_every_tab(screen: Screen) -> None:
    """After it no tab shows a case, and the passphrase opens it again."""
    tab = screen.page.context.new_page()
    screen.open("/")
    screen.lock()
    tab.goto(f"{screen.address}/agenda")
    expect(tab.get_by_role("heading", level=1)).to_have_text("The desk is locked")
    tab.close()
    screen.page.goto(f"{screen.address}/")
    screen.unlock()
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Inbox")


def test_going_back_shows_nothing_after_locking(screen: Screen) -> None:
    """No page is kept by the browser."""
    screen.open("/agenda")
    screen.lock()
    screen.page.go_back()
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("The desk is locked")
    screen.unlock()


def test_a_whole_walk_with_the_visible_labels(screen: Screen, store: Path, tmp_path: Path) -> None:
    """Somebody tells her story by telephone; a handler enters, sorts, answers and closes it."""
    page: Page = screen.page
    screen.open("/")
    page.get_by_role("link", name="Add a complaint").click()
    page.get_by_label("Came in by").select_option("Telephone")
    page.get_by_label("Her story").fill("Told by telephone")
    page.get_by_label("Language of the complaint").select_option("English")
    page.get_by_label("Keep it").check()
    page.get_by_role("button", name="Keep this complaint").click()
    page.get_by_role("link", name="Record a report back").or_(
        page.locator("summary", has_text="Record a report back")
    ).click()
    page.locator("#do-report_back").get_by_label("In which way").select_option("Telephone")
    page.get_by_role("button", name="Record a report back").click()
    expect(page.get_by_role("status")).to_contain_text("Record a report back")
    page.get_by_role("link", name="Close").click()
    page.locator("#do-close").get_by_label("Listened").check()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("status")).to_contain_text("Close")
    with opened(store, tmp_path / "after") as book:
        (case,) = book.cases.values()
        assert (case.is_closed, case.outcomes) == (True, ("listened",))


def test_a_page_that_is_left_on_the_monitor_hides_the_case(screen: Screen) -> None:
    """When the desk locks itself nothing of a case stays in view; what was typed does, with its button."""
    page = screen.page
    page.goto(f"{screen.address}/search")
    told, typed = page.locator("main h1"), page.locator("main #words")
    typed.fill("half getypt")
    expect(page.locator(".asleep")).to_be_hidden()
    for seconds, hidden in ((IDLE_SECONDS - 1, False), (IDLE_SECONDS, True)):
        page.evaluate(
            "ms => document.getAnimations().forEach(a => { a.currentTime = ms })", seconds * 1000
        )
        assert told.is_hidden() == hidden
        assert page.locator(".asleep").is_visible() == hidden
    expect(typed).to_be_visible()
    expect(typed).to_have_value("half getypt")
