"""How a file is read that somebody else may have put there: all of it, never more, and in little room."""

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.folder import read_plain

MOST = 64 * 2**20  # of a batch


def _read_in(piece: int) -> Callable[[int, int], bytes]:
    real = os.read
    return lambda descriptor, most: real(descriptor, min(most, piece))


@pytest.mark.parametrize("size", [0, 10, 100_000])
def test_reading_takes_the_room_of_what_is_there(tmp_path: Path, size: int) -> None:
    """Room for the largest file that there may be took ten times as long to be had as the file."""
    path = tmp_path / "file"
    path.write_bytes(bytes(size))
    tracemalloc.start()
    assert read_plain(path, MOST) == bytes(size)
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert highest < 2 * size + 50_000


@given(st.binary(max_size=20_000), st.integers(0, 20_000), st.integers(1, 5_000))
def test_a_file_is_read_whole_and_never_beyond_the_most(
    tmp_path_factory: pytest.TempPathFactory, octets: bytes, most: int, piece: int
) -> None:
    """Also from a disk that gives it in pieces, as some on a network do; none such is here to be asked."""
    path = tmp_path_factory.mktemp("read") / "file"
    path.write_bytes(octets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "read", _read_in(piece))
        assert read_plain(path, most) == octets[:most]


def test_what_is_added_while_it_is_read_is_read_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the file system says of its size is no bound: `most` is."""
    path = tmp_path / "file"
    path.write_bytes(b"a" * 10)
    size = os.stat(path)
    with path.open("ab") as more:
        more.write(b"b" * 10_000)
    monkeypatch.setattr(os, "fstat", lambda _descriptor: size)
    assert read_plain(path, 9_000) == b"a" * 10 + b"b" * 8_990
