"""Step 8 on the machine with a network: puts a reply board where the site is served (`desk publish`).

Comes in: a board and a folder or a bucket. Goes out: the file `board.bin` there, at once and whole.
It refuses a damaged board and to go back: that it is ours was proven when it was made, with a key
that this machine has not.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desk.board import file, heading
from desk.board.heading import MAX_BYTES
from desk.errors import DeskError, Refused
from desk.fetch import SCHEME
from desk.folder import read_plain

NAME = "board.bin"


@dataclass(frozen=True, slots=True)
class Served:
    """The board that stands there, and the mark by which the store knows it, if it has one."""

    octets: bytes
    version: str = ""


class Target(Protocol):
    """Where the site is served."""

    def board(self, most: int) -> Served | None: ...

    def put_board(self, octets: bytes, before: Served | None) -> None: ...


class Site:
    """A folder that a server serves."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise DeskError("the target is not a folder", "give the folder of the board, or s3://")
        self._path = path / NAME

    def board(self, most: int) -> Served | None:
        """The board that is served; `None` if there is none."""
        try:
            return Served(read_plain(self._path, most))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DeskError(f"cannot read the board there: {error.strerror or error}") from None

    def put_board(self, octets: bytes, before: Served | None) -> None:
        """Put it in the place of the board that was read, and of no other."""

        def allow() -> None:
            if self.board(MAX_BYTES + 1) != before:
                hint = "run the same command again"
                raise DeskError("another board was put there meanwhile", hint)

        file.write(self._path, octets, allow=allow)


def target_of(target: str) -> Target:
    """What is behind a target: `s3://BUCKET`, or a folder."""
    if not target.startswith(SCHEME):
        return Site(Path(target))
    from desk import bucket

    return bucket.Site(target.removeprefix(SCHEME).rstrip("/"))


def _epoch(octets: bytes) -> int:
    """The epoch of the board that is served; 0 for one that nobody can read anyway."""
    try:
        return heading.whole(octets).epoch
    except Refused:
        return 0


def publish(path: Path, target: Target) -> str:
    """Put the board there, or find that it stands there already; returns the line to print.

    Raises `DeskError` for a board that is damaged, or not later than the one that is served.
    """
    octets, made = file.read(path)
    before = target.board(MAX_BYTES + 1)
    if before is not None and before.octets == octets:
        return f"board {made.epoch} stands there already, {len(octets)} bytes"
    there = _epoch(before.octets) if before is not None else 0
    if made.epoch <= there:
        hint = "publish the board that was made last; there is only one for each number"
        raise DeskError(f"board {there} is served, and this is board {made.epoch}", hint)
    target.put_board(octets, before)
    served = target.board(MAX_BYTES + 1)
    if served is not None and served.octets != octets:
        raise DeskError("what is served now is not this board", "run the same command again")
    return f"board {made.epoch} is published, {len(octets)} bytes; next {made.next_board}"
