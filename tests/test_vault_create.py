"""A new case store: what lies in it, and where none is made."""

import os
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.store.create import create
from desk.store.event import LOG
from tests.vaults import CHEAP, HANDLER, WORDS, everything, files, filled, make_store, opened


def test_new_store_has_a_log_and_nothing_else(tmp_path: Path) -> None:
    """A new store opens, is empty, and knows the subject of its log."""
    store = make_store(tmp_path)
    with opened(store) as vault:
        assert everything(vault) == []
        assert vault.subjects() == {LOG}
        assert (vault.path, vault.handler, vault.practice) == (store, HANDLER, False)
        assert vault.faults == {}
        assert len(vault.store_id) == 32
    assert set(files(store)) == {
        "store.json",
        "heads",
        "lock",
        "wraps/anna.wrap",
        *(str(path.relative_to(store)) for path in store.glob("batches/*/*.batch")),
        *(str(path.relative_to(store)) for path in store.glob("keys/*.keys")),
    }
    assert len(files(store)) == 6


def test_new_store_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Folders have mode 0700 and files 0600, whatever the umask."""
    before = os.umask(0)
    try:
        store, _ = filled(tmp_path)
    finally:
        os.umask(before)
    for path in [store, *store.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_two_stores_share_nothing(tmp_path: Path) -> None:
    """Each new store has its own id and keys."""
    with opened(make_store(tmp_path, "a")) as one, opened(make_store(tmp_path, "b")) as other:
        assert one.store_id != other.store_id
        assert one.lock.key != other.lock.key


def test_practice_is_told(tmp_path: Path) -> None:
    """A store made for practice says so when it is opened."""
    with opened(make_store(tmp_path, practice=True)) as vault:
        assert vault.practice


def test_store_is_not_made_over_anything(tmp_path: Path) -> None:
    """A path where something lies is refused, and left as it was."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "file").write_bytes(b"mine")
    for name in ("link", "file"):
        with pytest.raises(DeskError, match="something lies there"):
            create(tmp_path / name, HANDLER, WORDS, practice=False, work=CHEAP)
    assert sorted(os.listdir(tmp_path)) == ["file", "link"]
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_store_is_not_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A stick that is not plugged in does not become a folder."""
    with pytest.raises(DeskError, match="the folder that it is to lie in is not there") as refused:
        create(tmp_path / "stick" / "store", HANDLER, WORDS, practice=False, work=CHEAP)
    assert refused.value.hint.startswith("make that folder first")
    assert os.listdir(tmp_path) == []


def test_leftover_of_a_broken_creation_is_replaced(tmp_path: Path) -> None:
    """What a crash left of an earlier try stands in nobody's way."""
    (tmp_path / ".store.part" / "wraps").mkdir(parents=True)
    (tmp_path / ".store.part" / "wraps" / "x").write_bytes(b"old")
    store = make_store(tmp_path)
    assert os.listdir(tmp_path) == ["store"]
    assert "wraps/x" not in files(store)
