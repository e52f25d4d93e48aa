"""A folder with which a computer gets the desk: compared with its list, and the list with the site key.

Comes in: the folder that `make desk-bundle` made, and a half of the site key. Goes out: lines to print, or
`SHA256SUMS.sig` beside the list. It refuses to run anything of the folder, and to sign one that is not whole.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from desk.errors import DeskError, Refused
from desk.folder import make_readable, part_of, read_plain, stage, walk
from desk.keys import ceremony, secret_keys
from desk.keys.passphrase import Ask
from desk.wire import bundle, keylist

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
_MOST_LIST_BYTES = 2**20
_MOST_FILE_BYTES = 2**26
_READABLE = 0o644
_SHOWN = 5
_AGAIN = "install nothing from it; make the folder again, or copy it onto the stick again"


def _read(path: Path, hint: str) -> bytes:
    try:
        octets = read_plain(path, _MOST_LIST_BYTES + 1)
    except OSError as error:
        raise DeskError(f"cannot read {path.name}: {error.strerror}", hint) from None
    if len(octets) > _MOST_LIST_BYTES:
        raise DeskError(f"{path.name} is not as it was made", _AGAIN)
    return octets


def _sums(folder: Path) -> bytes:
    hint = f"give the folder that `make desk-bundle` made, in which {SUMS} lies"
    return _read(folder / SUMS, hint)


def _refuse(error: OSError) -> None:
    raise DeskError(f"cannot read the folder: {error.strerror}", _AGAIN)


def _lying(folder: Path) -> Iterator[str]:
    """The path of everything in the folder that is no folder."""
    for here, _, names in walk(folder, refuse=_refuse):
        yield from ((here / name).relative_to(folder).as_posix() for name in names)


def _digits(path: Path) -> str:
    try:
        return sha256(read_plain(path, _MOST_FILE_BYTES)).hexdigest()
    except OSError:
        return ""


def _faults(folder: Path, listed: dict[str, str]) -> list[str]:
    lying = set(_lying(folder)) - {SUMS, SIGNATURE, part_of(folder / SIGNATURE).name}
    found = [f"missing: {name}" for name in listed.keys() - lying]
    found += [f"not in the list: {name}" for name in lying - listed.keys()]
    found += [
        f"changed: {name}"
        for name in listed.keys() & lying
        if _digits(folder / name) != listed[name]
    ]
    return sorted(found)


def _require_whole(folder: Path, listed: dict[str, str]) -> None:
    faults = _faults(folder, listed)
    if faults:
        more = f", and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        said = ", ".join(faults[:_SHOWN])
        raise DeskError(f"this is not the folder that was made; {said}{more}", _AGAIN)


def look(folder: Path) -> list[str]:
    """The lines on a folder that is whole, signed or not; `DeskError` for any other."""
    sums = _sums(folder)
    try:
        listed = bundle.read(sums)
    except Refused:
        raise DeskError(f"{SUMS} is not as it was made", _AGAIN) from None
    _require_whole(folder, listed)
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
    octets = bundle.sign(_sums(folder), site.seed)
    try:
        part = stage(folder / SIGNATURE, octets, _READABLE)
        make_readable(part, _READABLE)
        os.replace(part, folder / SIGNATURE)
    except OSError as error:
        raise DeskError(f"cannot write {SIGNATURE}: {error.strerror}") from None
    lines = [f"signed by    site {site.id}"]
    return [ceremony.PRACTICE, *lines] if site.practice else lines
