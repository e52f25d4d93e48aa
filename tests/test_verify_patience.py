"""Does `desk verify` come to an end, and keep bounded lists, whatever a host does: real sockets, short times."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from desk.online.outside import connecting, readers, rounds, tally, verifying
from desk.online.outside.asking import Line
from desk.online.outside.compared import Difference
from desk.online.outside.connecting import Patience, SilentError
from desk.online.outside.tally import Found
from desk.online.outside.verifying import Told
from tests import attacks, signed_site
from tests.signed_site import TODAY, Served
from tests.spoiler import Asked, Given
from tests.test_verify import AGENTS, LANGUAGES, folder, look, said, word

__all__ = ["folder"]
DRIP_S, ANSWER_S, MOST_S = 0.05, 0.6, 3.0
BESIDE = {"/keys.json", "/headers.json", "/built.json", "/SHA256SUMS", "/manifests.jsonl", "/board.bin"}  # fmt: skip
# What a host says at once, and what it then says again and again.
DRIPS = {
    "nothing": (b"", b""),
    "status": (b"", b"H"),
    "no_status": (b"<p>busy</p>\r\n\r\n", b"x"),
    "go_on": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "header": (b"HTTP/1.1 200 OK\r\nx: ", b"x"),
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"x"),
    "no_end": (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
    "no_size": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n", b"x"),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with signed_site.served(tmp_path_factory.mktemp("signed")) as found:
        yield found


@contextmanager
def dripping(first: bytes, again: bytes) -> Iterator[int]:
    """A host that never ends an answer, and never falls silent for long; gives its port."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            with suppress(OSError):
                while not over.is_set():
                    connection, _ = listening.accept()
                    with connection, suppress(OSError):
                        connection.sendall(first)
                        while not over.wait(DRIP_S):
                            connection.sendall(again)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            over.set()
            with suppress(OSError):
                socket.create_connection(listening.getsockname()).close()
            thread.join()


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("kind", DRIPS)
def test_a_host_that_drips_is_waited_for_no_longer_than_an_answer_may_take(
    kind: str, scheme: str
) -> None:
    """A byte now and then, for ever: in each part of an answer, and in the handshake."""
    with dripping(*DRIPS[kind]) as port:
        place = connecting.place_of(f"{scheme}://127.0.0.1:{port}")
        line, began = Line(place, Patience(ANSWER_S)), time.monotonic()
        with pytest.raises(SilentError):
            line.ask("GET", "/", ())
        line.close()
    assert time.monotonic() - began < MOST_S


def test_the_time_of_a_look_ends_whatever_is_left(site: Served, folder: Path) -> None:
    """Then nobody is asked any more, and what was not looked at is not called well."""
    places = verifying.places(site.address, [])
    over = Patience(until=time.monotonic() - 1)
    site.host.seen.clear()
    told = verifying.verify(
        folder, rounds.who(places, AGENTS, LANGUAGES, patience=over), today=TODAY
    )
    assert (told.code, word(told, "site"), site.host.seen) == (2, "unseen", set())


def test_nobody_is_asked_for_the_rest_after_sixty_addresses_in_a_row_that_do_not_answer(
    site: Served, folder: Path
) -> None:
    """It says so, with the exit code for what could not be looked at, and calls nothing well."""
    paths: set[str] = set()

    def silent(asked: Asked, given: Given) -> None:
        given.hangs_up = asked.path not in BESIDE
        paths.add(asked.path)

    with site.host.spoiling(silent):
        told = look(site, folder)
    assert (told.code, word(told, "answers"), word(told, "files")) == (2, "unseen", "unseen")
    assert "stopped after 60 addresses in a row" in said(told, "answers")
    assert len(paths - BESIDE) < 60 + 20  # what was under way when it stopped


def test_a_file_that_nobody_gets_stops_nothing(site: Served, folder: Path) -> None:
    """However many ask for it, one after the other; here as every program in every language."""

    def silent(asked: Asked, given: Given) -> None:
        given.hangs_up = asked.path == "/assets/x1/write.js"

    with site.host.spoiling(silent):
        places = verifying.places(site.address, [])
        who = rounds.who(places, list(readers.AGENTS), readers.LANGUAGES)
        told = verifying.verify(folder, who, today=TODAY)
    assert (told.code, word(told, "answers"), word(told, "files")) == (2, "unseen", "well")
    assert "stopped" not in said(told, "answers")
    assert int(said(told, "answers").partition(" ")[0]) > 60


def _flooded(site: Served, folder: Path) -> Told:
    """Sixty headers more on each page for reading, and one page of them altered."""

    def spoil(asked: Asked, given: Given) -> None:
        if asked.path.startswith("/nl/p/"):
            given.more += [(f"x-{number}", "a") for number in range(60)]
        if asked.path == "/nl/p/8/":
            attacks.turn(given)

    with site.host.spoiling(spoil):
        return look(site, folder)


def test_of_one_answer_a_bounded_number_of_differences_is_kept(site: Served, folder: Path) -> None:
    """And how many more there were is said."""
    told = _flooded(site, folder)
    by_answer: dict[tuple[str, str, str], int] = {}
    for one in told.record["differences"]:
        key = (one["path"], one["reader"], one["machine"])
        by_answer[key] = by_answer.get(key, 0) + 1
    assert tally.MOST_OF_ONE in by_answer.values()
    says = {one["said"] for one in told.record["differences"] if one["path"] == "/nl/p/1/"}
    assert "and 31 more in this answer" in says


def test_of_one_kind_a_bounded_number_is_kept_and_each_path_is_named(
    site: Served, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No flood of small differences hides an altered page; the bound is made small here."""
    assert 100_000 <= 6 * tally.MOST_OF_A_KIND <= 200_000
    monkeypatch.setattr(tally, "MOST_OF_A_KIND", 7)
    told = _flooded(site, folder)
    assert told.record["more"] > 100
    assert f"and {told.record['more']} that were not kept" in told.text
    named = {one["path"] for one in told.record["differences"]}
    assert named >= {f"/nl/p/{number}/" for number in range(9)}
    assert "changed: /nl/p/8/ is not the file that was signed" in told.text


def test_what_is_kept_of_a_kind_is_bounded_at_its_real_size() -> None:
    """One path that differs without end, then another."""
    found = Found()
    found.keep(Difference("header extra", "/", str(at)) for at in range(tally.MOST_OF_A_KIND + 9))
    found.keep([Difference("header extra", "/nl/", "x"), Difference("changed", "/", "y")])
    assert (len(found.differences), found.more) == (tally.MOST_OF_A_KIND + 2, 9)
