"""Rows of statistics: who is counted, once, and in which row of which table."""

from dataclasses import replace

import pytest

from desk.cases import case as cases
from desk.cases.case import Case, Consent
from desk.figures import month, rows, tables
from desk.figures.tables import BY_NAME, NOT_STATED, TABLES
from desk.store.event import LOG, Event
from desk.strings import LANGUAGES, Strings
from desk.wire import schema
from tests.figures import many, row

FIRST, SECOND, THIRD = "a" * 32, "b" * 32, "c" * 32


def case(subject: str = FIRST, *, counted: bool = True, **changes: object) -> Case:
    """Return a case of May 2026 that may be counted."""
    made = Case(subject, "complaint", "stille eik", "2026-05-14")
    made.consents = (Consent("count", counted, "2026-05-14", "form"),)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def erased(**values: object) -> Event:
    """Return what an erased case leaves in the log."""
    return Event(LOG, "erased", "2027-08-01", "mira", {"subject": FIRST, **values})  # type: ignore[arg-type]


def test_a_case_becomes_a_row_without_words_and_days() -> None:
    """Of a case only what tables count is left."""
    told = case(role="self", wish="act", topics=("police", "check"), about="police", language="es")
    told.outcomes, told.channel, told.reply_language = ["advice"], "paper", "pt-BR"

    assert rows.of(told) == rows.Row(
        key=FIRST,
        quarter="2026-Q2",
        month="2026-05",
        topics=("police", "check"),
        about="police",
        role="self",
        wish="act",
        outcomes=("advice",),
        language="europe",
        channel="paper",
    )


@pytest.mark.parametrize(
    "unlike",
    [
        case(counted=False),
        case(consents=[]),
        case(kind="bundle"),
        case(practice=True),
        case(flood="ab"),
        case(closed_without="not_a_complaint"),
        case(closed_without="duplicate"),
    ],
)
def test_what_is_no_complaint_or_may_not_be_counted_has_no_row(unlike: Case) -> None:
    """Practice, floods, what was set aside and who said no to counting stay out."""
    assert rows.of(unlike) is None
    assert list(rows.of_cases([unlike])) == []
    assert rows.values(None) == {}


def test_other_ends_are_counted() -> None:
    """A complaint that nobody could answer is one."""
    for reason in ("no_channel", "asked_not_to", "unreachable", ""):
        assert rows.of(case(closed_without=reason)) is not None


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ("2026-01-01", "2026-Q1"),
        ("2026-03-31", "2026-Q1"),
        ("2026-04-01", "2026-Q2"),
        ("2026-12-31", "2026-Q4"),
    ],
)
def test_a_row_has_the_quarter_in_which_the_complaint_came(day: str, quarter: str) -> None:
    """A quarter begins in January, April, July and October."""
    found = rows.of(case(received_on=day))

    assert found is not None
    assert (found.quarter, found.month, found.year) == (quarter, day[:7], "2026")


@pytest.mark.parametrize(
    ("language", "group"),
    [
        ("", ""),
        ("nl", "nl"),
        ("nl-BE", "nl"),
        ("en", "en"),
        ("pt-BR", "europe"),
        ("bg", "europe"),
        ("ar", "other"),
        ("e", "other"),
    ],
)
def test_languages_are_counted_in_wide_groups(language: str, group: str) -> None:
    """No group points at one nationality."""
    assert rows.language_group(language) == group
    assert group in (*BY_NAME["language"].cells, "")


def test_duplicates_have_the_key_of_what_they_repeat() -> None:
    """A duplicate of a duplicate, and two that call each other so, are one thread."""
    first, second = case(FIRST, duplicate_of=SECOND), case(SECOND, duplicate_of=THIRD)
    chain = rows.of_cases([first, second, case(THIRD)])
    circle = rows.of_cases([case(FIRST, duplicate_of=SECOND), case(SECOND, duplicate_of=FIRST)])

    assert [found.key for found in chain] == [THIRD, THIRD, THIRD]
    assert [found.key for found in circle] == [FIRST, FIRST]
    alone = rows.of(case(SECOND, duplicate_of=FIRST, closed_without="duplicate"))
    assert alone is not None
    assert alone.key == FIRST


def test_a_duplicate_of_an_erased_case_is_still_one_thread() -> None:
    """The row in the log and the case that repeats it have one key."""
    left = list(rows.of_log([erased(row=rows.values(rows.of(case(FIRST, role="self"))))]))
    again = list(rows.of_cases([case(SECOND, duplicate_of=FIRST, topics=("care",))]))

    (merged,) = rows.threads([*left, *again])
    assert (merged.role, merged.topics, merged.month) == ("self", ("care",), "2026-05")


