"""Step 4: one contract for both stores, through the running app on a loopback port.

The stores are real: a folder, and a bucket on SeaweedFS. Every refusal is looked at from both
sides: the answer, and what the store holds afterwards.
"""

import os
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from functions.app import Limits, create_app
from functions.store import Store
from functions.store_files import FileStore
from functions.store_s3 import S3Store
from tests.stores import (
    CREDENTIALS,
    OBJECT_BYTES,
    Deployment,
    Kept,
    KeptFiles,
    KeptS3,
    Reply,
    Server,
    exchange,
    make_object,
    name_of,
    post,
    read_reply,
    serve,
    serve_in_thread,
)

CANARY = b"canary-51d0c2"
RACERS = 16


@dataclass(frozen=True)
class Running:
    """The app, and the store behind it as the test sees it."""

    server: Server
    kept: Kept


@pytest.fixture(scope="module", params=["files", "s3"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Give an empty store of each kind."""
    if request.param == "files":
        return KeptFiles(tmp_path_factory.mktemp("contract"))
    weed = request.getfixturevalue("weed")
    return KeptS3(weed.endpoint, weed.new_bucket())


@pytest.fixture(scope="module")
def running(
    kept: Kept, deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """Run the app on the store; at the end it must have written nothing at all."""
    written = tmp_path_factory.mktemp("written") / "output"
    env = CREDENTIALS | {"AWS_ENDPOINT_URL_S3": getattr(kept, "endpoint", "")}
    with serve(deployment, kept.argument, written, env) as server:
        yield Running(server, kept)
        assert server.output() == b""


def test_the_first_put_and_the_second_are_both_204(running: Running) -> None:
    """Sending the same bytes twice leaves one whole object under its name."""
    before = running.kept.objects()
    body = make_object()
    for _ in range(2):
        reply = exchange(running.server.port, post(body))
        assert (reply.status, reply.body) == (204, b"")
    assert running.kept.objects() == before | {name_of(body): body}


def test_a_race_of_the_same_object_ends_with_one(running: Running) -> None:
    """Sixteen at once: each is told 204, one object is there."""
    before = running.kept.objects()
    body = make_object()
    request = post(body)
    with ThreadPoolExecutor(RACERS) as pool:
        jobs = [pool.submit(exchange, running.server.port, request) for _ in range(RACERS)]
        statuses = [job.result().status for job in jobs]
    assert statuses == [204] * RACERS
    assert running.kept.objects() == before | {name_of(body): body}


def test_different_objects_at_once_are_all_kept(running: Running) -> None:
    """Sixteen different objects at once are sixteen objects."""
    before = running.kept.objects()
    bodies = [make_object() for _ in range(RACERS)]
    with ThreadPoolExecutor(RACERS) as pool:
        replies = pool.map(lambda body: exchange(running.server.port, post(body)), bodies)
        assert [reply.status for reply in replies] == [204] * RACERS
    assert running.kept.objects() == before | {name_of(body): body for body in bodies}


def _canaried(size: int = OBJECT_BYTES) -> bytes:
    return (make_object(10) + CANARY + os.urandom(size))[:size]


def _changed(offset: int, byte: int) -> bytes:
    body = _canaried()
    return body[:offset] + bytes([byte]) + body[offset + 1 :]


CHUNKED = {"content-length": "", "transfer-encoding": "chunked"}


def _chunked() -> bytes:
    body = _canaried()
    head, _, _ = post(body, CHUNKED).partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"


DEFECTS: dict[str, tuple[int, str, Callable[[], bytes]]] = {
    "method_get": (405, "method", lambda: post(_canaried()).replace(b"POST", b"GET", 1)),
    "method_put": (405, "method", lambda: post(_canaried()).replace(b"POST", b"PUT", 1)),
    "length_missing": (411, "length_missing", lambda: post(b"", {"content-length": ""})),
    "chunked": (411, "length_missing", _chunked),
    "one_byte_long": (413, "too_large", lambda: post(_canaried(OBJECT_BYTES + 1))),
    "reserved_class": (413, "too_large", lambda: post(_canaried(65_536))),
    "ten_mebibytes": (413, "too_large", lambda: post(_canaried(10 * 2**20))),
    "type_other": (415, "type", lambda: post(_canaried(), {"content-type": CANARY.decode()})),
    "type_missing": (415, "type", lambda: post(_canaried(), {"content-type": ""})),
    "empty": (400, "size", lambda: post(b"")),
    "one_byte_short": (400, "size", lambda: post(_canaried(OBJECT_BYTES - 1))),
    "version": (400, "version", lambda: post(_changed(0, 2))),
    "suite": (400, "suite", lambda: post(_changed(1, 2))),
    "key_unknown": (400, "key_unknown", lambda: post(_changed(2, 0xEE))),
    "hash_missing": (400, "hash", lambda: post(_canaried(), {"x-amz-content-sha256": ""})),
    "hash_wrong": (400, "hash", lambda: post(_canaried(), {"x-amz-content-sha256": "0" * 64})),
    "hash_other": (
        400,
        "hash",
        lambda: post(_canaried(), {"x-amz-content-sha256": CANARY.decode()}),
    ),
}


def assert_refused(reply: Reply, status: int, code: str) -> None:
    """The answer is the code and nothing that was sent."""
    assert (reply.status, reply.error) == (status, code)
    assert reply.headers["content-type"] == "application/json"
    whole = repr(reply).encode()
    assert CANARY not in whole
    assert b"Traceback" not in whole


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_refused_and_nothing_is_stored(running: Running, defect: str) -> None:
    """Each defect has its own code; the store is as before; nothing sent comes back."""
    status, code, make = DEFECTS[defect]
    before = running.kept.objects()
    marks = b"HTTP/1.1\r\nuser-agent: %b\r\ncookie: a=%b\r\n" % (CANARY, CANARY)
    request = make().replace(b"HTTP/1.1\r\n", marks, 1)
    reply = exchange(running.server.port, request.replace(b"/drop", b"/drop?" + CANARY, 1))
    assert_refused(reply, status, code)
    assert running.kept.objects() == before


def test_a_wrong_head_is_answered_before_the_body(running: Running) -> None:
    """Only the head of ten mebibytes is sent, and the answer is there already."""
    head, _, _ = post(_canaried(10 * 2**20)).partition(b"\r\n\r\n")
    reply = exchange(running.server.port, head + b"\r\n\r\n")
    assert_refused(reply, 413, "too_large")


def _store_behind(kept: Kept) -> Store:
    if isinstance(kept, KeptFiles):
        return FileStore(kept.root)
    assert isinstance(kept, KeptS3)
    return S3Store(kept.bucket, endpoint=kept.endpoint, region=CREDENTIALS["AWS_REGION"])


@pytest.fixture
def hasty_port(
    kept: Kept, deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> Iterator[int]:
    """Run the app on the same store with a fifth of a second for a body."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    limits = Limits(body_seconds=0.2)
    app = create_app(deployment.site, deployment.keys, _store_behind(kept), limits)
    with serve_in_thread(app) as port:
        yield port


def test_a_body_that_stops_is_incomplete(kept: Kept, hasty_port: int) -> None:
    """Half of a body and then silence: refused, the connection closed, nothing stored."""
    before = kept.objects()
    request = post(_canaried())
    with socket.create_connection(("127.0.0.1", hasty_port), timeout=30) as connection:
        connection.sendall(request[:9_000])
        reply = read_reply(connection)
    assert_refused(reply, 400, "incomplete")
    assert reply.headers["connection"] == "close"
    assert kept.objects() == before


def test_a_body_that_drips_is_incomplete(kept: Kept, hasty_port: int) -> None:
    """A byte now and then does not buy more time: the limit is for the whole body."""
    before = kept.objects()
    request = post(_canaried())
    with socket.create_connection(("127.0.0.1", hasty_port), timeout=0.02) as connection:
        connection.sendall(request[:9_000])
        reply = _drip(connection, request[9_000:])
    assert_refused(reply, 400, "incomplete")
    assert kept.objects() == before


def _drip(connection: socket.socket, rest: bytes) -> Reply:
    """Send a byte every 20 ms until the answer comes."""
    for byte in rest:
        connection.sendall(bytes([byte]))
        try:
            connection.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            continue
        return read_reply(connection)
    raise AssertionError("the whole body was taken")


def test_a_body_that_breaks_off_is_not_stored(kept: Kept, hasty_port: int) -> None:
    """The sender's line is cut in the middle: no object, and the next sender is served."""
    before = kept.objects()
    with socket.create_connection(("127.0.0.1", hasty_port), timeout=30) as connection:
        connection.sendall(post(_canaried())[:9_000])
    body = make_object()
    assert exchange(hasty_port, post(body)).status == 204
    assert kept.objects() == before | {name_of(body): body}
