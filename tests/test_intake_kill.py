"""The import is killed at random moments: what was reported is there, and a second run completes it.

A killed process loses nothing that the kernel already has, so this says nothing about a power cut;
the order of the syncs is held by the tests of the case store.
"""

import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from desk.store.check import check
from tests.intake_child import BATCH
from tests.intakes import make_store, opened, take, write
from tests.practice import REPO
from tests.samples import count

KILLS = count(1_000, 8)
SEED = 20261122
OBJECTS = 60


def kill_once(store: Path, stick: Path, delay: float) -> int:
    """Start an import and kill it after `delay` seconds; returns how many objects it reported."""
    command = [sys.executable, "-m", "tests.intake_child", str(store), str(stick)]
    with subprocess.Popen(
        command, cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("\n")
        child.stdin.flush()
        time.sleep(delay)  # the kill has to fall at a random moment
        child.kill()
        # A line that the kill cut off was not reported.
        lines = [line for line in child.stdout if line.endswith("\n")]
    return int(lines[-1]) if lines else 0


def seconds_of_an_import(store: Path, stick: Path) -> float:
    """Return how long an import takes on this machine now, from its word that it is ready."""
    command = [sys.executable, "-m", "tests.intake_child", str(store), str(stick)]
    with subprocess.Popen(
        command, cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        began = time.monotonic()
        child.communicate("\n")
    return time.monotonic() - began


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
    latest = seconds_of_an_import(tmp_path / "whole", stick)
    for number in range(KILLS):
        store = tmp_path / f"store-{number}"
        shutil.copytree(empty, store)
        reported = kill_once(store, stick, moments.uniform(0, latest))
        broken_off += reported < OBJECTS
        survived += check_after_kill(store, stick, names, reported=reported)
        shutil.rmtree(store)
    print(f"kills {KILLS}, seed {SEED}, broken off {broken_off}, survived {survived}")
    # Kills that all came before the first batch, or after the last, would prove nothing.
    assert broken_off > 0
    assert survived > 0
