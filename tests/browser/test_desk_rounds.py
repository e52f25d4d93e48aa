"""What a handler does beside single cases, in Chromium against `desk serve`: merge, board, floods, letters, keeping."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.cases.book import Casebook
from desk.store import copy
from desk.store.vault import Vault
from desk.strings import Strings
from desk.wire.board import signed_file
from tests import boards, intakes
from tests.board_samples import BOARD_KEY
from tests.browser.desk import Screen, entered, opened
from tests.screens import CODE, HANDLER, do, put_case
from tests.vaults import WORDS, make_store

T = Strings("en")
FLOODS = {"release": "ab" * 16, "aside": "cd" * 16}
FLOODED = 3
CONTACT = "bel 0600000000"


@dataclass
class Desk:
    """A running screen, its store, a stick with a colleague's work, and cases by what is done to them."""

    screen: Screen
    store: Path
    stick: Path
    cases: dict[str, str] = field(default_factory=dict)

    def open(self, menu: str) -> Page:
        """Go to a screen by the menu."""
        page = self.screen.page
        with page.expect_navigation():
            page.locator("nav").get_by_role("link", name=T(f"page.nav.{menu}")).click()
        return page

    def case(self, name: str) -> Page:
        """Open a case from the inbox."""
        page = self.open("inbox")
        page.locator(f"main a[href='/case/{self.cases[name]}']").first.click()
        return page

    def done(self) -> None:
        """The browser had nothing to complain about and asked nobody else."""
        assert self.screen.troubles == []
        assert self.screen.strangers() == []


def furnish(store: Path) -> dict[str, str]:
    """Make a case for each thing that is done; returns their subjects."""
    with intakes.opened(store) as book:
        boards.keep_board_key(book)
        answered = put_case(book, **boards.fields("a"))
        do(book, answered, "answer", text="Wij hebben u gehoord.")
        withdrawn = put_case(book)
        do(book, withdrawn, "consent", purpose="store", given="no", how="telephone")
        cases = {"letter": put_case(book, **CODE), "dossier": put_case(book, contact=CONTACT)}
        cases |= {"answered": answered, "withdrawn": withdrawn}
        for flood in FLOODS.values():
            for _ in range(FLOODED):
                put_case(book, flood=flood)
        return {name: case.subject for name, case in cases.items()}


def write_stick(store: Path, folder: Path) -> tuple[Path, str]:
    """Let a colleague add a case to a copy of the store and put her work on a stick."""
    shutil.copytree(store, folder / "colleague")
    (folder / "stick").mkdir()
    with Vault.open(folder / "colleague", HANDLER, WORDS) as vault:
        case = put_case(Casebook(vault), story="Alleen bij haar")
        copy.outbox(vault, folder / "stick")
    return folder / "stick", case.subject


