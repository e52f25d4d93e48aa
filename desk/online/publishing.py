"""Step 8 on the machine with a network: puts a reply board where the site is served (`desk publish`).

Comes in: a board and a folder or a bucket. Goes out: the file `board.bin` there, at once and whole.
It refuses a board that is not ours, one of a later day, and to go back. It has the network and no key
library: `desk.online.trust` lets another process verify, before anything is put.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from desk.errors import DeskError
from desk.folder import read_plain
from desk.online import done, places, trust
from desk.online.done import Done, Published
from desk.online.places import BOARD, Served
from desk.online.trust import Verdict
from desk.wire.board import file
from desk.wire.board.heading import MAX_BYTES


class Target(Protocol):
    """Where the site is served."""

    def board(self, most: int) -> Served | None: ...

    def put_board(self, octets: bytes, before: Served | None) -> None: ...


class Site:
    """A folder that a server serves."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise DeskError("the target is not a folder", "give the folder of the board, or s3://")
        self._path = path / BOARD

    def board(self, most: int) -> Served | None:
        """The board that is served; `None` if there is none, nothing in it if it is no plain file."""
        try:
            return Served(read_plain(self._path, most))
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise DeskError(f"cannot read the board there: {error.strerror}") from None
        except OSError:  # a link, a pipe: no reader gets a board from it
            return Served(b"")

    def put_board(self, octets: bytes, before: Served | None) -> None:
        """Put it in the place of the board that was read, and of no other."""

        def allow() -> None:
            if self.board(MAX_BYTES + 1) != before:
                hint = "run the same command again"
                raise DeskError("another board was put there meanwhile", hint)

        file.write(self._path, octets, allow=allow)


def target_of(target: str) -> Target:
    """What is behind a target: `s3://BUCKET`, or a folder."""
    name = places.bucket_in(target)
    if name is None:
        return Site(Path(target))
    from desk.online import bucket

    return bucket.Site(name)


@dataclass(frozen=True, slots=True)
class Order:
    """What to publish: the file, the target as typed, the folder of `--trust`, and the day.

    `above` is the number of which the operator knows that it was published last, 0 for none.
    """

    path: Path
    target: str
    trust: Path
    today: date
    above: int | None = None


def _refuse_forged(said: dict[str, Any], issued: str) -> None:
    if said["check"]:
        raise DeskError(
            f"this is no board of this desk: {said['check']}",
            "write it onto the stick again with `desk board`; if the desk has a new board key, put "
            f"the new key list in --trust: the one there is of {issued}",
        )


def _refuse_ahead(said: dict[str, Any], today: date) -> None:
    """A day ahead of the clock: published, it would keep every board of a right clock from following."""
    if date.fromisoformat(said["published"]) > today:
        raise DeskError(
            f"board {said['epoch']} is of {said['published']}, and here it is {today}",
            "look at the clocks of both computers: if this one is right, make the next board with "
            "`desk board --clock-was-wrong`",
        )


def _refuse_back(epoch: int, floor: int) -> None:
    if epoch <= floor:
        hint = "publish the board that was made last; there is only one for each number"
        raise DeskError(f"board {floor} was published, and this is board {epoch}", hint)


def _known(order: Order, last: Published | None, said: dict[str, Any] | None) -> int:
    """The number that was published last, as far as this machine and its operator know.

    What is served and does not verify has no number that counts: somebody has to know one.
    """
    told = [one for one in (order.above, last.epoch if last else None) if one is not None]
    if said and said["check"] and not told:
        raise DeskError(
            f"what is served is damaged ({said['check']}), and this machine published nothing yet",
            "ask the desk for the number of the board that was published last, and give it with "
            "--above; 0 if there was none",
        )
    return max(told, default=0)


def _refuse_gone(order: Order, last: Published | None) -> None:
    """Where a board of ours lay, nothing lies: the place of a folder that is not mounted looks like that."""
    if last is not None and order.above is None:
        raise DeskError(
            f"board {last.epoch} was published there, and nothing lies there now",
            "mount the folder first, if it lies on another machine; if that board is gone, publish "
            "it again, or add --above with its number",
        )


def _put(target: Target, octets: bytes, before: Served | None) -> None:
    target.put_board(octets, before)
    served = target.board(MAX_BYTES + 1)
    if served is not None and served.octets != octets:
        raise DeskError("what is served now is not this board", "run the same command again")


def _note(order: Order, noted: Done, verdict: Verdict, octets: bytes) -> None:
    """Refuse to go back, then note the board before it is put: the same one may be put again."""
    made, said = verdict.boards[0], next(iter(verdict.boards[1:]), None)
    place, epoch = done.place(order.target), int(made["epoch"])
    last, board = noted.boards.get(place), Published(epoch, sha256(octets).hexdigest())
    known = _known(order, last, said)
    _refuse_back(epoch, int(said["epoch"]) if said and not said["check"] else 0)
    if board != last:
        _refuse_back(epoch, known)
        if said is None:
            _refuse_gone(order, last)
    noted.boards[place] = board
    noted.keys_issued = verdict.issued
    noted.write()


def publish(order: Order) -> list[str]:
    """Put the board there, or find that it stands there already; returns the lines to print.

    Raises `DeskError` for a board that is not ours, of a later day than today, or not later than
    what is served and what this machine published before; nothing is changed then.
    """
    octets = file.read(order.path)[0]
    target = target_of(order.target)
    before = target.board(MAX_BYTES + 1)
    both = [octets] if before is None else [octets, before.octets]
    with done.noting(order.trust) as noted:
        verdict = trust.verify(order.trust, today=order.today, known=noted.keys_issued, boards=both)
        made = verdict.boards[0]
        _refuse_forged(made, verdict.issued)
        _refuse_ahead(made, order.today)
        if before is not None and before.octets == octets:
            return [f"board {made['epoch']} stands there already, {len(octets)} bytes"]
        _note(order, noted, verdict, octets)
    _put(target, octets, before)
    found = [
        f"what was served did not verify and counts as damaged: {one['check']}"
        for one in verdict.boards
        if one["check"]
    ]
    return [*found, f"board {made['epoch']} is published, {len(octets)} bytes; next {made['next']}"]
