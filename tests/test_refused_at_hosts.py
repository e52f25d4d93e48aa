"""Step 3: every way in which the drop says no, through each server in front of it: the site's headers, once.

Where a server answers by itself it says them too. Of requests that a browser does not send (a head of 40,000 bytes,
an expectation) Caddy's own library answers without any header, which nobody can change.
"""

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from functions.shape import Refusal
from tests import server_front
from tests.server_front import RECORD, Running
from tests.stores import headers_for, make_object

STARTS = {
    "alone": server_front.alone,
    "caddy": server_front.behind_caddy,
    "caddy of the press": server_front.behind_pressed_caddy,
    "nginx": server_front.behind_nginx,
}
STORED, GONE = 204, 502
# A server in front may count the bytes itself, and then says 0 of none. Caddy 2.6, for which the press does not write
# its lines, may break off what is too large in the middle.
STATUSES = {"LENGTH_MISSING": {411, 400}, "TOO_LARGE": {413, GONE}}
# The disk that is full and too many at once: tests/test_server_silence.py and test_app.py.
LEFT = {Refusal.STORE, Refusal.BUSY, Refusal.INCOMPLETE}


def sent(body: bytes, method: str = "POST", **more: str) -> bytes:
    """A request to the drop; an empty value leaves that header out."""
    fields = {"host": "localhost", "connection": "close"} | headers_for(body)
    fields |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = [f"{name}: {value}\r\n" for name, value in fields.items() if value]
    return f"{method} /drop HTTP/1.1\r\n{''.join(lines)}\r\n".encode() + body


def kinds() -> dict[Refusal, bytes]:
    """A request for each refusal that a request alone can bring about."""
    body = make_object()
    return {
        Refusal.METHOD: sent(b"", "GET"),
        Refusal.LENGTH_MISSING: sent(b"", content_length=""),
        Refusal.TOO_LARGE: sent(body + b"x"),
        Refusal.TYPE: sent(body, content_type="text/plain"),
        Refusal.SIZE: sent(body[:100]),
        Refusal.VERSION: sent(b"\x09" + body[1:]),
        Refusal.SUITE: sent(body[:1] + b"\x09" + body[2:]),
        Refusal.KEY_UNKNOWN: sent(make_object(key_id=b"nobody's")),
        Refusal.HASH: sent(body, x_amz_content_sha256="00"),
    }


def asked(port: int, request: bytes) -> tuple[int, list[tuple[str, str]]]:
    """Status and header lines of an answer, as they come; the server closes the line behind it.

    One that closes before it has read all of a large body may take its answer along, and is asked again.
    """
    answer = next(filter(None, (_answer(port, request) for _ in range(20))))
    first, *lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    split = [line.partition(":") for line in lines]
    return int(first.split()[1]), [(name.lower(), value.strip()) for name, _, value in split]


def _answer(port: int, request: bytes) -> bytes:
    with (
        socket.create_connection(("127.0.0.1", port), timeout=30) as connection,
        suppress(ConnectionError),
    ):
        connection.sendall(request)
        with connection.makefile("rb") as stream:
            return stream.read()
    return b""


def demand(lines: list[tuple[str, str]], where: object) -> None:
    """Each header of the record once; an answer of the drop is never kept."""
    for name, value in {**RECORD.at("/drop"), "Cache-Control": "no-store"}.items():
        assert [said for known, said in lines if known == name.lower()] == [value], (where, name)


@pytest.fixture(params=STARTS)
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    """Run the app, alone or behind one of the servers."""
    with STARTS[request.param](tmp_path) as both:
        yield both


def test_every_refusal_has_the_headers_of_the_site_once(running: Running) -> None:
    """Those of the drop, those that a server in front gives itself, and what is stored."""
    assert kinds().keys() == {*Refusal} - LEFT
    for refusal, request in kinds().items():
        status, lines = asked(running.port, request)
        assert status in STATUSES.get(refusal.name, {refusal.status}), refusal
        demand(lines, refusal)
    status, lines = asked(running.port, sent(make_object()))
    assert status == STORED
    demand(lines, status)
    if running.front:
        running.app.kill()
        running.app.wait()
        running.listener.close()
        status, lines = asked(running.port, sent(make_object()))
        assert status == GONE
        demand(lines, status)
