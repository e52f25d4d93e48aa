"""Terms that run, between steps 6 and 7: against an institution, against a sender, and our own.

Comes in: a rule of `rules/deadlines.toml`, a day, a case. Goes out: last days, and which of them is
loud. It refuses to know a clock: today is passed in.
"""

import tomllib
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from desk.cases.case import Case, Deadline

if TYPE_CHECKING:
    from holidays import HolidayBase

NEAR_DAYS = 7  # a loud term with so many days left is shown in the words for haste
SET = (  # rules that a handler sets; in the order in which they are offered
    "objection",
    "conduct",
    "ombudsman",
    "ombudsman_first",
    "complaint_refused",
    "complaint",
    "complaint_committee",
    "complaint_adjourned",
    "data_access",
    "police_file",
)
PROMISES = (
    "read",
    "first_answer",
    "status",
    "erase",
    "read_again",
    "withdrawn",
    "asked",
)  # rules that follow from the case itself
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """One term: whose it is (`theirs`, `hers`, `ours`), how long, and the law, if it is one."""

    id: str
    kind: str
    term: Mapping[str, int]  # one of years, months, weeks, days, working_days
    to_working_day: bool = False
    loud: bool = False
    weeks_ahead: int = 0  # how long before it begins it can be set
    article: str = ""
    source: str = ""
    version: str = ""  # date of the text that was read
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What the desk owes in a case by its own word: the rule, and the last day."""

    rule: str
    last_day: date


@dataclass(frozen=True, slots=True)
class Decree:
    """Days equated with holidays, the years for which they are known, and whether it was read."""

    article: str
    source: str
    told: str  # date of what told of it
    checked: str
    seen: bool
    years: frozenset[int]
    days: frozenset[date]

    def moves(self, kind: str) -> bool:
        """Whether a term of this kind runs on over its days: of a body, until it was read."""
        return kind == "theirs" or (self.seen and kind == "hers")


@cache
def _file() -> Mapping[str, Any]:
    text = files("desk").joinpath("rules", "deadlines.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id."""
    return {rule["id"]: Rule(**rule) for rule in _file()["rule"]}


@cache
def decree() -> Decree:
    """The days that are said to be equated with holidays."""
    told = dict(_file()["decree"])
    return Decree(years=frozenset(told.pop("years")), days=frozenset(told.pop("days")), **told)


@cache
def _holidays() -> "HolidayBase":
    # Imported here: it costs a tenth of a second that most commands do not need.
    from holidays import OPTIONAL, PUBLIC, country_holidays

    # Algemene termijnenwet 3 names 5 May without more, which the library counts as a public
    # holiday once in five years and as an optional one in the others.
    return country_holidays("NL", categories=(PUBLIC, OPTIONAL))


def is_working_day(day: date) -> bool:
    """Whether a day is no Saturday, no Sunday and no public holiday (Algemene termijnenwet 3)."""
    return day.weekday() < _SATURDAY and day not in _holidays()


def to_working_day(day: date, equated: Collection[date] = ()) -> date:
    """The day itself, or the next that is a working day (Algemene termijnenwet 1).

    `equated` are days that count as holidays.
    """
    while not is_working_day(day) or day in equated:
        day += timedelta(days=1)
    return day


def _add_working_days(day: date, number: int) -> date:
    for _ in range(number):
        day = to_working_day(day + timedelta(days=1))
    return day


def _add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def last_day(rule: Rule, started: date) -> date:
    """The last day of a term that begins on the day after `started`."""
    return _last_day(rule, started, decree().days if decree().moves(rule.kind) else ())


def _last_day(rule: Rule, started: date, equated: Collection[date]) -> date:
    term = rule.term
    if "working_days" in term:
        return _add_working_days(started, term["working_days"])
    months = term.get("years", 0) * 12 + term.get("months", 0)
    day = _add_months(started, months) if months else started
    day += timedelta(weeks=term.get("weeks", 0), days=term.get("days", 0))
    return to_working_day(day, equated) if rule.to_working_day else day


def in_doubt(deadline: Deadline) -> str:
    """Why the last day of a term might be another: `hers`, `theirs`, `unknown`, or nothing.

    `hers` stands though it may count as a holiday, `theirs` was moved over such a day, and of the
    year of `unknown` no decree is known.
    """
    rule, last = rules().get(deadline.rule), date.fromisoformat(deadline.last_day)
    if rule is None or not rule.to_working_day:
        return ""
    plain = _last_day(rule, date.fromisoformat(deadline.started), ())
    if plain in decree().days and not decree().seen:
        return "hers" if last == plain else "theirs"
    return "" if last.year in decree().years else "unknown"


def last_start(rule: Rule, today: date) -> date:
    """The latest day from which a term that is set today may count."""
    return today + timedelta(weeks=rule.weeks_ahead)


def running(case: Case) -> list[Deadline]:
    """The terms set in a case that nobody has met, the first to end first, also when it ended."""
    unmet = [deadline for deadline in case.deadlines if not deadline.met_on]
    return sorted(unmet, key=lambda deadline: deadline.last_day)


def loud(case: Case) -> Deadline | None:
    """The term that must be shouted: an objection not yet made, in a case that is open."""
    if case.is_closed or not case.deadlines:
        return None
    known = rules()
    # A rule that a later version set is shown in the agenda, and nothing is known of it here.
    shouted = (term for term in running(case) if term.rule in known and known[term.rule].loud)
    return next(shouted, None)


def urgency(case: Case) -> str:
    """The urgency under which a case is shown: a loud term raises what a handler chose."""
    if case.urgency != "danger" and loud(case) is not None:
        return "deadline"
    return case.urgency


def days_left(deadline: Deadline, today: date) -> int:
    """Days until the last day: 0 on the day itself, less when it has passed."""
    return (date.fromisoformat(deadline.last_day) - today).days


def owes_answer(case: Case) -> bool:
    """Whether a case that stands on its own still waits for a first answer of ours."""
    if case.answered_on or case.reported_back or case.flood or case.canary:
        return False
    if case.kind == "bundle" or case.is_closed:
        return False
    return case.has_code or (bool(case.contact) and case.status in ("new", "read"))


def _promised(case: Case) -> Mapping[str, str]:
    """The rules of our own that run in a case, with the day from which each counts."""
    store = case.consent("store")
    owed = {"erase": store.on} if store is not None and not store.given else {}
    if case.canary:
        return {}
    if case.asked:
        owed["asked"] = case.asked_on
    if case.withdrawn_on:
        owed["withdrawn"] = case.withdrawn_on
    # A flood waits for one decision about all of it.
    if case.kind == "bundle" or case.is_closed or case.flood:
        return owed
    if case.status == "new":
        owed["read"] = case.received_on
    elif case.wrote_again:
        owed["read_again"] = case.wrote_again
    if owes_answer(case):
        owed["first_answer"] = case.received_on
    told = max(case.answered_on, case.reported_back)
    if told:
        owed["status"] = told
    return owed


@lru_cache(maxsize=4_096)
def _promise(rule: str, started: str) -> Promise:
    # A hundred thousand cases came on a few hundred days.
    return Promise(rule, last_day(rules()[rule], date.fromisoformat(started)))


def promises(case: Case) -> list[Promise]:
    """What the desk owes in a case by its own word, the first to end first."""
    owed = [_promise(rule, started) for rule, started in _promised(case).items()]
    return sorted(owed, key=lambda promise: promise.last_day)
