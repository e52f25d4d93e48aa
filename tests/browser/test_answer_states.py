"""What the answer page says of a board that is late, old, damaged or forged; and that every code costs the same."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from desk.store.event import Event
from desk.wire import code
from desk.wire.board.read import Reading
from desk.wire.board.slots import CodeKeys
from desk.wire.canon import Value
from overrides.frame import assets
from tests import boards as board_stores
from tests import intakes, way_back
from tests.board_samples import code_keys
from tests.browser.reading import ANSWER, CODE, KEYS, Boards, Reader
from tests.practice import REPO
from tests.site import SHARE, STRINGS, asset

OTHER_SEED = b"\x63" * 32
UNUSED = "0" * 22 + "98"
UNKNOWN = code.make()


def changed(octets: bytes, place: int) -> bytes:
    return octets[:place] + bytes([octets[place] ^ 1]) + octets[place + 1 :]


def with_answer(boards: Boards, **how: Any) -> bytes:
    return boards.make([boards.reply()], **how)


Spoil = Callable[[Reader, Boards], None]
# By the state that is said: what is wrong with the board, once the page stands there on its day.
WRONG_BOARDS: dict[str, Callable[[Boards], bytes]] = {
    "damaged": lambda boards: with_answer(boards)[:-1],
    "damaged-byte": lambda boards: changed(with_answer(boards), 9_000),
    "damaged-short": lambda boards: b"",
    "forged": lambda boards: changed(with_answer(boards), 60),
    "forged-key": lambda boards: with_answer(boards, seed=OTHER_SEED),
}
DAYS = {"late": 9, "old": 16}  # the next board was due on day 8


def expect_words(reader: Reader, state: str, answers: list[str]) -> None:
    """One sentence says what is wrong, in the page's language, and nothing is shown that should not be."""
    assert reader.said("state") == [state]
    shown = reader.page.locator(f"[data-state={state}]").inner_text()
    assert shown == STRINGS[reader.language](f"answer.state.{state}")
    assert reader.answers() == answers
    assert reader.said("found") == []


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("state", DAYS)
def test_a_board_past_its_day_is_shown_with_a_word(
    reader: Reader, boards: Boards, state: str, language: str
) -> None:
    """Late or old: the answer is shown, and that a newer board should have been there."""
    boards.put(with_answer(boards))
    reader.language = language
    reader.arrive(boards.day(DAYS[state]))
    reader.read()
    expect_words(reader, state, [ANSWER])


@pytest.mark.parametrize("wrong", WRONG_BOARDS)
def test_a_board_that_is_not_to_be_believed_shows_nothing(
    reader: Reader, boards: Boards, wrong: str
) -> None:
    """Cut off, changed, signed by somebody else: its own words, no answer, no date."""
    boards.put(WRONG_BOARDS[wrong](boards))
    reader.language = "en" if "-" in wrong else "nl"
    reader.arrive(boards.day(2))
    reader.read()
    expect_words(reader, wrong.partition("-")[0], [])
    assert reader.page.locator("#dates").is_hidden()
    assert reader.page.locator("#again").is_hidden() == (wrong.partition("-")[0] == "forged")


def test_a_key_list_that_is_not_the_desks_is_told_as_forged(reader: Reader, boards: Boards) -> None:
    """Somebody altered the page: it says to type nothing, not to try another browser, and fetches nothing."""

    def alter(route: Route) -> None:
        answer = route.fetch()
        pinned = re.sub('data-pinned="[0-9a-f]{64}"', f'data-pinned="{"0" * 64}"', answer.text())
        route.fulfill(response=answer, body=pinned)

    boards.put(with_answer(boards))
    reader.page.route("**/answer/", alter)
    reader.arrive(boards.day(2))
    reader.read()
    expect_words(reader, "forged", [])
    assert (reader.page.locator("#again").is_hidden(), reader.fetched()) == (True, 0)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_older_board_than_before_is_noticed(
    reader: Reader, boards: Boards, language: str
) -> None:
    """The same visit gets epoch 8 and then epoch 7 again: the answer is shown with a warning."""
    boards.put(with_answer(boards, epoch=8))
    reader.language = language
    reader.arrive(boards.day(2))
    reader.read()
    assert reader.said("state") == []
    boards.put(with_answer(boards))
    reader.read_again()
    expect_words(reader, "rolled_back", [ANSWER])


