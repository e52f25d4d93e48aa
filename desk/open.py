"""Step 6: opens sealed objects on a machine without a network.

Comes in: paths and intake keys. Goes out: each complaint as it is opened, and at the end a table of
what could not be, which never stops the rest. It refuses to know the store and the network.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desk import labels, terminal, wire
from desk.errors import DeskError, Refused
from desk.folder import is_name, read_plain
from desk.seal import Secret, open_sealed
from desk.view import SHORT, Opened

MAX_BYTES = wire.RESERVED_BYTES[-1]  # nothing larger is ever an object
UNREADABLE = "unreadable"
_SHOWN_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be opened: its name, the check that failed, what to do."""

    file: str
    check: str
    remedy: str


def _in_folder(folder: Path) -> Iterator[Path]:
    # os.walk does not follow links to folders, and passes over what it may not read.
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(filter(is_name, names)))


def objects(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to open: each path that is no folder, and each object below those that are."""
    for path in paths:
        if not os.path.lexists(path):
            shown = terminal.clean(str(path))
            raise DeskError(f"there is nothing at {shown}", "is the stick plugged in?")
        if path.is_dir():
            yield from _in_folder(path)
        else:
            yield path


def open_object(sealed_object: bytes, secrets: Sequence[Secret]) -> wire.Complaint:
    """All of WIRE.md sections 2 to 5 in their order; `Refused` with the first check that fails."""
    plaintext = open_sealed(sealed_object, *secrets)
    return wire.parse_complaint(wire.parse_plaintext(plaintext))


def _read(path: Path) -> bytes:
    """Read a file that has the size of an object; one byte more than that shows one that has not."""
    return read_plain(path, wire.OBJECT_BYTES + 1)


def _refused(path: Path, check: str, sealed_object: bytes) -> Problem:
    remedy = labels.REMEDIES[check][1]
    # A name is a hash. If it does not match, the file is not what was sent.
    if is_name(path.name) and wire.name(sealed_object) != path.name:
        remedy = labels.FETCH_AGAIN
    return Problem(path.name, check, remedy)


def open_file(path: Path, secrets: Sequence[Secret]) -> Opened | Problem:
    """Read and open one file, whatever is in it."""
    try:
        sealed_object = _read(path)
    except OSError:
        return Problem(path.name, UNREADABLE, labels.REMEDIES[UNREADABLE][1])
    try:
        complaint = open_object(sealed_object, secrets)
    except Refused as refusal:
        return _refused(path, refusal.check, sealed_object)
    # The name comes from the bytes and not from the file: a file may be called anything.
    key_id = sealed_object[2 : wire.HEADER_BYTES].hex()
    return Opened(wire.name(sealed_object), key_id, complaint)


def table(problems: Sequence[Problem]) -> list[str]:
    """The lines of the table of files that could not be opened."""
    lines = [f"{len(problems)} could not be opened:"]
    for problem in problems:
        shown = terminal.clean(problem.file).replace("\n", " ").replace("\t", " ")
        short = shown[:SHORT] if is_name(problem.file) else shown[:_SHOWN_CHARACTERS]
        wrong = labels.REMEDIES[problem.check][0]
        lines.append(f"  {short:<{SHORT}}  {problem.check}: {wrong}; {problem.remedy}")
    return lines
