"""The inbox and the agenda (desk/cases/inbox.py), on a real store."""

from datetime import date

from desk.cases import inbox
from desk.cases.book import Casebook
from desk.cases.case import Case
from tests.cases import WITH_CODE, do, event, receive

VIOLENCE = {"topics": ["violence"]}


def close(book: Casebook, case: Case) -> None:
    """Close a case in the shortest way."""
    do(book, case, "outcome", outcomes=("listened",))
    do(book, case, "close", without="asked_not_to")


def test_each_open_case_stands_in_one_section(book: Casebook) -> None:
    """Danger before terms, terms before what is new, and the rest waits; closed ones are gone."""
    new, danger, term, waiting, closed, flooded = (receive(book) for _ in range(6))
    do(book, danger, "triage", urgency="danger")
    do(book, term, "deadline", rule="objection", started="2026-11-02")
    do(book, waiting, "note", text="a")
    close(book, closed)
    book.add([event("set_aside", flooded.subject)])
    box = inbox.inbox(book)
    assert (box.danger, box.deadline, box.new, box.waiting) == (
        (danger,), (term,), (new,), (waiting,),
    )  # fmt: skip
    assert [(flood.id, flood.cases) for flood in box.floods] == [("f1", (flooded,))]
    expected = {"danger": 1, "perhaps": 0, "deadline": 1, "new": 1, "waiting": 1, "flood": 1}
    assert inbox.counts(box) == expected


def test_danger_is_seen_in_a_flood(book: Casebook) -> None:
    """A case that a handler called danger stands on its own."""
    first, second = receive(book, flood="f"), receive(book, flood="f")
    do(book, second, "triage", urgency="danger")
    box = inbox.inbox(book)
    assert box.danger == (second,)
    assert box.floods[0].cases == (first,)


def test_the_urgency_of_a_handler_counts_as_a_term(book: Casebook) -> None:
    """A case may be called urgent before its term is known; it comes after those that are."""
    without, later, sooner = (receive(book) for _ in range(3))
    do(book, without, "triage", urgency="deadline")
    do(book, later, "deadline", rule="objection", started="2026-11-03")
    do(book, sooner, "deadline", rule="objection", started="2026-11-02")
    assert inbox.inbox(book).deadline == (sooner, later, without)


def test_sections_are_oldest_first(book: Casebook) -> None:
    """By the day on which they came, then in the order in which they were written."""
    days = ("2026-11-20", "2026-11-03", "2026-11-20", "2026-10-30")
    cases = [receive(book, on=day) for day in days]
    assert inbox.inbox(book).new == (cases[3], cases[1], cases[0], cases[2])


def test_violence_is_perhaps_danger_until_somebody_decides(book: Casebook) -> None:
    """The word stands beside a case until a handler decides whether it is danger now."""
    case, called = (receive(book, VIOLENCE) for _ in range(2))
    do(book, case, "read")
    do(book, case, "note", text="called her")
    do(book, case, "triage", municipality="Ede")
    assert inbox.marks(case) == ("violence",)
    assert inbox.inbox(book).perhaps == (case, called)
    do(book, case, "triage", urgency="normal")
    do(book, called, "triage", urgency="danger")
    box = inbox.inbox(book)
    assert (box.danger, box.perhaps, box.waiting) == ((called,), (), (case,))
    assert inbox.marks(case) == ()


def test_a_term_takes_nothing_out_of_perhaps_danger(book: Casebook) -> None:
    """Whoever set it has not said that she is safe; once that is said, the term decides."""
    case, calm = receive(book, VIOLENCE), receive(book)
    for one in (case, calm):
        do(book, one, "deadline", rule="objection", started="2026-11-02")
    box = inbox.inbox(book)
    assert (box.perhaps, box.deadline) == ((case,), (calm,))
    do(book, case, "triage", urgency="normal")
    assert inbox.inbox(book).deadline == (case, calm)


def test_the_mark_of_violence_goes_when_it_is_danger_or_over(book: Casebook) -> None:
    """Danger is said louder elsewhere, and of a closed case nobody has to decide any more."""
    danger, closed = (receive(book, {"topics": ["violence"]}) for _ in range(2))
    do(book, danger, "danger")
    close(book, closed)
    assert inbox.marks(danger) == inbox.marks(closed) == ()
    assert inbox.section(danger) == "danger"


def test_what_is_still_going_on_stands_first(book: Casebook) -> None:
    """Of those that speak of violence; the rest, and what stands beside them, oldest first."""
    periods = ("week", "ongoing", "", "longer", "ongoing")
    days = ("2026-11-03", "2026-11-20", "2026-11-02", "2026-11-05", "2026-11-19")
    pairs = zip(periods, days, strict=True)
    cases = [receive(book, VIOLENCE | {"period": p or None}, on=day) for p, day in pairs]
    assert inbox.inbox(book).perhaps == tuple(cases[place] for place in (4, 1, 2, 0, 3))


