"""Chromiums of years ago: she complains, reads her answer, writes back and leaves, each as in the browser of today.

92 is the oldest that we carry; phones with Android 6 end at 106, with Android 7 at 119.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests import old_engines, way_back, whole_form
from tests.browser.reading import ANSWER, CODE, KEYS, Boards
from tests.engines import Tab, wait
from tests.soak import SOAK
from tests.whole_form import Words

OLD = (92, 106, 119)
ALL_OLD = (92, 103, 106, 109, 112, 119, 126, 131, 138, 141)
WORDS = {
    "nl": Words(
        'Zij kwamen binnen zonder te vragen. "Nee" \\ 👩🏽‍🦱',
        "'s-Hertogenbosch",
        "Sam",
        "Na negen uur",
    ),
    "ar": Words("دخلوا دون أن يسألوا، الساعة ٣.", "أمستردام", "سام", "بعد التاسعة"),
    "th": Words("พวกเขาเข้ามาโดยไม่ถาม น้ำใจ", "ฮาร์เลม", "แซม", "หลังเก้าโมง"),
}

AWAY_IN_FULL = "<html><head><title>weather</title></head><body><p>weather</p></body></html>"
NUMBERS = ("step-at", "step-count", "room")


@dataclass(frozen=True)
class Old:
    """A tab of an old browser, and its version."""

    version: int
    tab: Tab


@pytest.fixture(scope="module", params=ALL_OLD if SOAK else OLD)
def old(request: pytest.FixtureRequest) -> Iterator[Old]:
    """Give a browser of that version; it is the one that it says it is."""
    with old_engines.chromium(request.param) as tab:
        assert f"Chrome/{request.param}." in tab.look("navigator.userAgent")
        yield Old(request.param, tab)


def test_an_old_browser_sends(old: Old, boards: Boards) -> None:
    """Every step, a code and the seal; the desk reads what she wrote to the last byte."""
    for language in WORDS if SOAK else [list(WORDS)[old.version % len(WORDS)]]:
        before = boards.desk.names()
        whole_form.send(old.tab, boards.address, WORDS[language], language)
        (name,) = boards.desk.names() - before

        (opened,) = boards.desk.complaints(boards.desk.drop / "in" / name)
        numbers = [old.tab.look(f"document.getElementById('{id}').textContent") for id in NUMBERS]
        assert all(one in "0123456789" for text in numbers for one in text if one.isdigit())
        assert whole_form.without_keys(opened) == WORDS[language].complaint(language)
        assert whole_form.size(opened) == whole_form.ROOM


def test_an_old_browser_reads_an_answer_and_writes_back(old: Old, boards: Boards) -> None:
    """The whole board is fetched, verified and opened there, and what follows is sealed there."""
    boards.put(boards.make([boards.reply(ANSWER)], [KEYS]))
    before = boards.desk.names()
    (shown,) = way_back.read_answers(old.tab, f"{boards.address}/nl/", CODE)
    way_back.write_back(old.tab, "Dank u wel.")
    (name,) = boards.desk.names() - before

    assert shown == {"text": ANSWER, "language": "nl", "direction": "ltr"}
    (opened,) = boards.desk.complaints(boards.desk.drop / "in" / name)
    assert (opened["ask"], opened["story"]) == ("write", "Dank u wel.")


def test_the_exit_of_an_old_browser_leads_away_and_back_shows_nothing(
    old: Old, boards: Boards, elsewhere: str
) -> None:
    """Words half written are gone, and the visit is one step of its history, which Back and Forward pass over."""
    steps = old.tab.look("history.length")
    pages = f"{boards.address}/nl/"
    left = way_back.leave_half_written(old.tab, pages, elsewhere + "before", "Half")

    assert left == [f"{elsewhere}{name}\n{AWAY_IN_FULL}" for name in way_back.VISITED]
    assert old.tab.look("history.length") == steps + 2


def test_the_fields_of_an_old_browser_find(old: Old, boards: Boards) -> None:
    """One line is left of the list, of a place too; and a word leads to its page."""
    old.tab.open(f"{boards.address}/nl/places/")
    old.tab.type("#part", "hoofddorp")
    lines = "[...document.querySelectorAll('#places li:not([hidden])')].map((e) => e.id)"
    wait(old.tab, f"{lines}.length")
    assert old.tab.look(lines) == ["GM0394"]

    old.tab.open(f"{boards.address}/nl/search/")
    old.tab.type("#part", "huisbaas")
    wait(old.tab, "document.querySelector('#results a')")
    assert old.tab.look("document.querySelector('#results a').pathname") == "/nl/life-housing/"
