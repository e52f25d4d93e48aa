"""Before step 8: proves that the place of the board refuses what `desk publish` relies on.

Comes in: a folder or a bucket. Goes out: the lines to print. It puts one constant object beside the
board, `board.probe`, and touches nothing else; it refuses to know boards and keys.
"""

from pathlib import Path
from typing import Protocol

from desk.errors import DeskError
from desk.folder import write_new
from desk.online import places
from desk.online.places import PROBE, PROBE_OCTETS

GONE = "what was put to prove it is taken away again"
STAYS = f"{PROBE} stays there: these credentials or a lock keep it, and nothing reads it"
_PROVEN = "the store refuses to write over what it was not told of, as it must"
_HINT = "STORE.md names the stores that were tried, and what they must do"
_PUTS = 3  # another who probes may take it away in between, but not each time


class Probed(Protocol):
    """A place that can be proven."""

    def put_new(self) -> bool:
        """Put the object where none is; false if the place refused, since one was there."""

    def put_over_another(self) -> bool:
        """Put it in the place of an object that was never there; false if the place refused."""

    def forget(self) -> bool:
        """Take the object away; false if it stays."""


class Folder:
    """A folder from which the site is served: its file system must not write one name twice."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise DeskError("the target is not a folder", "give the folder of the board, or s3://")
        self._path = path / PROBE

    def put_new(self) -> bool:
        """Put the object where none is; false if one was there."""
        try:
            write_new(self._path, PROBE_OCTETS, 0o644)
        except FileExistsError:
            return False
        except OSError as error:
            raise DeskError(f"cannot write there: {error.strerror or error}", _HINT) from None
        return True

    def put_over_another(self) -> bool:
        """Nothing to ask a folder: `desk publish` looks itself, alone in it."""
        return False

    def forget(self) -> bool:
        """Take the object away; false if it stays."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True


def place_of(target: str) -> Probed:
    """What is behind a target: `s3://BUCKET`, or a folder."""
    name = places.bucket_in(target)
    if name is None:
        return Folder(Path(target))
    from desk.online import bucket

    return bucket.ProbedSite(name)


def _refuse(place: Probed, what: str) -> None:
    place.forget()
    raise DeskError(f"the store {what}: a board could be lost unseen", _HINT)


def probe(place: Probed) -> list[str]:
    """Prove a place; `DeskError` if it ignores a condition, or cannot be asked."""
    if all(place.put_new() for _ in range(_PUTS)):
        _refuse(place, "writes over what is there, though told not to")
    if place.put_over_another():
        _refuse(place, "writes over an object that it was not told of")
    return [_PROVEN, GONE if place.forget() else STAYS]
