"""Board and log that stand on a site stay on the next one, and nothing else does (overrides/press/carried.py)."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from overrides.press import carried
from overrides.press.carried import BOARD, LOG
from overrides.words.errors import SiteError


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a site that is served."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "old.html").touch()
    return tmp_path / "site"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Give the site that is to take its place."""
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "new.html").touch()
    return tmp_path / "made"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def left_out(name: str) -> str:
    again = {BOARD: "publish it again", LOG: "bring it again"}[name]
    return f"the {name} that stood there is no plain file and was left out: {again}"


def test_the_board_stays(made: Path, out: Path) -> None:
    """A build is no reason to serve no answers."""
    (out / BOARD).write_bytes(b"board")
    assert carried.take_place(made, out) == []
    assert (names(out), (out / BOARD).read_bytes()) == ([BOARD, "new.html"], b"board")


def test_the_log_of_manifests_stays(made: Path, out: Path) -> None:
    """The next manifest follows the last one, also when the site was built anew in between."""
    (out / LOG).write_bytes(b"signed\n")
    assert carried.take_place(made, out) == []
    assert (names(out), (out / LOG).read_bytes()) == ([LOG, "new.html"], b"signed\n")


def test_a_link_in_its_place_is_not_followed(made: Path, out: Path, tmp_path: Path) -> None:
    """Who may publish boards would else read the files of who builds, off the public site."""
    (tmp_path / "credentials").write_text("secret")
    (out / BOARD).symlink_to(tmp_path / "credentials")
    assert carried.take_place(made, out) == [left_out(BOARD)]
    assert names(out) == ["new.html"]


def test_a_pipe_in_its_place_holds_nobody_up(made: Path, out: Path) -> None:
    """It is left out, as all that is no plain file."""
    os.mkfifo(out / BOARD)
    assert carried.take_place(made, out) == [left_out(BOARD)]


def test_nobody_publishes_meanwhile(made: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A board that is put on the old site while it goes would be lost: one waits for the other."""
    monkeypatch.setattr(carried, "_PATIENCE", 0.2)
    held = os.open(out, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(SiteError, match="another program holds"):
        carried.take_place(made, out)
    os.close(held)
    assert names(out) == ["old.html"]


def test_where_it_is_stopped_there_is_a_whole_site(
    made: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site that was half gone was taken for somebody's own folder, and no build went on from there.

    The stop is played, at the one moment that takes long.
    """

    def stopped(folder: Path) -> None:
        (folder / "old.html").unlink()
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "rmtree", stopped)
    with pytest.raises(KeyboardInterrupt):
        carried.take_place(made, out)
    assert names(out) == ["new.html"]
