"""What the calendar of keys says about one folder, beside steps 2 and 6.

Comes in: a folder of keys, what a case store holds, a day. Goes out: lines to print, and whether
something waits. It refuses to know secret keys; of a key file it only looks whether it is there.
"""

from datetime import date
from pathlib import Path

from desk.keeping.holdings import Holdings
from desk.keys import calendar, ceremony
from desk.keys.calendar import Duty
from desk.strings import Strings
from desk.wire.keylist import KeyEntry


def _to_keep(listed: list[KeyEntry], stored: Holdings) -> list[Duty]:
    known = {key.id for key in stored.keys.values()} | stored.destroyed
    missing = [key for key in listed if key.use == "intake" and key.id not in known]
    return [Duty(calendar.first_day(key), "keep", key) for key in missing]


def duties(folder: Path, stored: Holdings | None, today: date) -> list[Duty]:
    """All duties for the keys of a folder, by day; also for a store, if one was opened."""
    listed = [half.entry for half in ceremony.halves(folder)]
    old = [half.entry for half in ceremony.withdrawn(folder)]
    held = {key.id for key in (*listed, *old) if ceremony.secret_path(key, folder).exists()}
    if stored is None:
        return calendar.duties(listed, held=held, old=old, today=today)
    held |= {key.id for key in stored.keys.values()}
    found = calendar.duties(listed, held=held, old=old, today=today)
    return sorted(found + _to_keep(listed, stored), key=calendar.order)


def _state(duty: Duty, today: date) -> str:
    if calendar.is_urgent(duty, today):
        return "urgent"
    return "now" if calendar.is_due(duty, today) else "later"


def lines(found: list[Duty], words: Strings, today: date) -> list[str]:
    """The duties as lines: the day, whether it waits, the key, what to do."""
    return [
        f"{duty.on}  {words('keeping.state.' + _state(duty, today)):<7}  "
        f"{duty.entry.use:<6} {duty.entry.id}  {words('keeping.due.' + duty.what)}"
        for duty in found
    ]
