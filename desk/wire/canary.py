"""A complaint of nobody that proves the whole round, steps 1 to 9: made here, known at the desk.

Comes in: a key list that was verified, a board, the file of a canary. Goes out: a sealed canary, or
whether a board acknowledges it. It refuses to know sockets and case stores.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from desk.errors import DeskError, Refused
from desk.folder import is_name, read_plain, write_new
from desk.wire import canon, code, envelope, keylist, schema, seal
from desk.wire.board import signed_file, slots
from desk.wire.keylist import KeyList

Finding = Literal["found", "not_yet", "overdue"]

EPOCHS = 2  # boards within which what was sent is acknowledged
_MAX_FILE_BYTES = 4_096
_RANDOM_WORDS = 24
_MARK = "balie canary"
_STORY = "This is a canary: nobody wrote it. It proves that what is sent is acknowledged."


@dataclass(frozen=True, slots=True)
class Canary:
    """A canary that was sent: its code (24 digits), its object, and the epoch served then."""

    code: str = field(repr=False)
    object: str
    epoch: int
    sent: str


def make(keys: KeyList, *, today: date, epoch: int) -> tuple[bytes, Canary]:
    """A sealed canary, drawn anew, and what has to be remembered of it.

    Raises `DeskError` when the form is closed, since no key of the list may be sealed to.
    """
    entry = keylist.pick(keys, today=today, built=date.fromisoformat(keys.issued))
    if entry is None:
        raise DeskError("the form is closed: no intake key is valid", "publish a new key list")
    drawn = code.make()
    reply_key, tag_key = code.derive(drawn)
    # Words that no other canary has, so that several are not taken for a flood.
    more = " ".join(secrets.token_hex(4) for _ in range(_RANDOM_WORDS))
    text = canon.dumps(
        {
            "schema": schema.COMPLAINT,
            "complaint_id": secrets.token_hex(16),
            "form_language": "en",
            "story": f"{_STORY} {more}",
            "consent": {"store": True, "act": False, "count": False, "quote": False},
            "reply_key": reply_key.hex(),
            "tag_key": tag_key.hex(),
        }
    )
    plaintext = envelope.build_plaintext(text.encode("utf-8"))
    sealed = seal.seal(plaintext, keylist.public_of(entry))
    return sealed, Canary(drawn, envelope.name(sealed), epoch, today.isoformat())


def write(canary: Canary, path: Path) -> None:
    """Write the file of a canary for its owner alone, never over another."""
    text = canon.dumps(
        {
            "balie": _MARK,
            "code": canary.code,
            "object": canary.object,
            "epoch": canary.epoch,
            "sent": canary.sent,
        }
    )
    try:
        write_new(path, text.encode("ascii"))
    except OSError as error:
        raise DeskError(f"cannot write the canary: {error.strerror}") from None


def read(path: Path) -> Canary:
    """The file of a canary; `DeskError` if it is anything else."""
    try:
        _, value = canon.loads(read_plain(path, _MAX_FILE_BYTES))
    except OSError as error:
        raise DeskError(f"cannot read the canary: {error.strerror or error}") from None
    except Refused:
        value = None
    damaged = DeskError("this is no canary", "give the file that `desk canary send` wrote")
    if not isinstance(value, dict) or value.get("balie") != _MARK:
        raise damaged
    digits, name, epoch, sent = (value.get(one) for one in ("code", "object", "epoch", "sent"))
    is_whole = isinstance(digits, str) and isinstance(name, str) and isinstance(sent, str)
    if not is_whole or type(epoch) is not int or not is_name(str(name)):
        raise damaged
    return Canary(str(digits), str(name), epoch, str(sent))


def check(canary: Canary, board: bytes, *, board_key: bytes) -> tuple[Finding, int]:
    """What a board says of a canary, with the epoch of the board.

    Raises `Refused` for a board that is not to be believed.
    """
    parsed = signed_file.parse(board, board_key)
    epoch = parsed.heading.epoch
    _, tag_key = code.derive(canary.code)
    if slots.ack_tag(tag_key, epoch) in parsed.acks:
        return "found", epoch
    return ("overdue" if epoch >= canary.epoch + EPOCHS else "not_yet"), epoch
