"""What a machine published and purged last (desk/online/done.py), also when two runs note at once."""

import fcntl
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.online import done
from desk.online.done import Published

RUNS = 8


def note(folder: Path, number: int) -> None:
    with done.noting(folder) as noted:
        noted.boards[str(number)] = Published(number, "")
        noted.write()


def test_runs_at_once_take_no_note_from_each_other(tmp_path: Path) -> None:
    """A note that is lost would let an old board of ours come back there."""
    with ThreadPoolExecutor(RUNS) as pool:
        list(pool.map(lambda number: note(tmp_path, number), range(RUNS)))
    assert done.read(tmp_path).boards.keys() == {str(number) for number in range(RUNS)}


def test_who_holds_the_folder_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(done, "_PATIENCE", 0.2)
    held = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(DeskError, match="holds the folder --trust"):
        note(tmp_path, 1)
    os.close(held)
    with pytest.raises(DeskError, match="cannot look into --trust"):
        note(tmp_path / "nowhere", 1)
