"""The next intake key, beside step 2: a quarter ahead, or at once when others may know the old one.

Comes in: the folder of keys and a day. Goes out: a new key, and on a change at once every key that
had not begun yet taken out of the list. It refuses to know who left and what was lost.
"""

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

from desk.errors import DeskError
from desk.keys import ceremony, secret_keys
from desk.keys.calendar import first_day, last_day, quarter_from
from desk.keys.ceremony import PublicHalf
from desk.store.daycheck import REST
from desk.wire.keylist import KeyEntry

_ONE_DAY = timedelta(days=1)
_LONGEST_AHEAD = timedelta(days=122)  # a quarter and a month before a key begins


def intake_halves(folder: Path) -> list[PublicHalf]:
    """The public halves of the intake keys in a folder, by first day; at least one."""
    found = [half for half in ceremony.halves(folder) if half.entry.use == "intake"]
    if not found:
        hint = "make the first with `desk key new intake`"
        raise DeskError("there is no intake key here to follow", hint)
    return found


def next_days(newest: KeyEntry, today: date) -> tuple[date, date]:
    """The days of the key after the newest one; never in the past, should rotation come late."""
    if first_day(newest) > today:
        hint = f"publish it: it begins on {newest.not_before}"
        raise DeskError(f"the next intake key is there already: {newest.id}", hint)
    return quarter_from(max(last_day(newest) + _ONE_DAY, today))


def days_at_once(begun: Collection[KeyEntry], today: date) -> tuple[date, date]:
    """The days of a key that takes over today, or tomorrow if another key began today."""
    taken = {first_day(entry) for entry in begun}
    # Two intake keys of one list may not begin on the same day (WIRE.md section 6).
    return quarter_from(today + _ONE_DAY if today in taken else today)


def _made(entry: KeyEntry, folder: Path) -> date:
    """The day on which a key was made, or the earliest one possible where its file is not here."""
    path = ceremony.secret_path(entry, folder)
    if not path.is_file():
        return first_day(entry) - _LONGEST_AHEAD
    return date.fromisoformat(secret_keys.created(path))


def sure(folder: Path, today: date, *, said: bool) -> date:
    """The day, if it fits the intake keys of a folder or a person `said` it; else `DeskError`.

    A day before the newest key was made would withdraw keys that are in use, and one far after the
    last would leave a gap; a list that was signed ahead of its day keeps every right one out.
    """
    entries = [half.entry for half in ceremony.halves(folder) if half.entry.use == "intake"]
    if said or not entries:
        return today
    earliest = max(_made(entry, folder) for entry in entries)
    if not earliest <= today <= max(map(last_day, entries)) + REST:
        raise DeskError(
            "the day of this computer does not fit the keys in this folder",
            "look at a calendar, and give its day with --today DATE",
        )
    return today


def rotate(folder: Path, today: date) -> list[str]:
    """Make the next quarterly intake key; returns the lines to print."""
    newest = intake_halves(folder)[-1]
    days = next_days(newest.entry, today)
    return ceremony.new("intake", folder, days, practice=newest.practice, today=today)


def rotate_at_once(folder: Path, today: date) -> list[str]:
    """Make an intake key that takes over now, and withdraw those that had not begun."""
    found = intake_halves(folder)
    ahead = [half for half in found if first_day(half.entry) > today]
    begun = [half.entry for half in found if half not in ahead]
    days = days_at_once(begun, today)
    lines = ceremony.new("intake", folder, days, practice=found[-1].practice, today=today)
    # After the new key is there: a crash in between leaves a key too many, not one too few.
    for half in ahead:
        ceremony.withdraw(half, folder, today)
        lines.append(
            f"withdrawn    {half.entry.id}, which would have begun {half.entry.not_before}"
        )
    return lines
