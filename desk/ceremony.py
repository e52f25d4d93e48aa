"""The key ceremony: makes keys, lists them, and signs the key list that step 2 reads.

Comes in: a folder, days of validity, passphrases. Goes out: secret key files with their public
halves, a table, or a key list. It refuses to know the network, and never writes over a key.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from desk import keylist, keys
from desk.errors import DeskError, Refused
from desk.keylist import KeyEntry, Use
from desk.passphrase import Ask

LIFETIME_DAYS = {"intake": 91, "board": 730, "site": 730}  # intake keys change each quarter
STAYS_LISTED_DAYS = 90  # WIRE.md section 6, "What the function accepts"


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """The public half of a key as it lies beside the secret one."""

    entry: KeyEntry
    practice: bool


def validity(use: Use, first: date, last: date | None) -> tuple[date, date]:
    """The first and last day of a new key; without a last day, the usual lifetime of its use."""
    end = last or first + timedelta(days=LIFETIME_DAYS[use])
    if end < first:
        raise DeskError("the last day of the key lies before its first day")
    return first, end


def _write_public(key: keys.SecretKey, days: tuple[date, date], folder: Path) -> None:
    half = asdict(keylist.entry(key.use, key.public, *days)) | {"practice": key.practice}
    path = folder / f"{key.use}-{key.id}.pub"
    with path.open("x", encoding="ascii") as file:
        json.dump(half, file, indent=2)
        file.write("\n")


def prepare(folder: Path) -> None:
    """Make the folder for secret keys, if it is one where they may lie."""
    keys.refuse_published(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(f"cannot make the folder for the keys: {error.strerror}") from None


def new(key: keys.SecretKey, days: tuple[date, date], folder: Path, passphrase: str | None) -> Path:
    """Write a new key and its public half (`.key`, `.pub`); the path of the secret file."""
    path = keys.write(key, folder, passphrase)
    _write_public(key, days, folder)
    return path


def _read_public(path: Path) -> PublicHalf:
    try:
        half = json.loads(path.read_text("utf-8"))
        practice = half.pop("practice")
        entry = keylist.parse_entry(half)
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError, Refused):
        raise DeskError(f"{path.name} is not the public half of a key") from None
    if not isinstance(practice, bool):
        raise DeskError(f"{path.name} is not the public half of a key")
    return PublicHalf(entry, practice)


def halves(folder: Path) -> list[PublicHalf]:
    """The public halves in a folder, by use and first day; at least one."""
    found = [_read_public(path) for path in sorted(folder.glob("*.pub"))]
    if not found:
        raise DeskError("there is no public half of a key here", "make one with `desk key new`")
    return sorted(found, key=lambda half: (half.entry.use, half.entry.not_before, half.entry.id))


def _state(folder: Path, entry: KeyEntry) -> str:
    path = folder / f"{entry.use}-{entry.id}.key"
    if not path.is_file():
        return "not here"
    return "here" if keys.is_private(path) else "OTHERS CAN READ IT"


def table(folder: Path) -> list[str]:
    """The lines of `desk key list`: each key, its days, where its secret is, its fingerprint."""
    lines = [f"{'use':<7} {'id':<16} {'first day':<10} {'last day':<10} {'kind':<9} secret file"]
    for half in halves(folder):
        entry, kind = half.entry, "PRACTICE" if half.practice else "real"
        days = f"{entry.not_before} {entry.not_after}"
        lines.append(f"{entry.use:<7} {entry.id} {days} {kind:<9} {_state(folder, entry)}")
        lines.append(f"        fingerprint {entry.fingerprint}")
    return lines


def _listed(found: Sequence[PublicHalf], today: date) -> list[PublicHalf]:
    oldest = (today - timedelta(days=STAYS_LISTED_DAYS)).isoformat()
    return [half for half in found if half.entry.use != "intake" or half.entry.not_after >= oldest]


def sign(folder: Path, site_key: Path, ask: Ask, today: date) -> tuple[str, bool]:
    """The text of a signed key list over a folder of public halves, and whether it is practice."""
    listed = _listed(halves(folder), today)
    site = keys.read(site_key, ask)
    if site.use != "site":
        raise DeskError(f"{site_key.name} is not a site key, it is a key for {site.use}")
    practice = site.practice or any(half.practice for half in listed)
    entries = [replace(half.entry) for half in listed]
    try:
        text = keylist.build(entries, issued=today, practice=practice, site_seed=site.seed)
    except Refused:
        hint = (
            "it needs one board key, one site key (the one that signs) and at least one intake "
            "key; no two intake keys may begin on one day"
        )
        raise DeskError("these keys do not make a key list", hint) from None
    return text + "\n", practice


def publish(text: str, out: Path) -> None:
    """Put a key list at its place at once and whole, over an older one."""
    if out.suffix in (".pub", ".key"):
        raise DeskError("the key list may not be written over a key", "name it keys.json")
    try:
        with NamedTemporaryFile("w", dir=out.parent, delete=False, encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(file.name, 0o644)  # it is public
        os.replace(file.name, out)
    except OSError as error:
        raise DeskError(f"cannot write the key list: {error.strerror}") from None
