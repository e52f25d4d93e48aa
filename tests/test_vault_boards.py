"""The boards that a copy of a store keeps (desk/store/boards.py, STORE.md section 8)."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from desk.store import boards, disk
from desk.store.faults import Damaged
from tests.vaults import make_store, opened

BOARD, OTHER = b"a board", b"another"
NAME = sha256(BOARD).hexdigest()


def test_a_board_is_kept_and_read_by_its_name(tmp_path: Path) -> None:
    """Only its owner can read the file; one that is not there is no fault."""
    with opened(make_store(tmp_path)) as vault:
        assert boards.read(vault.path, NAME) is None
        assert boards.keep(vault, BOARD) == NAME
        assert boards.keep(vault, BOARD) == NAME  # again, after a crash
        assert boards.read(vault.path, NAME) == BOARD
        path = vault.path / disk.BOARDS / NAME
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


def test_all_boards_but_one_are_removed(tmp_path: Path) -> None:
    """Older ones, and what a crash left."""
    with opened(make_store(tmp_path)) as vault:
        boards.keep(vault, OTHER)
        boards.keep(vault, BOARD)
        boards.keep_only(vault, NAME)
        assert [path.name for path in boards.paths(vault.path)] == [NAME]


@pytest.mark.parametrize(
    ("damage", "fault"),
    [("changed", "board_name"), ("link", "unreadable"), ("folder", "unreadable")],
)
def test_a_damaged_board_is_a_fault(tmp_path: Path, damage: str, fault: str) -> None:
    """Other bytes under the name; what is no plain file is not opened."""
    with opened(make_store(tmp_path)) as vault:
        path = vault.path / disk.BOARDS / boards.keep(vault, BOARD)
        if damage == "changed":
            path.write_bytes(OTHER)
        else:
            path.unlink()
            os.symlink(
                tmp_path / "store" / "store.json", path
            ) if damage == "link" else path.mkdir()
        with pytest.raises(Damaged) as found:
            boards.read(vault.path, NAME)
    assert found.value.fault == fault