def test_a_broken_box_is_said_and_the_other_answers_are_shown(
    reader: Reader, boards: Boards
) -> None:
    """A slot with the right tag that does not open is told as damage, never as no answer."""
    broken = CodeKeys(code_keys("wrong").reply_key, KEYS.tag_key)
    boards.put(boards.make([boards.reply()], keys=broken))
    reader.arrive(boards.day(2))
    reader.read()
    assert (reader.said("state"), reader.said("found")) == ([], ["broken"])
    shown = reader.page.locator("[data-found=broken]").inner_text()
    assert shown == STRINGS["nl"]("answer.broken")


def nothing_there(reader: Reader, boards: Boards) -> None:
    boards.take_away()


def no_connection(reader: Reader, boards: Boards) -> None:
    boards.put(with_answer(boards))
    reader.page.context.set_offline(True)


def server_in_trouble(reader: Reader, boards: Boards) -> None:
    reader.page.route("**/board.bin", lambda route: route.fulfill(status=503, body="<html>"))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("state", "spoil"),
    [("none", nothing_there), ("unreachable", no_connection), ("unreachable", server_in_trouble)],
)
def test_without_a_board_her_code_stays_in_the_field(
    reader: Reader, boards: Boards, state: str, spoil: Spoil, language: str
) -> None:
    """No board yet, or no connection: said plainly; one press leads back to the code as she typed it."""
    reader.language = language
    reader.arrive(boards.day(2))
    spoil(reader, boards)
    reader.read()
    expect_words(reader, state, [])
    reader.page.locator("#retype").click()
    assert reader.page.locator("#code").input_value() == CODE
    assert reader.page.locator("#code").is_visible()


def test_a_browser_that_cannot_derive_says_so(reader: Reader, boards: Boards) -> None:
    """Where the browser has no PBKDF2, the page says that another browser may help, and fetches nothing."""
    reader.page.add_init_script("delete SubtleCrypto.prototype.deriveBits")
    reader.arrive(boards.day(2))
    reader.read()
    expect_words(reader, "failed", [])
    assert reader.page.locator("#again").is_hidden()
    assert reader.fetched() == 0


def test_the_code_of_signatures_that_did_not_come_is_sent_for_again(
    reader: Reader, boards: Boards
) -> None:
    """Without it no board is believed or fetched, and the next reading tries once more."""
    boards.put(with_answer(boards))
    reader.page.route(f"**/{asset('seal.js')}", lambda route: route.abort())
    reader.arrive(boards.day(2))
    reader.read()
    expect_words(reader, "failed", [])
    assert reader.fetched() == 0
    reader.page.unroute(f"**/{asset('seal.js')}")
    reader.read_again()
    assert reader.answers() == [ANSWER]


def test_all_the_words_differ(boards: Boards) -> None:
    """No two states of a board are said in the same words, in any language."""
    for language in SHARE:
        names = [name for name in STRINGS[language].texts if name.startswith("answer.state.")]
        assert len({STRINGS[language](name) for name in names}) == len(names) == 8


