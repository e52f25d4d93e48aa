"""What a handler prints, in Chromium and Firefox, as they print by themselves: with title, address and day."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests import engines, intakes
from tests.browser.desk import OPENED, PATIENT, serving
from tests.browser.paper import written
from tests.engines import Tab, wait
from tests.screens import CODE, put_case
from tests.test_letters_dossier import page as dossier
from tests.vaults import WORDS, make_store

ENGINES = ("chromium", "firefox")
_PRINTER = "print.printer_Mozilla_Save_to_PDF."
STORY = "Zij kwamen binnen zonder te vragen. " * 250
LEAST_MILLIMETRES = 15.0
PATIENCE_SECONDS = 20.0


def _to_file(path: Path) -> dict[str, Any]:
    """Settings of a Firefox that prints to a file without asking, with all its own lines."""
    lines = {"headerleft": "&T", "headerright": "&U", "footerleft": "&PT", "footerright": "&D"}
    return {
        "print.always_print_silent": True,
        "print_printer": "Mozilla Save to PDF",
        f"{_PRINTER}print_to_file": True,
        f"{_PRINTER}print_to_filename": str(path),
        **{f"{_PRINTER}print_{where}": line for where, line in lines.items()},
    }


@pytest.fixture(params=ENGINES)
def paper(
    chromium: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[Tab, Callable[[], bytes]]]:
    """Give a tab, and what prints the page in it."""
    path = tmp_path / "printed.pdf"
    if request.param == "firefox":
        with engines.firefox(settings=_to_file(path)) as tab:
            yield tab, lambda: _printed(tab, path)
        return
    with engines.tab_of(chromium) as tab:
        page = chromium.contexts[-1].pages[-1]
        yield (
            tab,
            lambda: page.pdf(display_header_footer=True, format="A4", prefer_css_page_size=True),
        )


def _printed(tab: Tab, path: Path) -> bytes:
    path.unlink(missing_ok=True)
    tab.look("(setTimeout(() => print()), 1)")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (path.exists() and path.read_bytes().rstrip().endswith(b"%%EOF")):
        assert time.monotonic() < deadline, "nothing was printed"
        time.sleep(0.05)
    return path.read_bytes()


def test_no_address_and_no_number_of_a_case_is_printed(
    paper: tuple[Tab, Callable[[], bytes]], tmp_path: Path
) -> None:
    """A letter and a case of several sheets: our words alone, away from the edge of each sheet."""
    tab, printing = paper
    store = make_store(tmp_path, practice=True)
    with intakes.opened(store) as book:
        case = put_case(book, story=STORY, topics=["violence"], **CODE)
    with serving(store, "--language", "en") as entrance:
        address = entrance.partition("/?")[0]
        tab.open(entrance)
        tab.type("#passphrase", WORDS)
        tab.click("main button")
        wait(tab, f'document.querySelector("{OPENED}")')
        tab.open(f"{address}/case/{case.subject}")
        told = written(printing())
        tab.open(f"{address}/case/{case.subject}/letter?template=report_back")
        tab.look("document.querySelector('[name=letter_language]').value = 'en'")
        for name in ("done", "result"):
            tab.type(f"#letter-{name}", "words")
        tab.look(f"((form) => {{ {PATIENT} }})(document.querySelector('main form'))")
        tab.click("main form button")
        wait(tab, "document.querySelector('[name=record]')")
        letter = written(printing())
    assert len(told) > 1
    assert "".join(words for words, _ in told).count("zonder") == STORY.count("zonder")
    assert "words" in letter[0][0]
    for words, away in [*told, *letter]:
        assert case.subject not in words
        assert address.removeprefix("http://") not in words
        assert min(away) > LEAST_MILLIMETRES


def test_a_dossier_has_neither_its_place_nor_its_name_on_paper(
    paper: tuple[Tab, Callable[[], bytes]], tmp_path: Path
) -> None:
    """It is opened from a file, whose path names the computer and the case."""
    tab, printing = paper
    path = tmp_path / "bonte-fuut.html"
    path.write_text(dossier(STORY), "utf-8")
    tab.open(path.as_uri())
    printed = written(printing())
    assert len(printed) > 1
    assert "".join(words for words, _ in printed).count("zonder") == STORY.count("zonder")
    for words, away in printed:
        assert (path.name in words, "file:" in words) == (False, False)
        assert min(away) > LEAST_MILLIMETRES
