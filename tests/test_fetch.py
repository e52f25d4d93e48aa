"""Step 5 (desk/online/fetch.py): what reaches the stick, from a folder and from a real S3 server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import boto3
import pytest

from desk.errors import DeskError
from desk.folder import FETCHED, UNFINISHED, fetched_on
from desk.online import fetch
from desk.wire import envelope
from tests.samples import put

DAY = date(2026, 11, 30)
OBJECTS = [os.urandom(envelope.OBJECT_BYTES) for _ in range(3)]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a file store with three objects."""
    for one in OBJECTS:
        put(tmp_path / "store" / "in", one)
    return tmp_path / "store"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Give an empty stick."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def run(source: Path | str, stick: Path, today: date = DAY) -> fetch.Tally:
    return fetch.fetch(fetch.store_of(str(source), stick), stick, today=today)


def on_stick(stick: Path) -> dict[str, bytes]:
    """Each file on the stick by its name, but for its day; the part of one would be among them."""
    found = [path for path in (stick / "in").rglob("*") if not path.is_dir()]
    return {path.name: path.read_bytes() for path in found if path.name != FETCHED}


def lies(stick: Path, name: str) -> Path:
    """Where an object lies on the stick: by its first two digits."""
    return stick / "in" / name[:2] / name


EXPECTED = {envelope.name(one): one for one in OBJECTS}


@pytest.mark.parametrize("inside", [False, True])
def test_every_object_is_copied_once(source: Path, stick: Path, inside: bool) -> None:
    """The store itself or its folder `in` may be given; a second run copies nothing."""
    given = source / "in" if inside else source
    assert run(given, stick).line() == "3 found, 3 new, 0 already on the stick, 0 refused"
    assert on_stick(stick) == EXPECTED
    before = {name: lies(stick, name).stat().st_ino for name in EXPECTED}
    assert run(given, stick).line() == "3 found, 0 new, 3 already on the stick, 0 refused"
    assert {name: lies(stick, name).stat().st_ino for name in EXPECTED} == before


