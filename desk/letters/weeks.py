"""Days made weeks, step 7: what leaves the desk about a case is never finer than that.

Comes in: a date as text. Goes out: its week. It refuses to know what happened in it.
"""

from datetime import date


def week(day: str) -> str:
    """The ISO week of a date `YYYY-MM-DD`, such as `2026-W47`; an empty date stays empty."""
    if not day:
        return ""
    year, number, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{number:02d}"
