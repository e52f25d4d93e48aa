"""The import is killed at random moments: what was reported is there, and a second run completes it.

A killed process loses nothing that the kernel already has, so this says nothing about a power cut;
the order of the syncs is held by the tests of the case store.
"""

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from desk.store.check import check
from tests import intake_child
from tests.intake_child import BATCH
from tests.intakes import make_store, opened, take, write
from tests.kills import kill_module, seconds_of_module
from tests.soak import count

KILLS = count(1_000, 8)
SEED = 20261122
OBJECTS = 60


def check_after_kill(store: Path, stick: Path, names: set[str], *, reported: int) -> int:
    """Look at the store, import again, and look again; returns how many cases survived the kill."""
    with opened(store) as book:
        kept = Counter(name for case in book.cases.values() for name in case.objects)
        assert reported <= len(kept) <= OBJECTS
        # Whole batches only: nothing half-written is visible.
        assert len(kept) % BATCH == 0 or len(kept) == OBJECTS
        survived = len(kept)
        tally = take(book, stick)
        assert (tally.new, tally.known) == (OBJECTS - survived, survived)
    with opened(store) as book:
        objects = Counter(name for case in book.cases.values() for name in case.objects)
        assert objects == Counter(names)
        assert len(book.cases) == OBJECTS
        assert check(book.vault).findings == ()
    return survived


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stick with sixty complaints."""
    return tmp_path_factory.mktemp("stick")


def test_no_reported_object_is_lost_or_doubled(stick: Path, tmp_path: Path) -> None:
    """However the kill falls, a second import makes each complaint exactly one case."""
    names = set(write(stick, *(f"Klacht nummer {n} van zestig." for n in range(OBJECTS))))
    empty = make_store(tmp_path / "empty")
    moments, survived, broken_off = random.Random(SEED), 0, 0
    shutil.copytree(empty, tmp_path / "whole")
    latest = seconds_of_module(intake_child.__name__, tmp_path / "whole", stick)
    for number in range(KILLS):
        store = tmp_path / f"store-{number}"
        shutil.copytree(empty, store)
        delay = moments.uniform(0, latest)
        _, told = kill_module(intake_child.__name__, store, stick, delay=delay)
        reported = int(told[-1]) if told else 0
        broken_off += reported < OBJECTS
        survived += check_after_kill(store, stick, names, reported=reported)
        shutil.rmtree(store)
    print(f"kills {KILLS}, seed {SEED}, broken off {broken_off}, survived {survived}")
    # Kills that all came before the first batch, or after the last, would prove nothing.
    assert broken_off > 0
    assert survived > 0
