"""The pictures of the handbook: the list against the pages, and two of them really taken."""

import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from handbook import records
from handbook.records import Picture, Unlike
from tests.runbook import HANDBOOK, LANGUAGES
from tests.site import ROOT
from tests.soak import SOAK

TAKEN = len(records.read()) if SOAK else 2  # in each language
MOST_BYTES = 1_500_000  # of all of them
_NUMBER = re.compile(r"\((\d)\)")
_CHUNKS = (b"IHDR", b"PLTE", b"IDAT", b"IEND")  # no text, no day, no colours of a screen


def take(out: Path, count: int = TAKEN) -> subprocess.CompletedProcess[str]:
    """Run the program for the first so many."""
    command = [sys.executable, "-m", "handbook.pictures", str(out), "--first", str(count)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def chunks(picture: bytes) -> list[bytes]:
    """The kinds of parts of a PNG, each whole."""
    found, at = [], 8
    while at < len(picture):
        (size,) = struct.unpack_from(">I", picture, at)
        kind, data = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + size]
        assert struct.unpack_from(">I", picture, at + 8 + size) == (zlib.crc32(kind + data),)
        found.append(kind)
        at += size + 12
    return found


def test_every_picture_has_a_page_and_every_page_its_pictures() -> None:
    """A page without its picture cannot be built, and a picture that nobody sees is not taken."""
    found = records.read()
    records.check(found)
    with pytest.raises(Unlike, match="no record of a picture that a page shows: unlock"):
        records.check(found[1:])
    idle = Picture("idle", "desk", (), ("main",), ())
    with pytest.raises(Unlike, match="no page in nl shows the picture idle"):
        records.check([*found, idle])


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_number_in_a_picture_stands_on_its_page(language: str) -> None:
    """Who reads the page finds (1), (2) and so on, each of them in the picture."""
    found = {one.name: len(one.marks) for one in records.read()}
    for path in (HANDBOOK / language).rglob("*.md"):
        text = path.read_text("utf-8")
        names = records.NAMED.findall(text)
        most = max((found[name] for name in names), default=0)
        told = set(map(int, _NUMBER.findall(text)))
        assert not names or told == set(range(1, most + 1)), path


def test_a_record_that_nobody_understands_is_refused(tmp_path: Path) -> None:
    """A field with another name would be passed over in silence."""
    path = tmp_path / "pictures.yml"
    path.write_text("desk:\n- {name: a, crop: [main], mark: [h1]}\nsite: []\n", "utf-8")
    with pytest.raises(Unlike, match="picture a: nobody knows mark"):
        records.read(path)
    path.write_text("desk:\n- {name: a, crop: [main]}\n- {name: a, crop: [h1]}\nsite: []\n")
    with pytest.raises(Unlike, match="two pictures of one name: a"):
        records.read(path)


def test_pictures_are_taken_of_screens_that_run(tmp_path: Path) -> None:
    """Of a practice desk, in both languages; small, and nothing in them but what is seen."""
    done = take(tmp_path / "out")
    assert done.returncode == 0, done.stderr
    paths = sorted((tmp_path / "out").rglob("*.png"))
    assert len(paths) == 2 * TAKEN
    assert sum(path.stat().st_size for path in paths) <= MOST_BYTES
    for path in paths:
        assert tuple(dict.fromkeys(chunks(path.read_bytes()))) == _CHUNKS, path
    dutch, english = (tmp_path / "out" / one / paths[0].name for one in LANGUAGES)
    assert dutch.read_bytes() != english.read_bytes()


@pytest.mark.skipif(not SOAK, reason="takes them all a second time: whole counts only")
def test_they_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Another folder and another second make no other picture."""
    for name in ("one", "two"):
        assert take(tmp_path / name).returncode == 0
    for path in (tmp_path / "one").rglob("*.png"):
        twin = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == twin.read_bytes(), path.name


@pytest.mark.parametrize(
    "arguments",
    [("key", "new", "intake"), ("key", "publish"), ("sign", "site"), ("open", "in"), ()],
)
def test_dice_that_fall_alike_make_nothing_real(arguments: tuple[str, ...]) -> None:
    """Only what a practice desk is made of, and never a key that is not for practice."""
    command = [sys.executable, "-m", "handbook.dice", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "for practice alone" in done.stderr
