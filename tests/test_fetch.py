"""Step 5 (desk/fetch.py): what reaches the stick, from a folder and from a real S3 server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from desk import fetch, wire
from desk.errors import DeskError
from tests.samples import put

OBJECTS = [os.urandom(wire.OBJECT_BYTES) for _ in range(3)]


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


def run(source: Path | str, stick: Path) -> fetch.Tally:
    return fetch.fetch(fetch.store_of(str(source), stick), stick)


def on_stick(stick: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (stick / "in").iterdir()}


EXPECTED = {wire.name(one): one for one in OBJECTS}


@pytest.mark.parametrize("inside", [False, True])
def test_every_object_is_copied_once(source: Path, stick: Path, inside: bool) -> None:
    """The store itself or its folder `in` may be given; a second run copies nothing."""
    given = source / "in" if inside else source
    assert run(given, stick).line() == "3 found, 3 new, 0 already on the stick, 0 refused"
    assert on_stick(stick) == EXPECTED
    before = {path: path.stat().st_ino for path in (stick / "in").iterdir()}
    assert run(given, stick).line() == "3 found, 0 new, 3 already on the stick, 0 refused"
    assert {path: path.stat().st_ino for path in (stick / "in").iterdir()} == before


def test_the_store_is_left_as_it_was(source: Path, stick: Path) -> None:
    """Nothing is deleted or changed at the source."""
    (source / "in" / ("a" * 64)).write_bytes(b"broken")
    before = {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}
    run(source, stick)
    assert {path: path.read_bytes() for path in source.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("damage", [b"", b"x" * 100, bytes(wire.OBJECT_BYTES)])
def test_a_damaged_copy_on_the_stick_is_mended(source: Path, stick: Path, damage: bytes) -> None:
    """A copy cut off, empty or overwritten is fetched again, and counted as such."""
    run(source, stick)
    (stick / "in" / next(iter(EXPECTED))).write_bytes(damage)
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
    assert on_stick(stick) == EXPECTED


def test_links_dot_files_and_other_names_are_passed_over(source: Path, stick: Path) -> None:
    """Nothing outside the store is read, and a pipe does not hold the run up."""
    folder = source / "in"
    outside = put(source.parent, os.urandom(wire.OBJECT_BYTES))
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

    assert fetch.fetch(Changing(), stick).refused == {name: fetch.UNREADABLE}


def test_a_stick_pulled_out_leaves_nothing_half_written(source: Path, stick: Path) -> None:
    """What a broken run left behind is neither taken for an object nor in the way."""
    run(source, stick)
    name = next(iter(EXPECTED))
    (stick / "in" / name).unlink()
    (stick / "in" / f".{name}.part").write_bytes(b"half")
    assert run(source, stick).new == 1
    assert on_stick(stick) == EXPECTED


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
        client.put_object(Bucket=s3_bucket, Key=f"in/{wire.name(one)}", Body=one)
    client.put_object(Bucket=s3_bucket, Key=f"in/{'0' * 64}", Body=OBJECTS[0])
    client.put_object(Bucket=s3_bucket, Key=f"out/{'1' * 64}", Body=OBJECTS[0])
    client.put_object(Bucket=s3_bucket, Key="in/readme", Body=b"x")
    tally = run(f"s3://{s3_bucket}", stick)
    assert (tally.found, tally.new, len(tally.refused)) == (4, 3, 1)
    assert on_stick(stick) == EXPECTED
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
        "import sys; from desk.cli import main; status = main(sys.argv[1:]); import desk.bucket; "
        "print(status, sorted(m for m in sys.modules if m.split('.')[0] in "
        "('nacl', 'cryptography', 'boto3')))"
    )
    command = [sys.executable, "-c", script, "fetch", str(source), str(stick)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    last = done.stdout.splitlines()[-1]
    assert last.startswith("0 ['boto3'")
    assert "nacl" not in last
    assert "cryptography" not in last
