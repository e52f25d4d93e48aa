"""Who checked a translation (step 1): what somebody wrote of it in, the day out.

By a role, or by a name where somebody agreed to that, and the day; it knows no page and no file.
"""

import re
from contextlib import suppress
from datetime import date

_CHECKED = re.compile(r".*\w.*, ([0-9]{4}-[0-9]{2}-[0-9]{2})", re.S)  # a role in any script
HINT = "write a role and the day, such as: a translator from Madrid, 2026-11-22"


def day_of(written: str) -> date | None:
    """The day at the end of it; None where it is not said who and on which day."""
    found = _CHECKED.fullmatch(written)
    if found:
        with suppress(ValueError):  # no such day
            return date.fromisoformat(found[1])
    return None
