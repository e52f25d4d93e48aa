"""Copies of a case store that go their own ways become the same again, in whatever order they meet."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from desk.store import copy
from desk.store.check import check
from desk.store.event import Event, Place
from desk.store.vault import new_subject
from tests.soak import count
from tests.vaults import erase, event, make_store, opened

EXAMPLES = count(2_000, 25)
SEED = 20261122
MOST_COPIES = 4

COPIES = st.integers(0, MOST_COPIES - 1)
SUBJECTS = st.integers(0, 5)
STEPS = st.one_of(
    st.tuples(st.just("keep"), COPIES, SUBJECTS),
    st.tuples(st.just("keep"), COPIES, SUBJECTS),
    st.tuples(st.just("erase"), COPIES, SUBJECTS),
    st.tuples(st.just("merge"), COPIES, COPIES),
    st.tuples(st.just("by hand"), COPIES, COPIES),
    st.tuples(st.just("backup"), COPIES, COPIES),
)


pytestmark = pytest.mark.usefixtures("without_syncs")


class World:
    """Some copies of one store, and what must be true of them in the end."""

    def __init__(self, folder: Path, copies: int) -> None:
        first = make_store(folder, "0")
        self.stores = [first, *(folder / str(number) for number in range(1, copies))]
        for store in self.stores[1:]:
            shutil.copytree(first, store)
        self.subjects = [new_subject() for _ in range(6)]
        self.origin: dict[str, Path] = {}  # where a subject began: nobody else may make its key
        self.erased: set[str] = set()
        self.kept: list[tuple[str, str]] = []

    def store(self, number: int) -> Path:
        return self.stores[number % len(self.stores)]

    def keep(self, number: int, which: int) -> None:
        store, subject = self.store(number), self.subjects[which]
        with opened(store) as vault:
            known = subject in vault.subjects()
            if vault.is_erased(subject) or (subject in self.origin and not known):
                return
            self.origin.setdefault(subject, store)
            text = new_subject()
            vault.append([event(subject, text)])
            self.kept.append((subject, text))

    def erase(self, number: int, which: int) -> None:
        with opened(self.store(number)) as vault:
            if self.subjects[which] in vault.subjects():
                erase(vault, self.subjects[which])
                self.erased.add(self.subjects[which])

    def meet(self, how: str, into: int, other: int) -> None:
        here, there = self.store(into), self.store(other)
        if here == there:
            return
        if how == "by hand":
            shutil.copytree(there, here, dirs_exist_ok=True)
            return
        with opened(here if how == "merge" else there) as vault:
            copy.merge(vault, there) if how == "merge" else copy.backup(vault, here)

    def walk(self, step: tuple[str, int, int]) -> None:
        what, first, second = step
        if what == "keep":
            self.keep(first, second)
        elif what == "erase":
            self.erase(first, second)
        else:
            self.meet(what, first, second)

    def state(self, store: Path) -> list[tuple[Place, Event]]:
        """Return all events of a sound store."""
        with opened(store) as vault:
            assert check(vault).findings == ()
            return list(vault.events())


@seed(SEED)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    copies=st.integers(2, MOST_COPIES),
    steps=st.lists(STEPS, max_size=16),
    order=st.permutations(range(MOST_COPIES)),
)
def test_copies_converge(
    tmp_path_factory: pytest.TempPathFactory,
    copies: int,
    steps: list[tuple[str, int, int]],
    order: list[int],
) -> None:
    """After everybody met everybody, all hold the same events, and all that nobody erased."""
    folder = tmp_path_factory.mktemp("world")
    world = World(folder, copies)
    for step in steps:
        world.walk(step)
    numbers = [number for number in order if number < copies]
    for number in [*numbers, *numbers]:
        for other in numbers:
            world.meet("merge", number, other)
    states = [world.state(store) for store in world.stores]
    assert all(state == states[0] for state in states)
    texts = {(one.subject, one.values["text"]) for _, one in states[0] if "text" in one.values}
    assert texts == {pair for pair in world.kept if pair[0] not in world.erased}
    shutil.rmtree(folder)
