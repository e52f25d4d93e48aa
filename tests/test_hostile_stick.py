"""Files that somebody put on a stick (desk/folder.py): pipes, endless devices, links, folders without end.

Each deed of the desk is done with such a file in each place that it opens. It ends within seconds, as
a refusal in words or as if the file were damaged, and nothing is written through a link.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from types import FrameType

import pytest

from desk.errors import DeskError
from desk.folder import IN, part_of
from desk.keys import ceremony, publication
from desk.online import fetch
from desk.store import copy, disk
from desk.verbs import figures
from desk.wire import envelope
from desk.wire.board import file
from tests import intakes
from tests.samples import key_file, put, sealed
from tests.vaults import filled, opened

SECONDS = 5
DEEP = 1_500
Kind = Callable[[Path], None]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


KINDS = (pipe, endless)


@contextmanager
def soon() -> Iterator[None]:
    """Fail when the block takes longer than any of these deeds may; a refusal in words is well."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        with suppress(DeskError):
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def instead(path: Path, kind: Kind) -> None:
    """Put something else in the place of a file, or where there was none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    kind(path)


def copied(folder: Path) -> tuple[Path, Path]:
    """Make a store, and a stick with its outbox; returns the store and the outbox."""
    store, _ = filled(folder)
    (folder / "stick").mkdir()
    with opened(store) as vault:
        copy.outbox(vault, folder / "stick")
        return store, folder / "stick" / copy.OUTBOX / vault.store_id


def places(copy_: Path) -> list[Path]:
    """Each file of a copy, each name that a part of one has, and what only some copies have."""
    found = [path for path in sorted(copy_.rglob("*")) if path.is_file()]
    more = [
        copy_ / disk.BATCHES / "ab" / f"{'ab' * 32}.batch",
        copy_ / disk.KEYS / f"{'a' * 64}.keys",
    ]
    more += [
        copy_ / disk.QUARANTINE / ("a" * 64),
        copy_ / disk.WRAPS / "x.wrap",
        copy_ / disk.REKEY,
    ]
    return [*found, *more, *map(part_of, (*found, *more))]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_copy_hangs_on_a_file_that_is_none(tmp_path: Path, kind: Kind) -> None:
    """Merge and outbox, with a pipe or an endless device in the place of each file of the copy."""
    store, there = copied(tmp_path)
    stick, kept = tmp_path / "stick", tmp_path / "kept"
    shutil.copytree(stick, kept)
    for path in places(there):
        instead(path, kind)
        with opened(store) as vault:
            for deed in (copy.merge, copy.outbox):
                with soon():
                    deed(vault, stick)
        shutil.rmtree(stick)
        shutil.copytree(kept, stick)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_single_file_hangs_the_desk(tmp_path: Path, kind: Kind) -> None:
    """A board, a key list, a public half, a secret key, the texts of a report, an object, a mark."""
    keys = tmp_path / "keys"
    keys.mkdir()
    for use in ("intake", "board", "site"):
        key_file(keys, use)
    octets, stick, drop = sealed(), tmp_path / "stick", tmp_path / "drop"
    put(drop, octets)
    name = envelope.name(octets)
    site = next(keys.glob("site-*.key"))

    def writes_a_board() -> None:
        file.write(stick / "board.bin", b"board")

    def signs() -> None:
        publication.publish(keys, site, stick / "keys.json", ask=str, today=intakes.TODAY)

    def fetches() -> None:
        fetch.fetch(fetch.store_of(str(drop), stick), stick, today=date(2027, 1, 1))

    deeds: tuple[tuple[Path, Callable[[], object]], ...] = (
        (stick / "board.bin", writes_a_board),
        (stick / ".board.bin.part", writes_a_board),
        (stick / "board.bin", lambda: file.read(stick / "board.bin")),
        (stick / "keys.json", signs),
        (stick / ".keys.json.part", signs),
        (keys / "x.pub", signs),
        (keys / "x.pub", lambda: ceremony.table(keys)),
        (keys / "x.pub", lambda: ceremony.read_public(keys / "x.pub")),
        (stick / IN / name[:2] / name, fetches),
        (stick / IN / name[:2] / f".{name}.part", fetches),
        (stick / IN / name, fetches),
        (stick / IN / ".unfinished", fetches),
        (stick / IN, fetches),
        (drop / name, fetches),
        (tmp_path / "texts", lambda: figures._read(tmp_path / "texts")),
    )
    for path, deed in deeds:
        shutil.rmtree(stick, ignore_errors=True)
        stick.mkdir(exist_ok=True)
        instead(path, kind)
        with soon():
            deed()
        path.unlink(missing_ok=True)


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """Give a stick with so many folders in each other that nothing should go down all of them."""
    path = tmp_path / "deep" / IN
    path.mkdir(parents=True)
    for _ in range(DEEP):
        path /= "d"
        path.mkdir()
    yield tmp_path / "deep"
    subprocess.run(["rm", "-rf", str(tmp_path / "deep")], check=True)


def test_folders_without_end_are_told_and_not_gone_down(tmp_path: Path, deep: Path) -> None:
    """An import names the folder that it does not look into, and takes what lies beside it."""
    put(deep / IN, sealed())
    store = intakes.make_store(tmp_path / "store")
    with intakes.opened(store) as book:
        tally = intakes.take(book, deep)
    assert (tally.new, tally.unreadable) == (1, 1)


def test_leftovers_without_end_are_refused(tmp_path: Path, deep: Path) -> None:
    """A part of folders in each other in a copy is not removed, and the copy refuses in words."""
    store, there = copied(tmp_path)
    deep.rename(there / ".keys.part")
    try:
        with opened(store) as vault, pytest.raises(DeskError, match="too many folders"):
            copy.outbox(vault, tmp_path / "stick")
    finally:
        (there / ".keys.part").rename(deep)


@pytest.mark.parametrize("name", [copy.OUTBOX, disk.BATCHES, disk.KEYS, disk.QUARANTINE])
def test_a_copy_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    """A link among the folders of a copy is not written through, and nothing is read behind it."""
    store, there = copied(tmp_path)
    folder = tmp_path / "stick" / name if name == copy.OUTBOX else there / name
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with opened(store) as vault:
        for deed in (copy.merge, copy.outbox):
            with pytest.raises(DeskError, match="there is a link among the folders"):
                deed(vault, tmp_path / "stick")
