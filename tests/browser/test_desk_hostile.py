"""Two hundred hostile texts on the daily screen, in Chromium: shown as text, wherever they stand, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from desk.cases.book import Casebook
from desk.store.event import Event
from desk.store.vault import Vault
from desk.terminal import clean
from tests.browser.desk import Screen, enter, serving
from tests.payloads import payloads
from tests.screens import CODE, HANDLER, PASSPHRASE, make_store, put_case

ALL = payloads()
ON_ONE_PAGE = 40
PAGES = range(len(ALL) // ON_ONE_PAGE)
SHORT = [" ".join(text.split())[:80] for text in ALL]
FOREIGN = "script:not([src]), iframe, object, embed, svg, math, img, video, audio, base, link:not([href='/desk.css'])"
SHOWN = "selector => [...document.querySelectorAll(selector)].map(one => one.textContent)"


@dataclass
class Desk:
    """A running screen, and a case for each page of payloads."""

    screen: Screen
    cases: list[str]

    def shown(self, selector: str) -> list[str]:
        """Text of every element."""
        found: list[str] = self.screen.page.evaluate(SHOWN, selector)
        return found

    def check(self) -> None:
        """Nothing of ours was changed and nobody else was asked for anything."""
        page = self.screen.page
        assert page.locator(FOREIGN).count() == 0
        assert page.title() != "run"
        assert page.locator("h1").count() == 1
        assert self.screen.troubles == []
        assert self.screen.strangers() == []


def put(book: Casebook, page: int) -> str:
    """Make a case with forty payloads in its notes, one as story and some in each short field."""
    first = page * ON_ONE_PAGE
    mine, short = ALL[first : first + ON_ONE_PAGE], SHORT[first : first + ON_ONE_PAGE]
    story = mine[0] if mine[0].strip() else "x"
    fields = {"address_as": short[1], "contact": short[2], "municipality": short[3]}
    case = put_case(book, story=story, extra_field=short[4], **fields, **CODE)
    triaged = {"about_name": short[5], "assigned": short[6], "about": "police"}
    referred = {"organisation": short[7], "person": short[8], "agreed": short[9]}
    rest = {"id": "0" * 16, "receiver": "help", "follow_up": "2026-12-01", "warm": False}
    made = [("triaged", triaged), ("referred", referred | rest)]
    made += [("noted", {"text": text, "basis": ""}) for text in mine]
    book.add([Event(case.subject, kind, "2026-11-21", HANDLER, values) for kind, values in made])
    return case.subject


@pytest.fixture(scope="module")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a running screen on a store full of hostile texts."""
    store = make_store(tmp_path_factory.mktemp("desk"))
    vault = Vault.open(store, HANDLER, PASSPHRASE)
    book = Casebook(vault)
    cases = [put(book, page) for page in PAGES]
    vault.close()
    with serving(store, "--language", "en") as address:
        page = chromium.new_context().new_page()
        yield Desk(enter(page, address), cases)
        page.context.close()


@pytest.mark.parametrize("page", PAGES)
def test_the_page_of_a_case_shows_each_text_as_it_is(desk: Desk, page: int) -> None:
    """The text of the element is the cleaned text, character for character."""
    desk.screen.open(f"/case/{desk.cases[page]}")
    mine = ALL[page * ON_ONE_PAGE : (page + 1) * ON_ONE_PAGE]
    assert desk.shown("#thread ~ .thread .told") == [clean(text) for text in mine]
    assert desk.shown("[aria-labelledby=story] .beside .told") == [clean(mine[0])]
    desk.check()


@pytest.mark.parametrize("page", PAGES)
def test_short_texts_are_shown_as_they_are(desk: Desk, page: int) -> None:
    """Names and places of a sender or a handler, in the facts, the thread and the forms."""
    desk.screen.open(f"/case/{desk.cases[page]}")
    desk.screen.page.locator(f"form[action$='{desk.cases[page]}/unmask'] button").click()
    desk.screen.page.wait_for_selector(".done")
    short = [clean(text) for text in SHORT[page * ON_ONE_PAGE : (page + 1) * ON_ONE_PAGE]]
    lines = set(desk.shown(".told-line"))
    assert {short[number] for number in (1, 2, 3, 5, 6, 7, 8, 9)} <= lines
    assert (
        desk.screen.page.locator("#triage-about_name").input_value()
        == (SHORT[page * ON_ONE_PAGE + 5])
    )
    desk.check()


@pytest.mark.parametrize("page", PAGES)
def test_the_dossier_shows_each_text_as_it_is(desk: Desk, page: int) -> None:
    """On paper too."""
    desk.screen.open(f"/case/{desk.cases[page]}/dossier")
    mine = ALL[page * ON_ONE_PAGE : (page + 1) * ON_ONE_PAGE]
    assert desk.shown(".told")[-len(mine) :] == [clean(text) for text in mine]
    desk.check()


def test_lists_show_names_as_text(desk: Desk) -> None:
    """Inbox and agenda hold what was typed about cases."""
    for path in ("/", "/agenda", "/bundles"):
        desk.screen.open(path)
        desk.check()
    desk.screen.open("/agenda")
    wanted = {clean(SHORT[page * ON_ONE_PAGE + 7]) for page in PAGES}
    assert wanted <= set(desk.shown(".told-line"))


@pytest.mark.parametrize("page", PAGES)
def test_what_is_typed_comes_back_as_it_was(desk: Desk, page: int) -> None:
    """A refused form gives back each text whole, also one that would end the field."""
    desk.screen.open(f"/case/{desk.cases[page]}?open=answer")
    text = "\n\n" + ALL[page * ON_ONE_PAGE]
    field = desk.screen.page.locator("#answer-text")
    field.fill(text)
    typed = field.input_value()
    desk.screen.page.locator("#do-answer button[name=measure]").click()
    desk.screen.page.wait_for_load_state()
    assert field.input_value() == typed == text.replace("\r\n", "\n")
    desk.check()


def test_hostile_words_can_be_sought(desk: Desk) -> None:
    """Whatever is typed into the search, the page is a page, and finds what holds the words."""
    for text in SHORT[::10]:
        desk.screen.open("/search")
        desk.screen.page.locator("#words").fill(text)
        desk.screen.page.keyboard.press("Enter")
        desk.screen.page.wait_for_selector("h2[role=status]")
        assert desk.screen.page.locator("#words").input_value() == text.strip()
        desk.check()
