"""What a hundred thousand fakes cost the desk, by counts: files opened, texts proven, memory held.

Counts are the same on every machine; the times stand in `tests/bench/flood.py`.
"""

import gc
import os
import random
import re
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import folder
from desk.cases import inbox
from desk.cases.book import Casebook
from desk.cases.fold import fold
from desk.intake import floods, likeness
from desk.store import garbage
from desk.store.check import check
from desk.store.event import Event, Place
from desk.wire import canon
from desk.work.search import Search
from tests.cases import do
from tests.intakes import TODAY, make_store, opened, take, told, vocabulary, write
from tests.samples import complaint

SEED = 20261122
WAITING = 30
MOST_BYTES = 1_000  # of one case in memory, without the indexes of the book


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store with cases that wait, each of which was read."""
    rng = random.Random(SEED)
    known = vocabulary(rng)
    stories = [" ".join(("deur", *told(rng, known, 30), "raam")) for _ in range(WAITING)]
    write(tmp_path / "stick", *stories)
    path = make_store(tmp_path / "store")
    with opened(path) as book:
        take(book, tmp_path / "stick")
    return path


@contextmanager
def counted(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str
) -> Iterator[Callable[[], int]]:
    """Count the calls of a function for the time of the block."""
    calls, real = 0, getattr(module, name)

    def noted(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        return real(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(module, name, noted)
        yield lambda: calls


def test_a_first_search_proves_no_text_again(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text was held against WIRE.md when its case was read; the search reads each file once."""
    with opened(store) as book:
        for case in list(book.cases.values())[:3]:
            do(book, case, "read")
        search, batches = Search(book), {case.thread[0].place.batch for case in book.cases.values()}
        with (
            counted(monkeypatch, canon, "loads") as proven,
            counted(monkeypatch, folder, "open_plain") as files,
        ):
            found = search.find("raam")
            first = files()
            assert search.find("deur") == found
        assert (len(found), proven(), first, files()) == (WAITING, 0, len(batches), len(batches))


def test_an_opening_proves_no_text_again(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Complaint and record were proven canonical before they were sealed; `desk check` does so again."""
    with counted(monkeypatch, canon, "loads") as proven, opened(store) as book:
        assert len(inbox.inbox(book).new) == WAITING
        assert proven() == 1  # store.json
        assert check(book.vault).findings == ()
        assert proven() > WAITING


def test_an_import_compares_with_what_waits_file_by_file(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a flood every later import begins with all that waits: not one file for each case."""
    with opened(store) as book:
        batches = {case.thread[0].place.batch for case in book.cases.values()}
        with counted(monkeypatch, folder, "open_plain") as files:
            floods.groups(book, TODAY)
        assert files() == len(batches) < WAITING


def test_an_import_waits_for_the_disk_in_large_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three hundred complaints become durable in one go."""
    write(tmp_path / "stick", *map(str, range(300)))
    with opened(make_store(tmp_path / "store")) as book:
        with counted(monkeypatch, os, "fsync") as waits:
            assert take(book, tmp_path / "stick").new == 300
        assert waits() <= 15  # of that batch, its keys and the line about the import


@pytest.fixture
def eager() -> Iterator[list[str]]:
    """Let Python look for garbage all the time, and give each time that it begins."""
    seen: list[str] = []
    before = gc.get_threshold()

    def note(phase: str, _about: dict[str, int]) -> None:
        seen.append(phase)

    gc.callbacks.append(note)
    gc.set_threshold(5)
    yield seen
    gc.set_threshold(*before)
    gc.callbacks.remove(note)


def test_nobody_looks_for_garbage_while_cases_are_read(store: Path, eager: list[str]) -> None:
    """All that is made stays, so that looking for what does not is work for nothing."""
    with opened(store) as book:
        eager.clear()
        Casebook(book.vault)
        assert len(eager) <= WAITING  # before and after
        assert gc.isenabled()


def test_what_was_read_is_not_looked_through_at_once() -> None:
    """A hundred thousand cases count as old when they are read: the young alone are looked at often."""
    with garbage.left_alone():
        held = [[number] for number in range(3_000)]
    young = {id(one) for age in (0, 1) for one in gc.get_objects(generation=age)}
    assert young.isdisjoint(map(id, held))
    assert all(map(gc.is_tracked, held))
    assert gc.get_freeze_count() == 0


def test_garbage_is_collected_again_after_a_failure() -> None:
    """A store that cannot be read leaves Python as it was."""
    found = []

    def fail() -> None:
        with garbage.left_alone():
            found.append(gc.isenabled())
            os.stat("gone")

    with pytest.raises(OSError, match="No such file"):
        fail()
    assert [*found, gc.isenabled()] == [False, True]


def test_a_case_that_waits_is_small() -> None:
    """What was never said of a case takes no memory: a hundred thousand of them are held at once."""
    events = [Event(f"{n:032x}", "received", "2026-11-20", "anna", _values(n)) for n in range(300)]
    fold(None, Place("ab" * 32, 0), events[0])  # what all share is made by the first
    tracemalloc.start()
    held = [fold(None, Place("ab" * 32, n), event) for n, event in enumerate(events)]
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert None not in held
    assert taken / len(held) < MOST_BYTES


def _values(number: int) -> dict[str, canon.Value]:
    text = canon.dumps(complaint(complaint_id=f"{number:032x}", topics=["police"]))
    values = {"object": f"{number:064x}", "key_id": "01" * 8, "complaint": text, "channel": "form"}
    return {**values, "pseudonym": f"stille egel {number}", "practice": False, "flood": ""}


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_words_are_those_of_any_script(text: str) -> None:
    """The short way for letters of ASCII finds the words that the long way finds."""
    expected = re.findall(r"\w+", re.sub(r"\d+", "0", text.casefold()))
    assert likeness._words(text)[0] == [word.encode() for word in expected]


def test_a_number_in_a_later_note_is_found(store: Path) -> None:
    """What was looked through for numbers before is looked through again when words come to it."""
    with opened(store) as book:
        search, case = Search(book), next(iter(book.cases.values()))
        assert search.find("06 12345678") == []
        do(book, case, "note", text="bel nul zes 12 34 56 78", basis="told")
        assert search.find("0612345678") == [case]
