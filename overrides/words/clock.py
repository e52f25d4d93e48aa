"""The day on which a build is made (step 1): the clock of this machine in, a day in the Netherlands out.

The desk signs lists of that day, and a server with another zone would take one of tonight for one of tomorrow.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def today() -> date:
    """The day in the Netherlands; of this machine's own zone where it knows no zones."""
    try:
        zone = ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:
        zone = None
    return datetime.now(UTC).astimezone(zone).date()
