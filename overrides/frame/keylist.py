"""The key list as the site build sees it (step 1): the text of keys.json in, its shape out.

It checks form and presence only, WIRE.md section 6; `pin` has the signature verified. It never sees a
private key.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overrides.words.errors import SiteError

_PUBLIC_BYTES = {"intake": 1216, "board": 32, "site": 32}  # WIRE.md section 6


@dataclass(frozen=True)
class KeyList:
    """The published list: its exact text, its day, the site public key in hexadecimal, and the mark.

    `fingerprints` are those of the intake keys, in groups of four digits to read aloud and compare;
    `intake_days` are the first and the last day of each.
    """

    text: str
    issued: str
    site_key: str
    fingerprints: tuple[str, ...]
    practice: bool
    intake_days: tuple[tuple[date, date], ...] = ()


def load(path: Path) -> KeyList:
    """Read a key list file; one without an intake key or of another shape stops the build."""
    if not path.is_file():
        raise SiteError(f"there is no key list {path.name}", "make one with: desk key publish")
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> KeyList:
    """The list from its text. Only what the build relies on is looked at."""
    try:
        signed = json.loads(json.loads(text)["signed"])
        practice, entries, issued = signed["practice"], signed["keys"], signed["issued"]
        public = [(entry["use"], _public(entry)) for entry in entries]
        days = tuple(_days(entry) for entry in entries if entry["use"] == "intake")
    except (ValueError, KeyError, TypeError) as error:
        raise SiteError("keys.json is not a key list as in WIRE.md section 6") from error
    intake = tuple(_fingerprint(key) for use, key in public if use == "intake")
    if not intake:
        raise SiteError("keys.json has no intake key", "without it no form page can seal")
    site = [key for use, key in public if use == "site"]
    if len(site) != 1 or not isinstance(practice, bool):
        raise SiteError("keys.json needs exactly one site key and the mark practice")
    return KeyList(text, str(issued), site[0].hex(), intake, practice, days)


def _days(entry: dict[str, str]) -> tuple[date, date]:
    return date.fromisoformat(entry["not_before"]), date.fromisoformat(entry["not_after"])


def _fingerprint(public: bytes) -> str:
    digits = hashlib.sha256(public).hexdigest()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _public(entry: dict[str, str]) -> bytes:
    try:
        public = base64.b64decode(entry["public"], validate=True)
    except binascii.Error as error:
        raise SiteError("a key in keys.json is not base64") from error
    if len(public) != _PUBLIC_BYTES[entry["use"]]:
        raise SiteError(f"a key in keys.json has {len(public)} bytes")
    return public
