"""What a real profile holds after a visit: none of her words, nothing in any storage, and only what THREATS.md lists.

Beside the visit another site keeps all that a browser lets it keep: each of its words is found where such things
stand, so each search can fail. Whole in a soak; `make test` kills one browser of each engine.
"""

import shutil
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import engines, lasting, way_back
from tests.browser import keeping
from tests.browser.reading import ANSWER, CODE, Boards
from tests.browser.tracing import CHOICES, MARK, fill, let_keep, look_up, read
from tests.engines import PATIENCE_SECONDS, wait
from tests.lasting import Lasting
from tests.practice import Practice, running
from tests.profiles import Profile
from tests.site import LANGUAGES
from tests.soak import SOAK

PLACE = "m/amsterdam/"
ENGINES = ("chromium", "firefox")
ENDS = ("kill", "close") if SOAK else ("kill",)
# Each kind of page, and what stands outside the languages.
KINDS = (
    "",
    "door/",
    "door/#sheet",
    "leaving/",
    "search/",
    "places/",
    "places/h/",
    PLACE,
    "home-work/",
)
KINDS += ("cards/", "cards/form/", "cards/poster/", "law/", "write/", "answer/", "info.html")
LOOSE = ("", "404.html")
# Where each engine writes down the tabs that are open, with what stands in their fields.
SESSIONS = {"chromium": "Default/Sessions/", "firefox": "sessionstore"}
# Where the other site's words stand, and none of ours may: each way of keeping, in each engine.
KEPT = {
    "chromium": {
        "zqxindexed": "Default/IndexedDB/",
        "zqxcaches": "Default/Service Worker/CacheStorage/",
        "zqxworker": "Default/Service Worker/Database/",
        "zqxfiles": "Default/File System/",
        "zqxsent": "Default/Web Data",
        "zqxbody": "Default/Cache/Cache_Data/",
    },
    "firefox": {
        "zqxcookie": "cookies.sqlite",
        "zqxindexed": "storage/default/",
        "zqxcaches": "storage/default/",
        "zqxworker": "serviceworker.txt",
        "zqxfiles": "storage/default/",
        "zqxsent": "formhistory.sqlite",
        "zqxbody": "cache2/entries/",
    },
}
# Written down some seconds later, or at the end: a killed browser may not have come to it.
AT_THE_END = {
    "chromium": {
        "zqxlocal": "Default/Local Storage/",
        "zqxsession": "Default/Session Storage/",
        "zqxcookie": "Default/Cookies",
        "zqxtitle": "Default/History",
    },
    "firefox": {"zqxlocal": "storage/default/", "zqxtitle": "places.sqlite"},
}
# What a visit leaves and no site can keep from it (THREATS.md): where the address of the site may stand.
LEFT = {
    "chromium": (
        "Default/Cache/Cache_Data/",  # pages for reading; the scripts and the style of all
        "Default/Code Cache/js/",  # the same scripts as they were compiled
        "Default/DIPS",  # that something was pressed there
        "Default/Favicons",
        "Default/History",
        "Default/Preferences",  # how often the site was visited and used
        "Default/Sessions/",
        "Default/Shortcuts",
        "Default/Top Sites",
        "segmentation_platform/ukm_db",  # addresses once more, for guesses about the person
    ),
    "firefox": (
        "cache2/entries/",
        "favicons.sqlite",
        "permissions.sqlite",  # that something was pressed there, for 45 days
        "places.sqlite",
        "sessionstore",
    ),
}
CACHES = ("Default/Cache/", "Default/Code Cache/", "cache2/")
# What stands in the pages that seal alone: they and the board are never stored.
UNSTORED = ('id="slip"', 'id="code_last"', 'id="look"')
STORED = "<title>Amsterdam"
# The address of everything that a page fetched, and what it keeps where no file of its own is made for it.
FETCHED = "performance.getEntriesByType('resource').map((one) => one.name)"
HELD = "[sessionStorage.length, document.cookie, history.state]"
FILLED = """[...document.querySelectorAll('main input, main textarea')]
  .filter((one) => one.type === 'checkbox' || one.type === 'radio' ? one.checked !== one.defaultChecked : one.value)
  .map((one) => one.id)"""


@pytest.fixture(scope="module")
def other() -> Iterator[str]:
    """Give the address of the site that keeps."""
    with keeping.keeping() as address:
        yield address


class _Today(Boards):
    """Boards of today: nothing moves the clock of a browser whose profile lasts."""

    @property
    def built(self) -> date:  # type: ignore[override]
        return way_back.today() - timedelta(1)


