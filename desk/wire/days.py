"""The days that WIRE.md section 1 knows, for the key list of step 2 and the reply board of steps 7 to 9.

Comes in: a text or a date. Goes out: a date from 2000-01-01 to 2099-12-31, or the answer that it is
none. So every term counted from one is still a date, and every day fits the 2 bytes of a board.
"""

import re
from datetime import date

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
_FORM = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")


def holds(day: date) -> bool:
    """Whether a date is a day of section 1."""
    return FIRST <= day <= LAST


def parse(text: str) -> date | None:
    """The day that a text names, or `None` if it names none."""
    if _FORM.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
