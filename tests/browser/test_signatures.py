"""WIRE.md 1.2 in real engines: the vectors with a signature, verified by the engine itself and by noble.

`make soak` runs every list and board; otherwise those whose signature, pin or point is what they are about.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests import old_engines
from tests.bench.page import bundle
from tests.browser.conftest import Opener
from tests.engines import Tab, wait
from tests.practice import REPO
from tests.soak import SOAK

# One page that runs all, and keeps what differs from `expect`. A board is cut to what its signature is over.
RUN = """
import { parseKeyList } from './overrides/assets/keylist.mjs';
import { checkedBy } from './overrides/assets/signature.mjs';
import { canVerify, verify as own } from './overrides/assets/verify.mjs';
import { verify as noble } from './overrides/assets/verify_older.mjs';
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
async function judged({ text, pinned, issued_at_least }, isSigned) {
  return parseKeyList(text, pinned, isSigned, issued_at_least).then(() => 'ok', (error) => error.check ?? 'threw');
}
async function run({ lists, boards }, verify) {
  const isSigned = checkedBy(verify);
  const differ = [];
  for (const one of lists) if (await judged(one, isSigned) !== one.expect) differ.push(one.name);
  for (const { name, signature, message, key, expect } of boards) {
    if (await isSigned(bytes(signature), bytes(message), bytes(key)) !== expect) differ.push(name);
  }
  return differ;
}
const vectors = await (await fetch('vectors.json')).json();
const has = await canVerify();
globalThis.found = { has, noble: await run(vectors, noble), own: has ? await run(vectors, own) : [] };
"""
LABEL = b"balie/1 reply board\n"  # WIRE.md 7.2
KEYED = ("board_length", "board_version", "board_key")  # refused before the signature is looked at
ABOUT = ("signature_", "point_", "pinned_", "ok_one", "ok_point", "ok_worked")
OLD = {119: False, 138: True} if SOAK else {119: False}  # 137 is the first Chromium with Ed25519


def _board(one: dict[str, Any], board_key: str) -> dict[str, Any]:
    """What is signed of a board, by whom, and whether that holds; WIRE.md 7.1."""
    head = bytearray(122)
    for offset, edit in one["set"]:
        part = bytes.fromhex(edit)[: max(0, 122 - offset)]
        head[offset : offset + len(part)] = part
    return {
        "name": one["name"],
        "signature": bytes(head[58:]).hex(),
        "message": (LABEL + bytes(head[:58])).hex(),
        "key": one.get("board_key", board_key),
        "expect": one["expect"] != "board_signature",
    }


def vectors() -> dict[str, Any]:
    """The cases of the key lists, and of the boards whose signature is looked at."""
    lists, boards = (
        json.loads((REPO / f"tests/vectors/{name}.json").read_text("utf-8"))
        for name in ("keylist", "board")
    )
    chosen = [
        [one for one in cases["cases"] if SOAK or one["name"].startswith(ABOUT)]
        for cases in (lists, boards)
    ]
    read = [_board(one, boards["board_key"]) for one in chosen[1] if one["expect"] not in KEYED]
    return {"lists": chosen[0], "boards": read}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback, where browsers have their own cryptography."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a page that runs the vectors."""
    folder = tmp_path_factory.mktemp("vectors")
    (folder / "run.js").write_text(bundle(RUN, "esm"), "utf-8")
    (folder / "index.html").write_text('<script type="module" src="run.js"></script>', "utf-8")
    (folder / "vectors.json").write_text(json.dumps(vectors()), "utf-8")
    with served(folder) as found:
        yield found


def found_by(tab: Tab, address: str) -> dict[str, Any]:
    tab.open(f"{address}/index.html")
    wait(tab, "window.found")
    return dict(tab.look("window.found"))


@pytest.mark.parametrize("engine", ["chromium", "firefox", "webkit"])
def test_the_engine_and_noble_judge_every_signature_alike(
    opener: Opener, address: str, engine: str
) -> None:
    """Each of the three has Ed25519 of its own; with our look at the points it agrees with every vector."""
    with opener(engine)() as tab:
        assert found_by(tab, address) == {"has": True, "noble": [], "own": []}


@pytest.mark.parametrize("version", OLD)
def test_an_old_engine_says_whether_it_has_ed25519(address: str, version: int) -> None:
    """Before that only noble can say, and says the same."""
    with old_engines.chromium(version) as tab:
        assert found_by(tab, address) == {"has": OLD[version], "noble": [], "own": []}


def test_the_vectors_hold_points_on_which_engines_differ() -> None:
    """A key and a first half of each small order, mixed points, other encodings and too large a second half."""
    names = {one["name"] for one in vectors()["lists"] if one["name"].startswith("point_")}
    orders = {f"point_{half}_order_{n}" for half in ("key", "first_half") for n in (1, 2, 4, 8)}
    mixed = {f"point_{which}" for which in ("key_mixed", "key_mixed_fitting", "first_half_mixed")}
    assert names >= orders | mixed | {"point_scalar_plus_order"}
