"""What scripts write is the same in three engines: numbers and days with the digits and calendar of the page."""

import re

import pytest

from tests.browser.conftest import Opener
from tests.browser.reading import CODE, Boards
from tests.engines import wait
from tests.practice import REPO
from tests.way_back import go_on, read_here

ENGINES = ("chromium", "firefox", "webkit")
_TEXT = "document.getElementById('%s').textContent"
# Invisible marks beside a sign of per cent differ by engine and mean nothing.
_MARKS = str.maketrans("", "", "\u061c\u200e\u200f\u00a0 ")


def test_one_module_writes_numbers_and_days() -> None:
    """Whoever asks the engine elsewhere gets the engine's own digits."""
    asking = re.compile(r"Intl\.(NumberFormat|DateTimeFormat|RelativeTimeFormat)|\.toLocale")
    modules = (REPO / "overrides" / "assets").glob("*.mjs")
    found = {path.name for path in modules if asking.search(path.read_text("utf-8"))}

    assert found == {"figures.mjs"}


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_and_days_have_the_same_digits_and_calendar_everywhere(
    opener: Opener, boards: Boards, engine: str
) -> None:
    """An Arabic page counts as its own text does, and a Thai one would not be 543 years ahead."""
    boards.put(boards.make([boards.reply()]))
    with opener(engine)() as tab:
        tab.open(f"{boards.address}/ar/write/")
        go_on(tab, "role")
        progress = [tab.look(_TEXT % name) for name in ("step-at", "step-count")]
        room = str(tab.look(_TEXT % "room")).translate(_MARKS)
        days = {}
        for language in ("ar", "th"):
            tab.open(f"{boards.address}/ar/answer/")
            tab.look(f"document.documentElement.lang = '{language}'")
            read_here(tab, CODE)
            days[language] = str(tab.look(_TEXT % "published"))

    assert (progress, room) == (["1", "9"], "100%")
    for language, said in days.items():
        day = boards.day(1)
        digits = "".join(char for char in said if char.isdigit())
        assert digits == f"{day.day}{day.year}", language


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
