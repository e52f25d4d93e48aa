"""Whether the day can be right, for every step at the desk: the one place that decides.

Comes in: the days of all that was written, and the day of a clock or of `--today`. Goes out: that
day, or a refusal. It refuses to know clocks, and to guess which day it is: a person says so.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable
from datetime import date, timedelta

from desk.errors import DeskError
from desk.store.event import LOG, Event
from desk.store.vault import Vault

CONFIRMED = "day_confirmed"
# How far a day may lie behind the last work without a word from anybody. A desk works every day and
# publishes every week; five weeks are its longest holiday (`board.build.SOON`), and shorter than
# what a wrong day would end too early: a year of keeping, 120 days of a key.
REST = timedelta(weeks=5)


class DoubtfulDay(DeskError):
    """The day does not fit what was written; `last` is the last one that does."""

    def __init__(self, last: date) -> None:
        super().__init__(
            f"the day of this computer does not fit this case store: its last work is of {last}",
            "look at a calendar: if the clock is wrong, set it or give --today DATE; if it is "
            "right, run `desk day STORE DATE` with the day of the calendar",
        )
        self.last = last


class Days:
    """The days on which something was written, since a person last said which day it is."""

    def __init__(self) -> None:
        self._first: date | None = None
        self._days: list[date] = []
        self._known: set[str] = set()

    def take(self, event: Event) -> None:
        """Take in one event, in the order of the store."""
        if event.kind == CONFIRMED and event.subject == LOG:
            self._first, self._days, self._known = None, [], set()
        if event.on in self._known:
            return
        self._known.add(event.on)
        try:
            day = date.fromisoformat(event.on)
        except ValueError:  # of a version that writes other dates
            return
        self._first = self._first or day
        insort(self._days, day)

    @property
    def last(self) -> date | None:
        """The last day that follows from the first without a gap; `None` before any work.

        What was written with a clock far ahead counts for nothing, wherever it came from: else it
        would vouch for that clock, or keep every right one out.
        """
        found = self._first
        for day in self._days[bisect_right(self._days, found) :] if found else ():
            if found is None or day - found > REST:
                break
            found = day
        return found

    def sure(self, today: date) -> date:
        """The day as it came, if it can be right; else `DoubtfulDay`."""
        last = self.last
        if last is not None and not last <= today <= last + REST:
            raise DoubtfulDay(last)
        return today


def of(vaults: Iterable[Vault]) -> Days:
    """The days of copies of one store; of the last one what it confirmed counts."""
    found = Days()
    for vault in vaults:
        for _, event in vault.events():
            found.take(event)
    return found


def confirm(said: date, *, clock: date, by: str) -> Event:
    """The event by which a person says which day it is; `DeskError` if the clock says another.

    From then on the days before count no more, also later ones that a wrong clock left behind.
    """
    if said != clock:
        raise DeskError(
            "the clock of this computer has another day than that",
            "set the clock, or give the same day with --today DATE",
        )
    return Event(LOG, CONFIRMED, said.isoformat(), by, {})
