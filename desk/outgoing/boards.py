"""Which boards the desk has made, in step 8: kept in the log, so that no epoch has two.

Comes in: the log. Goes out: the last board, whether it stands on the site, and how many boards
carried each reply. It refuses to know replies and keys.
"""

import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.store import boards as files
from desk.store.event import LOG, Event
from desk.wire.board.heading import Heading
from desk.wire.canon import Value

MADE, PUBLISHED, TAKEN = "board_made", "board_published", "board_taken"
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Made:
    """A board that was made: its heading, and the SHA-256 of the file in hexadecimal."""

    heading: Heading
    sha256: str

    @property
    def epoch(self) -> int:
        """Its number."""
        return self.heading.epoch


@dataclass(slots=True)
class Ledger:
    """The last board, the last epoch that stands on the site (0 for none), and boards by id.

    `token` names a file that only the copy has which goes on from the last board, when that copy is
    not the one that made it.
    """

    last: Made | None = None
    published: int = 0
    token: str = ""
    carried: Counter[str] = field(default_factory=Counter)

    @property
    def waits(self) -> bool:
        """Whether a board was made of which nobody has said that it stands on the site."""
        return self.last is not None and self.last.epoch > self.published

    def take(self, event: Event) -> None:
        """Take in one event of the log."""
        values = event.values
        if event.kind == PUBLISHED:
            self.published = max(self.published, _number(values, "epoch"))
        elif event.kind == TAKEN and self.last and values["epoch"] == self.last.epoch:
            self.token = str(values["token"])
        elif event.kind == MADE:
            made = _made(values)
            carried = values.get("carried")
            self.carried.update(map(str, carried) if isinstance(carried, list) else ())
            if self.last is None or made.epoch >= self.last.epoch:
                self.last = made


def _number(values: Mapping[str, Value], name: str) -> int:
    value = values[name]
    return value if isinstance(value, int) else 0


def _made(values: Mapping[str, Value]) -> Made:
    published, due = (date.fromisoformat(str(values[name])) for name in ("published", "next"))
    epoch, n, next_n = (_number(values, name) for name in ("epoch", "n", "next_n"))
    return Made(Heading(epoch, published, due, n, next_n), str(values["sha256"]))


def ledger(book: Casebook) -> Ledger:
    """What the log says of boards."""
    found = Ledger()
    for kind in (MADE, TAKEN, PUBLISHED):
        for event in book.logged(kind):
            found.take(event)
    return found


def made(book: Casebook, board: Made, carried: list[Value], *, today: date) -> Event:
    """The line of the log that makes a board count."""
    heading = board.heading
    values: dict[str, Value] = {
        "epoch": heading.epoch,
        "published": heading.published.isoformat(),
        "next": heading.next_board.isoformat(),
        "n": heading.n,
        "next_n": heading.next_n,
        "sha256": board.sha256,
        "carried": carried,
    }
    if missing := sorted(book.vault.missing):
        values["missing"] = list[Value](missing)
    return Event(LOG, MADE, today.isoformat(), book.vault.handler, values)


def published(book: Casebook, epoch: int, *, today: date) -> Event:
    """The line of the log that says that a board stands on the site."""
    return Event(LOG, PUBLISHED, today.isoformat(), book.vault.handler, {"epoch": epoch})


def taken(book: Casebook, epoch: int, *, today: date) -> Event:
    """The line of the log that says that this copy of the store goes on from a board."""
    values: dict[str, Value] = {"epoch": epoch}
    values["token"] = files.keep(book.vault, secrets.token_bytes(_TOKEN_BYTES))
    return Event(LOG, TAKEN, today.isoformat(), book.vault.handler, values)


def kept(book: Casebook, known: Ledger, board: Made) -> bytes:
    """The file of the last board; `DeskError` when another copy of the store goes on from it.

    Only the copy that made it, or that took it over last, may make the next: two copies would make
    two boards of one number.
    """
    octets = files.read(book.vault.path, board.sha256)
    is_ours = not known.token or files.read(book.vault.path, known.token) is not None
    if octets is None or not is_ours:
        done = "taken over by another copy" if octets else "not made in this copy"
        raise DeskError(
            f"board {board.epoch} was {done} of the case store",
            "make boards where it was made, or give the board that stands on the site with --from",
        )
    return octets
