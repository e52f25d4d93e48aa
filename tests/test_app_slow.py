"""Step 3: senders beside those who begin a request and do not finish it, over real sockets."""

import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from functions import line
from functions.app import Limits, create_app
from functions.line import ImpatientProtocol
from functions.store_files import FileStore
from tests.stores import (
    REPO,
    Deployment,
    KeptFiles,
    exchange,
    make_object,
    name_of,
    post,
    read_reply,
    serve,
    serve_in_thread,
)

HALF_OPEN, HONEST = 500, 50
WHOLE = post(make_object())
HEAD = WHOLE.index(b"\r\n\r\n")
BEGUN = {"nothing": 0, "first_line": 20, "half_head": HEAD - 10, "no_body": HEAD + 4}
BEGUN |= {"half_body": HEAD + 8_192, "all_but_one": len(WHOLE) - 1}


@contextmanager
def begun(port: int, count: int, lengths: tuple[int, ...]) -> Iterator[list[socket.socket]]:
    """Hold connections on which only so many bytes of a request were sent."""
    with ExitStack() as stack:
        lines = []
        for number in range(count):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            one.sendall(WHOLE[: lengths[number % len(lengths)]])
            lines.append(one)
        yield lines


def send_all(port: int, bodies: list[bytes]) -> list[int]:
    """Status of each of many senders at once."""
    with ThreadPoolExecutor(len(bodies)) as pool:
        return [r.status for r in pool.map(lambda body: exchange(port, post(body)), bodies)]


def test_half_open_requests_close_the_drop_to_nobody(
    deployment: Deployment, tmp_path: Path
) -> None:
    """Five hundred that stop in head or body, from one address, beside fifty who send: all stored."""
    bodies = [make_object() for _ in range(HONEST)]
    with (
        serve(deployment, f"files:{tmp_path}", tmp_path / "output") as server,
        begun(server.port, HALF_OPEN, tuple(BEGUN.values())),
    ):
        assert send_all(server.port, bodies) == [204] * HONEST
    assert KeptFiles(tmp_path).objects() == {name_of(body): body for body in bodies}
    assert server.output() == b""


def test_the_app_holds_more_connections_than_a_service_is_given(tmp_path: Path) -> None:
    """A soft limit of 64 files is raised as far as this user may, before anybody connects."""
    code = (
        "import resource; from functions.line import allow_many\n"
        "allow_many(); print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=REPO,
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard)),
    )
    assert int(done.stdout) > 1_024, done.stderr


def test_a_body_that_stays_half_is_given_up(deployment: Deployment, tmp_path: Path) -> None:
    """After its time it is answered `incomplete`, and the connection ends."""
    app = create_app(
        deployment.site, deployment.keys, FileStore(tmp_path), Limits(body_seconds=0.1)
    )
    with serve_in_thread(app) as port, begun(port, 1, (BEGUN["half_body"],)) as (half,):
        reply = read_reply(half)
        assert (reply.status, reply.error, half.recv(1)) == (400, "incomplete", b"")


def test_the_oldest_half_body_makes_room(deployment: Deployment, tmp_path: Path) -> None:
    """What the app holds is bounded: the one under way for longest goes, never the one that comes."""
    app = create_app(deployment.site, deployment.keys, FileStore(tmp_path), Limits(half_bodies=2))
    with serve_in_thread(app) as port, begun(port, 1, (BEGUN["half_body"],)) as (oldest,):
        assert exchange(port, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").status == 200
        with begun(port, 2, (BEGUN["all_but_one"],)) as others:
            assert read_reply(oldest).error == "incomplete"
            for other in others:
                other.sendall(WHOLE[-1:])
                assert read_reply(other).status == 204


@pytest.mark.parametrize("sent", ["nothing", "first_line", "half_head"])
def test_a_head_that_does_not_end_costs_the_connection(
    deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: str
) -> None:
    """Without an answer and without a wait for ever, also when bytes keep coming."""
    monkeypatch.setattr(line, "HEAD_SECONDS", 0.3)
    app = create_app(deployment.site, deployment.keys, FileStore(tmp_path))
    with serve_in_thread(app, ImpatientProtocol) as port, begun(port, 1, (BEGUN[sent],)) as (one,):
        assert one.recv(1) == b""
        assert exchange(port, post(make_object())).status == 204


def test_a_second_head_has_its_time_too(
    deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that began well is no place to wait for ever."""
    monkeypatch.setattr(line, "HEAD_SECONDS", 0.3)
    app = create_app(deployment.site, deployment.keys, FileStore(tmp_path))
    with (
        serve_in_thread(app, ImpatientProtocol) as port,
        socket.create_connection(("127.0.0.1", port), timeout=30) as one,
    ):
        one.sendall(post(make_object()))
        assert read_reply(one).status == 204
        one.sendall(WHOLE[: BEGUN["half_head"]])
        assert one.recv(1) == b""


def test_an_answer_may_take_longer_than_a_head(
    deployment: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the head is there, only the app's own times count."""
    monkeypatch.setattr(line, "HEAD_SECONDS", 0.1)
    app = create_app(
        deployment.site, deployment.keys, FileStore(tmp_path), Limits(body_seconds=0.5)
    )
    with (
        serve_in_thread(app, ImpatientProtocol) as port,
        begun(port, 1, (BEGUN["half_body"],)) as (half,),
    ):
        assert read_reply(half).error == "incomplete"