def test_the_store_is_left_as_it_was(source: Path, stick: Path) -> None:
    """Nothing is deleted or changed at the source."""
    (source / "in" / ("a" * 64)).write_bytes(b"broken")
    before = {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}
    run(source, stick)
    assert {path: path.read_bytes() for path in source.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("damage", [b"", b"x" * 100, bytes(envelope.OBJECT_BYTES)])
def test_a_damaged_copy_on_the_stick_is_mended(source: Path, stick: Path, damage: bytes) -> None:
    """A copy cut off, empty or overwritten is fetched again, and counted as such."""
    run(source, stick)
    lies(stick, next(iter(EXPECTED))).write_bytes(damage)
    assert "1 damaged on the stick and copied again" in run(source, stick).line()
    assert on_stick(stick) == EXPECTED


def test_what_is_no_whole_object_is_refused_and_stops_nothing(source: Path, stick: Path) -> None:
    """Wrong name, wrong size and reserved size are refused, each with its reason."""
    folder = source / "in"
    (folder / ("0" * 64)).write_bytes(OBJECTS[0])
    put(folder, OBJECTS[0][:-1])
    put(folder, os.urandom(65_536))
    tally = run(source, stick)
    assert tally.line() == (
        "6 found, 3 new, 0 already on the stick, 3 refused: it has not the size of a sealed "
        "complaint (2); its content is not what its name says (1)"
    )
    assert on_stick(stick) == EXPECTED | {UNFINISHED: b""}


def test_links_dot_files_and_other_names_are_passed_over(source: Path, stick: Path) -> None:
    """Nothing outside the store is read, and a pipe does not hold the run up."""
    folder = source / "in"
    outside = put(source.parent, os.urandom(envelope.OBJECT_BYTES))
    (folder / outside.name).symlink_to(outside)
    (folder / ".part").write_bytes(OBJECTS[0])
    (folder / ("A" * 64)).write_bytes(OBJECTS[0])
    (folder / ("b" * 64)).mkdir()
    os.mkfifo(folder / ("c" * 64))
    assert run(source, stick).found == 3
    assert on_stick(stick) == EXPECTED


def test_a_file_that_becomes_a_link_is_not_followed(source: Path, stick: Path) -> None:
    """Between the look and the reading, a file changed into a link is refused."""
    name, other = list(EXPECTED)[:2]

    class Changing:
        def __init__(self) -> None:
            self.store = fetch.store_of(str(source), stick)

        def names(self) -> Iterator[str]:
            (source / "in" / name).unlink()
            (source / "in" / name).symlink_to(source / "in" / other)
            yield name

        def read(self, name: str, most: int) -> bytes:
            return self.store.read(name, most)

    assert fetch.fetch(Changing(), stick, today=DAY).refused == {name: fetch.UNREADABLE}


def test_a_stick_pulled_out_leaves_nothing_half_written(source: Path, stick: Path) -> None:
    """What a broken run left behind is neither taken for an object nor in the way."""
    run(source, stick)
    name = next(iter(EXPECTED))
    lies(stick, name).unlink()
    lies(stick, name).with_name(f".{name}.part").write_bytes(b"half")
    assert run(source, stick).new == 1
    assert on_stick(stick) == EXPECTED


def test_a_stick_of_an_older_version_is_gone_on_with(source: Path, stick: Path) -> None:
    """Objects that lie flat in `in` are not copied again, and a damaged one is mended where it lies."""
    whole, damaged, _ = map(envelope.name, OBJECTS)
    put(stick / "in", OBJECTS[0])
    (stick / "in" / damaged).write_bytes(b"cut")
    assert run(source, stick).line() == (
        "3 found, 1 new, 1 already on the stick, 1 damaged on the stick and copied again, 0 refused"
    )
    assert on_stick(stick) == EXPECTED
    flat = {path.name for path in (stick / "in").iterdir() if path.is_file()}
    assert flat == {whole, damaged, FETCHED}


def test_a_stick_without_the_whole_drop_says_so(source: Path, stick: Path) -> None:
    """The mark is there from before the first object until a run that leaves none out."""

    class Broken:
        def __init__(self) -> None:
            self.store, self.is_broken = fetch.store_of(str(source), stick), True

        def names(self) -> Iterator[str]:
            assert (stick / "in" / UNFINISHED).exists()
            yield from self.store.names()

        def read(self, name: str, most: int) -> bytes:
            if self.is_broken and name == envelope.name(OBJECTS[1]):
                raise OSError("the store did not give it")
            return self.store.read(name, most)

    store = Broken()
    fetch.fetch(store, stick, today=DAY)
    assert (stick / "in" / UNFINISHED).exists()
    store.is_broken = False
    fetch.fetch(store, stick, today=DAY)
    assert on_stick(stick) == EXPECTED


def test_a_stick_can_be_the_source_of_another(source: Path, stick: Path, tmp_path: Path) -> None:
    """Both layouts are read: objects in folders by their first digits, and those that lie flat."""
    run(source, stick)
    more = os.urandom(envelope.OBJECT_BYTES)
    put(stick / "in", more)
    (tmp_path / "other").mkdir()
    assert run(stick, tmp_path / "other").new == 4
    assert on_stick(tmp_path / "other") == EXPECTED | {envelope.name(more): more}


def test_a_stick_says_on_which_day_the_whole_drop_lay_on_it(
    source: Path, stick: Path, tmp_path: Path
) -> None:
    """A copy of it is as old as it is itself, and a copy of a part is a part."""
    other = tmp_path / "other"
    other.mkdir()
    run(source, stick)
    assert run(stick, other, DAY + timedelta(days=9)).line().endswith(" 0 refused")
    assert (fetched_on(stick), fetched_on(other)) == (DAY, DAY)
    (stick / "in" / UNFINISHED).touch()
    assert "without the whole drop" in run(stick, other).line()
    assert (other / "in" / UNFINISHED).exists()
    run(source, other, DAY + timedelta(days=9))
    assert not (other / "in" / UNFINISHED).exists()
    assert fetched_on(other) == DAY + timedelta(days=9)


def test_a_link_in_the_place_of_a_folder_is_not_written_through(
    source: Path, stick: Path, tmp_path: Path
) -> None:
    """A stick whose folder leads to one of this computer's is refused, and nothing lands there."""
    (tmp_path / "elsewhere").mkdir()
    (stick / "in").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DeskError, match="a link lies where a folder should be"):
        run(source, stick)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_stick_that_is_not_there_or_is_the_source_is_refused(source: Path, stick: Path) -> None:
    """No folder is made in the place of a missing stick, and nothing is copied onto itself."""
    with pytest.raises(DeskError, match="the stick is not there"):
        run(source, stick / "absent")
    with pytest.raises(DeskError, match="same folder"):
        run(source, source)
    with pytest.raises(DeskError, match="not a folder"):
        run(source / "absent", stick)
    (stick / "in").write_bytes(b"")
    with pytest.raises(DeskError, match="cannot copy"):
        run(source, stick)