# The browser's own derivations and hashes, and every change of the document but the progress of the download.
COUNT = """
window.native = {derivations: 0, digests: 0};
for (const [name, count] of [['deriveBits', 'derivations'], ['digest', 'digests']]) {
  const real = SubtleCrypto.prototype[name];
  SubtleCrypto.prototype[name] = function (...given) { native[count] += 1; return real.apply(this, given); };
}
addEventListener('DOMContentLoaded', () => {
  const all = {attributes: true, childList: true, characterData: true, subtree: true};
  const isProgress = (record) => record.target.id === 'fetched' && record.attributeName === 'value';
  window.writes = 0;
  new MutationObserver((records) => { writes += records.filter((one) => !isProgress(one)).length; })
    .observe(document, all);
});
"""


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give the page's script, made as for the site, with an HMAC and a box that count their uses."""
    folder = tmp_path_factory.mktemp("counted")
    counting = (REPO / "tests/js/counted.mjs").read_text("utf-8")
    module = folder / "counted.mjs"
    # By their files: the names of the packages lead to this module itself.
    own = counting.replace("'@noble/", f"'{REPO}/node_modules/@noble/")
    module.write_text(own + "globalThis.work = work;\n", "utf-8")
    aliases = [f"--alias:@noble/{name}={module}" for name in ("hashes/hmac.js", "ciphers/salsa.js")]
    entry = REPO / "overrides/assets/answer.mjs"
    options = ["--bundle", "--minify", "--format=esm", "--target=es2020", *aliases]
    options.append(f'--define:ASSETS="/{assets.folder()}"')
    command = [REPO / "node_modules/.bin/esbuild", entry, *options]
    return subprocess.run(list(map(str, command)), cwd=REPO, capture_output=True, check=True).stdout


def cost(page: Page, boards: Boards, script: bytes, typed: str) -> dict[str, Any]:
    """What one reading costs, and what the page says."""
    reader = Reader(page, boards.address)
    page.route(
        f"**/{asset('answer.js')}", lambda r: r.fulfill(body=script, content_type="text/javascript")
    )
    page.route("**/answer/", way_back.unnamed)  # the script of this test is another
    page.add_init_script(COUNT)
    reader.arrive(boards.day(2))
    page.wait_for_load_state("networkidle")  # what the page asked for by itself has come
    page.evaluate("writes = 0")
    before = len(reader.requests)
    reader.read(typed)
    page.wait_for_timeout(0)
    found = dict(page.evaluate("({...work, ...native, writes})"))
    said = page.locator("#result").inner_text()
    return found | {"requests": len(reader.requests) - before, "said": said}


def answered_by_telephone(folder: Path) -> Reading:
    """What the desk's own board says under a code whose sender was rung up: received, and a status."""
    with intakes.opened(board_stores.make_store(folder)) as book:
        (case,) = board_stores.put_cases(book, "rung up")
        told: list[tuple[str, dict[str, Value]]] = [
            ("read", {}),
            ("reported_back", {"how": "telephone"}),
        ]
        day, by = board_stores.CAME, intakes.HANDLER
        book.add([Event(case.subject, kind, day, by, values) for kind, values in told])
        return board_stores.reading(board_stores.make(book, 1), "rung up")


@pytest.fixture
def readings(boards: Boards, tmp_path: Path) -> list[tuple[str, bytes]]:
    """Give codes with their boards: never used, unknown, received, answered by telephone, answered here."""
    told = answered_by_telephone(tmp_path)
    assert (told.is_acknowledged, [reply.text for reply in told.replies]) == (True, ["read"])
    return [
        (UNUSED, boards.make()),
        (UNKNOWN, boards.make()),
        (CODE, boards.make(receipts=[KEYS])),
        (CODE, boards.make(told.replies, receipts=[KEYS])),
        (CODE, boards.make([boards.reply()], receipts=[KEYS])),
    ]


def test_every_code_costs_the_same(
    page: Page, boards: Boards, counted: bytes, readings: list[tuple[str, bytes]]
) -> None:
    """Equal derivations, HMACs, boxes, writes and requests; the first two of the codes are shown alike too."""
    costs, words = [], []
    for typed, octets in readings:
        boards.put(octets)
        own = page.context.new_page()
        costs.append(cost(own, boards, counted, typed))
        words.append(costs[-1].pop("said"))
        own.close()
    expected = {"derivations": 1, "hmacs": 17, "boxes": 16, "digests": 1, "requests": 1}
    assert costs == [expected | {"writes": costs[0]["writes"]}] * len(readings)
    assert costs[0]["writes"] > 10
    assert words[0] == words[1]
    for name, where in {
        "nothing": [0, 1, 2],
        "acknowledged": [2, 3, 4],
        "status.read": [3],
    }.items():
        said = STRINGS["nl"](f"answer.{name}")
        assert [n for n, one in enumerate(words) if said in one] == where
