"""What this machine published and purged last, beside what it trusts: so that nothing old is done again.

Comes in: the folder of `--trust`. Goes out: the file `done.json` there, replaced at once and whole. It
refuses to know keys and the network.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from desk.errors import DeskError
from desk.folder import folder_of, lock, read_plain, stage
from desk.online.places import SCHEME

NAME = "done.json"
_MAX_BYTES = 2**20
_PATIENCE = 30.0  # while another run on this machine verifies


@dataclass(frozen=True, slots=True)
class Published:
    """The board that this machine put last where one site is served: its number and SHA-256."""

    epoch: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Purged:
    """The purge list that this machine carried out last in one place: its store and its day."""

    store: str
    issued: str


@dataclass(slots=True)
class Done:
    """What was done last, by place, and the day of the newest key list that was believed."""

    folder: Path
    keys_issued: str = ""
    boards: dict[str, Published] = field(default_factory=dict)
    purges: dict[str, Purged] = field(default_factory=dict)

    def write(self) -> None:
        """Note it durably; `DeskError` if the folder cannot be written."""
        text = json.dumps(
            {
                "keys_issued": self.keys_issued,
                "boards": {place: asdict(one) for place, one in self.boards.items()},
                "purges": {place: asdict(one) for place, one in self.purges.items()},
            },
            indent=1,
        )
        try:
            path = self.folder / NAME
            os.replace(stage(path, f"{text}\n".encode()), path)
        except OSError as error:
            hint = "nothing was done; make the folder --trust one that this user can write"
            raise DeskError(f"cannot note what is done: {error.strerror}", hint) from None


@contextmanager
def noting(folder: Path) -> Iterator[Done]:
    """What was noted in a folder, while no other run on this machine reads or notes anything there."""
    try:
        descriptor = folder_of(folder)
    except OSError as error:
        hint = "put the public half of this desk's site key there, site-ID.pub, and no other"
        raise DeskError(f"cannot look into --trust: {error.strerror}", hint) from None
    try:
        if not lock(descriptor, _PATIENCE):
            hint = "wait until it is done, then run the same command again"
            raise DeskError("another publish or purge holds the folder --trust", hint)
        yield read(folder)
    finally:
        os.close(descriptor)


def read(folder: Path) -> Done:
    """What was noted in a folder; nothing, if there is no such file yet."""
    try:
        octets = read_plain(folder / NAME, _MAX_BYTES)
    except FileNotFoundError:
        return Done(folder)
    except OSError as error:
        raise DeskError(f"cannot read {NAME} in --trust: {error.strerror or error}") from None
    try:
        said = json.loads(octets)
        boards = {place: Published(**one) for place, one in said["boards"].items()}
        purges = {place: Purged(**one) for place, one in said["purges"].items()}
        return _sound(Done(folder, said["keys_issued"], boards, purges))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "move it away; the next board needs --above with the number that is served now"
        raise DeskError(f"{NAME} in --trust is damaged", hint) from None


def _sound(noted: Done) -> Done:
    """What was noted, if each of it has its type; else `TypeError`."""
    numbers = [one.epoch for one in noted.boards.values()]
    texts = [noted.keys_issued, *(one.sha256 for one in noted.boards.values())]
    texts += [text for one in noted.purges.values() for text in (one.store, one.issued)]
    if not all(type(number) is int for number in numbers):
        raise TypeError
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    return noted


def place(given: str) -> str:
    """One name for one place, however it is typed: a bucket, or a folder."""
    return given.rstrip("/") if given.startswith(SCHEME) else str(Path(given).resolve())
