"""Day 45 on AWS: the rules of the drop's bucket, carried out by a small model of what S3 says it does at night.

S3 rounds each term up to the next midnight (UTC), may be late, never deletes a version whose lock runs, and removes a
mark of deletion once nothing lies under it. It proves our reading of S3's rules, and asks no account.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import pytest

from tests.policies import template

DAY = 24  # hours
LAST_DAY = 45  # what the privacy page says
LATE_NIGHTS = 4  # that S3 may lose in all: what is left of 45 days
BUCKET = template.resources(template.read())["DropBucket"]["Properties"]


@dataclass(frozen=True)
class Rules:
    """What the bucket is told: days until a version is marked, until what was replaced goes, and the lock."""

    expire: int | None
    replaced: int | None
    marks: bool
    lock: int
    parts: int | None


@dataclass
class Version:
    """A version or a mark of deletion under one name; hours."""

    born: int
    is_mark: bool = False
    replaced: int | None = None


@dataclass
class Name:
    """What the bucket holds under one name, the newest last, and what was tried against a lock."""

    rules: Rules
    versions: list[Version] = field(default_factory=list)
    tried_early: int = 0

    def put(self, now: int) -> bool:
        """As the function puts: refused where a version is there."""
        if self.versions and not self.versions[-1].is_mark:
            return False
        self._add(Version(now))
        return True

    def mark(self, now: int) -> None:
        """A deletion that names no version."""
        self._add(Version(now, is_mark=True))

    def _add(self, version: Version) -> None:
        if self.versions:
            self.versions[-1].replaced = version.born
        self.versions.append(version)

    def night(self, now: int) -> None:
        """One round of the lifecycle; what it does tonight it builds upon only tomorrow."""
        before = list(self.versions)
        for one in before:
            if one.replaced is not None and _is_due(one.replaced, self.rules.replaced, now):
                self._delete(one, now)
        if not before:
            return
        if before[-1].is_mark:
            if self.rules.marks and len(before) == 1 and _is_due(before[-1].born, 0, now):
                self.versions.remove(before[-1])
        elif _is_due(before[-1].born, self.rules.expire, now):
            self.mark(now)

    def _delete(self, version: Version, now: int) -> None:
        if not version.is_mark and now < version.born + self.rules.lock * DAY:
            self.tried_early += 1
        else:
            self.versions.remove(version)


def _is_due(since: int, days: int | None, now: int) -> bool:
    return days is not None and now >= ((since + days * DAY) // DAY + 1) * DAY


def rules_of(bucket: dict[str, Any]) -> Rules:
    """The rules of a bucket; every rule must be for all that it holds."""
    rules = bucket["LifecycleConfiguration"]["Rules"]
    assert all(rule["Status"] == "Enabled" for rule in rules)
    assert not any(
        key
        for rule in rules
        for key in rule
        if key in {"Prefix", "TagFilters", "ObjectSizeLessThan"}
    )
    both = {key: value for rule in rules for key, value in rule.items()}
    retention = bucket["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]
    return Rules(
        both.get("ExpirationInDays"),
        both.get("NoncurrentVersionExpiration", {}).get("NoncurrentDays"),
        both.get("ExpiredObjectDeleteMarker", False),
        retention["Days"],
        both.get("AbortIncompleteMultipartUpload", {}).get("DaysAfterInitiation"),
    )


RULES = rules_of(BUCKET)


def live(name: Name, born: int, *, until: int, lost: Iterable[int] = ()) -> Name:
    """Put at an hour, and let the nights go by, but for the lost ones."""
    name.put(born)
    for night in range(1, until + 1):
        if night not in lost:
            name.night(night * DAY)
    return name


def kept_too_long(rules: Rules, lost: Iterable[int] = ()) -> list[int]:
    """The hours of a day at which a complaint may be put and is not gone, marks and all, by day 45."""
    hours = range(DAY)
    return [at for at in hours if live(Name(rules), at, until=LAST_DAY, lost=lost).versions]


def test_nothing_is_left_by_day_45() -> None:
    """Whatever hour it came, no version and no mark is there; and nothing was tried while its lock ran."""
    assert (RULES.lock, RULES.parts) == (30, 1)
    assert BUCKET["VersioningConfiguration"]["Status"] == "Enabled"
    assert kept_too_long(RULES) == []
    assert live(Name(RULES), 0, until=LAST_DAY).tried_early == 0


def test_s3_may_be_late() -> None:
    """Whichever nights S3 loses, four in all: day 45 holds."""
    nights = range(36, LAST_DAY + 1)
    for lost in combinations(nights, LATE_NIGHTS):
        assert not live(Name(RULES), 0, until=LAST_DAY, lost=lost).versions, lost


def test_a_complaint_stays_long_enough_to_be_fetched() -> None:
    """For five weeks it is in the list that a courier sees, also when somebody fetches only every second week."""
    name = live(Name(RULES), 23, until=36)
    assert [one.is_mark for one in name.versions] == [False]


@pytest.mark.parametrize("marked", range(0, LAST_DAY, 3))
def test_a_deletion_by_hand_shortens_nothing_and_prolongs_nothing(marked: int) -> None:
    """Hidden on any day, and sent again on any later one: each version keeps its 30 days, and is gone by its day 45."""
    for again in range(marked, LAST_DAY, 4):
        name, born = Name(RULES), {0: 0, 1: again * DAY + 2}
        name.put(0)
        first, second = name.versions[0], None
        for hour in range(1, (again + LAST_DAY + 1) * DAY):
            if hour == marked * DAY + 1:
                name.mark(hour)
            if hour == born[1] and name.put(hour):
                second = name.versions[-1]
            if hour % DAY == 0:
                name.night(hour)
            assert first in name.versions or hour >= RULES.lock * DAY
            assert first not in name.versions or hour <= LAST_DAY * DAY
            if second:
                assert second in name.versions or hour >= born[1] + RULES.lock * DAY
                assert second not in name.versions or hour <= born[1] + LAST_DAY * DAY


@pytest.mark.parametrize(
    "change",
    [
        {"expire": None},
        {"expire": 43},
        {"replaced": None},
        {"replaced": 8},
        {"marks": False},
        {"lock": 46},
    ],
)
def test_the_model_sees_a_rule_that_is_missing_or_too_long(change: dict[str, Any]) -> None:
    """Without any one of the rules, or with days that do not fit, something is left on day 45."""
    assert kept_too_long(replace(RULES, **change)) != []


def test_the_model_sees_what_is_tried_too_early() -> None:
    """Rules that are done before the lock ends run against it."""
    early = live(Name(replace(RULES, expire=20)), 0, until=LAST_DAY)
    assert early.tried_early > 0


def test_half_uploads_go_too() -> None:
    """Parts of an upload that was never finished are no versions: a rule of their own takes them within two days."""
    assert RULES.parts is not None
    assert _is_due(0, RULES.parts, 2 * DAY)
