"""The calendar of keys and the change of intake keys (desk/keys/calendar.py, planner.py, rotation.py)."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.intake.open import open_object
from desk.keeping import planner, rotation
from desk.keeping.holdings import Holdings, KeptKey
from desk.keys import calendar, ceremony, publication, secret_keys
from desk.keys.secret_keys import SecretKey
from desk.strings import Strings
from desk.wire import keylist
from desk.wire.keylist import KeyEntry
from desk.wire.seal import load_secret
from tests.ceremony import desk
from tests.samples import count, sealed

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)
ONE_DAY = timedelta(days=1)


def make(folder: Path, *spans: tuple[date, date]) -> list[KeyEntry]:
    """Practice intake keys with these days, a board key and a site key; the intake entries."""
    for days in spans:
        ceremony.new("intake", folder, days, practice=True, today=FIRST)
    for use in ("board", "site"):
        ceremony.new(use, folder, (FIRST, date(2028, 12, 31)), practice=True, today=FIRST)
    return [half.entry for half in rotation.intake_halves(folder)]


def what(folder: Path, today: date, stored: Holdings | None = None) -> list[tuple[str, str]]:
    """The duties for intake keys as pairs of day and word."""
    found = planner.duties(folder, stored, today)
    return [(str(duty.on), duty.what) for duty in found if duty.entry.use == "intake"]


def test_every_quarter_of_twenty_years_ends_on_its_last_day() -> None:
    """The last day of a quarter is the one after which the month is January, April, July or October."""
    day, seen = date(2024, 1, 1), set()
    while day < date(2044, 1, 1):
        end = calendar.quarter_end(day)
        assert day <= end
        assert (end + ONE_DAY).day == 1
        assert (end + ONE_DAY).month in (1, 4, 7, 10)
        assert (end - day).days < 92
        seen.add(end)
        day += ONE_DAY
    assert len(seen) == 80


def test_a_new_key_lasts_to_the_end_of_a_quarter_and_thirty_days_at_least() -> None:
    """A rest of a quarter that is too short is added to the next one."""
    assert calendar.quarter_from(date(2027, 4, 1)) == (date(2027, 4, 1), date(2027, 6, 30))
    assert calendar.quarter_from(date(2027, 6, 1)) == (date(2027, 6, 1), date(2027, 6, 30))
    assert calendar.quarter_from(date(2027, 6, 2)) == (date(2027, 6, 2), date(2027, 9, 30))
    assert calendar.quarter_from(date(2027, 12, 20)) == (date(2027, 12, 20), date(2028, 3, 31))


def test_the_days_of_one_key(tmp_path: Path) -> None:
    """A month ahead the next is made; 31 days after the end the form closes, after 120 the key goes."""
    make(tmp_path, (FIRST, LAST))
    assert what(tmp_path, FIRST) == [
        ("2027-03-01", "make"),
        ("2027-03-31", "ends"),
        ("2027-05-01", "closes"),
        ("2027-06-30", "unlist"),
        ("2027-07-29", "destroy"),
    ]


def test_with_a_next_key_it_is_published_a_month_before_it_begins(tmp_path: Path) -> None:
    """Making and closing belong to the newest key; the others only end, leave the list and go."""
    make(tmp_path, (FIRST, LAST), (date(2027, 4, 1), date(2027, 6, 30)))
    first = ("2027-03-02", "publish")
    assert what(tmp_path, date(2027, 3, 10))[:4] == [
        first,
        ("2027-03-31", "ends"),
        ("2027-04-01", "begins"),
        ("2027-05-31", "make"),
    ]
    assert first not in what(tmp_path, date(2027, 4, 1))


def test_the_tool_warns_fourteen_days_before_the_end(tmp_path: Path) -> None:
    """From a month before the end it is time; from fourteen days before it presses."""
    make(tmp_path, (FIRST, LAST))
    words = Strings("en")
    for day, state in (
        (28, "-"),
        (31, "NOW"),
        (16 + 28, "NOW"),
        (17 + 28, "URGENT"),
        (90, "URGENT"),
    ):
        today = date(2027, 2, 1) + timedelta(day - 1)
        lines = planner.lines(planner.duties(tmp_path, None, today), words, today)
        line = next(line for line in lines if "make the next intake key" in line)
        assert line.split()[1] == state, today


def test_a_destroyed_key_has_no_duty_and_one_in_the_store_has(tmp_path: Path) -> None:
    """Destroying waits as long as the secret half lies in the folder or in the store."""
    (entry,) = make(tmp_path, (FIRST, LAST))
    late = LAST + timedelta(200)
    assert ("2027-07-29", "destroy") in what(tmp_path, late)
    ceremony.secret_path(entry, tmp_path).unlink()
    assert ("2027-07-29", "destroy") not in what(tmp_path, late)
    stored = Holdings(keys={"00" * 16: KeptKey("intake", entry.id, b"")})
    assert ("2027-07-29", "destroy") in what(tmp_path, late, stored)


def test_with_a_store_the_calendar_says_which_key_an_import_would_miss(tmp_path: Path) -> None:
    """From its first day on an intake key has to be in the store, until it is destroyed."""
    (entry,) = make(tmp_path, (FIRST, LAST))
    duty = ("2027-01-01", "keep")
    assert what(tmp_path, FIRST, Holdings())[0] == duty
    kept = Holdings(keys={"00" * 16: KeptKey("intake", entry.id, b"")})
    for stored in (None, kept, Holdings(destroyed={entry.id})):
        assert duty not in what(tmp_path, FIRST, stored)


def test_rotation_follows_the_newest_key(tmp_path: Path) -> None:
    """The new key begins the day after the last one ends, and a second time is refused."""
    make(tmp_path, (FIRST, LAST))
    rotation.rotate(tmp_path, date(2027, 2, 20))
    newest = rotation.intake_halves(tmp_path)[-1]
    assert (newest.entry.not_before, newest.entry.not_after) == ("2027-04-01", "2027-06-30")
    assert newest.practice
    with pytest.raises(DeskError, match="there already"):
        rotation.rotate(tmp_path, date(2027, 2, 21))
    assert len(rotation.intake_halves(tmp_path)) == 2


def test_a_late_rotation_begins_today(tmp_path: Path) -> None:
    """No key has its first days in the past; without any intake key there is nothing to follow."""
    make(tmp_path, (FIRST, LAST))
    rotation.rotate(tmp_path, date(2027, 4, 20))
    assert rotation.intake_halves(tmp_path)[-1].entry.not_before == "2027-04-20"
    for path in tmp_path.glob("intake-*"):
        path.unlink()
    with pytest.raises(DeskError, match="no intake key"):
        rotation.rotate(tmp_path, FIRST)


def test_a_change_at_once_withdraws_what_had_not_begun(tmp_path: Path) -> None:
    """The new key takes over today; a key made ahead leaves the list and is destroyed 120 days on."""
    old, ahead = make(tmp_path, (FIRST, LAST), (date(2027, 4, 1), date(2027, 6, 30)))
    today = date(2027, 2, 10)
    lines = rotation.rotate_at_once(tmp_path, today)
    assert lines[-1] == f"withdrawn    {ahead.id}, which would have begun 2027-04-01"
    left = [half.entry for half in rotation.intake_halves(tmp_path)]
    assert [entry.not_before for entry in left] == ["2027-01-01", "2027-02-10"]
    assert left[0] == old
    assert left[1].not_after == "2027-03-31"
    (gone,) = ceremony.withdrawn(tmp_path)
    assert (gone.entry.id, gone.entry.not_before, gone.entry.not_after) == (
        ahead.id,
        "2027-02-10",
        "2027-02-10",
    )
    assert ("2027-06-10", "destroy") in what(tmp_path, today)


def test_two_changes_on_one_day_begin_on_two_days(tmp_path: Path) -> None:
    """Two intake keys of a list may not begin on the same day, so the second begins tomorrow."""
    make(tmp_path, (FIRST, LAST))
    rotation.rotate_at_once(tmp_path, date(2027, 2, 10))
    rotation.rotate_at_once(tmp_path, date(2027, 2, 10))
    days = [half.entry.not_before for half in rotation.intake_halves(tmp_path)]
    assert days == ["2027-01-01", "2027-02-10", "2027-02-11"]
    site = secret_keys.read(next(tmp_path.glob("site-*.key")), str)
    text, _ = publication.sign(tmp_path, site, date(2027, 2, 10))
    assert len(keylist.parse(text, site.public).of("intake")) == 3


def secrets_of(folder: Path) -> dict[str, SecretKey]:
    read = [secret_keys.read(path, str) for path in folder.glob("*.key")]
    return {key.id: key for key in read}


def around(switch: date) -> list[tuple[date, int]]:
    """Days around a switch, each with a clock that is up to 48 hours wrong."""
    days = [switch + timedelta(near) for near in range(-4, 5)]
    every = [(day, wrong) for day in days for wrong in (-2, -1, 0, 1, 2)]
    return every[:: count(1, 4)]


@pytest.mark.parametrize("at_once", [False, True])
def test_complaints_around_a_switch_open_though_clocks_are_48_hours_wrong(
    at_once: bool, tmp_path: Path
) -> None:
    """Whatever the sender's clock says, the key it picks is listed at the function and held here."""
    make(tmp_path, (FIRST, LAST))
    made = date(2027, 3, 20)
    (rotation.rotate_at_once if at_once else rotation.rotate)(tmp_path, made)
    held = secrets_of(tmp_path)
    site = next(key for key in held.values() if key.use == "site")
    switch = made if at_once else date(2027, 4, 1)
    listed = keylist.parse(publication.sign(tmp_path, site, made)[0], site.public)
    ring = [load_secret(key.seed) for key in held.values() if key.use == "intake"]
    picked = set()
    for day, wrong in around(switch):
        entry = keylist.pick(listed, today=day + timedelta(wrong), built=FIRST)
        assert entry is not None
        picked.add(entry.id)
        later = keylist.parse(publication.sign(tmp_path, site, day)[0], site.public)
        assert entry in later.of("intake")
        complaint = open_object(sealed(seed=held[entry.id].seed), ring)
        assert complaint.values["story"] == "Zij kwamen binnen."
    assert len(picked) == 2


def test_the_calendar_ends_in_2_when_something_waits(tmp_path: Path) -> None:
    """The command prints a line per duty, in the language asked for, and 0 means nothing waits."""
    make(tmp_path, (FIRST, LAST))
    early = desk("key", "calendar", tmp_path, "--today", "2027-01-05", "--language", "en")
    assert (early.status, early.printed.splitlines()[0][:21]) == (0, "2027-03-01  -        ")
    late = desk("key", "calendar", tmp_path, "--today", "2027-03-20")
    assert late.status == 2
    assert late.printed.startswith("2027-03-01  SPOED    intake")
    assert "maak de volgende intake-sleutel" in late.printed
