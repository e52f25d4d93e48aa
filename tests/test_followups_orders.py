"""Words under one code in any order, on any sticks, in two copies of a store (desk/cases/said.py)."""

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.cases import begin
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.cases.said import Word
from desk.outgoing import boardmaking
from desk.store import copy
from desk.store.vault import Vault
from desk.wire import envelope
from tests import boards
from tests.boards import first_word, follow_up, week
from tests.intakes import HANDLER, TODAY, WORDS, opened, take
from tests.samples import count, put, sealed, text

ADA = "ada"
KINDS = ("complaint", "write", "withdraw", "solved", "erase", "erase", "second", "write")
COMPLAINTS = {0, 6}
BOARDS = 5
CONSENT = {"store": True, "act": True, "count": True, "quote": True}
LESS = CONSENT | {"quote": False}


def _made(number: int, kind: str) -> dict[str, Any]:
    own = {"complaint_id": f"{number:032x}"}
    if kind in ("complaint", "second"):
        ticks = CONSENT if kind == "complaint" else LESS
        return first_word(ADA, consent=ticks, pass_on={"scope": "name", "to": ["help"]}, **own)
    return follow_up(ADA, kind, **own)


@cache
def words() -> tuple[tuple[bytes, str], ...]:
    """Every word, sealed once, with the id of what it asks."""
    made = [_made(number, kind) for number, kind in enumerate(KINDS)]
    texts = [envelope.parse_complaint(text(one)).text for one in made]
    ids = [Word(begin.digest(one), "", "", {}).id for one in texts]
    return tuple(zip(map(sealed, made), ids, strict=True))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the store that every example begins with."""
    return boards.make_store(tmp_path_factory.mktemp("orders"))


@dataclass
class Told:
    """What each copy knows, since which step, and which asks another word went with or after."""

    known: tuple[dict[int, int], dict[int, int]] = field(default_factory=lambda: ({}, {}))
    met: set[int] = field(default_factory=set)

    def take(self, where: int, numbers: frozenset[int], step: int) -> None:
        """A copy reads words from one stick; those that it knows it does not read again."""
        known = self.known[where]
        read = numbers - known.keys()
        known.update(dict.fromkeys(read, step))
        # The first complaint that is read begins the case; the other is a word.
        heard = read if known.keys() >= COMPLAINTS else read - COMPLAINTS
        for one in known:
            self.met |= {one for other in heard if KINDS[other] != KINDS[one]}

    def merge(self, step: int) -> None:
        """Both copies know what either knew."""
        for known, other in (self.known, self.known[::-1]):
            known.update(dict.fromkeys(other.keys() - known.keys(), step))


_numbers = st.frozensets(st.integers(0, len(KINDS) - 1), min_size=1)
_steps = st.lists(
    st.one_of(st.just(None), st.tuples(st.integers(0, 1), _numbers, st.integers(0, 2))),
    min_size=1,
    max_size=6,
)


class Copies:
    """Two copies of a store, open at once."""

    def __init__(self, empty: Path, folder: Path) -> None:
        self.folder, self.days, self.told = folder, 0, Told()
        self.stores = (folder / "a", folder / "b")
        for store in self.stores:
            shutil.copytree(empty, store)

    def take(self, where: int, numbers: frozenset[int], step: int) -> None:
        stick = self.folder / f"stick {step}"
        for number in numbers:
            put(stick / "in", words()[number][0])
        with opened(self.stores[where]) as book:
            take(book, stick, today=TODAY + timedelta(days=self.days))
        self.told.take(where, numbers, step)

    def merge(self, step: int) -> None:
        for into, other in (self.stores, self.stores[::-1]):
            with Vault.open(into, HANDLER, WORDS) as vault:
                copy.merge(vault, other)
        self.told.merge(step)


def under_code(book: Casebook) -> list[Case]:
    return [case for case in book.cases.values() if case.code == boards.mark(ADA)]


def state(book: Casebook) -> list[tuple[Any, ...]]:
    """What must be the same in both copies."""
    return [(case.subject, case.asked_id, case.consents, case.later) for case in under_code(book)]


def hold(book: Casebook, told: Told) -> None:
    """Hold the cases under the code to what may never be."""
    for case in under_code(book):
        asking = {words()[number][1]: number for number in range(len(KINDS))}
        assert not case.asked or asking[case.asked_id] not in told.met
        read = {KINDS[number] for number in told.known[0]}
        if "withdraw" in read:
            assert not case.consents_to("act")
            assert not case.consents_to("pass_on")
        if {"complaint", "second"} <= read and len(under_code(book)) == 1:
            assert not case.consents_to("quote")


def erased(book: Casebook, folder: Path) -> bool:
    """Make boards for weeks, with a stick on which nothing new lies, and see what was erased."""
    (folder / "quiet" / "in").mkdir(parents=True)
    before = len(under_code(book))
    for number in range(1, BOARDS + 1):
        take(book, folder / "quiet", today=week(number + 4))
        boardmaking.make(book, boards.order(number, today=week(number + 4)))
    return len(under_code(book)) < before


@settings(max_examples=count(400, 25), deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=_steps)
def test_whatever_the_order_both_copies_agree_and_nothing_is_lost(
    empty: Path, steps: list[Any]
) -> None:
    """An ask that any other word went with or after is not carried out; a withdrawn yes is no yes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = Copies(empty, folder)
        for number, step in enumerate(steps):
            if step is None:
                copies.merge(number)
                continue
            where, numbers, later = step
            copies.days += later
            copies.take(where, numbers, number)
        copies.merge(len(steps))
        states = []
        for store in copies.stores:
            with opened(store) as book:
                hold(book, copies.told)
                states.append(state(book))
        assert states[0] == states[1]
        with opened(copies.stores[0]) as book:
            may = any(
                KINDS[n] == "erase" and n not in copies.told.met for n in copies.told.known[0]
            )
            assert not erased(book, folder) or may
