"""The log of signed manifests beside a release (step 1, WIRE.md section 6.2): two logs in, a refusal or none out.

This room has no key library: whether a signature holds, `desk sign` has seen and `desk verify` sees. Here it is
only held that the last line speaks of this release, and that no line which the public knows is lost.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any  # of what stands in a file, before it is looked at

from functions.cloud.refused import Refused

SUMS, NAME = "SHA256SUMS", "manifests.jsonl"
LAST = (SUMS, NAME)  # they are put when all that they speak of is there
_SIGN = (
    "sign it on the offline computer: desk sign (keys/README.md), and bring manifests.jsonl back"
)
_ZEROS = "0" * 64


def require_signed(site: Path) -> None:
    """Refuse a release that no manifest in its log speaks of as the last one."""
    try:
        octets = (site / NAME).read_bytes()
    except FileNotFoundError:
        raise Refused(f"{site.name} is not signed: {NAME} is not there", _SIGN) from None
    last = _last(octets)
    built = json.loads((site / "built.json").read_bytes())
    said = {name: last.get(name) for name in ("sums", "practice", "site_url", "source")}
    if said != {"sums": sha256((site / SUMS).read_bytes()).hexdigest(), **built}:
        raise Refused(f"{site.name} is not signed: the last manifest is of another build", _SIGN)


def require_longer(before: bytes, site: Path) -> None:
    """Refuse a release in whose log a line is missing that is served."""
    if not (site / NAME).read_bytes().startswith(before):
        hint = f"fetch {NAME} of the site into the folder of the release, and sign that: desk sign"
        raise Refused(f"{NAME} of the release does not go on from the one that is served", hint)


def _last(octets: bytes) -> dict[str, Any]:
    """The last manifest of a log that is one chain."""
    previous, last = _ZEROS, dict[str, Any]()
    try:
        for number, line in enumerate(octets.removesuffix(b"\n").split(b"\n")):
            last = json.loads(json.loads(line)["signed"])
            if last["number"] != number or last["previous"] != previous:
                raise ValueError
            previous = sha256(line).hexdigest()
        if not octets.endswith(b"\n"):
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise Refused(f"{NAME} is no log of manifests", _SIGN) from None
    return last
