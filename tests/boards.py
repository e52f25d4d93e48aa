"""Shared by the tests of the way back: a store with both keys, words under a code, boards week by week."""

import base64
import secrets
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from nacl.utils import random

from desk.cases import codes
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.figures import rows
from desk.outgoing import boardmaking
from desk.outgoing.boardmaking import Board, Order
from desk.store.event import Event
from desk.store.vault import new_subject
from desk.wire.board import read
from desk.wire.board.read import Reading
from desk.wire.board.slots import CodeKeys
from desk.wire.canon import Value
from tests import intakes
from tests.board_samples import BOARD_KEY, BOARD_SEED, code_keys
from tests.cases import received
from tests.samples import complaint, put, sealed

FIRST = date(2026, 11, 27)  # a Friday, on which the first board is made
CAME = "2026-11-20"


def make_store(folder: Path, name: str = "store") -> Path:
    """Make a store that holds an intake key and the board key."""
    store = intakes.make_store(folder / name)
    with intakes.opened(store) as book:
        keep_board_key(book)
    return store


def keep_board_key(book: Casebook) -> None:
    """Keep the board key in a store."""
    public = base64.b64encode(BOARD_KEY).decode("ascii")
    values: dict[str, Value] = {"use": "board", "key_id": "b0" * 8, "public": public}
    values |= {"not_before": "2026-10-01", "not_after": "2028-10-01", "seed": BOARD_SEED.hex()}
    book.add([Event(new_subject(), "key_kept", CAME, book.vault.handler, values)])


def week(number: int) -> date:
    """The day on which the board of this number is made, from 1."""
    return FIRST + timedelta(weeks=number - 1)


def row(case: Case) -> dict[str, Value]:
    return rows.values(rows.of(case))


def order(number: int, **changes: Any) -> Order:
    """The order for a board in its week, after the one before it was published."""
    given = {"today": week(number), "row": row, "rng": random, "published": number - 1}
    return Order(**(given | changes))


def make(book: Casebook, number: int, **changes: Any) -> Board:
    """Make the board of a week."""
    made = boardmaking.make(book, order(number, **changes))
    assert (made.heading.epoch, made.is_again) == (number, False)
    return made


def fields(name: object) -> dict[str, str]:
    """The two fields of a complaint with this code."""
    keys = code_keys(name)
    return {"reply_key": keys.reply_key.hex(), "tag_key": keys.tag_key.hex()}


def put_cases(book: Casebook, *names: object, flood: str = "", **values: Any) -> list[Case]:
    """Put complaints with these codes into a book, in one batch."""
    made = [received(book, fields(name), flood=flood, **values) for name in names]
    book.add(made)
    return [book.cases[event.subject] for event in made]


def answers(book: Casebook, cases: list[Case], text: str = "Wij hebben u gehoord.") -> None:
    """Answer cases in one batch, as handlers did during a week."""
    values: dict[str, Value] = {"text": text, "language": "nl", "standard": ""}
    values |= {"reports_back": False}
    day = (FIRST - timedelta(days=1)).isoformat()
    book.add([Event(case.subject, "answered", day, intakes.HANDLER, values) for case in cases])


def mark(name: object) -> bytes:
    """The mark by which the desk finds a code."""
    return codes.mark_of_keys(code_keys(name))


def follow_up(name: object, ask: str = "write", **changes: Any) -> dict[str, Any]:
    """What somebody who holds a code writes (WIRE.md section 5.4)."""
    made: dict[str, Any] = {
        "schema": 2,
        "complaint_id": secrets.token_hex(16),
        "form_language": "nl",
        **fields(name),
        "ask": ask,
    }
    if ask == "write":
        made["story"] = "Het is weer gebeurd."
    if ask == "withdraw":
        made["withdraw"] = ["act", "pass_on"]
    return {key: value for key, value in (made | changes).items() if value is not None}


def send(stick: Path, *words: dict[str, Any]) -> None:
    """Put sealed words on a stick."""
    for one in words:
        put(stick / "in", sealed(one))


def first_word(name: object, **changes: Any) -> dict[str, Any]:
    """A complaint with a code."""
    return complaint(**({"complaint_id": secrets.token_hex(16)} | fields(name) | changes))


def reading(board: Board, name: object) -> Reading:
    """What whoever holds a code reads on a board."""
    keys: CodeKeys = code_keys(name)
    return read.read(
        board.octets, keys, board_key=BOARD_KEY, today=board.heading.published, least_epoch=0
    )


def texts(board: Board, name: object) -> list[tuple[str, str]]:
    """Kind and text of each reply under a code."""
    return [(reply.kind, reply.text) for reply in reading(board, name).replies]


def name_of(octets: bytes) -> str:
    return sha256(octets).hexdigest()