def test_a_flood_that_speaks_of_violence_stays_in_its_row(book: Casebook) -> None:
    """A real one beside it is not lost among them, nor is it said that there are none in it."""
    real = receive(book, VIOLENCE, on="2026-11-21")
    fakes = [receive(book, VIOLENCE | {"period": "week"}, flood="f") for _ in range(3)]
    late = receive(book, VIOLENCE | {"period": "ongoing"}, flood="f")
    other = receive(book, flood="f")
    box = inbox.inbox(book)
    assert box.perhaps == (real,)
    (flood,) = box.floods
    assert (len(flood.cases), flood.perhaps) == (5, (late, *fakes))
    assert other not in flood.perhaps
    do(book, late, "triage", urgency="normal")
    assert inbox.inbox(book).floods[0].perhaps == tuple(fakes)


def test_as_many_answers_are_owed_as_the_agenda_has(book: Casebook) -> None:
    """Each that waits for a first one, a flood and what is closed or answered aside."""
    owed, answered, closed, term = (receive(book, WITH_CODE) for _ in range(4))
    receive(book, WITH_CODE, flood="f")
    receive(book)
    do(book, answered, "answer", text="a")
    do(book, term, "deadline", rule="objection", started="2026-11-02")
    do(book, closed, "outcome", outcomes=("listened",))
    do(book, closed, "close", without="asked_not_to")
    items = inbox.agenda(book, date(2026, 11, 26))
    first = [item.case for item in items if item.what == "first_answer"]
    assert (inbox.owed(inbox.inbox(book)), first) == (2, [owed, term])


def test_a_withdrawn_consent_is_a_mark(book: Casebook) -> None:
    """Also on a case that was read long ago."""
    case = receive(book)
    do(book, case, "consent", purpose="store", given="no", how="code")
    assert inbox.marks(case) == ("withdrawn",)


def test_a_flood_is_one_row(book: Casebook) -> None:
    """Its cases in the order they came, and since when."""
    cases = [receive(book, flood="f", on=day) for day in ("2026-11-20", "2026-11-18", "2026-11-19")]
    others = [receive(book, flood="e")]
    floods = {flood.id: flood for flood in inbox.inbox(book).floods}
    assert floods["f"].cases == (cases[1], cases[2], cases[0])
    assert floods["f"].since == "2026-11-18"
    assert floods["e"].cases == tuple(others)


def test_a_calm_bundle_is_not_in_the_inbox(book: Casebook) -> None:
    """Bundles have their own list; one with a term that runs is shouted like any case."""
    case = receive(book)
    do(book, case, "bundle", title="checks")
    bundle = book.cases[case.bundle]
    assert inbox.inbox(book).waiting == (case,)
    do(book, bundle, "deadline", rule="objection", started="2026-11-02")
    assert inbox.inbox(book).deadline == (bundle,)


def test_the_agenda_is_in_order_of_days(book: Casebook) -> None:
    """Terms, follow-ups and promises together; days left are counted from the day given."""
    case = receive(book, WITH_CODE)
    do(book, case, "deadline", rule="complaint", started="2026-11-02")
    do(book, case, "refer", organisation="GGD", follow_up="2026-11-25")
    found = inbox.agenda(book, date(2026, 11, 26))
    assert [(item.kind, item.what, item.days_left) for item in found] == [
        ("follow_up", "GGD", -1),
        ("promise", "first_answer", 1),
        ("deadline", "complaint", 18),
    ]
    assert found[1].last_day == date(2026, 11, 27)
    assert found[0].case is case


def test_what_is_done_leaves_the_agenda(book: Casebook) -> None:
    """A term that was met, a referral that was followed up, an answer that was given."""
    case = receive(book, WITH_CODE)
    do(book, case, "deadline", rule="complaint", started="2026-11-02")
    do(book, case, "refer", organisation="GGD", follow_up="2026-11-25")
    do(book, case, "refer", organisation="no day to ask")
    do(book, case, "deadline_met", number="1")
    do(book, case, "referral_done", number="1")
    do(book, case, "answer", text="a")
    assert [item.what for item in inbox.agenda(book, date(2026, 11, 26))] == ["status"]


def test_a_follow_up_outlives_its_case(book: Casebook) -> None:
    """Whether she arrived is asked also when the case was closed; its terms are not."""
    case = receive(book)
    do(book, case, "refer", organisation="GGD", follow_up="2026-11-25")
    do(book, case, "deadline", rule="complaint", started="2026-11-02")
    close(book, case)
    assert [item.what for item in inbox.agenda(book, date(2026, 11, 26))] == ["GGD"]
