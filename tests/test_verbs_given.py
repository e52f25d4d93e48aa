"""What many verbs are given (desk/verbs/given.py): the day of the desk."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from desk.verbs import given

TOLD = (
    "from datetime import UTC, datetime; from desk.verbs import given; "
    "print(given.dutch_day(datetime(2026, 11, 22, 16, 30, tzinfo=UTC)))"
)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-07-01T21:59", "2026-07-01"),
        ("2026-07-01T22:00", "2026-07-02"),  # midnight in summer
        ("2026-12-01T22:59", "2026-12-01"),
        ("2026-12-01T23:00", "2026-12-02"),  # midnight in winter
        ("2026-12-31T23:30", "2027-01-01"),
    ],
)
def test_the_day_of_the_desk_begins_at_midnight_in_the_netherlands(moment: str, day: str) -> None:
    """A term that ended yesterday is not shown as ending today, in summer or in winter."""
    found = given.dutch_day(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert found.isoformat() == day


@pytest.mark.parametrize(("zones", "day"), [(None, "2026-11-22"), ("", "2026-11-23")])
def test_a_system_without_time_zones_takes_its_own_clock(zones: str | None, day: str) -> None:
    """Half past four in UTC is the next day nine hours east; only a table of zones says Dutch time."""
    environment = os.environ | {"TZ": "EAST-9"} | ({} if zones is None else {"PYTHONTZPATH": zones})
    command = [sys.executable, "-c", TOLD]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == f"{day}\n"
