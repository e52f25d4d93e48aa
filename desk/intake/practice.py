"""Invented complaints for training: sealed onto a stick as if they had come through steps 1 to 5.

Comes in: the public half of a practice key and a folder. Goes out: twenty objects, and the reply
codes of their invented senders. It refuses every key that is not a practice key.
"""

import base64
import secrets
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from desk.errors import DeskError
from desk.folder import IN, place
from desk.keys.ceremony import PublicHalf
from desk.store import disk
from desk.wire import canon, code, envelope, schema, seal
from desk.wire.canon import Value

MARK = "OEFENING / PRACTICE.\n"  # in front of every story, so that it is one wherever it turns up
_FILE = "practice.toml"
_OURS = ("code", "first_hour")  # keys of the file that are no fields of a complaint


@dataclass(frozen=True, slots=True)
class Written:
    """One practice complaint on the stick: the name of its object, its language, its code if any."""

    name: str
    language: str
    code: str


def complaints() -> list[dict[str, Value]]:
    """The twenty complaints as they stand in the file: fields of WIRE.md section 5, and keys of ours."""
    text = files(__package__).joinpath(_FILE).read_text("utf-8")
    found: list[dict[str, Value]] = tomllib.loads(text)["complaint"]
    return found


def compose(fields: dict[str, Value], complaint_id: str, reply_code: str) -> str:
    """The JSON of one practice complaint; an empty code leaves out the keys that come of it."""
    made: dict[str, Value] = {"schema": schema.COMPLAINT, "complaint_id": complaint_id}
    made |= {name: value for name, value in fields.items() if name not in _OURS}
    made["story"] = f"{MARK}{fields['story']}"
    if reply_code:
        reply_key, tag_key = code.derive(reply_code)
        made |= {"reply_key": reply_key.hex(), "tag_key": tag_key.hex()}
    return canon.dumps(made)


def _seal(fields: dict[str, Value], public: bytes) -> tuple[bytes, str]:
    reply_code = code.make() if fields.get("code") else ""
    text = compose(fields, secrets.token_hex(16), reply_code)
    return seal.seal(envelope.build_plaintext(text.encode("utf-8")), public), reply_code


def write(stick: Path, half: PublicHalf, *, is_first_hour: bool = False) -> list[Written]:
    """Put all practice complaints, or the three of the first hour, under `in/` of a folder, sealed;
    takes a third of a second for each code. `DeskError` when the key is no practice intake key or
    the folder cannot be written.
    """
    if half.entry.use != "intake" or not half.practice:
        hint = "make one with `desk key new intake --practice`"
        raise DeskError("practice complaints are sealed to a practice key only", hint)
    if not stick.is_dir() and not stick.parent.is_dir():
        raise DeskError("the stick is not there", "plug it in, and give the folder it appears as")
    public, written = base64.b64decode(half.entry.public), []
    with disk.writing():
        disk.make_folder(stick)
        disk.make_folder(stick / IN)
        for fields in complaints():
            if is_first_hour and not fields.get("first_hour"):
                continue
            sealed, reply_code = _seal(fields, public)
            name = envelope.name(sealed)
            path = place(stick / IN, name)
            disk.make_folder(path.parent)
            disk.put(path, sealed)
            written.append(Written(name, str(fields["form_language"]), reply_code))
    return written
