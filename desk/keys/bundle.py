"""A folder with which a computer gets the desk: compared with its list, and the list with the site key.

Comes in: the folder that `make desk-bundle` made, and a half of the site key. Goes out: lines to print, or
`SHA256SUMS.sig` beside the list. It refuses to run anything of the folder, and to sign one that is not whole.
"""

from hashlib import sha256
from pathlib import Path

from desk.errors import DeskError, Refused
from desk.folder import part_of
from desk.keys import ceremony, secret_keys, whole
from desk.keys.passphrase import Ask
from desk.wire import bundle, keylist
from desk.wire.sums import NAME as SUMS

SIGNATURE = f"{SUMS}.sig"
_MOST_LIST_BYTES = 2**20
_AGAIN = "install nothing from it; make the folder again, or copy it onto the stick again"


def _read(path: Path, hint: str) -> bytes:
    return whole.read(path, _MOST_LIST_BYTES, hint, _AGAIN)


def _sums(folder: Path) -> bytes:
    hint = f"give the folder that `make desk-bundle` made, in which {SUMS} lies"
    return _read(folder / SUMS, hint)


def look(folder: Path) -> list[str]:
    """The lines on a folder that is whole, signed or not; `DeskError` for any other."""
    sums = _sums(folder)
    try:
        listed = bundle.read(sums)
    except Refused:
        raise DeskError(f"{SUMS} is not as it was made", _AGAIN) from None
    beside = (SUMS, SIGNATURE, part_of(folder / SIGNATURE).name)
    whole.require(folder, listed, beside, _AGAIN)
    said = f"files        {len(listed)}, each as {SUMS} says"
    return [said, f"{SUMS}   {sha256(sums).hexdigest()}"]


def check(folder: Path, site_half: Path) -> list[str]:
    """The lines on a folder that is whole and signed with this site key; `DeskError` for any other."""
    half = ceremony.read_public(site_half)
    if half.entry.use != "site":
        raise DeskError(f"{site_half.name} is not a site key: its use is {half.entry.use}")
    sums = _sums(folder)
    hint = "compare the 64 digits with paper, as for the first desk, and then `desk bundle sign`"
    signed = _read(folder / SIGNATURE, hint)
    try:
        bundle.parse(sums, signed, keylist.public_of(half.entry))
    except Refused:
        raise DeskError("this site key did not sign this folder", _AGAIN) from None
    lines = [*look(folder), f"signed by    site {half.entry.id}"]
    lines.append(f"fingerprint  {half.entry.fingerprint}")
    return [ceremony.PRACTICE, *lines] if half.practice else lines


def sign(folder: Path, site_key: Path, ask: Ask) -> list[str]:
    """Sign the list of a folder that was looked at; returns the lines to print."""
    site = secret_keys.read(site_key, ask)
    if site.use != "site":
        raise DeskError(f"{site_key.name} is not a site key: its use is {site.use}")
    whole.put(folder / SIGNATURE, bundle.sign(_sums(folder), site.seed))
    lines = [f"signed by    site {site.id}"]
    return [ceremony.PRACTICE, *lines] if site.practice else lines
