"""The search through a browser's profile finds a word in every spelling and packing that it says it looks into."""

import gzip
import sqlite3
import zlib
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

from tests import packed
from tests.profiles import Profile

WORD = "zqx hérs"
PLAIN = f"before {WORD} after".encode()


def _snappy(plain: bytes) -> bytes:
    """A block of Snappy: its size, one run of bytes, and a copy of the last four."""
    run = bytes([len(plain) + 4, 60 << 2, len(plain) - 1])
    return run + plain + bytes([0b0000_0001, 4])


def _table(plain: bytes) -> bytes:
    """A table of LevelDB with one packed block, its index, and its foot."""
    block = _snappy(plain)
    entry = bytes([0, 1, 2]) + b"k" + bytes([0, len(block)])
    index = entry + (0).to_bytes(4, "little") + (1).to_bytes(4, "little")
    at = len(block) + 5  # a byte for the packing and four for a sum follow each block
    handles = bytes([0, 0, at, len(index)])
    foot = handles.ljust(40, b"\0") + packed.LEVELDB
    return block + b"\x01sum." + index + b"\x00sum." + foot


def _cache_entry(plain: bytes) -> bytes:
    """An entry of Chromium's cache: its head, a key of five bytes, and the body as it was sent."""
    head = bytes.fromhex("305c72a71b6dfbfc") + (5).to_bytes(4, "little") + (5).to_bytes(4, "little")
    return head.ljust(24, b"\0") + b"1/0/x" + brotli.compress(plain) + b"what follows"


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "utf_8": bytes,
    "utf_16": lambda plain: plain.decode().encode("utf-16-le"),
    "percent": lambda plain: quote(plain).encode(),
    **{
        f"base64_{lead}": lambda plain, lead=lead: b64encode(b"x" * lead + plain)
        for lead in range(3)
    },  # type: ignore[misc]
    "gzip": lambda plain: b"head" + gzip.compress(plain),
    "deflate": lambda plain: b"head" + zlib.compress(plain),
    "lz4": lambda plain: packed.LZ4 + bytes(4) + bytes([0xF0, len(plain) - 15]) + plain,
    "leveldb": _table,
    "brotli": _cache_entry,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_word_is_found_however_it_is_kept(tmp_path: Path, way: str) -> None:
    """The file that holds it is named, and no other."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "here").write_bytes(WAYS[way](PLAIN))
    (tmp_path / "kept" / "there").write_bytes(WAYS[way](b"before nothing after"))

    assert Profile(tmp_path).holding(WORD) == ["kept/here"]
    assert Profile(tmp_path).holding(WORD, "other/") == []


@pytest.mark.parametrize(
    "value", [PLAIN.decode(), PLAIN, _snappy(PLAIN)], ids=["text", "bytes", "snappy"]
)
def test_a_word_is_found_in_a_database_and_in_its_log(tmp_path: Path, value: str | bytes) -> None:
    """A program that was killed leaves rows in the log beside its database."""
    with closing(sqlite3.connect(tmp_path / "rows.sqlite")) as database:
        database.execute("pragma journal_mode = wal")
        database.execute("create table kept (value)")
        database.execute("insert into kept values (?)", (value,))
        database.commit()
        assert "rows.sqlite" in Profile(tmp_path).holding(WORD)


def test_bytes_are_found_as_they_stand(tmp_path: Path) -> None:
    """What is no text has one spelling."""
    (tmp_path / "kept").write_bytes(b"\x00\xff\x10\x80\x00")
    assert Profile(tmp_path).holding(b"\xff\x10\x80") == ["kept"]
