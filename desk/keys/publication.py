"""The key list that step 2 reads, signed on the offline machine.

Comes in: a folder of public halves and the secret site key. Goes out: the file `keys.json`, at once
and whole. It refuses to know the other secret keys, and the network.
"""

import os
from datetime import date, timedelta
from pathlib import Path

from desk.errors import DeskError, Refused
from desk.folder import make_readable, stage
from desk.keys import secret_keys
from desk.keys.ceremony import PRACTICE, PublicHalf, halves
from desk.keys.passphrase import Ask
from desk.keys.secret_keys import SecretKey
from desk.wire import keylist

_READABLE = 0o644
STAYS_LISTED_DAYS = 90  # WIRE.md section 6, "What the function accepts"


def _listed(folder: Path, today: date) -> list[PublicHalf]:
    oldest = (today - timedelta(days=STAYS_LISTED_DAYS)).isoformat()
    found = halves(folder)
    return [half for half in found if half.entry.use != "intake" or half.entry.not_after >= oldest]


def sign(folder: Path, site: SecretKey, today: date) -> tuple[str, bool]:
    """The text of a signed key list over a folder of public halves, and whether it is practice."""
    listed = _listed(folder, today)
    practice = site.practice or any(half.practice for half in listed)
    entries = [half.entry for half in listed]
    try:
        text = keylist.build(entries, issued=today, practice=practice, site_seed=site.seed)
    except Refused:
        hint = (
            "it takes one board key, the site key that signs, and at least one intake key; no two "
            "intake keys may begin on the same day"
        )
        raise DeskError("these keys do not make a key list", hint) from None
    # Without a line break at the end: a key list has one encoding.
    return text, practice


def _put(text: str, out: Path) -> None:
    if out.suffix in (".pub", ".key"):
        raise DeskError("the key list may not be written over a key", "name it keys.json")
    try:
        part = stage(out, text.encode("ascii"), _READABLE)
        make_readable(part, _READABLE)
        os.replace(part, out)
    except OSError as error:
        raise DeskError(f"cannot write the key list: {error.strerror}") from None


def publish(folder: Path, site_key: Path, out: Path, *, ask: Ask, today: date) -> list[str]:
    """Sign and write the key list; returns the lines to print."""
    site = secret_keys.read(site_key, ask)
    if site.use != "site":
        raise DeskError(f"{site_key.name} is not a site key: its use is {site.use}")
    text, practice = sign(folder, site, today)
    _put(text, out)
    listed = keylist.parse(text, site.public)
    lines = [f"key list     {out}"]
    lines += [f"{key.use:<12} {key.id}  {key.not_before} to {key.not_after}" for key in listed.keys]
    # What the build believes; typed there by a person who has read it here.
    lines += ["", "in the settings of the site:", f"site_key: {listed.of('site')[0].fingerprint}"]
    lines += [f"keys_issued_at_least: {listed.issued}"]
    return [PRACTICE, *lines] if practice else lines
