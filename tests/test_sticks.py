"""Sticks of FAT and exFAT, really mounted (tests/sticks.py): keys are made and read there, and fetch goes on."""

import os
from datetime import date
from pathlib import Path

import pytest

from desk.folder import IN, place
from desk.keys import secret_keys
from desk.keys.mounts import keeps_modes, kinds
from desk.online import fetch
from desk.wire import envelope
from desk.wire.board import file
from tests import intakes, sticks
from tests.ceremony import desk, words_on
from tests.samples import put, sealed

DAY = ("--today", "2027-01-01")
FETCHED_ON = date(2027, 1, 1)
OBJECTS = 200  # fifty fit in a folder of the stick that is soon full


def made(folder: Path, use: str) -> tuple[Path, str, str]:
    """Make a key on a stick; returns its file, its seven words and what was printed."""
    done = desk("key", "new", use, "--out", folder, *DAY)
    assert done.status == 0, done.printed
    return next(folder.glob(f"{use}-*.key")), words_on(done.shown), done.printed


def test_a_key_on_a_stick_without_modes_is_made_and_works(tmp_path: Path) -> None:
    """On exFAT no mode can be set: the tool says what guards the file, and every later step works."""
    with sticks.exfat(tmp_path) as stick:
        site, words, printed = made(stick, "site")
        assert "this stick keeps no modes" in printed
        assert os.stat(site).st_mode & 0o077, "this stick keeps modes: the test proves nothing"
        for use in ("board", "intake"):
            made(stick, use)
        listed = desk("key", "list", stick)
        assert "OTHERS" not in listed.printed
        assert listed.printed.count(" here\n") == 3
        out = stick / "keys.json"
        signing = ("key", "publish", "--keys", stick, "--site-key", site, "--out", out, *DAY)
        published = desk(*signing, typed=[words])
        assert published.status == 0, published.printed
        assert out.read_bytes().startswith(b'{"signed":')
        wrong = desk(*signing, typed=["not these words"])
    assert "this passphrase does not open" in wrong.printed


def test_a_key_that_others_can_read_is_still_refused_on_a_disk(tmp_path: Path) -> None:
    """Where modes work they are asked for, as before."""
    site, words, printed = made(tmp_path, "site")
    assert "keeps no modes" not in printed
    site.chmod(0o644)
    again = desk("key", "share", site, "--out", tmp_path, *DAY, typed=[words])
    assert (again.status, "others can read the key file" in again.printed) == (1, True)


def test_nothing_is_made_where_others_would_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that has modes and gives a new file away: no key file is left, and no words were shown.

    Such a disk is a share of a network, which cannot be mounted here; the mask stands in for it.
    """
    monkeypatch.setattr("desk.folder.PRIVATE", 0o644)
    monkeypatch.setattr("desk.folder.write_new.__defaults__", (0o644,))
    key = secret_keys.make("site", created="2027-01-01", practice=False)
    with pytest.raises(secret_keys.DeskError, match="nothing was made"):
        secret_keys.write(key, tmp_path, "words", secret_keys.MINIMUM)
    assert not list(tmp_path.iterdir())


def test_a_list_and_a_board_are_whole_on_fat(tmp_path: Path) -> None:
    """Where changing a mode is an error: nothing of a broken try is left, and the files are there."""
    keys_folder = tmp_path / "keys"
    site, words, _ = made(keys_folder, "site")
    for use in ("board", "intake"):
        made(keys_folder, use)
    with sticks.fat(tmp_path) as stick:
        out = stick / "keys.json"
        signing = ("key", "publish", "--keys", keys_folder, "--site-key", site, "--out", out, *DAY)
        published = desk(*signing, typed=[words])
        assert published.status == 0, published.printed
        assert os.listdir(stick) == ["keys.json"]
        put(tmp_path / "drop", sealed())
        tally = fetch.fetch(fetch.store_of(str(tmp_path / "drop"), stick), stick, today=FETCHED_ON)
        assert tally.new == 1
        with intakes.opened(intakes.make_store(tmp_path / "store")) as book:
            assert intakes.take(book, stick).new == 1
        file.write(stick / "board.bin", b"a board")
        assert (stick / "board.bin").read_bytes() == b"a board"


def fill(folder: Path, names: list[str]) -> None:
    """Put an empty file of each name into one folder."""
    for name in names:
        (folder / name).touch()


def test_fetch_goes_on_where_a_folder_is_full(tmp_path: Path) -> None:
    """A stick whose folders fill up takes hundreds of objects, and an import finds all of them."""
    drop = tmp_path / "drop"
    drop.mkdir()
    for number in range(OBJECTS):
        put(drop, os.urandom(8) + number.to_bytes(envelope.OBJECT_BYTES - 8, "big"))
    with sticks.soon_full(tmp_path) as stick:
        (stick / "flat").mkdir()
        with pytest.raises(OSError, match="No space left"):
            fill(stick / "flat", os.listdir(drop))
        tally = fetch.fetch(fetch.store_of(str(drop), stick), stick, today=FETCHED_ON)
        assert (tally.new, tally.refused) == (OBJECTS, {})
        again = fetch.fetch(fetch.store_of(str(drop), stick), stick, today=FETCHED_ON)
        assert (again.new, again.present) == (0, OBJECTS)
        name = os.listdir(drop)[0]
        assert place(stick / IN, name).exists()


def test_a_stick_is_told_by_what_is_mounted_there() -> None:
    """The kernel's table names the kind by the two numbers of a device; in doubt there are modes."""
    table = (
        "36 35 8:17 / /media/keys rw,nosuid shared:7 - vfat /dev/sdb1 rw,fmask=0022\n"
        "37 35 8:18 / /media/a\\040b rw - ext4 /dev/sdb2 rw\n"
        "not a line\n"
    )
    assert kinds(table) == {"8:17": "vfat", "8:18": "ext4"}
    assert keeps_modes(os.makedev(200, 200))
    assert keeps_modes(os.makedev(8, 17), Path("/nonexistent"))
