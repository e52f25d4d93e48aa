"""The verbs of the way back (desk/verbs/board.py): outbox, board and canary know, each in a process of its own."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from desk.online import publishing
from desk.store import copy
from desk.terminal import is_hidden
from desk.wire import canary, code
from desk.wire.board import heading
from tests import boards, trusted
from tests.boards import answers, put_cases, texts, week
from tests.intakes import opened
from tests.practice import REPO
from tests.vaults import WORDS


def desk(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a verb that opens the store, in English."""
    words = [*map(str, arguments), "--passphrase-fd", "0", "--language", "en"]
    command = [sys.executable, "-m", "desk", *words]
    return subprocess.run(
        command, cwd=REPO, input=f"{WORDS}\n", capture_output=True, text=True, check=False
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Make a store with one answered case."""
    made = boards.make_store(tmp_path)
    with opened(made) as book:
        answers(book, put_cases(book, "a"))
    return made


def files(folder: Path) -> set[str]:
    """The names of all files below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def make(store: Path, out: Path, day: date, *more: object) -> subprocess.CompletedProcess[str]:
    return desk("board", store, "--out", out, "--today", day, *more)


def test_the_outbox_is_told_in_words_and_as_json(store: Path) -> None:
    """The same list for people and for programs."""
    told = desk("outbox", store, "--today", week(1)).stdout.splitlines()
    assert told[0] == "No board has been made yet."
    assert told[2].endswith(": answer (Dutch), 26 November 2026; not on a board yet")
    kept = json.loads(desk("outbox", store, "--today", week(1), "--json").stdout)
    assert [(row["kind"], row["what"]) for row in kept["replies"]] == [("answer", "nl")]


def test_our_work_goes_out_on_a_stick_as_from_the_screen(store: Path, tmp_path: Path) -> None:
    """The same files as its button writes; another copy takes them in, and they say what was new."""
    older, stick, other = tmp_path / "older", tmp_path / "stick", tmp_path / "other"
    shutil.copytree(store, older)
    with opened(store) as book:
        put_cases(book, "b")
    for folder in (stick, other):
        folder.mkdir()
    done = desk("outbox", store, "--to", stick)
    count = len(list((store / "batches").rglob("*.batch")))
    assert (done.returncode, done.stdout) == (0, f"new files: {count}, mended: 0, left out: 0\n")
    with opened(store) as book:
        copy.outbox(book.vault, other)
    assert files(stick) == files(other)
    with opened(older) as book:
        assert copy.merge(book.vault, stick).batches == 1
    assert desk("outbox", store, "--to", tmp_path / "absent").stderr.startswith(
        "desk: the stick is not there\nhint: plug it in"
    )
    assert desk("outbox", store, "--to", stick, "--json").returncode == 1


def test_the_outbox_hides_nothing_in_a_name_of_another_store(tmp_path: Path) -> None:
    """What a terminal would obey stands there as a mark, in JSON as an escape."""
    made = boards.make_store(tmp_path)
    with opened(made) as book:
        answers(book, put_cases(book, "a", pseudonym="rode\x1b[2J\u202e vos"))
    told = desk("outbox", made, "--today", week(1)).stdout
    assert "rode<U+001B>[2J<U+202E> vos: answer (Dutch)" in told
    printed = desk("outbox", made, "--today", week(1), "--json").stdout
    assert json.loads(printed)["replies"][0]["case"] == "rode\x1b[2J\u202e vos"
    assert not [character for character in told + printed if is_hidden(character)]


def test_a_board_week_by_week(store: Path, tmp_path: Path) -> None:
    """Made, written again, published, and the next; the file holds the answer."""
    out, site = tmp_path / "board.bin", tmp_path / "site"
    site.mkdir()
    made = make(store, out, week(1), "--slots", 256)
    assert made.stdout.splitlines() == [
        "Board 1 is made. The next is due on 4 December 2026.",
        "What it carries: replies 1, acknowledgements 1.",
    ]
    first = out.read_bytes()
    again = make(store, out, week(2))
    assert "--published 1" in again.stdout
    assert out.read_bytes() == first
    trust = trusted.folder(tmp_path)
    publishing.publish(publishing.Order(out, str(site), trust, week(2)))
    assert make(store, out, week(2), "--published", 1).returncode == 0
    octets = out.read_bytes()
    assert (heading.whole(octets).epoch, heading.whole(octets).slots) == (2, 256)
    board = boards.Board(octets, heading.whole(octets), is_again=False)
    assert texts(board, "a") == [("answer", "Wij hebben u gehoord.")]


def test_a_board_that_is_refused_leaves_no_file(store: Path, tmp_path: Path) -> None:
    """With what to do next."""
    out = tmp_path / "board.bin"
    done = make(store, out, week(1), "--published", 3)
    assert (done.returncode, done.stderr) == (
        1,
        "desk: the last board made here is number 0, not 3\nhint: make the first one\n",
    )
    assert not out.exists()
    done = make(store, out, week(1), "--from", store / "store.json")
    assert "no whole board" in done.stderr


def test_a_canary_is_made_known_without_its_code(store: Path, tmp_path: Path) -> None:
    """The log holds a mark; telling it twice changes nothing."""
    drawn = code.make()
    canary.write(canary.Canary(drawn, "ab" * 32, 0, "2026-11-27"), tmp_path / "c")
    told = [desk("canary", "know", store, tmp_path / "c").stdout for _ in range(2)]
    assert told == ["the canary is known\n", "the canary was known\n"]
    with opened(store) as book:
        (line,) = book.logged("canary")
    assert drawn not in str(line.values)
    assert not {key.hex() for key in code.derive(drawn)} & set(map(str, line.values.values()))
