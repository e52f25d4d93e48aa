"""The signed key list of WIRE.md section 6: made by the key ceremony, read by the page in step 2.

Comes in: the text of a list and the pinned site key, or key entries and the site seed. Goes out:
the entries, or the text. It refuses to know secret intake and board keys, and where the files lie.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Literal

from nacl.signing import SigningKey

from desk.errors import Refused
from desk.wire import canon, days, envelope, signature
from desk.wire.canon import Value

Use = Literal["intake", "board", "site"]

USES: tuple[Use, ...] = ("intake", "board", "site")
VERSION = 1
LABEL = b"balie/1 key list\n"
ED25519_BYTES = 32
CLOSES_AFTER_DAYS = 30
_SIGNATURE = re.compile(r"[0-9a-f]{128}")


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One public key and its days; `public` is base64, `id` and `fingerprint` are hex."""

    use: Use
    suite: int
    id: str
    fingerprint: str
    public: str
    not_before: str
    not_after: str


@dataclass(frozen=True, slots=True)
class KeyList:
    """A verified key list; `issued` is a date as text, `practice` says a key in it is not real."""

    issued: str
    practice: bool
    keys: tuple[KeyEntry, ...]

    def of(self, use: Use) -> tuple[KeyEntry, ...]:
        """The entries of one use, in the order of the list."""
        return tuple(entry for entry in self.keys if entry.use == use)


def entry(use: Use, public: bytes, not_before: date, not_after: date) -> KeyEntry:
    """Describe a public key (1,216 bytes for intake, 32 else) for the list."""
    fingerprint = sha256(public).hexdigest()
    encoded = base64.b64encode(public).decode("ascii")
    identity = envelope.key_id(public)
    span = (not_before.isoformat(), not_after.isoformat())
    return KeyEntry(use, envelope.SUITE, identity, fingerprint, encoded, *span)


def _require(holds: bool) -> None:
    if not holds:
        raise Refused("keylist")


def _json(text: str, names: set[str]) -> dict[str, Value]:
    """Read a JSON object with exactly these names, in the one encoding of section 5."""
    try:
        _, value = canon.loads(text.encode("utf-8"))
    except (Refused, UnicodeEncodeError):  # a lone surrogate, which UTF-8 cannot hold
        raise Refused("keylist") from None
    if not isinstance(value, dict) or value.keys() != names:
        raise Refused("keylist")
    return value


def _text(value: Value) -> str:
    if not isinstance(value, str):
        raise Refused("keylist")
    return value


def _day(value: Value) -> date:
    found = days.parse(_text(value))
    if found is None:
        raise Refused("keylist")
    return found


def _public(value: Value, size: int) -> bytes:
    try:
        public = base64.b64decode(_text(value), validate=True)
    except (binascii.Error, ValueError):
        raise Refused("keylist") from None
    _require(len(public) == size)
    _require(base64.b64encode(public).decode("ascii") == value)  # one encoding, no loose bits
    return public


def parse_entry(value: Value) -> KeyEntry:
    """Check one key entry against its table in section 6; else `Refused("keylist")`."""
    if not isinstance(value, dict) or value.keys() != set(KeyEntry.__dataclass_fields__):
        raise Refused("keylist")
    use = next((known for known in USES if known == value["use"]), None)
    if use is None or type(value["suite"]) is not int or value["suite"] != envelope.SUITE:
        raise Refused("keylist")
    public = _public(value["public"], envelope.PUBLIC_BYTES if use == "intake" else ED25519_BYTES)
    first, last = _day(value["not_before"]), _day(value["not_after"])
    described = entry(use, public, first, last)
    _require(first <= last and asdict(described) == value)
    return described


def public_of(entry: KeyEntry) -> bytes:
    """The public key that a checked entry describes: 1,216 bytes for intake, 32 else."""
    return base64.b64decode(entry.public)


def _check_uses(keys: KeyList) -> None:
    intake = keys.of("intake")
    _require(len(intake) > 0 and len(keys.of("board")) == 1 and len(keys.of("site")) == 1)
    starts = [key.not_before for key in intake]
    _require(starts == sorted(starts) and len(set(starts)) == len(starts))
    _require(len({key.id for key in keys.keys}) == len(keys.keys))


def _parse_signed(text: str) -> KeyList:
    signed = _json(text, {"version", "issued", "practice", "keys"})
    practice, entries = signed["practice"], signed["keys"]
    _require(type(signed["version"]) is int and signed["version"] == VERSION)
    if not isinstance(practice, bool) or not isinstance(entries, list):
        raise Refused("keylist")
    issued = _day(signed["issued"]).isoformat()
    keys = KeyList(issued, practice, tuple(map(parse_entry, entries)))
    _check_uses(keys)
    return keys


def is_signed(text: str, site_key: bytes) -> bool:
    """Whether a list, whatever it says, is signed with this site key; `Refused` if it is none."""
    outer = _json(text, {"signed", "signature"})
    signed, digits = _text(outer["signed"]).encode("utf-8"), _text(outer["signature"])
    if _SIGNATURE.fullmatch(digits) is None:
        return False
    return signature.holds(site_key, LABEL + signed, bytes.fromhex(digits))


def parse(text: str, pinned_site_key: bytes, issued_at_least: str = "") -> KeyList:
    """Verify a list with the pinned site key (32 bytes); else `Refused("keylist")`.

    `issued_at_least` is the day on which a list was issued that the reader has, empty for none.
    """
    _require(is_signed(text, pinned_site_key))
    keys = _parse_signed(_text(_json(text, {"signed", "signature"})["signed"]))
    _require(_public(keys.of("site")[0].public, ED25519_BYTES) == pinned_site_key)
    _require(keys.issued >= issued_at_least)
    return keys


def build(keys: Sequence[KeyEntry], *, issued: date, practice: bool, site_seed: bytes) -> str:
    """Sign a list with the site key's 32-byte seed; refuses what `parse` would refuse."""
    order = sorted(keys, key=lambda key: (USES.index(key.use), key.not_before))
    entries: list[Value] = [asdict(key) for key in order]
    head: dict[str, Value] = {"version": VERSION, "issued": issued.isoformat()}
    signed = canon.dumps(head | {"practice": practice, "keys": entries})
    site = SigningKey(site_seed)
    digits = site.sign(LABEL + signed.encode("utf-8")).signature.hex()
    text = canon.dumps({"signed": signed, "signature": digits})
    parse(text, bytes(site.verify_key))
    return text


def pick(keys: KeyList, *, today: date, built: date) -> KeyEntry | None:
    """The intake key to seal to, or `None` when the form is closed ("Which key the form uses")."""
    day = max(today, built)
    intake = keys.of("intake")
    last = max(date.fromisoformat(key.not_after) for key in intake)
    if day > last + timedelta(days=CLOSES_AFTER_DAYS):
        return None
    begun = [key for key in intake if key.not_before <= day.isoformat()]
    return begun[-1] if begun else intake[0]
