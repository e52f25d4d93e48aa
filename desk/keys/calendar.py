"""The calendar of keys, beside steps 2 and 6: what must happen to which key, and when.

Comes in: public key entries and a day. Goes out: duties in the order of their days, and the days of
a new quarter. It refuses to know files, secret keys and the clock.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from desk.keys.publication import STAYS_LISTED_DAYS
from desk.wire.keylist import CLOSES_AFTER_DAYS, KeyEntry

What = Literal["make", "publish", "keep", "begins", "ends", "closes", "unlist", "destroy"]

PUBLISHED_AHEAD_DAYS = 30
WARNED_AHEAD_DAYS = 14
DESTROYED_AFTER_DAYS = 120  # WIRE.md section 6, "What the desk does"
SHORTEST_DAYS = 30  # a shorter rest of a quarter is added to the next
_MONTHS_IN_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do, or to know, on a day; `what` is from a closed list."""

    on: date
    what: What
    entry: KeyEntry


def order(duty: Duty) -> tuple[date, str, str]:
    """What duties are sorted by: the day, then always in the same order."""
    return duty.on, duty.what, duty.entry.id


def quarter_end(day: date) -> date:
    """The last day of the quarter in which a day lies: 31 March, 30 June, 30 September, 31 December."""
    month = (day.month - 1) // _MONTHS_IN_QUARTER * _MONTHS_IN_QUARTER + _MONTHS_IN_QUARTER
    first_after = date(day.year + month // 12, month % 12 + 1, 1)
    return first_after - timedelta(days=1)


def quarter_from(first: date) -> tuple[date, date]:
    """The days of an intake key that begins on `first`: to the end of a quarter, at least 30 days."""
    last = quarter_end(first)
    if (last - first).days + 1 < SHORTEST_DAYS:
        last = quarter_end(last + timedelta(days=1))
    return first, last


def first_day(entry: KeyEntry) -> date:
    """The first day of validity."""
    return date.fromisoformat(entry.not_before)


def last_day(entry: KeyEntry) -> date:
    """The last day of validity."""
    return date.fromisoformat(entry.not_after)


def may_be_destroyed_on(entry: KeyEntry) -> date:
    """The day from which a secret half may go: 120 days after the last day (WIRE.md section 6)."""
    return last_day(entry) + timedelta(days=DESTROYED_AFTER_DAYS)


def _after(entry: KeyEntry, days: int) -> date:
    return last_day(entry) + timedelta(days=days)


def _of_newest(newest: KeyEntry) -> list[Duty]:
    return [
        Duty(_after(newest, -PUBLISHED_AHEAD_DAYS), "make", newest),
        Duty(_after(newest, CLOSES_AFTER_DAYS + 1), "closes", newest),
    ]


def _of_intake(entry: KeyEntry, today: date) -> list[Duty]:
    begins = first_day(entry)
    found = [
        Duty(last_day(entry), "ends", entry),
        Duty(_after(entry, STAYS_LISTED_DAYS + 1), "unlist", entry),
    ]
    if begins > today:
        ahead = begins - timedelta(days=PUBLISHED_AHEAD_DAYS)
        found += [Duty(ahead, "publish", entry), Duty(begins, "begins", entry)]
    # What only had to be known is past; what has to be done stays until it is done.
    return [duty for duty in found if duty.on >= today or duty.what == "publish"]


def duties(
    listed: Sequence[KeyEntry], *, held: Collection[str], old: Sequence[KeyEntry], today: date
) -> list[Duty]:
    """What must happen to the keys, by day.

    `listed` are the public halves in use, `old` those of withdrawn keys, `held` the ids of keys
    whose secret half still lies somewhere.
    """
    intake = sorted((key for key in listed if key.use == "intake"), key=first_day)
    found = _of_newest(intake[-1]) if intake else []
    for entry in intake:
        found += _of_intake(entry, today)
    found += [Duty(last_day(key), "ends", key) for key in listed if key.use != "intake"]
    found += [
        Duty(may_be_destroyed_on(key), "destroy", key) for key in (*listed, *old) if key.id in held
    ]
    return sorted(found, key=order)


def is_due(duty: Duty, today: date) -> bool:
    """Whether a duty waits for somebody now."""
    return duty.on <= today and duty.what != "begins"


def is_urgent(duty: Duty, today: date) -> bool:
    """Whether the newest intake key ends within 14 days, or has ended, with none after it."""
    warned = last_day(duty.entry) - timedelta(days=WARNED_AHEAD_DAYS)
    return duty.what == "make" and today >= warned
