"""What the desk may no longer keep (desk/outgoing/retention.py): listed first, then erased for good."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.outgoing import retention
from desk.store.check import check, keys_left
from desk.strings import Strings
from desk.wire.canon import Value
from desk.work import actions
from tests.intakes import TODAY, by_story, make_store, opened, take, write

A_YEAR_LATER = date(2027, 11, 22)


def row(case: Case) -> Mapping[str, Value]:
    """A line of statistics: the figures decide what stands in a real one."""
    return {"quarter": "2026-Q4", "topics": list(case.topics)}


def run(book: Casebook, today: date) -> list[str]:
    """Erase what is due; returns why, for each case."""
    return [one.why for one in retention.run(book, today=today, row=row)]


def close(book: Casebook, case: Case, today: date = TODAY) -> None:
    """Close a case that needs no answer."""
    if case.kind == "complaint":
        actions.perform(book, case, "report_back", {"how": "telephone"}, today=today)
    actions.perform(book, case, "outcome", {"outcomes": ("listened",)}, today=today)
    actions.perform(book, case, "close", {}, today=today)


def received(book: Casebook, folder: Path, *stories: str) -> dict[str, Case]:
    """Import complaints; returns the cases by story."""
    write(folder / "stick", *stories, topics=["care"])
    take(book, folder / "stick")
    return by_story(book)


@pytest.mark.parametrize(("today", "due"), [(date(2027, 11, 21), []), (A_YEAR_LATER, ["over"])])
def test_a_closed_case_goes_after_twelve_months(
    today: date, due: list[str], tmp_path: Path
) -> None:
    """Not a day before; an open one beside it stays."""
    with opened(make_store(tmp_path / "store")) as book:
        cases = received(book, tmp_path, "Afgerond.", "Nog open.")
        close(book, cases["Afgerond."])
        assert [one.why for one in retention.plan(book, today).due] == due
        assert run(book, today) == due
        assert len(book.cases) == 2 - len(due)


def test_withdrawn_consent_goes_at_once_and_within_seven_days(tmp_path: Path) -> None:
    """Who no longer agrees that it is kept is listed from that day on, closed or not."""
    given = {"purpose": "store", "given": "no", "how": "telephone"}
    with opened(make_store(tmp_path / "store")) as book:
        (case,) = received(book, tmp_path, "Ingetrokken.").values()
        actions.perform(book, case, "consent", given, today=TODAY)
        (due,) = retention.plan(book, TODAY).due
        assert (due.why, due.last_day) == ("withdrawn", date(2026, 11, 29))
        assert run(book, TODAY) == ["withdrawn"]
        assert not book.cases


def test_an_open_case_is_never_erased_but_named_after_a_year(tmp_path: Path) -> None:
    """However old it is; any step in its thread counts as touching it."""
    with opened(make_store(tmp_path / "store")) as book:
        cases = received(book, tmp_path, "Blijft liggen.", "Aangeraakt.")
        actions.perform(book, cases["Aangeraakt."], "read", {}, today=date(2027, 1, 1))
        untouched = retention.plan(book, A_YEAR_LATER).untouched
        assert untouched == (cases["Blijft liggen."],)
        assert not retention.plan(book, date(2027, 11, 21)).untouched
        assert run(book, date(2040, 1, 1)) == []
        assert len(book.cases) == 2


def test_a_plan_changes_nothing(tmp_path: Path) -> None:
    """The dry run lists by the two words of a case, and every file stays as it was."""
    with opened(make_store(tmp_path / "store")) as book:
        (case,) = received(book, tmp_path, "Afgerond.").values()
        close(book, case)
        before = files(tmp_path / "store")
        told = retention.plan(book, A_YEAR_LATER).lines(Strings("en"))
        assert files(tmp_path / "store") == before
    assert told[0] == "1 to be erased:"
    assert told[1].split("  ")[1] == case.pseudonym
    assert "22 November 2027" in told[1]


def files(store: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in store.rglob("*") if path.is_file()}


def test_what_was_erased_leaves_its_line_and_nothing_else(tmp_path: Path) -> None:
    """The log has object, digest and statistics; no key is left, and the store is whole."""
    with opened(make_store(tmp_path / "store")) as book:
        (case,) = received(book, tmp_path, "Een kanarie in de mijn.").values()
        close(book, case)
        assert run(book, A_YEAR_LATER) == ["over"]
        assert keys_left(book.vault, [case.subject]) == frozenset()
        (event,) = book.logged("erased")
        report = check(book.vault)
    assert event.values["objects"] == list(case.objects)
    assert event.values["digests"] == [case.digest.hex()]
    assert event.values["row"] == {"quarter": "2026-Q4", "topics": ["care"]}
    assert case.pseudonym not in str(event.values)
    assert (report.findings, report.subjects_erased) == ((), 1)
    assert report.events_erased == len(case.thread)


def test_a_second_run_finds_nothing_more(tmp_path: Path) -> None:
    """Also after the store was closed and opened, and with a bundle that went along."""
    with opened(make_store(tmp_path / "store")) as book:
        (case,) = received(book, tmp_path, "Gebundeld.").values()
        actions.perform(book, case, "bundle", {"title": "Brieven"}, today=TODAY)
        close(book, case)
        close(book, book.bundles()[0])
        assert run(book, A_YEAR_LATER) == ["over", "over"]
        assert run(book, A_YEAR_LATER) == []
    with opened(tmp_path / "store") as book:
        assert run(book, A_YEAR_LATER) == []
        assert not book.cases


def test_a_bundle_stays_as_long_as_a_case_in_it(tmp_path: Path) -> None:
    """It tells what was done for those that are still kept."""
    with opened(make_store(tmp_path / "store")) as book:
        cases = received(book, tmp_path, "Eerder klaar.", "Later klaar.")
        actions.perform(book, cases["Eerder klaar."], "bundle", {"title": "Samen"}, today=TODAY)
        (bundle,) = book.bundles()
        later = {"bundle": bundle.pseudonym}
        actions.perform(book, cases["Later klaar."], "bundle", later, today=TODAY)
        close(book, cases["Eerder klaar."])
        close(book, bundle)
        assert run(book, A_YEAR_LATER) == ["over"]
        assert list(book.cases.values()) == [cases["Later klaar."], bundle]


def test_a_run_that_was_broken_off_is_finished_when_the_store_is_opened(tmp_path: Path) -> None:
    """A crash between the line in the log and the keys leaves no readable case behind."""
    with opened(make_store(tmp_path / "store")) as book:
        (case,) = received(book, tmp_path, "Half gewist.").values()
        close(book, case)
        book.erase = broken_off  # type: ignore[method-assign]
        with pytest.raises(InterruptedError):
            run(book, A_YEAR_LATER)
        assert keys_left(book.vault, [case.subject]) == {case.subject}
    with opened(tmp_path / "store") as book:
        assert not book.cases
        assert keys_left(book.vault, [case.subject]) == frozenset()
        assert run(book, A_YEAR_LATER) == []


def broken_off(_subjects: object) -> None:
    raise InterruptedError


def test_every_subject_of_a_case_goes(tmp_path: Path) -> None:
    """Two copies imported one complaint, each as its own subject: both are erased, counted once."""
    import shutil

    from desk.store import copy

    make_store(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    write(tmp_path / "stick", "In twee kopieën.")
    for name in ("two", "one"):
        with opened(tmp_path / name) as book:
            take(book, tmp_path / "stick")
            if name == "one":
                copy.merge(book.vault, tmp_path / "two")
    with opened(tmp_path / "one") as book:
        (case,) = book.cases.values()
        close(book, case)
        run(book, A_YEAR_LATER)
        rows = [bool(event.values["row"]) for event in book.logged("erased")]
        assert (len(case.subjects), rows) == (2, [True, False])
        assert keys_left(book.vault, case.subjects) == frozenset()


def test_what_comes_back_with_a_merge_is_erased_again(tmp_path: Path) -> None:
    """Erased here and imported there: after the merge it is due, and is not counted twice."""
    import shutil

    from desk.store import copy

    make_store(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    with opened(tmp_path / "two") as book:
        received(book, tmp_path, "Komt terug.")
    with opened(tmp_path / "one") as book:
        (case,) = received(book, tmp_path, "Komt terug.").values()
        close(book, case)
        run(book, A_YEAR_LATER)
        copy.merge(book.vault, tmp_path / "two")
    with opened(tmp_path / "one") as book:
        assert len(book.cases) == 1
        assert run(book, A_YEAR_LATER) == ["returned"]
        assert [bool(event.values["row"]) for event in book.logged("erased")] == [True, False]


@pytest.mark.parametrize(
    ("day", "years", "after"),
    [
        (date(2026, 11, 22), 1, date(2027, 11, 22)),
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
    ],
)
def test_a_year_is_counted_to_the_same_day(day: date, years: int, after: date) -> None:
    """29 February goes over into 1 March."""
    assert retention.years_after(day, years) == after


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reason_has_its_words(language: str, tmp_path: Path) -> None:
    """Also for when there is nothing to do, and for what is only named."""
    say, case = Strings(language), Case("0" * 32, "complaint", "zachte hommel", "2026-01-01")
    reasons = (retention.OVER, retention.WITHDRAWN, retention.RETURNED)
    due = tuple(retention.Due(case, why, TODAY) for why in reasons)
    told = retention.Plan(due, (case,)).lines(say)
    assert len(told) == 5
    assert all("zachte hommel" in line for line in told[1:])
    assert len(retention.Plan((), ()).lines(say)) == 1
