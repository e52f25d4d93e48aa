"""A folder that has a list of its files: read, and compared with the list (WIRE.md sections 6.1 and 6.2).

Comes in: a folder that somebody else may have changed. Goes out: bytes of small files, or `DeskError` that
names what is missing, changed or added. It refuses to know what the folder is for, and who signed.
"""

import os
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from desk.errors import DeskError
from desk.folder import make_readable, read_plain, stage, sync_folder, walk

_MOST_FILE_BYTES = 2**26
_READABLE = 0o644
_SHOWN = 5


def read(path: Path, most: int, hint: str, again: str) -> bytes:
    """At most so many bytes of a file; `hint` is for one that is not there, `again` for one that is larger."""
    try:
        octets = read_plain(path, most + 1)
    except OSError as error:
        raise DeskError(f"cannot read {path.name}: {error.strerror}", hint) from None
    if len(octets) > most:
        raise DeskError(f"{path.name} is not as it was made", again)
    return octets


def require(folder: Path, listed: dict[str, str], beside: Collection[str], again: str) -> None:
    """Refuse a folder that is not as its list says; names in `beside` may lie there unlisted."""
    faults = _faults(folder, listed, beside, again)
    if faults:
        more = f", and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        said = ", ".join(faults[:_SHOWN])
        raise DeskError(f"this is not the folder that was made; {said}{more}", again)


def _faults(folder: Path, listed: dict[str, str], beside: Collection[str], again: str) -> list[str]:
    lying = set(_lying(folder, again)) - set(beside)
    found = [f"missing: {name}" for name in listed.keys() - lying]
    found += [f"not in the list: {name}" for name in lying - listed.keys()]
    found += [
        f"changed: {name}"
        for name in listed.keys() & lying
        if _digits(folder / name) != listed[name]
    ]
    return sorted(found)


def _lying(folder: Path, again: str) -> Iterator[str]:
    """The path of everything in the folder that is no folder."""

    def refuse(error: OSError) -> None:
        raise DeskError(f"cannot read the folder: {error.strerror}", again)

    for here, _, names in walk(folder, refuse=refuse):
        yield from ((here / name).relative_to(folder).as_posix() for name in names)


def _digits(path: Path) -> str:
    try:
        return sha256(read_plain(path, _MOST_FILE_BYTES)).hexdigest()
    except OSError:
        return ""


def put(path: Path, octets: bytes) -> None:
    """Write a file that everybody may read, whole and durably, over the one that is there."""
    try:
        part = stage(path, octets, _READABLE)
        make_readable(part, _READABLE)
        os.replace(part, path)
        sync_folder(path.parent)
    except OSError as error:
        raise DeskError(f"cannot write {path.name}: {error.strerror}") from None
