"""A crash between outbox, board and publication, at every step (desk/outgoing/boardmaking.py).

However far it came: no second board for an epoch, no answer lost, no epoch left out, and doing the
same again completes it. A killed process loses nothing that the kernel already has; the order of the
syncs is held by the tests of the case store.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desk.store.check import check
from desk.wire.board import heading
from tests import board_child, boards
from tests.board_child import once
from tests.boards import answers, follow_up, put_cases, send, week
from tests.intakes import opened, take
from tests.practice import REPO
from tests.samples import SOAK, count
from tests.vaults import crash_at

MOST_STEPS = 200
STRIDE = 1 if SOAK else 3
KILLS = count(1_000, 12)
SEED = 20261127
LATEST_KILL_SECONDS = 0.12


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A desk before its third board: one case to be erased by it, one new answer."""
    folder = tmp_path / "whole"
    for name in ("stick", "site"):
        (folder / name).mkdir(parents=True)
    store = boards.make_store(folder)
    with opened(store) as book:
        put_cases(book, "gone", "stays")
        send(tmp_path / "words", follow_up("gone", "erase"))
        take(book, tmp_path / "words")
    for number in (1, 2):
        once(folder, number)
    with opened(store) as book:
        take(book, tmp_path / "words", today=week(3))
        answers(book, [case for case in book.cases.values() if not case.asked])
    return folder


def served(folder: Path) -> bytes:
    return (folder / "site" / "board.bin").read_bytes()


def hold(folder: Path, outside: bytes) -> bytes:
    """Hold a desk after a crash to its promises, do the same again, and return the board.

    `outside` is what left the store before the crash, if anything did.
    """
    assert heading.whole(served(folder)).epoch in (2, 3)
    with opened(folder / "store") as book:
        assert check(book.vault).findings == ()
        epochs = [event.values["epoch"] for event in book.logged("board_made")]
        assert epochs in ([1, 2], [1, 2, 3])
    once(folder, 3)
    with opened(folder / "store") as book:
        assert [event.values["epoch"] for event in book.logged("board_made")] == [1, 2, 3]
        assert len(list(book.logged("erased"))) == 1
        assert [case.asked for case in book.cases.values()] == [""]
        assert check(book.vault).findings == ()
        assert len(list((folder / "store" / "boards").iterdir())) == 1
    octets = served(folder)
    assert outside in (b"", octets)
    made = boards.boardmaking.Board(octets, heading.whole(octets), is_again=False)
    assert boards.texts(made, "stays") == [("answer", "Wij hebben u gehoord.")]
    assert not boards.reading(made, "gone").is_acknowledged
    return octets


def outside_of(folder: Path, before: bytes) -> bytes:
    """A board that lies whole on the stick or on the site and was not there before."""
    found = {served(folder), (folder / "stick" / "board.bin").read_bytes()} - {before}
    assert len(found) <= 1
    return found.pop() if found else b""


def test_a_crash_at_each_step_is_made_up_for(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Store, stick and site, one change to the disk after the other."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    before, crashes = served(whole), 0
    for step in range(0, MOST_STEPS, STRIDE):
        work = tmp_path / str(step)
        shutil.copytree(whole, work)
        killed = crash_at(step, lambda work=work: once(work, 3))
        crashes += killed
        hold(work, outside_of(work, before))
        shutil.rmtree(work)
        if not killed:
            break
    assert crashes >= 30 // STRIDE


def test_a_kill_at_any_moment_is_made_up_for(whole: Path, tmp_path: Path) -> None:
    """The same by SIGKILL of a real process, at moments drawn from a printed seed."""
    moments, before, broken_off = random.Random(SEED), served(whole), 0
    for number in range(KILLS):
        work = tmp_path / str(number)
        shutil.copytree(whole, work)
        command = [sys.executable, "-m", board_child.__name__, str(work), "3"]
        with subprocess.Popen(
            command, cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            child.stdin.write("\n")
            child.stdin.flush()
            time.sleep(moments.uniform(0, LATEST_KILL_SECONDS))  # the kill falls anywhere
            child.kill()
        broken_off += child.returncode != 0
        hold(work, outside_of(work, before))
        shutil.rmtree(work)
    print(f"kills {KILLS}, seed {SEED}, broken off {broken_off}")
    assert broken_off > 0
