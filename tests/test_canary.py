"""The canary (desk/wire/canary.py, desk/online/canary_round.py): the whole round, proven from outside."""

import shutil
import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from desk.cases import inbox
from desk.errors import DeskError
from desk.figures import rows
from desk.keys import secret_keys
from desk.online import canary_round, publishing
from desk.outgoing import boardmaking, canaries, retention
from desk.store.event import Event
from desk.store.vault import new_subject
from desk.wire import canary, keylist
from desk.wire.board import file
from tests import boards, intakes, practice, stores, trusted
from tests.faults import canned, door, passing_on
from tests.intakes import HANDLER, opened
from tests.practice import desk

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> practice.Practice:
    """Make practice keys, their list and a tiny site that serves it."""
    folder = tmp_path_factory.mktemp("canary")
    secret = practice.make_key(folder / "k", "intake")
    for use in ("board", "site"):
        practice.make_key(folder / "k", use)
    practice.publish(folder / "k")
    site = stores.make_deployment(folder).site
    shutil.copyfile(folder / "k" / "keys.json", site / "keys.json")
    found = folder / "k" / "keys.json"
    return practice.Practice(folder, secret, found, site, folder / "drop")


@pytest.fixture
def round_trip(made: practice.Practice, tmp_path: Path) -> practice.Practice:
    """Give a site without a board and an empty drop of one's own."""
    site = tmp_path / "site"
    shutil.copytree(made.site, site)
    shutil.copyfile(f"{made.site}.headers.json", f"{site}.headers.json")
    return replace(made, folder=tmp_path, site=site, drop=tmp_path / "drop")


@pytest.fixture
def address(round_trip: practice.Practice) -> Iterator[str]:
    with practice.running(round_trip) as found:
        yield found


def half(made: practice.Practice, use: str = "site") -> Path:
    (path,) = made.keys.parent.glob(f"{use}-*.pub")
    return path


def make_store(made: practice.Practice, folder: Path) -> Path:
    """Make a practice store that holds the intake and the board key."""
    store = intakes.make_store(folder / "store", practice=True)
    with opened(store) as book:
        for use in ("intake", "board"):
            (path,) = made.keys.parent.glob(f"{use}-*.key")
            key = secret_keys.read(path, lambda prompt: "")
            values: dict[str, Any] = {"use": use, "key_id": key.id, "public": ""}
            values |= {"not_before": "2026-10-01", "not_after": "2099-12-31"}
            values |= {"seed": key.seed.hex()}
            book.add([Event(new_subject(), "key_kept", str(TODAY), HANDLER, values)])
    return store


def board(store: Path, number: int, made: practice.Practice) -> None:
    """Make the board of a week and publish it."""
    out = made.site.parent / "board.bin"
    with opened(store) as book:
        file.write(out, boardmaking.make(book, boards.order(number)).octets)
    trust = trusted.of_practice(made.keys.parent, made.site.parent / "trust")
    publishing.publish(publishing.Order(out, str(made.site), trust, boards.week(number)))


def command(verb: str, *arguments: str | Path, made: practice.Practice, on: date = TODAY) -> Any:
    return desk("canary", verb, *arguments, "--site-key", half(made), "--today", str(on))


def finding(out: Path, made: practice.Practice) -> tuple[str, int]:
    """What the board that is served says of a canary."""
    keys = keylist.parse(made.keys.read_text("ascii"), keylist.public_of(keylist_entry(made)))
    served = (made.site / "board.bin").read_bytes()
    return canary.check(canary.read(out), served, board_key=canary_round.board_key(keys))


def test_the_whole_round(round_trip: practice.Practice, address: str, tmp_path: Path) -> None:
    """Sent as a browser does, not yet on a board, then found; known and counted nowhere."""
    out, store = tmp_path / "canary", make_store(round_trip, tmp_path)
    sent = command("send", address, "--out", out, made=round_trip)
    assert (sent.returncode, sent.stderr) == (0, "")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert round_trip.names() == {canary.read(out).object}
    board(store, 1, round_trip)
    assert finding(out, round_trip) == ("not_yet", 1)
    with opened(store) as book:
        assert canaries.know(book, out, today=TODAY)
        assert not canaries.know(book, out, today=TODAY)
        intakes.take(book, round_trip.drop)
        (case,) = book.cases.values()
        assert (case.canary, inbox.counts(inbox.inbox(book))["new"]) == (True, 0)
        assert (inbox.agenda(book, TODAY), rows.of(case)) == ([], None)
    board(store, 2, round_trip)
    assert finding(out, round_trip) == ("found", 2)


def test_a_canary_that_is_not_acknowledged_is_overdue_after_two_epochs(
    round_trip: practice.Practice, address: str, tmp_path: Path
) -> None:
    """The desk makes boards and never fetched it."""
    out, store = tmp_path / "canary", make_store(round_trip, tmp_path)
    board(store, 1, round_trip)
    assert command("send", address, "--out", out, made=round_trip).returncode == 0
    found = []
    for number in (2, 3):
        board(store, number, round_trip)
        found.append(finding(out, round_trip))
    assert found == [("not_yet", 2), ("overdue", 3)]


