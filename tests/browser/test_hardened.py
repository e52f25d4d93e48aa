"""Browsers made safer complain, are answered and write back; one without scripts reads, and says that it cannot send.

`make soak` runs every such browser; otherwise the one that lacks most.
"""

from collections.abc import Callable, Iterator

import pytest

from tests import engines, hardened, way_back, whole_form
from tests.browser.conftest import Opener
from tests.browser.reading import ANSWER, CODE, KEYS, Boards
from tests.browser.test_signatures import served
from tests.engines import Tab, wait
from tests.hardened import HARDENED, SAFEST
from tests.site import STRINGS
from tests.soak import SOAK
from tests.whole_form import Words

WORDS = Words("พวกเขาเข้ามาโดยไม่ถาม", "ฮาร์เลม", "แซม", "หลังเก้าโมง")
MOST_SEAL_MS = (
    6_000  # a tenth of what the page waits for the worker, where a cheap phone is ten times slower
)
SLOWER = 4  # the plain loop without compilers, at the least
WITHOUT_COMPILERS = [name for name in HARDENED if "safer" in name or "without compilers" in name]


@pytest.fixture(scope="module")
def measuring(boards: Boards, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the page of measurements."""
    folder = tmp_path_factory.mktemp("measuring")
    hardened.write_page(folder, boards.desk)
    with served(folder) as address:
        yield address


@pytest.mark.parametrize("name", HARDENED if SOAK else list(HARDENED)[:1])
def test_a_browser_made_safer_complains_and_is_answered(
    opener: Opener,
    boards: Boards,
    measuring: str,
    record_property: Callable[[str, object], None],
    name: str,
) -> None:
    """Both walks, and what the seal and the keys of a code cost there beside the same engine as it comes."""
    boards.put(boards.make([boards.reply(ANSWER)], [KEYS]))
    before = boards.desk.names()
    with HARDENED[name]() as tab:
        whole_form.send(tab, boards.address, WORDS, "th")
        (sent,) = boards.desk.names() - before
        (shown,) = way_back.read_answers(tab, f"{boards.address}/th/", CODE)
        way_back.write_back(tab, WORDS.address_as)
        there = hardened.measured(tab, measuring)
    (again,) = boards.desk.names() - before - {sent}
    with opener(name.split()[0])() as tab:
        usual = hardened.measured(tab, measuring)

    first, more = (
        boards.desk.complaints(boards.desk.drop / "in" / one)[0] for one in (sent, again)
    )
    assert whole_form.without_keys(first) == WORDS.complaint("th")
    assert (shown["text"], more["story"]) == (ANSWER, WORDS.address_as)
    assert there["first"] < MOST_SEAL_MS
    is_without = name in WITHOUT_COMPILERS
    assert (usual["has_wasm"], there["has_wasm"]) == (True, not is_without)
    assert not is_without or there["loop"] > SLOWER * usual["loop"]
    record_property("measured", f"{name}: {said(there, usual)}")


def said(there: dict[str, float], usual: dict[str, float]) -> str:
    """Figures of two browsers in one run."""
    names = {"first": "first seal", "seal": "a seal", "code": "keys of a code"}
    return ", ".join(
        f"{words} {there[one]:.0f} ms, {there[one] / usual[one]:.1f} times"
        for one, words in names.items()
    )


@pytest.fixture(scope="module")
def silent() -> Iterator[Tab]:
    """Give a Firefox in which no page runs a script, as at Tor Browser's level Safest; the driver's own run."""
    with engines.firefox(settings=SAFEST) as tab:
        tab.open(
            "data:text/html,<p id=p>none<script>document.getElementById('p').id = 'ran'</script>"
        )
        assert tab.look("document.querySelector('p').id") == "p"
        yield tab


@pytest.mark.parametrize("page", ["write", "answer"])
@pytest.mark.parametrize("language", STRINGS if SOAK else ["ar"])
def test_without_scripts_it_says_at_once_that_it_cannot_send(
    silent: Tab, boards: Boards, language: str, page: str
) -> None:
    """With the other ways, and no field in which words could be written for nothing."""
    t = STRINGS[language]
    silent.open(f"{boards.address}/{language}/{page}/")
    shown = silent.look("document.querySelector('main').innerText")

    assert t(f"{page}.no_script.title") in shown
    assert silent.look("document.querySelectorAll('#no-script .other-ways li').length") > 0
    assert (
        silent.look(
            "[...document.querySelectorAll('textarea, input')].filter((e) => e.checkVisibility()).length"
        )
        == 0
    )


def test_without_scripts_pages_are_read_and_left(
    silent: Tab, boards: Boards, elsewhere: str
) -> None:
    """The text stands there, what is folded opens, and the exit is a link."""
    silent.open(f"{boards.address}/ar/door/")
    text = silent.look("document.querySelector('main').innerText")
    silent.click("main details.fold > summary")
    wait(silent, "document.querySelector('main details.fold').open")
    silent.click("#leave")
    wait(silent, f"location.href === '{elsewhere}weather'")

    assert len(text) > 1_000
