"""What a browser's profile holds on the disk, for the tests of step 1: every file, unpacked as far as it is packed.

A word is looked for in every spelling of a browser. Looked into: Mozilla's LZ4, deflate and gzip wherever
they begin, LevelDB's tables, brotli in a cache entry of Chromium, text and Snappy in the columns of
SQLite with its log. Not looked into: what a browser encrypts, brotli in a cache entry of Firefox, memory.
"""

import base64
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from shutil import copy
from urllib.parse import quote

import brotli

from tests import packed

_SQLITE = b"SQLite format 3\0"
_CACHE_ENTRY = bytes.fromhex("305c72a71b6dfbfc")  # begins an entry of Chromium's cache
_CACHE_HEAD_BYTES = 24  # then the key, whose length stands at 12, and the body
_DEFLATED = (b"\x1f\x8b\x08", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_EITHER = 32 + zlib.MAX_WBITS  # zlib or gzip


def spellings(word: str) -> set[bytes]:
    """The word as files hold it: UTF-8, UTF-16 of either order, percent-encoded, base64 wherever it begins."""
    plain = word.encode()
    spelled = {plain, word.encode("utf-16-le"), word.encode("utf-16-be"), quote(word).encode()}
    for lead in range(3):
        # The characters in which nothing of what stands before or after the word has a part.
        letters = base64.b64encode(b"\0" * lead + plain)
        spelled.add(letters[(lead * 4 + 2) // 3 : (lead + len(plain)) * 4 // 3])
    return spelled


def _inflated(octets: bytes) -> Iterator[bytes]:
    """What is deflated in it, wherever it begins."""
    for magic in _DEFLATED:
        at = octets.find(magic)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj(_EITHER).decompress(octets[at:])
            at = octets.find(magic, at + 1)


def _cached(entry: bytes) -> Iterator[bytes]:
    """The body of an entry of Chromium's cache, if it is brotli: as much of it as can be read."""
    read = brotli.Decompressor()
    body = entry[_CACHE_HEAD_BYTES + int.from_bytes(entry[12:16], "little") :]
    with suppress(brotli.error):
        for at in range(0, len(body), 64):
            yield read.process(body[at : at + 64])


def _rows(path: Path) -> Iterator[bytes]:
    """All values of a database as its program would read them, with what stands in the log beside it."""
    with tempfile.TemporaryDirectory() as folder:
        for one in path.parent.glob(f"{path.name}*"):
            copy(one, folder)
        with closing(sqlite3.connect(Path(folder) / path.name)) as database:
            database.text_factory = bytes
            for (name,) in database.execute("select name from sqlite_master where type = 'table'"):
                with suppress(sqlite3.OperationalError):  # a table that only the browser can read
                    for row in database.execute(f'select * from "{name.decode()}"'):
                        yield from (one for one in row if isinstance(one, bytes))


def _layers(path: Path, octets: bytes) -> Iterator[bytes]:
    """The bytes of a file, and all that can be unpacked from them."""
    yield octets
    yield from _inflated(octets)
    if octets.startswith(packed.LZ4):
        yield packed.lz4(octets)
    if octets.endswith(packed.LEVELDB):
        yield from packed.leveldb(octets)
    if octets.startswith(_CACHE_ENTRY):
        yield b"".join(_cached(octets))
    if octets.startswith(_SQLITE):
        for value in _rows(path):
            yield value
            with suppress(IndexError, ValueError):
                yield packed.snappy(value)


class Profile:
    """The files of a folder as they stand now, of those whose name begins so."""

    def __init__(self, folder: Path, under: str = "") -> None:
        self.files: dict[str, bytes] = {}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if name.startswith(under) and path.is_file() and not path.is_symlink():
                self.files[name] = b"\0".join(_layers(path, path.read_bytes()))

    def holding(self, word: str | bytes, under: str | tuple[str, ...] = "") -> list[str]:
        """Names of the files in which the word or these bytes stand, of those whose name begins so."""
        spelled = spellings(word) if isinstance(word, str) else {word}
        return [
            name
            for name, held in self.files.items()
            if name.startswith(under) and any(one in held for one in spelled)
        ]
