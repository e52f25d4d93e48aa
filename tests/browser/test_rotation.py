"""A new quarter: the key list changes under the running app, and nobody is refused or sent round in a circle."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from markupsafe import escape
from playwright.sync_api import Page, expect

from tests.browser.visit import Visit
from tests.practice import Practice, make_key, publish, running
from tests.way_back import own_site

STORY = "mijn woorden"
NEW_QUARTER = "2027-01-20T00:00:00Z"


@dataclass
class Quarter:
    """A practice desk with an app that runs since the old quarter, and the list of the new one."""

    desk: Practice
    address: str
    new_list: str

    def carry_to_server(self) -> None:
        """Put the list where the app was told to read it, as the page of the quarter says."""
        self.desk.keys.write_text(self.new_list, "utf-8")


def rebuild(site: Path, old: str, new: str) -> None:
    """Put another key list into the form, which is what a build with that list changes in it."""
    page = site / "nl" / "write" / "index.html"
    html = page.read_text("utf-8")
    assert html.count(str(escape(old))) == 1
    page.unlink()  # a hard link to the site of all tests
    page.write_text(html.replace(str(escape(old)), str(escape(new))), "utf-8")


@pytest.fixture
def quarter(practice: Practice, tmp_path: Path) -> Iterator[Quarter]:
    """Rotate while the app runs: the key is made, the list signed, the site built with it and put up."""
    made = own_site(practice, tmp_path)
    folder = tmp_path / "keys-of-practice"
    shutil.copytree(practice.keys.parent, folder)
    old = practice.keys.read_text("utf-8")
    listed = tmp_path / "listed.json"
    listed.write_text(old, "utf-8")
    secret = practice.secret
    with running(Practice(tmp_path, secret, listed, made.site, made.drop)) as address:
        new = make_key(folder, "intake", "2027-01-01")
        text = publish(folder, "2026-12-01")
        rebuild(made.site, old, text)
        yield Quarter(Practice(tmp_path, new, listed, made.site, made.drop), address, text)


@pytest.fixture
def write(page: Page) -> Callable[[Quarter], Visit]:
    """Give a way to come in the new quarter and stand before the last press."""

    def come(quarter: Quarter) -> Visit:
        visit = Visit(page, quarter.address)
        page.clock.set_fixed_time(NEW_QUARTER)
        visit.open_form()
        visit.write(STORY)
        return visit

    return come


def test_the_running_app_takes_the_new_key(
    quarter: Quarter, write: Callable[[Quarter], Visit]
) -> None:
    """Nobody restarts it: who writes in the new quarter is stored at once, sealed to the new key."""
    quarter.carry_to_server()
    visit = write(quarter)
    visit.send()
    visit.expect_sent()
    assert len(visit.posts()) == 1
    assert [one["story"] for one in quarter.desk.complaints()] == [STORY]


def test_a_server_that_is_behind_is_named_and_words_wait(
    quarter: Quarter, write: Callable[[Quarter], Visit]
) -> None:
    """The site has the new list, the drop has not: no circle, other ways, and one press when it has."""
    visit = write(quarter)
    page = visit.page
    # As where another server hands out the files of the site.
    page.route("**/keys.json", lambda route: route.fulfill(status=200, body=quarter.new_list))
    visit.send()
    visit.expect_outcome("key_unknown")
    page.locator("#renew").click()
    visit.expect_outcome("key_behind")
    expect(page.locator("#status")).to_be_focused()
    expect(page.locator("#status .other-ways li").first).to_be_visible()
    expect(page.locator("#renew")).to_be_hidden()
    expect(page.locator("#review")).to_contain_text(STORY)
    quarter.carry_to_server()
    visit.send()
    visit.expect_sent()
    assert [one["story"] for one in quarter.desk.complaints()] == [STORY]


def test_a_list_that_the_page_may_not_take_is_no_lost_connection(
    quarter: Quarter, write: Callable[[Quarter], Visit]
) -> None:
    """What the server hands out is not signed by the pinned key: the words stay, and the sentence is true."""
    visit = write(quarter)
    forged = quarter.new_list.replace('"signature":"', '"signature":"00', 1)
    visit.page.route("**/keys.json", lambda route: route.fulfill(status=200, body=forged))
    visit.send()
    visit.expect_outcome("key_unknown")
    visit.page.locator("#renew").click()
    visit.expect_outcome("key_behind")
    assert visit.page.locator("#story").input_value() == STORY
    quarter.carry_to_server()
    visit.send()
    visit.expect_sent()
