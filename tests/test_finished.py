"""A finished site that is kept is taken whole or not at all."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from overrides.press import finished
from overrides.press.finished import Finished
from overrides.words.errors import SiteError
from tests.soak import count

Put = Callable[[str, str], object]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Two pages, and what some pages are made again with."""
    for page in ("a", "b"):
        (tmp_path / "made" / page).mkdir(parents=True)
        (tmp_path / "made" / page / "index.html").write_text("aaa", "utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "nl.json").write_text('["aaa"]', "utf-8")
    return tmp_path / "made"


def texts(folder: Path) -> list[str]:
    return sorted(path.read_text("utf-8") for path in folder.rglob("*.html"))


def cut(page: Path) -> None:
    page.write_bytes(page.read_bytes()[:-1])


def meddle(page: Path) -> None:
    """As long as before."""
    page.write_bytes(page.read_bytes().replace(b"a", b"b"))


def keep(kept: Finished, made: Path) -> None:
    """One part of it laid by itself, as a language is."""
    with kept.half() as half:
        assert half
        finished.lay_part(half, made, "a", kept.put)
        kept.store(half, made, made.with_name("pages"), parts=["a"])


SPOILED = [cut, meddle, Path.unlink]
LISTS = ["", "null", "{}", "[]", '{"site/a/index.html": null}']


@pytest.mark.parametrize("spoil", SPOILED)
@pytest.mark.parametrize("name", ["site/b/index.html", "pages/nl.json"])
@pytest.mark.parametrize("put", [finished.link, shutil.copyfile])
def test_a_site_that_is_not_whole_is_not_taken(
    tmp_path: Path, made: Path, put: Put, name: str, spoil: Callable[[Path], None]
) -> None:
    """Nothing of it is left where it was to be laid."""
    kept, out = Finished(tmp_path / "kept" / "name", put), tmp_path / "out"
    keep(kept, made)
    kept.lay(out)
    assert (texts(out), kept.told("nl")) == (["aaa", "aaa"], ["aaa"])

    shutil.rmtree(out)
    spoil(kept.folder / name)
    with pytest.raises(SiteError, match="not whole"):
        kept.lay(out)
    assert not out.exists()


@pytest.mark.parametrize("written", LISTS)
def test_a_list_that_says_something_else_is_not_believed(
    tmp_path: Path, made: Path, written: str
) -> None:
    """Empty, or of another shape."""
    kept = Finished(tmp_path / "kept" / "name")
    keep(kept, made)
    (kept.folder / "files.json").write_text(written, "utf-8")
    with pytest.raises(SiteError, match="not whole"):
        kept.lay(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_page_changed_in_the_site_is_not_taken_by_the_next_build(
    tmp_path: Path, made: Path
) -> None:
    """A page of the site is one more name of what is kept."""
    kept = Finished(tmp_path / "kept" / "name")
    keep(kept, made)
    (made / "a" / "index.html").write_text("by hand", "utf-8")
    with pytest.raises(SiteError, match="not whole"):
        kept.lay(tmp_path / "out")


def test_a_page_that_not_everybody_may_read_is_not_taken(tmp_path: Path, made: Path) -> None:
    """Shut by hand, or made by a program that shuts what it makes: a name more has the same mode."""
    kept = Finished(tmp_path / "kept" / "name")
    (made / "a" / "index.html").chmod(0o600)
    keep(kept, made)
    with pytest.raises(SiteError, match="not whole"):
        kept.lay(tmp_path / "out")


def test_a_disk_without_second_names_gets_copies(
    tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a stick, or another disk than that of the site."""

    def refuse(source: str, target: str) -> None:
        raise OSError("not here")

    monkeypatch.setattr(os, "link", refuse)
    kept = Finished(tmp_path / "kept" / "name")
    keep(kept, made)
    kept.lay(tmp_path / "out")
    assert texts(tmp_path / "out") == ["aaa", "aaa"]


def test_what_cannot_be_kept_leaves_nothing(tmp_path: Path, made: Path) -> None:
    """Such as on a full disk; the next build makes everything."""

    def refuse(source: str, target: str) -> None:
        raise OSError("full")

    kept = Finished(tmp_path / "kept" / "name", refuse)
    keep(kept, made)
    assert list((tmp_path / "kept").iterdir()) == []


def test_whenever_keeping_is_killed_what_is_kept_is_whole_or_not_taken(
    tmp_path: Path, made: Path
) -> None:
    """A real process that keeps one site after the other, ended at random moments."""
    draw, whole = random.Random(20261130), 0
    for number in range(40):
        (made / f"{number}.html").write_text("aaa", "utf-8")
    for _ in range(count(300, 25)):
        kept = Finished(tmp_path / "kept" / "name")
        pid = os.fork()
        if pid == 0:
            while True:
                keep(kept, made)
        time.sleep(draw.uniform(0, 0.02))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        try:
            kept.lay(tmp_path / "out")
        except SiteError:
            continue
        assert texts(tmp_path / "out") == ["aaa"] * 42
        shutil.rmtree(tmp_path / "out")
        whole += 1
    finished.tidy(tmp_path / "kept", most=1)
    assert whole
    assert len(list((tmp_path / "kept").iterdir())) <= 1


def test_a_part_that_could_not_be_laid_is_missed(tmp_path: Path, made: Path) -> None:
    """Such as by a process that met a full disk."""

    def refuse(source: str, target: str) -> None:
        raise OSError("full")

    kept = Finished(tmp_path / "kept" / "name")
    with kept.half() as half:
        assert half
        finished.lay_part(half, made, "a", refuse)
        kept.store(half, made, tmp_path / "pages", parts=["a"])
    assert list((tmp_path / "kept").iterdir()) == []


def test_what_stops_a_build_takes_its_half_away(tmp_path: Path, made: Path) -> None:
    """Whatever it is, and it is heard."""
    kept = Finished(tmp_path / "kept" / "name")
    with pytest.raises(OSError, match="stopped"):
        _stopped(kept, made)
    assert list((tmp_path / "kept").iterdir()) == []


def _stopped(kept: Finished, made: Path) -> None:
    with kept.half() as half:
        assert half
        finished.lay_part(half, made, "a")
        raise OSError("stopped")


def test_the_half_of_a_killed_build_goes_and_that_of_another_stays(
    tmp_path: Path, made: Path
) -> None:
    """Of two real processes one is killed; each has begun to lay a site."""
    kept = Finished(tmp_path / "kept" / "name")
    first, second = (_laying(kept, made) for _ in range(2))
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    assert len(list((tmp_path / "kept").iterdir())) == 2
    finished.tidy(tmp_path / "kept", most=0)
    (left,) = (tmp_path / "kept").iterdir()
    assert texts(left) == ["aaa"]
    os.kill(second, signal.SIGKILL)
    os.waitpid(second, 0)
    finished.tidy(tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []


def _laying(kept: Finished, made: Path) -> int:
    """A process that has laid a part of a site and does nothing more."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        with kept.half() as half:
            assert half
            finished.lay_part(half, made, "a")
            os.write(writing, b"laid")
            time.sleep(60)
    os.close(writing)
    assert os.read(reading, 4) == b"laid"
    os.close(reading)
    return pid


def test_sites_that_nobody_asked_for_longest_go(tmp_path: Path) -> None:
    """The folder does not grow without end."""
    for number in range(5):
        (tmp_path / str(number)).mkdir()
        os.utime(tmp_path / str(number), (number, number))
    finished.tidy(tmp_path, most=2)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["3", "4"]
