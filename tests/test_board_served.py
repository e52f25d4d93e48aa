"""The board as the app serves it (functions/board.py): one file of one folder, whatever its owner does."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests import stores

SECRET = b"the credentials of the store" * 32
BOARD = b"a board " * 128
REQUEST = b"GET /board.bin HTTP/1.1\r\nhost: localhost\r\n\r\n"
SWAPS = 20_000  # of a file for a link
REQUESTS = 800


@pytest.fixture
def shared(tmp_path: Path) -> stores.Deployment:
    """Give a deployment with a board's folder of its own, a secret beside it, and a board in it."""
    board = tmp_path / "board"
    board.mkdir()
    (tmp_path / "secret").write_bytes(SECRET)
    (board / "board.bin").write_bytes(BOARD)
    return replace(stores.make_deployment(tmp_path), board=board)


@contextmanager
def swapping(path: Path, target: Path) -> Iterator[None]:
    """Put a link in the place of a file, and the file back, again and again until the block ends."""
    link, kept, over = path.with_name("link"), path.with_name("kept"), threading.Event()

    def swap() -> None:
        for _ in range(SWAPS):
            if over.is_set():
                return
            link.symlink_to(target)
            os.link(path, kept)
            os.replace(link, path)
            os.replace(kept, path)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_a_link_put_there_in_between_is_never_followed(
    shared: stores.Deployment, tmp_path: Path
) -> None:
    """The publisher's user swaps the board for a link thousands of times: nothing else comes out."""
    assert shared.board
    path, got = shared.board / "board.bin", set[bytes]()
    with (
        stores.serve(shared, f"files:{tmp_path / 'drop'}", tmp_path / "log") as server,
        swapping(path, tmp_path / "secret"),
    ):
        for _ in range(REQUESTS):
            got.add(stores.exchange(server.port, REQUEST).body)
    assert BOARD in got
    assert SECRET not in got


def test_a_folder_put_in_the_place_of_the_board_s_is_not_looked_into(
    shared: stores.Deployment, tmp_path: Path
) -> None:
    """Whoever owns what lies above the folder cannot lead the app elsewhere once it runs."""
    assert shared.board
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "board.bin").write_bytes(SECRET)
    with stores.serve(shared, f"files:{tmp_path / 'drop'}", tmp_path / "log") as server:
        shared.board.rename(tmp_path / "old")
        shared.board.symlink_to(elsewhere)
        assert stores.exchange(server.port, REQUEST).body == BOARD


def test_what_is_no_plain_file_of_a_board_s_size_is_not_there(
    shared: stores.Deployment, tmp_path: Path
) -> None:
    """A pipe, a folder, a link, an endless device behind one and an endless file: 404, at once."""
    assert shared.board
    path = shared.board / "board.bin"
    path.unlink()
    with stores.serve(shared, f"files:{tmp_path / 'drop'}", tmp_path / "log") as server:
        for make, unmake in (
            (lambda: os.mkfifo(path), path.unlink),
            (path.mkdir, path.rmdir),
            (lambda: path.symlink_to(tmp_path / "secret"), path.unlink),
            (lambda: path.symlink_to("/dev/zero"), path.unlink),
            (lambda: path.touch() or os.truncate(path, 2**40), path.unlink),
        ):
            make()
            assert stores.exchange(server.port, REQUEST, timeout=5).status == 404
            unmake()


def test_a_board_that_a_reader_has_is_not_sent_again(
    shared: stores.Deployment, tmp_path: Path
) -> None:
    """Asked again with its mark the answer is short; HEAD tells its size; nothing may be put there."""
    with stores.serve(shared, f"files:{tmp_path / 'drop'}", tmp_path / "log") as server:
        first = stores.exchange(server.port, REQUEST)
        mark = first.headers["etag"].encode()
        again = REQUEST.replace(b"\r\n\r\n", b"\r\nif-none-match: " + mark + b"\r\n\r\n")
        known = stores.exchange(server.port, again)
        closing = REQUEST.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")
        head = stores.exchange(server.port, closing.replace(b"GET", b"HEAD"))
        put = REQUEST.replace(b"GET", b"PUT").replace(b"\r\n\r\n", b"\r\ncontent-length: 0\r\n\r\n")
        refused = stores.exchange(server.port, put)
    assert (first.body, known.status, known.body) == (BOARD, 304, b"")
    assert head.headers["content-length"] == str(len(BOARD))
    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD")
