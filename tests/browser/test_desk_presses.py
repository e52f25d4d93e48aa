"""Double clicks and Enter held down on the daily screen, in Chromium against `desk serve`, without any patience."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import intakes
from tests.browser.desk import OPENED, STOOD, fill, opened, serving
from tests.screens import CODE, do, put_case
from tests.vaults import WORDS, make_store


@dataclass
class Desk:
    """A tab on a running screen, its address without the token, its store, and a case beside one to be erased."""

    page: Page
    address: str
    store: Path
    new: str

    def wait(self) -> None:
        """Look at the page, as a person does."""
        self.page.wait_for_function(STOOD)

    def kinds(self, copy: Path) -> list[str]:
        """What stands in the store."""
        with opened(self.store, copy) as book:
            return [event.kind for _, event in book.vault.events()]


@pytest.fixture
def desk(chromium: Browser, tmp_path: Path) -> Iterator[Desk]:
    """Give a running screen that is open."""
    store = make_store(tmp_path)
    with intakes.opened(store) as book:
        new = put_case(book, **CODE).subject
        gone = put_case(book)
        do(book, gone, "consent", purpose="store", given="no", how="face")
    with serving(store, "--language", "en") as address:
        page = chromium.new_context().new_page()
        page.goto(address)
        page.locator("#passphrase").fill(WORDS)
        page.get_by_role("button", name="Unlock").dblclick()
        page.wait_for_selector(OPENED)
        yield Desk(page, address.partition("/?")[0], store, new)
        page.context.close()


def test_a_double_click_does_a_deed_once(desk: Desk, tmp_path: Path) -> None:
    """One note for two clicks, and nothing on the page that comes in between."""
    page = desk.page
    page.goto(f"{desk.address}/case/{desk.new}?open=note")
    fill(page.locator("#do-note"), {"text": "Once."})
    desk.wait()
    page.locator("#do-note button").dblclick()
    expect(page.locator(".done")).to_be_visible()
    assert desk.kinds(tmp_path / "copy").count("noted") == 1


# A hand that is faster than any: it presses what lies there when the page comes, once.
_AT_ONCE = """addEventListener('DOMContentLoaded', () => {
  if (window.name || location.pathname !== '/retention') return;
  window.name = 'pressed';
  document.querySelector('[name=sure]').checked = true;
  document.querySelector('main form button').click();
});"""


def test_a_second_click_does_not_answer_what_came_under_the_finger(
    desk: Desk, tmp_path: Path
) -> None:
    """The button that erases lies where a link was: ticked and pressed at once, nothing goes."""
    page = desk.page
    page.add_init_script(_AT_ONCE)
    page.goto(f"{desk.address}/help")
    page.locator("nav a[href='/retention']").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing was done")
    assert "erased" not in desk.kinds(tmp_path / "soon")
    desk.wait()
    page.locator("[name=sure]").check()
    page.locator("main form button").click()
    expect(page.get_by_role("status")).to_contain_text("1")
    assert desk.kinds(tmp_path / "later").count("erased") == 1


def test_enter_held_down_does_nothing_but_the_first(desk: Desk, tmp_path: Path) -> None:
    """Thirty presses from the field of one form: one deed, and none of what came after."""
    page = desk.page
    page.goto(f"{desk.address}/case/{desk.new}?open=bundle")
    fill(page.locator("#do-bundle"), {"title": "Checks"})
    desk.wait()
    before = desk.kinds(tmp_path / "before")
    page.locator("#do-bundle [name=title]").focus()
    for _ in range(30):  # what a keyboard sends that repeats
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    page.wait_for_url(f"**/case/{desk.new}**")
    desk.wait()
    after = desk.kinds(tmp_path / "after")
    assert sorted(after[len(before) :]) == ["bundle_made", "bundled"]


def test_a_code_that_was_drawn_twice_over_is_one_and_is_shown(desk: Desk, tmp_path: Path) -> None:
    """The browser shows the answer to the second click: it is that of the first."""
    page = desk.page
    page.goto(f"{desk.address}/add")
    said = {"channel": "telephone", "story": "Told.", "form_language": "en", "code": "new"}
    fill(page.locator("main form"), {**said, "consent": ("store",)})
    desk.wait()
    page.locator("main form button").dblclick()
    expect(page.locator(".code")).to_be_visible()
    with opened(desk.store, tmp_path / "copy") as book:
        told = [case for case in book.cases.values() if case.channel == "telephone"]
    assert len(told) == 1
    assert page.locator(f"main a[href='/case/{told[0].subject}']").count() == 1


def test_what_was_typed_when_it_locked_comes_back_after_a_double_click(desk: Desk) -> None:
    """On the button that unlocks."""
    page = desk.page
    page.goto(f"{desk.address}/case/{desk.new}?open=note")
    fill(page.locator("#do-note"), {"text": "Long words."})
    tab = page.context.new_page()
    tab.goto(f"{desk.address}/help")
    tab.get_by_role("button", name="Lock").click()
    expect(tab.locator("#passphrase")).to_be_visible()
    page.locator("#do-note button").click()
    page.locator("#passphrase").fill(WORDS)
    page.get_by_role("button", name="Unlock").dblclick()
    expect(page.locator("#note-text")).to_have_value("Long words.")
