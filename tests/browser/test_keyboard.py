"""A whole complaint and its answer without a mouse: keys alone, the focus seen at every stop, no way that ends.

No script gives the focus: what the page does not bring within reach of Tab is not reached.
"""

import pytest

from tests.browser.conftest import Opener
from tests.browser.reading import Boards
from tests.browser.walking import Walker, narrow
from tests.engines import Tab, wait
from tests.soak import SOAK
from tests.way_back import DIGITS

ENGINES = ("chromium", "firefox") if SOAK else ("chromium",)
_SHOWN = "document.querySelector('.step:not([hidden]) h2') === document.activeElement"
_HOLDS = "document.getElementById('{}').value"
STORY = "met het toetsenbord"


def opened(tab: Tab, address: str, name: str, ready: str) -> Walker:
    """Somebody who has just come to the page."""
    narrow(tab)
    tab.open(f"{address}/nl/{name}/")
    wait(tab, f"document.querySelector('{ready}') && !document.querySelector('{ready}').hidden")
    return Walker(tab)


def on(walker: Walker) -> None:
    """To the button that leads on, and to the next question, whose heading has the focus."""
    walker.go("next")
    walker.press("Enter")
    wait(walker.tab, _SHOWN)
    assert walker.at() == "H2" or walker.stops[-1].startswith("step-")


def complain(walker: Walker) -> str:
    """Every kind of field by its keys, a mistake and its repair, until it is sent; returns the code."""
    tab = walker.tab
    on(walker)
    walker.go("role-self")
    walker.press("ArrowDown")
    assert walker.at() == "role-permission"
    on(walker)
    on(walker)
    walker.go("topics-police")
    walker.press("Space")
    on(walker)
    walker.go("municipality")
    walker.type("Ede")
    on(walker)
    walker.go("next")
    walker.press("Enter")
    wait(tab, "document.activeElement.id === 'errors'")
    assert walker.go("link")[-1] == "link"
    walker.press("Enter")
    assert walker.at() == "story"
    walker.type(STORY)
    on(walker)
    walker.go("consent_store")
    walker.press("Space")
    on(walker)
    on(walker)
    walker.go("code-yes")
    walker.press("Space")
    code = str(tab.look(DIGITS))
    walker.go("code_last")
    walker.type(code[-4:])
    on(walker)
    walker.go("send")
    walker.press("Enter")
    wait(tab, "!document.getElementById('sent').hidden")
    return code


@pytest.mark.parametrize("engine", ENGINES)
def test_a_complaint_goes_by_keys_alone(opener: Opener, address: str, engine: str) -> None:
    """From the first stop of the page to the code that is shown once more, and back to the top without a trap."""
    with opener(engine)() as tab:
        walker = opened(tab, address, "write", "#form")
        there = walker.go("next")
        assert there[:2] == ["skip", "skip"]  # the exit, and the way to the text
        back = walker.go("skip", "Shift+Tab")
        assert back == there[-2:0:-1]

        code = complain(walker)
        assert walker.at() == "H2"
        walker.go("SUMMARY")
        walker.press("Enter")
        assert tab.look("document.querySelector('#shown .code').innerText").split() == [
            code[at : at + 4] for at in range(0, 24, 4)
        ]
        walker.go("have")
        walker.press("Enter")
        assert walker.problems == []


@pytest.mark.parametrize("engine", ENGINES)
def test_an_answer_is_read_by_keys_alone(opener: Opener, boards: Boards, engine: str) -> None:
    """The code is pasted (WCAG 3.3.8), read, and taken off the screen; each time the focus has a place."""
    boards.put(boards.make([boards.reply()]))
    with opener(engine)() as tab:
        walker = opened(tab, boards.address, "answer", "#look")
        walker.go("code")
        walker.type("0000000000000000000000" + "98")
        walker.press("Control+a", "Control+x")
        assert tab.look(_HOLDS.format("code")) == ""
        walker.press("Control+v")
        assert len(tab.look(_HOLDS.format("code"))) == 24
        walker.go("read")
        walker.press("Enter")
        wait(tab, "!document.getElementById('result').hidden")
        assert walker.at() == "H2"
        walker.go("again")
        walker.press("Enter")
        assert walker.at() == "H2"
        walker.go("back")
        walker.press("Enter")
        assert walker.at() == "H2"  # not lost with the button that went
        walker.go("clear")
        walker.press("Enter")
        assert walker.at() == "H2"
        walker.go("restart")
        walker.press("Enter")
        assert walker.at() == "code"
        assert walker.problems == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("language", ["nl", "ar"])
def test_no_open_menu_lies_over_the_focus(
    opener: Opener, address: str, engine: str, language: str
) -> None:
    """Both menus are opened by keys; whoever goes on with Tab sees where she is, in the text behind them."""
    with opener(engine)() as tab:
        narrow(tab)
        tab.open(f"{address}/{language}/door/")
        walker = Walker(tab)
        walker.go("drawer")
        walker.press("Space")
        walker.go("SUMMARY")
        walker.press("Enter")
        stops = [walker.press("Tab") or walker.at() for _ in range(60)]
        assert "leave" in stops
        assert len(set(walker.places)) > 50  # no trap
        assert walker.problems == []
        assert tab.look("document.querySelector('.drawer').checked") is False
