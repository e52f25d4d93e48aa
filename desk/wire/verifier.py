"""A process that verifies, in place of one that may not hold a key library: `python -m desk.wire.verifier`.

`desk publish` and `desk purge` have the network, and the build of step 1 is another room. Each hands
over bytes and gets back what is true of them. Comes in, on standard input: one JSON object with

    site_key         the pin: SHA-256 of the public site key, 64 hexadecimal digits
    keys             the text of a key list
    issued_at_least  the day from which on a key list counts, or empty
    boards           reply boards, each as base64
    purge_list       the text of a purge list, or null

or, of a site that is looked at from outside,

    site_key         the pinned site key itself, 32 bytes as base64
    log              the log of manifests that is served, as base64
    seen             a log that was seen before, as base64, or empty
    today            the day

Goes out, on standard output: `{"error", "hint"}`, or what `_answer` says. It refuses the network, any
file, and every secret.
"""

import base64
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from desk import offline
from desk.errors import DeskError, Refused
from desk.wire import keylist, manifest, purgelist
from desk.wire.board import signed_file
from desk.wire.keylist import KeyList

_SHOWN = 16  # digits of a fingerprint
_NO_LIST = DeskError(
    "the key list is none as in WIRE.md section 6", "make it with: desk key publish"
)


def _site_key(text: str) -> bytes:
    """The site key that a list names, before anything of it is believed."""
    try:
        entries = json.loads(json.loads(text)["signed"])["keys"]
        (found,) = (base64.b64decode(one["public"]) for one in entries if one["use"] == "site")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _NO_LIST from None
    if len(found) != keylist.ED25519_BYTES:
        raise _NO_LIST
    return found


def _refuse_stranger(site_key: bytes, pin: str) -> None:
    named = sha256(site_key).hexdigest()
    if named != pin:
        raise DeskError(
            f"the key list names the site key {named[:_SHOWN]}, and pinned is {pin[:_SHOWN]}",
            "take the list of this desk; if the desk has a new site key, compare its fingerprint "
            "with the paper and pin that",
        )


def _key_list(text: str, pin: str, issued_at_least: str) -> KeyList:
    """A list verified with the pin; `DeskError` says which of the rules fails."""
    site_key = _site_key(text)
    _refuse_stranger(site_key, pin)
    try:
        if not keylist.is_signed(text, site_key):
            hint = "copy it again from the stick, or sign it again with: desk key publish"
            raise DeskError("the key list was changed after it was signed", hint)
        keys = keylist.parse(text, site_key)
    except Refused:
        raise _NO_LIST from None
    if keys.issued < issued_at_least:
        raise DeskError(
            f"the key list was issued on {keys.issued}, and one of {issued_at_least} is known",
            "take the newest list, the one that `desk key publish` wrote last",
        )
    return keys


def _board(octets: bytes, board_key: bytes) -> dict[str, Any]:
    """What a board says, once it is verified; else the check that failed."""
    try:
        heading = signed_file.parse(octets, board_key).heading
    except Refused as refused:
        return {"check": refused.check}
    days = {"published": heading.published.isoformat(), "next": heading.next_board.isoformat()}
    return {"check": "", "epoch": heading.epoch} | days


def _purge_list(text: str, board_key: bytes) -> dict[str, Any]:
    try:
        return asdict(purgelist.parse(text, board_key))
    except Refused:
        hint = "make it with `desk purge-list`, in the case store that keeps this desk's board key"
        raise DeskError("this is no purge list of this desk, or it was changed", hint) from None


# Any: JSON, as described above.
def _answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    keys = _key_list(asked["keys"], asked["site_key"], asked["issued_at_least"])
    board_key = keylist.public_of(keys.of("board")[0])
    boards = [_board(base64.b64decode(one), board_key) for one in asked["boards"]]
    purge = asked["purge_list"]
    return {
        "issued": keys.issued,
        "practice": keys.practice,
        "until": max(entry.not_after for entry in keys.of("intake")),
        "boards": boards,
        "purge_list": None if purge is None else _purge_list(purge, board_key),
    }


def _log(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What a log says, once it is verified, and what it is to one that was seen before."""
    site_key, octets, seen = (base64.b64decode(asked[name]) for name in ("site_key", "log", "seen"))
    try:
        log = manifest.parse_log(octets, site_key)
    except Refused:
        hint = (
            "it was cut, changed, or is signed by another site key; keep a copy, and tell the desk"
        )
        raise DeskError("the log breaks a rule of WIRE.md section 6.2", hint) from None
    parted, number = manifest.parting(seen, octets) if seen else ("same", None)
    age = manifest.age(log.last, date.fromisoformat(asked["today"]))
    return asdict(log.last) | {"parted": parted, "at": number, "age": age}


def main() -> int:
    """Answer one request; 0 unless the request itself cannot be read."""
    offline.enter()
    asked = json.load(sys.stdin.buffer)
    try:
        answer = _log(asked) if "log" in asked else _answer(asked)
    except DeskError as error:
        answer = {"error": error.message, "hint": error.hint}
    json.dump(answer, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
