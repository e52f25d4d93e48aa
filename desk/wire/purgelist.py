"""The signed purge list (WIRE.md section 8.1), between the offline computer and the store of step 4.

Comes in: names of objects and the board key's seed, or the text of a list and the board key. Goes
out: the text, or the names. It refuses to know case stores, files and the network.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from nacl.signing import SigningKey

from desk.errors import Refused
from desk.folder import is_name
from desk.wire import canon, days, signature
from desk.wire.canon import Value

VERSION = 1
LABEL = b"balie/1 purge list\n"
MAX_BYTES = 64 * 2**20  # nearly a million names
_STORE = re.compile(r"[0-9a-f]{32}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")


@dataclass(frozen=True, slots=True)
class PurgeList:
    """Names of objects that may go: `held` by two copies of the case store, or `erased` on purpose.

    `store` is the id of the case store that made it (32 hexadecimal digits), `issued` a date as text.
    """

    store: str
    issued: str
    held: tuple[str, ...]
    erased: tuple[str, ...]


def _require(holds: bool) -> None:
    if not holds:
        raise Refused("purge_list")


def _json(text: str, names: list[str]) -> dict[str, Value]:
    try:
        _, value = canon.loads(text.encode("utf-8"))
    except (Refused, UnicodeEncodeError):
        raise Refused("purge_list") from None
    if not isinstance(value, dict) or list(value) != names:
        raise Refused("purge_list")
    return value


def _text(value: Value) -> str:
    if not isinstance(value, str):
        raise Refused("purge_list")
    return value


def _day(value: Value) -> str:
    text = _text(value)
    _require(days.parse(text) is not None)
    return text


def _names(value: Value) -> tuple[str, ...]:
    """Names of objects, ascending, all different."""
    if not isinstance(value, list):
        raise Refused("purge_list")
    names = tuple(map(_text, value))
    _require(all(map(is_name, names)))
    _require(all(one < other for one, other in pairwise(names)))
    return names


def _check_signature(signed: str, digits: str, board_key: bytes) -> None:
    _require(_SIGNATURE.fullmatch(digits) is not None)
    words = LABEL + signed.encode("utf-8")
    _require(signature.holds(board_key, words, bytes.fromhex(digits)))


def parse(text: str, board_key: bytes) -> PurgeList:
    """Verify a list with the board key (32 bytes); else `Refused("purge_list")`."""
    _require(len(text) <= MAX_BYTES)  # a list holds ASCII alone
    outer = _json(text, ["signed", "signature"])
    signed = _text(outer["signed"])
    _check_signature(signed, _text(outer["signature"]), board_key)
    content = _json(signed, ["version", "store", "issued", "held", "erased"])
    _require(type(content["version"]) is int and content["version"] == VERSION)
    store = _text(content["store"])
    _require(_STORE.fullmatch(store) is not None)
    held, erased = _names(content["held"]), _names(content["erased"])
    _require(bool(held or erased) and not set(held) & set(erased))
    return PurgeList(store, _day(content["issued"]), held, erased)


def build(made: PurgeList, *, board_seed: bytes) -> str:
    """Sign a list with the board key's 32-byte seed; refuses what `parse` would refuse."""
    signed = canon.dumps(
        {
            "version": VERSION,
            "store": made.store,
            "issued": made.issued,
            "held": list(made.held),
            "erased": list(made.erased),
        }
    )
    key = SigningKey(board_seed)
    digits = key.sign(LABEL + signed.encode("utf-8")).signature.hex()
    text = canon.dumps({"signed": signed, "signature": digits})
    parse(text, bytes(key.verify_key))
    return text
