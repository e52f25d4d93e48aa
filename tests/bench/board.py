"""The reply board: its size, and what reading it costs a slow phone, in a real Chromium.

Throttling slows the page's own thread, where the board is read; the derivation of the keys runs in
the browser's own threads. Each reading is the first of a new page that has verified its key list.
"""

import base64
import json
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from nacl import utils
from playwright.sync_api import Browser, sync_playwright

from desk.wire import code
from desk.wire.board import build
from desk.wire.board.build import Outgoing
from desk.wire.board.slots import CodeKeys
from tests import browsers
from tests.bench.calm import Watch
from tests.bench.figures import Figure, counted, median
from tests.bench.page import bundle, throttle
from tests.board_samples import BOARD_KEY, BOARD_SEED, answer, heading, outgoing
from tests.practice import REPO

SECURE = "http://localhost/"  # nobody listens there; the browser's own cryptography wants such an address
CODE = "123456789012345678901235"  # WIRE.md section 7.8
ROUNDS = 3
READINGS = 7
DERIVATIONS = 3
BUNDLE = """
import { openBoard } from './overrides/assets/board.mjs';
import { deriveKeys } from './overrides/assets/code.mjs';
import { parseKeyList } from './overrides/assets/keylist.mjs';
globalThis.bench = { openBoard, deriveKeys, parseKeyList };
"""
FIND = """
async ({ board, boardKey, replyKey, tagKey, list, pinned }) => {
  bench.parseKeyList(list, pinned); // as the page does while nobody waits
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const [file, keys] = [bytes(board), { replyKey: bytes(replyKey), tagKey: bytes(tagKey) }];
  const start = performance.now();
  const found = await bench.openBoard(file, keys, bytes(boardKey), { today: '2026-11-28', leastEpoch: 0 });
  const taken = performance.now() - start;
  if (found.replies.length !== 1) throw new Error('the answer was not found');
  return taken;
}
"""
DERIVE = """
async (digits) => {
  const start = performance.now();
  await bench.deriveKeys(digits);
  return performance.now() - start;
}
"""


def full_board() -> tuple[bytes, CodeKeys]:
    """A full board of 128 slots, as made for use, with an answer under the code."""
    keys = CodeKeys(*code.derive(CODE))
    others = [outgoing(name) for name in range(heading().slots - 1)]
    entries = [*others, Outgoing(keys, answer("Wij hebben u gehoord. " * 40))]
    made = build.build(entries, [], heading=heading(), board_seed=BOARD_SEED, rng=utils.random)
    return made.octets, keys


def in_new_page(browser: Browser, rate: int, script: str, given: Any) -> float:
    """Milliseconds that a script measures in a new page, at one part in `rate` of the speed."""
    page = browser.new_page()
    page.route(SECURE, lambda route: route.fulfill(body="<!doctype html>"))
    page.goto(SECURE)
    page.add_script_tag(content=bundle(BUNDLE))
    throttle(page, rate)
    taken = float(page.evaluate(script, given))
    page.close()
    return taken


def site_key(listed: str) -> str:
    """The site key of a key list, as a page pins it."""
    entries = json.loads(json.loads(listed)["signed"])["keys"]
    public = next(entry["public"] for entry in entries if entry["use"] == "site")
    return base64.b64decode(public).hex()


def find_ms(browser: Browser, rate: int) -> list[float]:
    """Milliseconds of finding and opening an answer, after the derivation, each in a new page."""
    octets, keys = full_board()
    listed = json.loads((REPO / "tests/vectors/keylist.json").read_text("ascii"))["pick_lists"][
        "two"
    ]
    given = {
        "board": octets,
        "boardKey": BOARD_KEY,
        "replyKey": keys.reply_key,
        "tagKey": keys.tag_key,
    }
    texts = {name: base64.b64encode(value).decode("ascii") for name, value in given.items()}
    texts |= {"list": listed, "pinned": site_key(listed)}
    return [in_new_page(browser, rate, FIND, texts) for _ in range(READINGS)]


def derive_ms(browser: Browser, rate: int) -> list[float]:
    """Milliseconds of deriving the two keys of a code, each in a new page."""
    return [in_new_page(browser, rate, DERIVE, CODE) for _ in range(DERIVATIONS)]


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    """A real browser, with more arguments."""
    with sync_playwright() as playwright:
        given = [*browsers.ARGUMENTS, *arguments]
        browser = playwright.chromium.launch(executable_path=browsers.path(), args=given)
        yield browser
        browser.close()


def measure(watch: Watch) -> dict[str, Figure]:
    """The values of the table for the board."""
    octets, _ = full_board()
    with chromium() as browser:
        found = [statistics.median(find_ms(browser, 4)) for _ in range(ROUNDS)]
        watch.look()
    return {"board.bytes": counted(len(octets)), "board.find_ms_4x": median(found)}


def slow_phones() -> dict[str, list[float]]:
    """Milliseconds of derivation and reading: as it is, slowed down, and with the compiler off."""
    found: dict[str, list[float]] = {}
    for name, rate, arguments in (
        ("1x", 1, []),
        ("4x", 4, []),
        ("no_jit", 1, ["--js-flags=--jitless"]),
    ):
        with chromium(*arguments) as browser:
            found[f"derive_ms_{name}"] = derive_ms(browser, rate)
            found[f"find_ms_{name}"] = find_ms(browser, rate)
    return found


if __name__ == "__main__":
    found = {name: asdict(median(taken)) for name, taken in slow_phones().items()}
    print(json.dumps(found, indent=2))
