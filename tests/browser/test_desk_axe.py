"""The daily screen for everybody, in Chromium: accessibility rules, keyboard, a narrow screen, paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from desk.cases.book import Casebook
from desk.page.screen import MENU
from desk.store.vault import Vault
from tests.browser.desk import Screen, entered, serving
from tests.browser.keyboard import press_access_key
from tests.screens import CODE, HANDLER, do, put_case
from tests.soak import SOAK
from tests.vaults import WORDS, make_store

CASE = "/case/{case}"
PATHS = (
    *(path for _, path, _ in MENU),
    CASE,
    f"{CASE}?open=answer",
    f"{CASE}?open=triage",
    f"{CASE}/letter?template=referral_note",
    f"{CASE}/dossier",
    "/case/{bundle}",
    "/nothing",
)
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Desk:
    """A running screen and what is in it."""

    screen: Screen
    case: str
    bundle: str

    def open(self, path: str) -> Page:
        """Open a path in which `{case}` and `{bundle}` stand for subjects."""
        self.screen.open(path.format(case=self.case, bundle=self.bundle))
        return self.screen.page


def furnish(store: Path) -> tuple[str, str]:
    """Put something on every screen; returns a case and a bundle."""
    vault = Vault.open(store, HANDLER, WORDS)
    book = Casebook(vault)
    fields = {"topics": ["violence", "police"], "contact": "bel", "address_as": "Ρaула"}
    case = put_case(book, form_language="ar", story="مرحبا بالعالم", **fields, **CODE)
    do(book, case, "triage", urgency="danger", about="police", about_name="Bureau")
    do(book, case, "deadline", rule="objection", started="2026-10-14")
    do(book, case, "translate", text="Dag", language="nl", made_by="person")
    do(book, case, "note", text="Zij belde", basis="told")
    do(book, case, "refer", organisation="Huis", follow_up="2026-12-01")
    do(book, case, "bundle", title="Controles")
    put_case(book, wish="advice", on="2026-11-02", **CODE)
    do(book, put_case(book, role="professional"), "note", text="x")
    for topics in (["violence"], None):
        put_case(book, topics=topics, period="ongoing")
        put_case(book, topics=topics, flood="ab" * 16)
    withdrawn = put_case(book)
    do(book, withdrawn, "consent", purpose="store", given="no", how="telephone")
    vault.close()
    return case.subject, case.bundle


# The rules of axe are put into the page as a script, so this tab must not enforce the policy.
@pytest.fixture(scope="module")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a practice screen with something everywhere."""
    store = make_store(tmp_path_factory.mktemp("desk"), practice=True)
    case, bundle = furnish(store)
    with entered(chromium, store, bypass_csp=True) as screen:
        yield Desk(screen, case, bundle)


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds wrong, and where."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], [str(node["target"]) for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("language", ["nl", "en"] if SOAK else ["nl"])
@pytest.mark.parametrize("path", PATHS)
def test_accessibility_rules_hold_and_nothing_scrolls_sideways(
    desk: Desk, path: str, language: str
) -> None:
    """Every screen, in both languages, at 360 pixels."""
    desk.screen.page.set_viewport_size({"width": 360, "height": 640})
    page = desk.open(f"{path}{'&' if '?' in path else '?'}language={language}")
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate(SIDEWAYS) == 0
    assert violations(page) == []


def test_a_refused_form_is_accessible_and_told(desk: Desk) -> None:
    """The summary is an alert whose links lead to the fields."""
    page = desk.open(f"{CASE}?open=refer&language=en")
    page.locator("#do-refer button").click()
    expect(page.get_by_role("alert")).to_contain_text("Organisation: This field cannot stay empty")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("#refer-organisation")).to_be_focused()
    assert violations(page) == []


def test_the_locked_page_is_accessible(chromium: Browser, tmp_path: Path) -> None:
    """Before anybody is in, too, and the field has the focus."""
    with serving(make_store(tmp_path)) as address:
        page = chromium.new_context(bypass_csp=True).new_page()
        page.goto(address)
        expect(page.locator("#passphrase")).to_be_focused()
        assert violations(page) == []
        page.context.close()


def test_the_day_can_be_worked_by_keyboard(desk: Desk) -> None:
    """Skip link first; a key for each screen and each daily action, shown beside its name."""
    page = desk.open("/help?language=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for key, path in (("i", "/"), ("s", "/search"), ("a", "/agenda")):
        press_access_key(page, key)
        page.wait_for_url(f"{desk.screen.address}{path}")
    page = desk.open(CASE)
    press_access_key(page, "w")
    page.wait_for_url("**?open=answer*")
    expect(page.locator("#answer-text")).to_be_visible()


def test_no_control_is_without_a_label_or_ahead_of_its_turn(desk: Desk) -> None:
    """Order follows the page; nothing uses a positive place in the order of tabs."""
    page = desk.open(CASE)
    assert page.locator("[tabindex]:not([tabindex='-1'])").count() == 0
    unnamed = "one => one.type !== 'hidden' && !one.labels.length"
    fields = page.locator("input, select, textarea").all()
    assert [one.get_attribute("name") for one in fields if one.evaluate(unnamed)] == []


def test_nothing_but_the_case_is_printed(desk: Desk) -> None:
    """Forms and menus stay off the paper; the mark of practice does not."""
    page = desk.open(CASE)
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator("#do-answer")).to_be_hidden()
    expect(page.locator(".practice")).to_be_visible()
    expect(page.locator(".told").first).to_be_visible()
    page.emulate_media(media="screen")


def test_arabic_stands_at_the_right_and_our_words_at_the_left(desk: Desk) -> None:
    """Her text has its own direction and changes nothing around it."""
    page = desk.open(CASE)
    direction = "one => getComputedStyle(one).direction"
    assert page.locator(".told").first.evaluate(direction) == "rtl"
    assert page.locator("h1").evaluate(direction) == "ltr"
    assert page.locator("html").get_attribute("translate") == "no"
