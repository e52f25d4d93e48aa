"""Which boards the desk has made, in step 8: kept in the log, so that no epoch has two.

Comes in: the log. Goes out: the last board, whether it stands on the site, and how many boards
carried each reply. It refuses to know replies and keys.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desk.board.heading import Heading
from desk.canon import Value
from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.store import boards as files
from desk.store.event import LOG, Event

MADE, PUBLISHED = "board_made", "board_published"


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
    """The last board, the last epoch that stands on the site (0 for none), and boards by id."""

    last: Made | None = None
    published: int = 0
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
    for kind in (MADE, PUBLISHED):
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
    return Event(LOG, MADE, today.isoformat(), book.vault.handler, values)


def published(book: Casebook, epoch: int, *, today: date) -> Event:
    """The line of the log that says that a board stands on the site."""
    return Event(LOG, PUBLISHED, today.isoformat(), book.vault.handler, {"epoch": epoch})


def kept(book: Casebook, board: Made) -> bytes:
    """The file of the last board; `DeskError` when it was not made in this copy of the store.

    Only the copy that has it may make the next: two copies would make two boards of one number.
    """
    octets = files.read(book.vault.path, board.sha256)
    if octets is None:
        raise DeskError(
            f"board {board.epoch} was not made in this copy of the case store",
            "make boards where it was made, or give the board that stands on the site with --from",
        )
    return octets
