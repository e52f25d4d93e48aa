"""The outer form of a board (desk/wire/board/signed_file.py): its size, its signature, and the example in WIRE.md."""

import base64
import json
import random
from pathlib import Path
from typing import Any

import pytest

from desk.wire.board import replies, signed_file, slots
from desk.wire.board.signed_file import Heading
from desk.wire.board.slots import CodeKeys
from tests.board_samples import BOARD_KEY, BOARD_SEED, heading
from tests.samples import outcome
from tests.soak import count

ROOT = Path(__file__).parents[1]
CHECKS = {"board_length", "board_version", "board_key", "board_signature", "board_hash"}


def empty(head: Heading) -> bytes:
    acks, places = [bytes(8)] * 1_024, [bytes(1_024)] * head.slots
    return signed_file.assemble(head, acks, places, board_seed=BOARD_SEED)


@pytest.mark.parametrize(("n", "size"), [(7, 139_386), (8, 270_458), (9, 532_602)])
def test_the_size_is_the_announced_one(n: int, size: int) -> None:
    """Header, signature, 1,024 acknowledgements and 2^n slots, and not a byte more."""
    assert len(empty(heading(n=n))) == size == heading(n=n).board_bytes


def test_a_board_of_128_slots_is_below_its_budget() -> None:
    """What everyone downloads stays under 150 KiB."""
    assert heading().board_bytes <= 150 * 1024


def test_what_was_signed_is_read_again() -> None:
    """Heading, acknowledgements and slots come back in order."""
    acks = [bytes([place % 256]) * 8 for place in range(1_024)]
    places = [bytes([place]) * 1_024 for place in range(128)]
    board = signed_file.parse(
        signed_file.assemble(heading(), acks, places, board_seed=BOARD_SEED), BOARD_KEY
    )
    assert board.heading == heading()
    assert list(board.acks) == acks
    assert list(board.slots) == places


def test_no_bit_can_be_changed() -> None:
    """Whatever bit is flipped, the board is refused."""
    drawn, whole = random.Random(7), empty(heading())  # a fixed seed: 7
    places = [*range(122), *drawn.sample(range(122, len(whole)), count(20_000, 100))]
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << drawn.randrange(8)
        assert outcome(signed_file.parse, bytes(changed), BOARD_KEY)[0] in CHECKS


def test_no_length_but_the_announced_one_is_read() -> None:
    """Cut anywhere or longer by anything, a board is refused for its length."""
    drawn, whole = random.Random(8), empty(heading())  # a fixed seed: 8
    for length in drawn.sample(range(len(whole)), count(5_000, 50)):
        assert outcome(signed_file.parse, whole[:length], BOARD_KEY)[0] == "board_length"
        assert outcome(signed_file.parse, whole + bytes(length + 1), BOARD_KEY)[0] == "board_length"


@pytest.mark.parametrize(
    "changes",
    [{"epoch": 0}, {"n": 6}, {"n": 13}, {"next_n": 13}, {"next_board": heading().published}],
)
def test_what_no_reader_would_take_is_not_signed(changes: dict[str, Any]) -> None:
    """The desk refuses a heading before it signs."""
    assert outcome(signed_file.check_heading, heading(**changes))[0] == "board_header"


def test_worked_board_in_the_text() -> None:
    """WIRE.md quotes keys, header, tags and part as the vector and the code have them."""
    vectors = json.loads((ROOT / "tests/vectors/board.json").read_text("ascii"))
    keys = CodeKeys(*map(bytes.fromhex, vectors["codes"]["hers"].values()))
    first = vectors["cases"][0]
    text = (ROOT / "WIRE.md").read_text("utf-8")
    slot = bytes.fromhex(next(run for at, run in first["set"] if at == 8_314 + 40 * 1_024))
    part = slots.unseal(keys.reply_key, slot)
    assert first["name"] == "ok_worked_example"
    for quoted in (keys.reply_key, keys.tag_key, slots.ack_tag(keys.tag_key, 7), slot[:16]):
        assert f"`{quoted.hex()}`" in text
    assert f"`{part[:18].hex()}`" in text
    assert f"`{first['set'][0][1][:116]}`" in text
    assert replies.unpack(part).text.decode() in text


def test_test_keys_are_never_listed() -> None:
    """The board key of the vectors stands neither in keys/ nor in the settings."""
    paths = [path for path in (ROOT / "keys").rglob("*") if path.is_file()]
    texts = [path.read_text("utf-8") for path in paths if path.suffix != ".pyc"]
    texts += [path.read_text("utf-8") for path in ROOT.glob("settings*.yml")]
    public = base64.b64encode(BOARD_KEY).decode("ascii")
    assert not any(public in text for text in texts)
