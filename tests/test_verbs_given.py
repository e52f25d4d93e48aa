"""What many verbs are given (desk/verbs/given.py): the day of the desk."""

import os
import subprocess
import sys
from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.verbs import given
from tests.verbs import run

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


@pytest.mark.parametrize(
    "given_day",
    [
        "0001-01-01",
        "1999-12-31",
        "2100-01-01",
        "9999-12-31",
        "2026-02-30",
        "20261130",
        "2026-W48-1",
    ],
)
def test_a_day_that_no_key_list_can_hold_is_refused_before_anything_is_made(
    tmp_path: Path, given_day: str
) -> None:
    """Each option that takes a day says which days there are; none ends in a count that overflows."""
    usual = ("--today", "2026-11-30")
    for option in ("--not-before", "--not-after", "--today"):
        others = () if option == "--today" else usual
        done = run(
            "key",
            "new",
            "intake",
            "--practice",
            "--out",
            tmp_path / "keys",
            option,
            given_day,
            *others,
        )
        assert done.status == 1
        assert f"{option}: no day from 2000-01-01 to 2099-12-31" in done.err
        assert not (tmp_path / "keys").exists()


def test_a_lifetime_that_ends_after_all_days_is_refused_before_anything_is_made(
    tmp_path: Path,
) -> None:
    """The usual lifetime of a site key is two years, and they have to be days of a key list."""
    done = run(
        "key", "new", "site", "--practice", "--out", tmp_path / "keys", "--today", "2099-06-01"
    )
    assert done.status == 1
    assert "hint: choose days from 2000-01-01 to 2099-12-31" in done.err
    assert not (tmp_path / "keys").exists()


def test_every_term_of_a_key_that_lasts_to_the_last_day_is_a_date(tmp_path: Path) -> None:
    """The calendar of keys counts 30, 90 and 120 days on from the end, and says them."""
    folder = tmp_path / "keys"
    made = run("key", "new", "intake", "--practice", "--not-after", "2099-12-31", "--out", folder)
    assert made.status == 0
    done = run("key", "calendar", folder, "--today", "2099-12-31")
    assert (done.status, done.err) == (2, "")  # something is due
    assert "2100-04-30" in done.out


def test_a_clock_outside_all_days_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose clock fell back to 1970 is told so, with what to do."""
    monkeypatch.setattr(given, "dutch_day", lambda moment: date(1970, 1, 1))
    with pytest.raises(DeskError, match="the clock of this machine says 1970-01-01") as told:
        given.today(Namespace(today=None))
    assert "--today" in told.value.hint
    assert given.today(Namespace(today=date(2026, 11, 30))) == date(2026, 11, 30)
