"""Any actions in any order (desk/work/actions.py): what must hold, holds after each of them."""

import contextlib
import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.cases import kinds
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.cases.fields import Field
from desk.cases.refusals import Refusal
from desk.work import actions
from tests.cases import TODAY, WITH_CODE, make_store, receive
from tests.samples import count

_WORDS: dict[str, st.SearchStrategy[str]] = {
    "line": st.sampled_from(["", "nl", "GGD", "a\nb", "x" * 501]),
    "text": st.sampled_from(["", "words", "я" * 1_900, "я" * 1_901]),
    "day": st.sampled_from(["", "2026-11-01", "2026-11-21", "2026-12-24", "soon"]),
    "yes": st.sampled_from(["yes", "no", ""]),
    "number": st.sampled_from(["1", "2", "0", ""]),
    "case": st.integers(0, 3).map(str),  # a place in the book, filled in below
}


def _filled(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "many":
        return st.lists(st.sampled_from(field.choices), max_size=2, unique=True).map(tuple)
    if field.kind == "choice":
        return st.sampled_from(("", *field.choices))
    return _WORDS[field.kind]


@st.composite
def steps(draw: st.DrawFn) -> tuple[int, str, dict[str, Any]]:
    """Which case, which action, and what was filled in."""
    action = draw(st.sampled_from(actions.ACTIONS))
    shown = [field for field in action.fields if field.required or draw(st.booleans())]
    return draw(st.integers(0, 3)), action.name, {f.name: draw(_filled(f)) for f in shown}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """Give one store to all sequences; each has its own cases in it."""
    with make_store(tmp_path_factory.mktemp("sequences") / "store") as vault:
        yield Casebook(vault)


def fresh(book: Casebook) -> list[Case]:
    """Put three complaints into the book: with a code, without, and of a professional."""
    passes = {"pass_on": {"scope": "name", "to": ["help"]}}
    fields: list[dict[str, Any]] = [WITH_CODE | passes, {}, passes | {"role": "professional"}]
    pairs = zip(fields, ("", "", "f"), strict=True)
    return [receive(book, changes, flood=flood) for changes, flood in pairs]


def holds(case: Case) -> None:
    """Check everything that must be true of a case at any time."""
    if case.is_closed:
        assert case.closed_on
        assert case.kind == "bundle" or case.reported_back or case.closed_without
        assert case.outcomes or case.closed_without == "duplicate"
    else:
        assert case.closed_on == case.closed_without == case.duplicate_of == ""
    for referral in case.referrals:
        assert not referral.warm or (referral.person and referral.agreed and referral.follow_up)
    if case.identity in ("workname", "named"):
        assert set(case.identity_to) <= set(case.agreed("name"))
        assert case.agreed("name")
    else:
        assert case.identity_to == ()
    assert case.duplicate_of != case.subject
    assert all(kinds.is_known(entry.kind) and entry.kind != "unsound" for entry in case.thread)


def carry_out(book: Casebook, cases: list[Case], step: tuple[int, str, dict[str, Any]]) -> None:
    """Carry out one step; a warm referral must find a consent for it."""
    place, name, given = step
    case = cases[place % len(cases)]
    for field in actions.find(name).fields:
        if field.kind == "case" and field.name in given:
            given = given | {field.name: cases[int(given[field.name]) % len(cases)].subject}
    before = len(case.referrals)
    with contextlib.suppress(Refusal):
        actions.perform(book, case, name, given, today=TODAY)
    if len(case.referrals) > before and case.referrals[-1].warm:
        assert case.referrals[-1].receiver in case.agreed("details", "name")
    if case.bundle and book.cases[case.bundle] not in cases:
        cases.append(book.cases[case.bundle])


@settings(max_examples=count(600, 40), deadline=None, suppress_health_check=list(HealthCheck))
@given(sequence=st.lists(steps(), min_size=1, max_size=15))
def test_what_must_hold_holds_after_any_actions(book: Casebook, sequence: list[Any]) -> None:
    """Closed means reported or reasoned; nobody is handed over or named without consent."""
    cases = fresh(book)
    for step in sequence:
        carry_out(book, cases, step)
        for case in cases:
            holds(case)


def test_after_all_sequences_the_disk_says_the_same(book: Casebook) -> None:
    """A book read again from disk equals the one that grew action by action."""
    for _ in range(3):
        cases = fresh(book)
        carry_out(book, cases, (0, "bundle", {"title": "checks"}))
        carry_out(book, cases, (1, "duplicate", {"of": "0"}))
    again = Casebook(book.vault)
    assert again.cases.keys() == book.cases.keys()
    for subject, case in book.cases.items():
        assert dataclasses.asdict(again.cases[subject]) == dataclasses.asdict(case)
