"""What a timer leaves of a look at the site from outside (steps 2, 3 and 9): lines, a file, an exit code.

Comes in: checks and how each ended. Goes out: a text that is replaced at once and whole. It tells days and no
times, and refuses to know what was looked at.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from desk.errors import DeskError
from desk.folder import folder_of, lock, make_readable, stage

Word = Literal["well", "wrong", "unseen"]

WELL, WRONG, UNSEEN = 0, 1, 2  # exit codes of `desk canary watch` and `desk verify`
READABLE = 0o644
_SAID = {WELL: "all well", WRONG: "something is wrong", UNSEEN: "could not look"}
_PATIENCE = 30.0  # while another run looks
_NEVER = "never"
Well = dict[str, str]  # the last good day by the name of a check, of all of them together by ""


@dataclass(frozen=True, slots=True)
class Line:
    """One check: its name, how it ended, and what was seen."""

    name: str
    word: Word
    said: str


def code_of(lines: list[Line]) -> int:
    """0 if all is well, 1 if anything is wrong, 2 if it could not be looked at."""
    words = {line.word for line in lines}
    return WRONG if "wrong" in words else UNSEEN if "unseen" in words else WELL


def text_of(lines: list[Line], well: Well, today: date) -> str:
    """The status file: the day, the result, then each check with the last day on which it was well."""
    width = max(len(line.name) for line in lines)
    rows = [
        f"{line.name:{width}}  {line.word:6}  {well.get(line.name, _NEVER):10}  {line.said}"
        for line in lines
    ]
    result = f"{today}  {_SAID[code_of(lines)]}; last all well: {well.get('', _NEVER)}"
    return "\n".join((result, "", f"{'check':{width}}  now     last well", *rows, ""))


def well_days(lines: list[Line], before: Well, today: date) -> Well:
    """The last good day of each check that is still made, and of all of them together."""
    names = {line.name for line in lines} | {""} if code_of(lines) != UNSEEN else set(before)
    kept = {name: day for name, day in before.items() if name in names}
    well = {line.name: today.isoformat() for line in lines if line.word == "well"}
    all_well = {"": today.isoformat()} if code_of(lines) == WELL else {}
    return kept | well | all_well


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other run looks into this folder for the time of the block."""
    try:
        descriptor = folder_of(folder)
    except OSError as error:
        raise DeskError(f"cannot look into the folder of canaries: {error.strerror}") from None
    try:
        if not lock(descriptor, _PATIENCE):
            raise DeskError("another watch holds the folder of canaries")
        yield
    finally:
        os.close(descriptor)


def replace(folder: Path, name: str, octets: bytes, mode: int) -> None:
    """Put a file in its place whole; `OSError` if that cannot be."""
    path = folder / name
    part = stage(path, octets)
    make_readable(part, mode)
    os.replace(part, path)
