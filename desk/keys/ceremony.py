"""The key ceremony: makes keys for steps 2, 6 and 8, and lists them.

Comes in: a folder, a use, days of validity. Goes out: a secret key file with its public half, or a
table. It refuses to know what is sealed to a key, and never writes over one.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from desk.errors import DeskError, Refused
from desk.folder import read_plain, write_new
from desk.keys import secret_keys
from desk.keys.passphrase import shown_once
from desk.keys.secret_keys import SecretKey
from desk.wire import days as all_days
from desk.wire import keylist
from desk.wire.keylist import KeyEntry, Use

PUBLIC, WITHDRAWN, DESTROYED = ".pub", ".withdrawn", ".destroyed"  # what became of a public half
_PUBLIC_MODE = 0o644
_MAX_HALF_BYTES = 8_192
LIFETIME_DAYS = {"intake": 91, "board": 730, "site": 730}  # intake keys change each quarter
NO_MODES = "this stick keeps no modes: who holds it can copy the file; its passphrase guards it"
PRACTICE = "PRACTICE KEY: anyone who has the file can open what is sealed to it"


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


def _write_public(key: SecretKey, days: tuple[date, date], folder: Path) -> None:
    half = asdict(keylist.entry(key.use, key.public, *days)) | {"practice": key.practice}
    _write_half(half, _path_of(key, folder, PUBLIC))


def _write_half(half: dict[str, object], path: Path) -> None:
    try:
        write_new(path, f"{json.dumps(half, indent=2)}\n".encode("ascii"), _PUBLIC_MODE)
    except OSError as error:
        raise DeskError(f"cannot write {path.name}: {error.strerror}") from None


def _prepare(folder: Path) -> None:
    secret_keys.refuse_published(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(f"cannot make the folder for the keys: {error.strerror}") from None


def _write(key: SecretKey, folder: Path) -> Path:
    if key.practice:
        return secret_keys.write(key, folder, None)
    with shown_once() as passphrase:
        return secret_keys.write(key, folder, passphrase)


def new(
    use: Use, folder: Path, days: tuple[date, date], *, practice: bool, today: date
) -> list[str]:
    """Make a key and write both halves (`.key`, `.pub`); returns the lines to print."""
    key = secret_keys.make(use, created=today.isoformat(), practice=practice)
    return put(key, folder, days)


def put(key: SecretKey, folder: Path, days: tuple[date, date]) -> list[str]:
    """Write both halves of a key, the secret one with a passphrase that is shown once."""
    if not all(map(all_days.holds, days)):
        hint = f"choose days from {all_days.FIRST} to {all_days.LAST}"
        raise DeskError("a key list cannot hold the days of this key", hint)
    _prepare(folder)
    if _path_of(key, folder, DESTROYED).exists():
        hint = "burn what is left of its paper sheets"
        raise DeskError(f"the key {key.id} was destroyed", hint)
    path = _write(key, folder)
    public = _path_of(key, folder, PUBLIC)
    # One of them is there when a key comes back from its paper sheets.
    if not public.exists() and not public.with_suffix(WITHDRAWN).exists():
        _write_public(key, days, folder)
    lines = [
        f"secret key   {path}",
        f"public half  {public}",
        f"valid        {days[0]} to {days[1]}",
        f"fingerprint  {sha256(key.public).hexdigest()}",
    ]
    if secret_keys.has_no_mode(path):
        lines.append(NO_MODES)
    return [PRACTICE, *lines] if key.practice else lines


def withdraw(half: PublicHalf, folder: Path, day: date) -> None:
    """Take a key out of the list before it begins; its only day of validity becomes `day`."""
    path = _path_of(half.entry, folder, PUBLIC)
    written = asdict(half.entry) | {"practice": half.practice}
    written |= {"not_before": day.isoformat(), "not_after": day.isoformat()}
    path.with_suffix(WITHDRAWN).unlink(missing_ok=True)  # left by a crash between these lines
    _write_half(written, path.with_suffix(WITHDRAWN))
    path.unlink()


def bury(entry: KeyEntry, folder: Path) -> None:
    """Mark the public half of a key whose secret half is destroyed."""
    for suffix in (PUBLIC, WITHDRAWN):
        path = _path_of(entry, folder, suffix)
        if path.exists():
            path.replace(path.with_suffix(DESTROYED))


def _path_of(key: KeyEntry | SecretKey, folder: Path, suffix: str) -> Path:
    return folder / f"{key.use}-{key.id}{suffix}"


def secret_path(entry: KeyEntry, folder: Path) -> Path:
    """Where the secret half of a key lies, if it is here."""
    return _path_of(entry, folder, ".key")


def read_public(path: Path) -> PublicHalf:
    """One public half; `DeskError` if the file is anything else."""
    try:
        half = json.loads(read_plain(path, _MAX_HALF_BYTES).decode("utf-8"))
        practice = half.pop("practice")
        entry = keylist.parse_entry(half)
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError, Refused):
        raise DeskError(f"{path.name} is not the public half of a key") from None
    if not isinstance(practice, bool):
        raise DeskError(f"{path.name} is not the public half of a key")
    return PublicHalf(entry, practice)


def _halves(folder: Path, suffix: str) -> list[PublicHalf]:
    found = [read_public(path) for path in sorted(folder.glob(f"*{suffix}"))]
    return sorted(found, key=lambda half: (half.entry.use, half.entry.not_before, half.entry.id))


def halves(folder: Path) -> list[PublicHalf]:
    """The public halves in a folder, by use and first day; at least one."""
    if not folder.is_dir():  # a stick that is not there must not lead to a new key
        hint = "give the folder of the keys; is the stick plugged in?"
        raise DeskError("the folder of the keys is not there", hint)
    found = _halves(folder, PUBLIC)
    if not found:
        raise DeskError("there is no public half of a key here", "make one with `desk key new`")
    return found


def half_of(folder: Path, key_id: str) -> PublicHalf:
    """The public half of one key, in use or withdrawn; `DeskError` if it is not in the folder."""
    for half in (*_halves(folder, PUBLIC), *withdrawn(folder)):
        if half.entry.id == key_id:
            return half
    hint = "give the folder with its .pub file; `desk key list` shows what is in a folder"
    raise DeskError("there is no public half of this key here", hint)


def withdrawn(folder: Path) -> list[PublicHalf]:
    """The public halves of keys that were taken out of the list before they began."""
    return _halves(folder, WITHDRAWN)


def _state(folder: Path, entry: KeyEntry) -> str:
    path = secret_path(entry, folder)
    if not path.is_file():
        return "not here"
    return "here" if secret_keys.is_private(path) else "OTHERS CAN READ IT"


def table(folder: Path) -> list[str]:
    """The lines of `desk key list`: each key, its days, where its secret is, its fingerprint."""
    lines = [f"{'use':<7} {'id':<16} {'first day':<10} {'last day':<10} {'kind':<9} secret file"]
    for half in halves(folder):
        entry, kind = half.entry, "PRACTICE" if half.practice else "real"
        days = f"{entry.not_before} {entry.not_after}"
        lines.append(f"{entry.use:<7} {entry.id} {days} {kind:<9} {_state(folder, entry)}")
        lines.append(f"        fingerprint {entry.fingerprint}")
    return lines