@pytest.fixture(scope="module")
def desk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a running screen with something of each kind to do."""
    folder = tmp_path_factory.mktemp("desk")
    store = make_store(folder)
    cases = furnish(store)
    stick, cases["merged"] = write_stick(store, folder)
    with entered(chromium, store, "--language", "en") as screen:
        yield Desk(screen, store, stick, cases)


def test_a_colleagues_work_is_taken_over_from_a_stick(desk: Desk, tmp_path: Path) -> None:
    """The path, the second button, and her case stands in the inbox."""
    page = desk.open("import")
    page.get_by_label(T("page.stick.path")).fill(str(desk.stick))
    page.get_by_role("button", name=T("page.import.merge")).click()
    expect(page.get_by_role("status")).to_contain_text(T("page.import.merged", count=1))
    expect(desk.case("merged").locator(".told").first).to_have_text("Alleen bij haar")
    with opened(desk.store, tmp_path / "after") as book:
        assert desk.cases["merged"] in book.cases
    desk.done()


def test_the_board_is_made_onto_a_stick_and_written_again(desk: Desk) -> None:
    """A signed file with the answer on it; the same bytes from the second press, as the button says."""
    page, file = desk.open("outbox"), desk.stick / "board.bin"
    page.get_by_label(T("page.stick.path")).fill(str(desk.stick))
    page.get_by_role("button", name=T("page.board.press")).click()
    expect(page.get_by_role("status")).to_contain_text("Board 1 is made")
    first = file.read_bytes()
    assert signed_file.parse(first, BOARD_KEY).heading.epoch == 1
    file.unlink()
    page.get_by_role("button", name=T("page.board.again", epoch=1)).click()
    expect(page.get_by_role("status")).to_contain_text("is written again")
    assert file.read_bytes() == first
    desk.done()


def test_what_is_due_is_erased_after_a_tick_and_not_before(desk: Desk, tmp_path: Path) -> None:
    """Its name stands on the page; after the run neither list nor store holds it."""
    subject = desk.cases["withdrawn"]
    page = desk.open("retention")
    page.get_by_role("button", name=T("page.retention.press")).click()
    expect(page.get_by_role("status")).to_have_text(T("page.retention.unsure"))
    with opened(desk.store, tmp_path / "before") as book:
        expect(page.locator("main li")).to_contain_text([book.cases[subject].pseudonym])
    page.get_by_label(T("page.retention.sure")).check()
    page.get_by_role("button", name=T("page.retention.press")).click()
    expect(page.get_by_role("status")).to_have_text(T("page.retention.done", count=1))
    with opened(desk.store, tmp_path / "after") as book:
        assert subject not in book.cases
        assert book.vault.is_erased(subject)
    desk.done()


@pytest.mark.parametrize(
    ("button", "said", "flood", "closed"),
    [
        ("page.flood.release", "flood.released", "", ""),
        ("page.flood.set_aside", "flood.set_aside", FLOODS["aside"], "duplicate"),
    ],
)
def test_a_flood_is_handled_by_one_button(
    desk: Desk, tmp_path: Path, *, button: str, said: str, flood: str, closed: str
) -> None:
    """Released they are new like any other, set aside they are closed and kept; the other flood stays."""
    page, name = desk.open("inbox"), "aside" if closed else "release"
    card = page.locator(f"form[action^='/flood/{FLOODS[name]}/']")
    card.get_by_role("button", name=T(button)).click()
    expect(page.get_by_role("status")).to_have_text(T(said, count=FLOODED))
    assert page.locator(f"form[action^='/flood/{FLOODS[name]}/']").count() == 0
    with opened(desk.store, tmp_path / "after") as book:
        kinds = {"release": "flood_released", "aside": "closed"}
        found = [case for case in book.cases.values() if case.thread[-1].kind == kinds[name]]
        assert [(case.flood, case.closed_without) for case in found] == [(flood, closed)] * FLOODED
    desk.done()


def test_a_letter_that_leaks_is_refused_and_then_made_and_kept(desk: Desk, tmp_path: Path) -> None:
    """A day is refused with all words still there; the month goes, is shown, and stands in the case."""
    page = desk.case("letter")
    page.get_by_role("link", name=T("page.letter.title")).click()
    page.get_by_role("link", name=T("letter.report_back")).click()
    page.get_by_label(T("field.letter_language")).select_option("en")
    page.get_by_label(T("field.done")).fill("On 3 March 2026 we called them.")
    page.get_by_label(T("field.result")).fill("They changed it.")
    page.get_by_role("button", name=T("page.letter.make")).click()
    expect(page.get_by_role("alert")).to_contain_text(T("leak.date"))
    expect(page.get_by_label(T("field.done"))).to_have_value("On 3 March 2026 we called them.")
    page.get_by_label(T("field.done")).fill("We called them.")
    page.get_by_role("button", name=T("page.letter.make")).click()
    text = page.locator(".letter").text_content() or ""  # however much of the style has come
    assert "This is what we did:\n\nWe called them.\n" in text
    page.get_by_role("button", name=T("page.letter.record")).click()
    expect(page.locator(".done")).to_have_text(T("page.letter.kept"))
    with opened(desk.store, tmp_path / "after") as book:
        entry = book.cases[desk.cases["letter"]].thread[-1]
        assert (entry.kind, str(book.text(entry)["text"]).strip()) == ("letter_made", text.strip())
    desk.done()


def test_the_dossier_shows_names_when_asked_and_that_is_recorded(
    desk: Desk, tmp_path: Path
) -> None:
    """Masked at first; the button shows them on that page only."""
    page = desk.case("dossier")
    page.get_by_role("link", name=T("page.dossier.title")).click()
    expect(page.get_by_role("main")).not_to_contain_text(CONTACT)
    page.get_by_role("button", name=T("page.dossier.unmask")).click()
    expect(page.locator(".facts")).to_contain_text(CONTACT)
    expect(desk.case("dossier").get_by_role("main")).not_to_contain_text(CONTACT)
    with opened(desk.store, tmp_path / "after") as book:
        kinds = [entry.kind for entry in book.cases[desk.cases["dossier"]].thread]
        assert kinds == ["received", "identity_read"]
    desk.done()