def test_objects_come_from_a_bucket_as_from_a_folder(
    s3_endpoint: str, s3_bucket: str, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real S3 server, with a damaged object and other things in the bucket."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3_endpoint)
    client = boto3.client("s3")
    for one in OBJECTS:
        client.put_object(Bucket=s3_bucket, Key=f"in/{envelope.name(one)}", Body=one)
    client.put_object(Bucket=s3_bucket, Key=f"in/{'0' * 64}", Body=OBJECTS[0])
    client.put_object(Bucket=s3_bucket, Key=f"out/{'1' * 64}", Body=OBJECTS[0])
    client.put_object(Bucket=s3_bucket, Key="in/readme", Body=b"x")
    tally = run(f"s3://{s3_bucket}", stick)
    assert (tally.found, tally.new, len(tally.refused)) == (4, 3, 1)
    assert on_stick(stick) == EXPECTED | {UNFINISHED: b""}
    assert run(f"s3://{s3_bucket}", stick).present == 3
    listed = client.list_objects_v2(Bucket=s3_bucket)["Contents"]
    assert len(listed) == 6


def test_a_bucket_that_is_not_there_is_a_plain_error(
    s3_endpoint: str, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store's code is shown, not a traceback."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3_endpoint)
    with pytest.raises(DeskError, match="the store refused: NoSuchBucket"):
        run("s3://absent-bucket", stick)
    with pytest.raises(DeskError, match="cannot be reached"):
        run("s3://not a bucket", stick)


def test_fetching_loads_no_cryptography(source: Path, stick: Path) -> None:
    """The process that fetches has neither PyNaCl nor cryptography in it, for either source."""
    script = (
        "import sys; from desk.cli import main; status = main(sys.argv[1:]); import desk.online.bucket; "
        "print(status, sorted(m for m in sys.modules if m.split('.')[0] in "
        "('nacl', 'cryptography', 'boto3')))"
    )
    command = [sys.executable, "-c", script, "fetch", str(source), str(stick)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    last = done.stdout.splitlines()[-1]
    assert last.startswith("0 ['boto3'")
    assert "nacl" not in last
    assert "cryptography" not in last


def test_a_drop_that_is_not_mounted_is_no_empty_drop(source: Path, stick: Path) -> None:
    """Its place is an empty folder, and nothing counts as read; a drop from which all was purged still is one."""
    place = source.parent / "mounted here"
    place.mkdir()
    with pytest.raises(DeskError, match="no drop in this folder"):
        run(place, stick)
    assert list(stick.iterdir()) == []
    (place / "in").mkdir()
    assert run(place, stick).line().startswith("0 found")
    assert fetched_on(stick) == DAY