def test_a_row_comes_back_from_the_log_without_its_month() -> None:
    """What is kept of an erased case gives the same row, less the month."""
    told = case(role="self", topics=("police",), outcomes=["advice"], language="nl", about="police")
    told.wish, told.duplicate_of = "act", SECOND
    whole = rows.of(told)

    (found,) = rows.of_log([erased(row=rows.values(whole))])

    assert whole is not None
    assert found == row(
        SECOND,
        wish="act",
        topics=("police",),
        outcomes=("advice",),
        language="nl",
        about="police",
        role="self",
        channel="form",
    )
    assert found.quarter == whole.quarter


def test_rows_that_cannot_be_read_do_not_stop_the_others() -> None:
    """Other events, no row, or a row of strange values: counted as far as it says."""
    strange = {"quarter": "2026-Q2", "topics": ["care", 3], "about": 5, "outcomes": "advice"}
    log = [
        Event(LOG, "imported", "2026-05-14", "mira", {"row": {"quarter": "2026-Q2"}}),
        erased(row={}),
        erased(row="no"),
        erased(),
        erased(row=strange),
    ]

    assert list(rows.of_log(log)) == [row(FIRST, topics=("care",))]


def test_threads_merge_what_each_row_knows() -> None:
    """Several complaints of one thread count once, where it began, with all that was told."""
    later = row("x", quarter="2026-Q3", topics=("care", "police"), about="police", role="self")
    later = replace(later, wish="act", outcomes=("advice",), language="nl", channel="form")
    first = row("x", topics=("police",), about="care", outcomes=("listened",))

    (merged,) = rows.threads([later, first])

    assert merged == row(
        "x",
        topics=("police", "care"),
        about="care",
        role="self",
        wish="act",
        outcomes=("listened", "advice"),
        language="nl",
        channel="form",
    )
    assert len(rows.threads([row("x"), row("y")])) == 2


def test_the_list_of_tables_is_frozen() -> None:
    """Topics, body, role, outcome and language, each with what was not stated; nothing crossed."""
    assert [(table.name, table.overlaps, table.cells) for table in TABLES] == [
        ("topics", True, (*schema.TOPICS, NOT_STATED)),
        ("about", False, (*cases.ABOUTS, NOT_STATED)),
        ("role", False, (*schema.ROLES, NOT_STATED)),
        ("outcomes", True, (*cases.OUTCOMES, NOT_STATED)),
        ("language", False, ("nl", "en", "europe", "other", NOT_STATED)),
    ]


def test_a_complaint_stands_once_in_each_of_its_rows() -> None:
    """In an overlapping table in each topic, elsewhere in one row, and else under not stated."""
    told = [
        row("x", topics=("care", "police"), role="self"),
        row("y", topics=("care", "gone"), role="king"),
        row("z", topics=("gone",), language="nl", about="care", outcomes=("advice",)),
    ]
    found = {name: tables.count(table, told) for name, table in BY_NAME.items()}

    assert {cell: n for cell, n in found["topics"].items() if n} == {
        "police": 1,
        "care": 2,
        NOT_STATED: 1,
    }
    assert found["role"] == {"self": 1, "permission": 0, "professional": 0, NOT_STATED: 2}
    assert (found["language"]["nl"], found["about"]["care"], found["outcomes"]["advice"]) == (
        1,
        1,
        1,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_of_every_table_has_words(language: str) -> None:
    """A table is never published with a name of our code in it, and no two rows read the same."""
    words = Strings(language)
    for table in TABLES:
        shown = [words(f"figures.{table.name}.{cell}") for cell in table.cells]
        assert words(f"figures.{table.name}")
        assert len(set(shown)) == len(table.cells)


def test_months_are_exact_and_marked_as_internal() -> None:
    """Inside the desk a month has exact numbers, under words that keep it there."""
    told = [
        *many(2, month="2026-05", role="self"),
        row("z"),
        row("w", quarter="2025-Q1"),
    ]

    found = month.months(told, 2026)
    printed = list(month.lines(found, Strings("en")))

    assert [(one.name, one.total) for one in found] == [("2026-05", 2), ("2026-Q2", 1)]
    assert found[0].counts["role"] == {"self": 2}
    assert found[0].counts["topics"] == {NOT_STATED: 2}
    assert printed[0] == "INTERNAL: exact numbers. Do not publish, do not pass on."
    assert printed[2] == "May 2026: 2 complaints"
    assert any(line.split() == ["For", "themselves", "2"] for line in printed)
