"""Both readers, desk/wire/board/read.py and overrides/assets/board.mjs, on boards as they are made for use."""

import base64
import json
import random
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desk.errors import Refused
from desk.wire.board import build, read
from desk.wire.board.build import Outgoing, Receipt
from desk.wire.board.replies import Reply
from desk.wire.board.slots import CodeKeys
from tests.board_samples import BOARD_KEY, BOARD_SEED, answer, code_keys, heading, stream
from tests.samples import count

ROOT = Path(__file__).parents[1]
TEXTS = ("Wij hebben u gehoord. ", "Чухме ви. ", "سمعناك. ", "เราได้ยินคุณ ", "👩🏽‍🦱 ")
WRONG = CodeKeys(code_keys("wrong").reply_key, code_keys(0).tag_key)


def any_reply(drawn: random.Random) -> Reply:
    written = date(2026, 11, 1) + timedelta(drawn.randrange(20))
    if drawn.random() < 0.3:
        return Reply("notice", written, "erase", due=drawn.randrange(1, 99))
    longest = drawn.choice(TEXTS) * drawn.randrange(1, 500)
    text = longest.encode()[: drawn.randrange(20, 3_800)].decode(errors="ignore")
    return answer(text, written=written, language=drawn.choice(["nl", "ar", "pt-BR"]))


def request(drawn: random.Random, turn: int) -> dict[str, Any]:
    """A board with a few threads, sometimes damaged, and one of its codes or another."""
    entries = [Outgoing(code_keys(drawn.randrange(6)), any_reply(drawn)) for _ in range(12)]
    entries += [Outgoing(WRONG, answer())] * drawn.randrange(2)
    receipts = [Receipt(code_keys(number).tag_key) for number in range(drawn.randrange(9))]
    head = heading(n=drawn.choice([7, 7, 8]))
    rng = stream(f"twins {turn}")
    made = build.build(entries, receipts, heading=head, board_seed=BOARD_SEED, rng=rng)
    octets = bytearray(made.octets)
    if drawn.random() < 0.2:
        octets[drawn.choice([0, 9, 20, 70, 500, len(octets) - 1])] ^= 4
    keys = code_keys(drawn.randrange(9))
    today = date(2026, 12, 1) + timedelta(drawn.randrange(20))
    return {
        "board": base64.b64encode(octets).decode("ascii"),
        "reply_key": keys.reply_key.hex(),
        "tag_key": keys.tag_key.hex(),
        "board_key": BOARD_KEY.hex(),
        "today": today.isoformat(),
        "least_epoch": drawn.choice([0, 7, 8]),
    }


def in_python(one: dict[str, Any]) -> dict[str, Any]:
    keys = CodeKeys(bytes.fromhex(one["reply_key"]), bytes.fromhex(one["tag_key"]))
    known = {"today": date.fromisoformat(one["today"]), "least_epoch": one["least_epoch"]}
    try:
        found = read.read(base64.b64decode(one["board"]), keys, board_key=BOARD_KEY, **known)
    except Refused as refused:
        return {"refused": refused.check}
    fields = ("kind", "language", "due", "text")
    said = [
        {name: getattr(reply, name) for name in fields} | {"written": reply.written.isoformat()}
        for reply in found.replies
    ]
    head = found.heading
    days = {"published": head.published.isoformat(), "next": head.next_board.isoformat()}
    told = {"state": found.state, "epoch": head.epoch, "acknowledged": found.is_acknowledged}
    return told | days | {"replies": said, "broken": found.broken}


def test_both_readers_find_the_same() -> None:
    """State, dates, acknowledgement, replies and what is broken, on whole and on damaged boards."""
    drawn = random.Random(58)  # a fixed seed: 58
    requests = [request(drawn, turn) for turn in range(count(1_000, 40))]
    node = shutil.which("node")
    assert node, "node is not there; it comes with the browser bundle"
    lines = "".join(json.dumps(one) + "\n" for one in requests)
    script = ROOT / "tests" / "js" / "read_board.mjs"
    done = subprocess.run([node, script], input=lines, capture_output=True, text=True, check=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    expected = [in_python(one) for one in requests]
    assert found == expected
    assert {"refused"} < {name for one in expected for name in one}
    assert sum(bool(one.get("replies")) for one in expected) > len(expected) / 4
