"""Terms and holidays (desk/cases/deadlines.py, desk/rules/deadlines.toml)."""

import re
from datetime import date, timedelta

import pytest
from dateutil.easter import easter

from desk.cases import deadlines
from desk.cases.case import Case, Consent, Deadline
from tests.cases import DAY

PROMISED = {"read": "2026-11-24", "first_answer": "2026-11-27"}  # of a complaint on a Friday


def holidays_of(year: int) -> set[date]:
    """Return the days of Algemene termijnenwet 3, from Easter and without the code under test."""
    sunday = easter(year)
    moving = {sunday + timedelta(days=days) for days in (-2, 1, 39, 50)}
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day = date(year, 4, 26)
    fixed = {date(year, 1, 1), date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return moving | fixed | {kings_day}


@pytest.mark.parametrize("year", range(2024, 2036))
def test_every_day_of_a_year_is_a_working_day_or_not(year: int) -> None:
    """Each day of twelve years, held against Easter, the fixed days and the weekends."""
    closed = holidays_of(year)
    for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
        day = date(year, 1, 1) + timedelta(days=number)
        assert deadlines.is_working_day(day) is (day.weekday() < 5 and day not in closed), day


LAST_DAYS = [  # rule, the day from which it counts, its last day
    ("objection", "2026-11-02", "2026-12-14"),  # six weeks, a Monday
    ("objection", "2026-11-13", "2026-12-28"),  # ends on Christmas, a Friday
    ("objection", "2026-11-14", "2026-12-28"),  # ends on 26 December, a Saturday
    ("objection", "2027-02-12", "2027-03-30"),  # ends on Good Friday, then Easter
    ("objection", "2028-03-24", "2028-05-08"),  # ends on 5 May, in a year without a day off
    ("objection", "2026-03-16", "2026-04-28"),  # ends on King's Day, a Monday
    ("conduct", "2026-01-01", "2027-01-01"),  # years do not run on to a working day
    ("conduct", "2028-02-29", "2029-02-28"),
    ("ombudsman", "2025-12-26", "2026-12-26"),
    ("ombudsman_first", "2025-12-26", "2026-12-26"),
    ("complaint", "2026-11-02", "2026-12-14"),
    ("complaint_committee", "2026-10-19", "2026-12-28"),
    ("complaint_adjourned", "2026-11-27", "2026-12-28"),
    ("complaint_refused", "2026-11-02", "2026-11-30"),
    ("data_access", "2026-01-31", "2026-02-28"),
    ("data_access", "2026-11-25", "2026-12-25"),
    ("data_access", "2026-12-15", "2027-01-15"),
    ("police_file", "2026-11-13", "2026-12-28"),
    ("read", "2026-11-20", "2026-11-24"),
    ("read", "2026-12-24", "2026-12-29"),
    ("first_answer", "2026-11-20", "2026-11-27"),
    ("first_answer", "2026-04-02", "2026-04-13"),  # over Easter
    ("status", "2026-11-20", "2026-12-18"),
    ("erase", "2026-11-20", "2026-11-27"),
    ("erase", "2026-12-18", "2026-12-25"),
]


@pytest.mark.parametrize(("rule", "started", "last_day"), LAST_DAYS)
def test_the_last_day_of_a_term(rule: str, started: str, last_day: str) -> None:
    """Counted by hand on a calendar."""
    counted = deadlines.last_day(deadlines.rules()[rule], date.fromisoformat(started))
    assert counted.isoformat() == last_day


def test_every_rule_is_in_the_file_and_the_other_way_round() -> None:
    """The rules that a handler sets and those that follow by themselves are all there are."""
    assert tuple(deadlines.rules()) == (*deadlines.SET, *deadlines.PROMISES)
    assert {deadlines.rules()[rule].kind for rule in deadlines.SET} == {"theirs", "hers"}
    assert {deadlines.rules()[rule].kind for rule in deadlines.PROMISES} == {"ours"}
    assert [rule.id for rule in deadlines.rules().values() if rule.loud] == ["objection"]


def test_a_rule_of_law_names_its_source_and_a_promise_has_none() -> None:
    """An article, where the text was read, its version and the day on which it was read."""
    for rule in deadlines.rules().values():
        told = (rule.article, rule.source, rule.version, rule.checked)
        assert len(rule.term) == 1
        if rule.kind == "ours":
            assert told == ("", "", "", ""), rule.id
            continue
        assert re.match(r"(Awb|AVG|Wpg) [0-9]", rule.article), rule.id
        address = r"https://wetten\.overheid\.nl/BWBR[0-9]{7}"
        journal = "Official Journal of the European Union"
        assert re.fullmatch(journal if rule.article.startswith("AVG") else address, rule.source)
        assert re.fullmatch(r"20[0-9]{2}(-[0-9]{2}-[0-9]{2})?", rule.version)
        assert date.fromisoformat(rule.checked)


def test_no_term_that_runs_on_is_longer_than_the_law_allows() -> None:
    """Algemene termijnenwet 4: not beyond twelve weeks, and not in years."""
    for rule in deadlines.rules().values():
        if rule.to_working_day:
            assert rule.term.keys() <= {"weeks", "days"}, rule.id
            assert rule.term.get("weeks", 0) <= 12


def case(**fields: object) -> Case:
    """Return a complaint with a code that came in on a Friday."""
    found = Case("11" * 16, "complaint", "stille egel", DAY, has_code=True)
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def term(rule: str, last_day: str, met_on: str = "", id: str = "0" * 16) -> Deadline:
    """Return a term that ends on a day."""
    return Deadline(id, rule, DAY, last_day, met_on)


def test_a_running_objection_is_loud() -> None:
    """It raises the urgency that a handler chose, but not above danger."""
    running = [term("complaint", "2026-12-01"), term("objection", "2026-12-14")]
    assert deadlines.loud(case(deadlines=running)) == running[1]
    assert deadlines.urgency(case(deadlines=running)) == "deadline"
    assert deadlines.urgency(case(deadlines=running, urgency="danger")) == "danger"
    assert deadlines.urgency(case(deadlines=running[:1])) == "not_sorted"


@pytest.mark.parametrize(
    "fields",
    [
        {"deadlines": []},
        {"deadlines": [term("objection", "2026-12-14", met_on="2026-12-01")]},
        {"deadlines": [term("objection", "2026-12-14")], "status": "closed"},
        {"deadlines": [term("ombudsman", "2026-12-14")]},
        {"deadlines": [term("of_a_later_version", "2026-12-14")]},
    ],
)
def test_nothing_else_is_loud(fields: dict[str, object]) -> None:
    """A term that was met, in a closed case, of another rule, or of an unknown one."""
    assert deadlines.loud(case(**fields)) is None


def test_an_objection_that_was_missed_stays_loud() -> None:
    """It does not vanish by itself: a handler looks at it and says that it is over."""
    missed = term("objection", "2020-01-01")
    assert deadlines.loud(case(deadlines=[missed])) == missed
    assert deadlines.days_left(missed, date(2020, 1, 3)) == -2
    assert deadlines.days_left(missed, date(2020, 1, 1)) == 0
    assert deadlines.days_left(missed, date(2019, 12, 25)) == deadlines.NEAR_DAYS


def test_the_first_of_two_objections_is_shouted() -> None:
    """The one with the fewest days left."""
    later, sooner = term("objection", "2026-12-14"), term("objection", "2026-12-01", id="1" * 16)
    assert deadlines.loud(case(deadlines=[later, sooner])) == sooner
    assert deadlines.running(case(deadlines=[later, sooner])) == [sooner, later]


@pytest.mark.parametrize(
    ("fields", "promised"),
    [
        ({}, PROMISED),
        ({"status": "read"}, {"first_answer": "2026-11-27"}),
        ({"has_code": False}, {"read": "2026-11-24"}),
        ({"has_code": False, "contact": "mondays"}, PROMISED),
        ({"has_code": False, "contact": "mondays", "status": "in_contact"}, {}),
        ({"status": "acting", "answered_on": "2026-11-24"}, {"status": "2026-12-22"}),
        ({"status": "acting", "reported_back": "2026-11-25", "answered_on": "2026-11-24"},
         {"status": "2026-12-23"}),
        ({"status": "closed", "answered_on": "2026-11-24"}, {}),
        ({"flood": "f"}, {}),
        ({"kind": "bundle"}, {}),
    ],
)  # fmt: skip
def test_what_the_desk_owes_by_its_own_word(
    fields: dict[str, object], promised: dict[str, str]
) -> None:
    """Reading in two working days, an answer in five, and how things stand every four weeks."""
    found = {one.rule: one.last_day.isoformat() for one in deadlines.promises(case(**fields))}
    assert found == promised


@pytest.mark.parametrize("status", ["new", "closed"])
def test_a_withdrawn_consent_to_keep_is_owed_an_erasure(status: str) -> None:
    """Seven days, also when the case is closed; a new yes takes the task away."""
    said = [Consent("store", True, DAY, "form"), Consent("store", False, "2026-11-21", "code")]
    found = deadlines.promises(case(consents=said, status=status))
    assert deadlines.Promise("erase", date(2026, 11, 28)) in found
    said.append(Consent("store", True, "2026-11-22", "code"))
    assert "erase" not in {one.rule for one in deadlines.promises(case(consents=said))}


EQUATED = ("2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26")
FOUR_WEEKS, SIX_WEEKS = timedelta(weeks=4), timedelta(weeks=6)


def set_to_end(rule: str, day: str, weeks: timedelta) -> Deadline:
    """Return a term that is set now and, without a holiday, ends on a day."""
    started = date.fromisoformat(day) - weeks
    last = deadlines.last_day(deadlines.rules()[rule], started)
    return Deadline("0" * 16, rule, started.isoformat(), last.isoformat())


@pytest.mark.parametrize("day", EQUATED)
def test_a_day_equated_with_a_holiday_moves_the_term_of_a_body_only(day: str) -> None:
    """Nobody here has read the decree: of a term of hers the earlier day stands, and it is said."""
    assert date.fromisoformat(day).weekday() == 4
    hers = set_to_end("objection", day, SIX_WEEKS)
    assert (hers.last_day, deadlines.in_doubt(hers)) == (day, "hers")
    theirs = set_to_end("complaint_refused", day, FOUR_WEEKS)
    monday = deadlines.to_working_day(date.fromisoformat(day) + timedelta(3))
    assert (theirs.last_day, deadlines.in_doubt(theirs)) == (monday.isoformat(), "theirs")


def test_the_decree_says_who_told_it_and_that_it_was_not_seen() -> None:
    """Its days, the years they are of, and dates on which it was told and looked at."""
    told = deadlines.decree()
    assert {day.isoformat() for day in told.days} == set(EQUATED)
    assert {day.year for day in told.days} <= told.years
    assert told.article == "Algemene termijnenwet 3(3)"
    assert date.fromisoformat(told.told) < date.fromisoformat(told.checked)
    assert not told.seen, "who has read it writes the source of the decree, and this test anew"


def test_a_year_without_a_known_decree_says_so() -> None:
    """In the years that are known an ordinary day is in no doubt, and a year counted never is."""
    rules = deadlines.rules()
    for day, doubt in (("2027-03-01", ""), ("2029-03-01", "unknown"), ("2025-03-03", "unknown")):
        assert deadlines.in_doubt(set_to_end("objection", day, SIX_WEEKS)) == doubt
    assert rules["conduct"].to_working_day is False
    assert deadlines.in_doubt(term("conduct", "2029-03-01")) == ""
    assert deadlines.in_doubt(term("of_a_later_version", "2029-03-01")) == ""