@pytest.fixture(scope="module")
def boards(practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Boards]:
    """Give a site with a municipality and an answer."""
    desk = way_back.own_site(practice, tmp_path_factory.mktemp("traces"))
    shutil.copytree(practice.site / "nl" / PLACE, desk.site / "nl" / PLACE)
    with running(desk) as address:
        made = _Today(desk, address)
        made.put(made.make([made.reply()]))
        yield made


def wait_until_written(profile: Path, engine: str) -> None:
    """Return once the browser has written down what stands in the field of the other site."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not Profile(profile, SESSIONS[engine]).holding(keeping.FIELD):
        assert time.monotonic() < deadline, "no state of its tabs was written"
        time.sleep(0.2)


def expect_only_what_is_left(found: Profile, engine: str, address: str) -> None:
    """The address of the site stands where THREATS.md says, and in no storage."""
    place = address.removeprefix("http://")
    assert [name for name in found.holding(place) if not name.startswith(LEFT[engine])] == []
    spelled = place.replace(":", "_" if engine == "chromium" else "+")  # a folder for each site
    assert [name for name in found.files if spelled in name] == []


def visit(tab: Lasting, address: str, other: str) -> str:
    """Everything that can be typed, chosen or shown, and the other site; gives the digits of the code."""
    site = f"{address}/nl/"
    tab.open(site + PLACE)
    look_up(tab, site)
    digits = fill(tab, site)
    read(tab.another(), site)
    let_keep(tab.another(), other)
    return digits


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_profile_holds_none_of_her_words(
    chromium: Browser, boards: Boards, other: str, tmp_path: Path, engine: str, end: str
) -> None:
    """Form and answer page in use, both search fields, another site beside them, and then the browser ends."""
    with lasting.lasting(engine, chromium.browser_type, tmp_path) as tab:
        digits = visit(tab, boards.address, other)
        wait_until_written(tmp_path, engine)
        getattr(tab, end)()
    found = Profile(tmp_path)

    planted = KEPT[engine] | (AT_THE_END[engine] if end == "close" else {})
    assert [word for word, where in planted.items() if not found.holding(word, where)] == []
    assert found.holding("/nl/write/", SESSIONS[engine])  # the tab is remembered
    assert [word for word in (MARK, digits, CODE, ANSWER) if found.holding(word)] == []
    in_tabs = [word for word in (digits[-4:], *CHOICES) if found.holding(word, SESSIONS[engine])]
    assert in_tabs == []  # and nothing that was done in it
    expect_only_what_is_left(found, engine, boards.address)
    assert found.holding(STORED, CACHES)
    board = (boards.desk.site / "board.bin").read_bytes()
    assert [one for one in (*UNSTORED, board[:64]) if found.holding(one, CACHES)] == []


@pytest.mark.skipif(
    not SOAK, reason="two more starts of Firefox; none of it is in the profile: see above"
)
def test_what_firefox_brings_back_after_a_kill_is_empty(
    boards: Boards, other: str, tmp_path: Path
) -> None:
    """It opens the tabs again by itself: the other site's field is full, and each of ours is empty.

    Chromium asks first, in a window that no protocol presses; what it would bring back stands in the same profile.
    """
    with engines.firefox_in(tmp_path, lasting.FIREFOX) as tab:
        visit(tab, boards.address, other)
        wait_until_written(tmp_path, "firefox")
        tab.kill()
    with engines.firefox_in(tmp_path, lasting.FIREFOX) as tab:
        tab.turn_to(other)
        wait(tab, f"document.getElementById('field').value === '{keeping.FIELD}'")
        for path, panel in (("write/", "form"), ("answer/", "look")):
            tab.turn_to(f"{boards.address}/nl/{path}")
            wait(tab, f"!document.getElementById('{panel}').hidden")
            assert tab.look(FILLED) == []
        tab.kill()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
@pytest.mark.parametrize("engine", ENGINES if SOAK else ENGINES[:1])
def test_no_kind_of_page_keeps_or_fetches_anything(
    chromium: Browser, address: str, tmp_path: Path, engine: str, scripts: bool
) -> None:
    """Every kind of page in every language: no storage, no cookie, nothing from elsewhere, only what is listed."""
    languages = LANGUAGES if SOAK else LANGUAGES[-1:]
    paths = [f"{language}/{kind}" for language in languages for kind in KINDS] + [*LOOSE]
    with lasting.lasting(engine, chromium.browser_type, tmp_path, scripts=scripts) as tab:
        for path in paths:
            tab.open(f"{address}/{path}")
            assert tab.look(HELD) == [0, "", None], path
            assert [one for one in tab.look(FETCHED) if not one.startswith(address)] == [], path
        tab.close()
    found = Profile(tmp_path)
    assert found.holding(f"/{languages[-1]}/leaving/")
    expect_only_what_is_left(found, engine, address)
