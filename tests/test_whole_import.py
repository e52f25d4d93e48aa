"""Only a whole import counts as one (desk/intake/intake.py, asked.py): what rests on it waits for it."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.folder import FETCHED, IN, UNFINISHED
from desk.outgoing import boardmaking
from desk.store import copy, disk
from desk.store.event import LOG, Event
from desk.store.vault import Vault
from desk.strings import Strings
from tests import boards, samples
from tests.boards import first_word, follow_up, make, order, send, week
from tests.intakes import HANDLER, WORDS, opened, take

ADA = "ada"
NEW_SEED = b"\x44" * 32  # of a key of the desk that this store has not taken in yet
Loss = Callable[[Path], object]


def unreadable(stick: Path) -> None:
    os.mkfifo(stick / IN / ("a" * 64))


def damaged(stick: Path) -> None:
    (stick / IN / ("a" * 64)).write_bytes(samples.sealed()[:-1])


def empty(stick: Path) -> None:
    (stick / IN / ("a" * 64)).touch()


def sealed_to_a_newer_key(stick: Path) -> None:
    samples.put(stick / IN, samples.sealed(seed=NEW_SEED))


def of_a_newer_version(stick: Path) -> None:
    samples.put(stick / IN, b"\x02" + samples.sealed()[1:])


def broken_off(stick: Path) -> None:
    (stick / IN / UNFINISHED).touch()


def too_deep(stick: Path) -> None:
    (stick / IN / "/".join("d" * 40)).mkdir(parents=True)


def fetched_a_week_ago(stick: Path) -> None:
    (stick / IN / FETCHED).write_text(f"{week(2)}\n")


def fetched_on_a_day_to_come(stick: Path) -> None:
    (stick / IN / FETCHED).write_text(f"{week(4)}\n")


def with_a_day_that_is_none(stick: Path) -> None:
    os.mkfifo(stick / IN / FETCHED)


LOSSES = (
    fetched_a_week_ago,
    fetched_on_a_day_to_come,
    with_a_day_that_is_none,
    unreadable,
    damaged,
    empty,
    sealed_to_a_newer_key,
    of_a_newer_version,
    broken_off,
    too_deep,
)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    """Give an open store with both keys."""
    with opened(boards.make_store(tmp_path)) as found:
        yield found


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def announced(book: Casebook, stick: Path, ask: str) -> None:
    """Import a complaint and a wish under its code, and make the two boards that announce it."""
    send(stick, first_word(ADA), follow_up(ADA, ask))
    for number in (1, 2):
        take(book, stick, today=week(number))
        make(book, number)


def is_done(book: Casebook) -> bool:
    """Whether the one case of ADA is erased, or closed."""
    return not [case for case in book.cases.values() if case.code and not case.is_closed]


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.__name__)
@pytest.mark.parametrize("ask", ["erase", "solved"])
def test_a_wish_waits_for_a_whole_import(book: Casebook, stick: Path, ask: str, loss: Loss) -> None:
    """The word that takes it back may be what was not read: the third board announces it once more."""
    announced(book, stick, ask)
    loss(stick)
    tally = take(book, stick, today=week(3))
    assert not tally.is_whole
    assert "does not count as read" in "\n".join(tally.lines(Strings("en")))
    assert "niet als gelezen" in "\n".join(tally.lines(Strings("nl")))
    board = make(book, 3)
    assert (board.fulfilled.put_off["unread"], is_done(book)) == (1, False)


def test_the_word_that_was_not_read_takes_the_wish_back(
    book: Casebook, stick: Path, tmp_path: Path
) -> None:
    """It came damaged in the third week and whole in the fourth: nothing was erased."""
    announced(book, stick, "erase")
    send(tmp_path / "kept", follow_up(ADA))
    (kept,) = (tmp_path / "kept" / IN).iterdir()
    (stick / IN / kept.name).write_bytes(kept.read_bytes()[:100])
    take(book, stick, today=week(3))
    make(book, 3)
    (stick / IN / kept.name).write_bytes(kept.read_bytes())
    take(book, stick, today=week(4))
    make(book, 4)
    assert not is_done(book)
    assert next(iter(book.cases.values())).asked_off == "erase"


def test_single_files_are_not_the_drop(book: Casebook, stick: Path) -> None:
    """Who gives one file of a stick has not read the stick."""
    announced(book, stick, "erase")
    take(book, next((stick / IN).iterdir()), today=week(3))
    assert make(book, 3).fulfilled.put_off["unread"] == 1


def test_one_folder_of_a_stick_is_not_the_drop(book: Casebook, stick: Path) -> None:
    """Fetched complaints lie by their first two digits; the word may lie in another of these folders."""
    announced(book, stick, "erase")
    part = stick / IN / "ab"
    part.mkdir()
    shutil.copy(next(path for path in (stick / IN).iterdir() if path.is_file()), part)
    take(book, part, today=week(3))
    assert make(book, 3).fulfilled.put_off["unread"] == 1


def test_a_stick_that_was_fetched_yesterday_is_the_drop(book: Casebook, stick: Path) -> None:
    """Fetched in the evening, imported in the morning: the wish is done."""
    announced(book, stick, "erase")
    (stick / IN / FETCHED).write_text(f"{week(3) - timedelta(days=1)}\n")
    take(book, stick, today=week(3))
    assert make(book, 3).fulfilled.erased == 1


def test_an_import_in_part_after_a_whole_one_counts(book: Casebook, stick: Path) -> None:
    """The word came after the stick of the morning, and cannot be read on that of the afternoon."""
    announced(book, stick, "erase")
    take(book, stick, today=week(3))
    unreadable(stick)
    take(book, stick, today=week(3))
    assert make(book, 3).fulfilled.put_off["unread"] == 1


def test_what_nobody_will_ever_read_holds_nobody_up(book: Casebook, stick: Path) -> None:
    """Anybody can send an object that opens with no key: it stays in quarantine, and the wish is done."""
    announced(book, stick, "erase")
    octets = bytearray(samples.sealed())
    octets[-1] ^= 1
    samples.put(stick / IN, bytes(octets))
    assert take(book, stick, today=week(3)).unreadable == 1
    assert make(book, 3).fulfilled.erased == 1


def test_what_was_sealed_to_a_destroyed_key_holds_nobody_up(book: Casebook, stick: Path) -> None:
    """An old stick holds objects of a key that was destroyed on purpose."""
    announced(book, stick, "erase")
    sealed_to_a_newer_key(stick)
    values = {"key_id": samples.secret(NEW_SEED).key_id, "use": "intake", "why": ""}
    book.add([Event(LOG, "key_destroyed", str(week(2)), HANDLER, values | {"handlers": "a b"})])
    take(book, stick, today=week(3))
    assert make(book, 3).fulfilled.erased == 1


def test_an_import_that_a_merge_brings_without_its_words_does_not_count(
    book: Casebook, stick: Path, tmp_path: Path
) -> None:
    """A colleague read the word; the batch with it came damaged. The next board goes on without it."""
    announced(book, stick, "erase")
    copy.backup(book.vault, tmp_path / "copy")
    with Vault.open(tmp_path / "copy", HANDLER, WORDS) as vault:
        send(stick, follow_up(ADA))
        there = Casebook(vault)
        before = set(vault.names)
        take(there, stick, today=week(3))
        first, *_ = [
            place.batch for place, event in vault.events() if event.kind == "followed_up"
            if place.batch not in before
        ]  # fmt: skip
    disk.batch_path(tmp_path / "copy", first).write_bytes(b"damaged")
    copy.merge(book.vault, tmp_path / "copy")
    merged = Casebook(book.vault)
    assert any(merged.logged("imported"))
    board = make(merged, 3)
    assert (board.fulfilled.put_off["damaged"], is_done(merged)) == (1, False)
    assert "merge a whole copy" in "\n".join(boardmaking.lines(board, Strings("en")))
    take(merged, tmp_path / "stick", today=week(4))
    assert boardmaking.make(merged, order(4)).fulfilled.put_off["damaged"] == 0
