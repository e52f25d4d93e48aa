"""What scripts write is the same in three engines, and the same as the page writes it."""

import pytest

from tests.browser.conftest import Opener
from tests.browser.reading import CODE, Boards
from tests.engines import wait
from tests.site import LANGUAGES, STRINGS
from tests.soak import SOAK
from tests.way_back import go_on, read_here

ENGINES = ("chromium", "firefox", "webkit")
SPOKEN = LANGUAGES if SOAK else LANGUAGES[-1:]
_TEXT = "document.getElementById('%s').textContent"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("language", SPOKEN)
def test_numbers_and_days_are_written_as_in_the_text_of_the_page(
    opener: Opener, boards: Boards, engine: str, language: str
) -> None:
    """Sign for sign: no engine takes digits, a calendar or a space of its own."""
    t = STRINGS[language]
    boards.put(boards.make([boards.reply()]))
    with opener(engine)() as tab:
        tab.open(f"{boards.address}/{language}/write/")
        go_on(tab, "role")
        progress = [tab.look(_TEXT % name) for name in ("step-at", "step-count")]
        room = tab.look(_TEXT % "room")
        tab.open(f"{boards.address}/{language}/answer/")
        read_here(tab, CODE)
        published = tab.look(_TEXT % "published")

    assert (progress, room) == (["1", "9"], t.calendar.percent.format(count=100))
    assert published == t.day(boards.day(1))


@pytest.mark.parametrize("engine", ENGINES)
def test_both_fields_find_under_the_policy_of_every_engine(
    opener: Opener, boards: Boards, engine: str
) -> None:
    """What they look up is a module, which the policy of reading pages lets in and no other host can give."""
    with opener(engine)() as tab:
        tab.open(f"{boards.address}/nl/places/")
        tab.type("#part", "hoofddorp")
        lines = "[...document.querySelectorAll('#places li:not([hidden])')].map((e) => e.id)"
        wait(tab, f"{lines}.length")
        assert tab.look(lines) == ["GM0394"]
        tab.open(f"{boards.address}/ar/search/")
        tab.type("#part", "صاحب البيت")
        wait(tab, "document.querySelector('#results a')")
        assert tab.look("document.querySelector('#results a').pathname") == "/ar/life-housing/"