def test_the_site_key_comes_from_the_reader_and_not_from_the_site(
    round_trip: practice.Practice, tmp_path: Path
) -> None:
    """A list that another key signed is refused, and nothing is sent to it."""
    other = tmp_path / "other"
    for use in ("intake", "board", "site"):
        practice.make_key(other, use)
    practice.publish(other)
    with practice.running(replace(round_trip, keys=other / "keys.json")) as address:
        sent = command("send", address, "--out", tmp_path / "c", made=round_trip)
    assert (sent.returncode, "not signed by this site key" in sent.stderr) == (1, True)
    assert not (tmp_path / "c").exists()
    assert round_trip.names() == set()
    wrong = desk(
        "canary",
        "send",
        address,
        "--out",
        tmp_path / "c",
        "--site-key",
        half(made=round_trip, use="board"),
    )
    assert "not a site key" in wrong.stderr


def send(made: practice.Practice, port: int, out: Path) -> DeskError:
    """Send a canary that does not come through; returns what is said."""
    site_key = keylist.public_of(keylist_entry(made))
    with pytest.raises(DeskError) as raised:
        canary_round.send(f"http://127.0.0.1:{port}", out, site_key=site_key, today=TODAY)
    return raised.value


def test_a_drop_that_refused_leaves_no_file(round_trip: practice.Practice, tmp_path: Path) -> None:
    """What was not sent cannot become overdue: a server in front knows a drop with other keys only."""
    unknown = canned("400 Bad Request", '{"error":"key_unknown"}', "application/json")
    with stores.serve(round_trip.deployment, f"files:{tmp_path}", tmp_path / "log") as server:
        real = passing_on(f"http://127.0.0.1:{server.port}")

        def act(request: bytes, line: socket.socket) -> None:
            (unknown if request.startswith(b"POST") else real)(request, line)

        with door(act) as opened:
            said = send(round_trip, int(opened.endpoint.rpartition(":")[2]), tmp_path / "c")
    assert said.message == "the drop answered 400: not stored"
    assert not (tmp_path / "c").exists()


def test_a_drop_in_trouble_may_have_stored_it(
    round_trip: practice.Practice, tmp_path: Path
) -> None:
    """An answer of 500 and more says nothing about the object, so the file stays and the words say so."""
    (tmp_path / "gone").mkdir()
    blocked = f"files:{tmp_path / 'gone'}"
    with stores.serve(round_trip.deployment, blocked, tmp_path / "log") as server:
        shutil.rmtree(tmp_path / "gone")
        (tmp_path / "gone").write_bytes(b"")
        said = send(round_trip, server.port, tmp_path / "c")
    assert (said.message, "may have been stored" in said.hint) == ("the drop answered 503", True)
    assert (tmp_path / "c").exists()


class LostAnswer(BaseHTTPRequestHandler):
    """Hands everything on, and loses the answer to what was dropped, as a bad connection does."""

    behind = ""

    def do_GET(self) -> None:
        with suppress(HTTPError), urlopen(self.behind + self.path) as answer:
            self.send_response(answer.status)
            self.end_headers()
            self.wfile.write(answer.read())
            return
        self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        with urlopen(Request(self.behind + self.path, body, dict(self.headers))) as answer:
            assert answer.status == 204

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def losing(address: str) -> Iterator[int]:
    """Give the port of a connection to the site that loses the answer of the drop."""
    kind = type("Losing", (LostAnswer,), {"behind": address})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_canary_whose_answer_was_lost_is_still_a_canary(
    round_trip: practice.Practice, losing: int, tmp_path: Path
) -> None:
    """It arrived, and the desk knows it by the file, which stayed."""
    said = send(round_trip, losing, tmp_path / "c")
    assert "may have been stored" in said.hint
    assert round_trip.names() == {canary.read(tmp_path / "c").object}
    with opened(make_store(round_trip, tmp_path)) as book:
        canaries.know(book, tmp_path / "c", today=TODAY)
        intakes.take(book, round_trip.drop)
        assert [case.canary for case in book.cases.values()] == [True]


def keylist_entry(made: practice.Practice) -> keylist.KeyEntry:
    from desk.keys import ceremony

    return ceremony.read_public(half(made)).entry


@pytest.mark.parametrize("address", ["example.org", "file:///etc/passwd", "ftp://x", "http://"])
def test_only_a_site_has_an_address(address: str) -> None:
    """Nothing but http and https is opened."""
    with pytest.raises(DeskError, match="no address of a site"):
        canary_round.Web(address)


def test_canaries_are_no_flood_and_go_after_half_a_year(tmp_path: Path) -> None:
    """However many: each is acknowledged, none is counted, and none stays."""
    with opened(boards.make_store(tmp_path)) as book:
        words = [boards.first_word(f"canary {n}", story="Always the same.") for n in range(30)]
        for n in range(30):
            mark = boards.mark(f"canary {n}").hex()
            values: dict[str, Any] = {"code": mark, "object": "0" * 64}
            book.add([Event("0" * 32, "canary", str(TODAY), HANDLER, values)])
        boards.send(tmp_path / "stick", *words)
        tally = intakes.take(book, tmp_path / "stick")
        assert (tally.new, dict(tally.floods)) == (30, {})
        assert boards.make(book, 1).receipts == 30
        later = date(2027, 6, 1)
        erased = retention.run(book, today=later, row=rows.kept)
        assert ({one.why for one in erased}, len(book.cases)) == ({"canary"}, 0)
        assert all(event.values["row"] == {} for event in book.logged("erased"))
