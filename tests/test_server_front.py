"""Steps 1, 3 and 9 on an own server: the app's own tests, behind Caddy with the files that `install` puts there."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests import server_front, server_marks
from tests.runbook import HANDBOOK, LANGUAGES
from tests.server_front import RECORD, Running
from tests.stores import OBJECT_BYTES, REPO, Deployment, end, exchange, make_object, name_of, post

# The same tests as those of the app, on the port in front of it.
from tests.test_app import (
    get,
    test_a_folder_without_its_slash_is_sent_on_within_the_site,  # noqa: F401
    test_a_page_has_one_address_and_all_else_is_the_site_s_404,  # noqa: F401
    test_pages_are_only_read,  # noqa: F401
    test_two_objects_can_follow_each_other_on_one_connection,  # noqa: F401
    test_what_is_not_http_gets_400_and_is_written_nowhere,  # noqa: F401
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run both for the module; neither may have said anything by its end."""
    with server_front.behind_caddy(tmp_path_factory.mktemp("front")) as both:
        yield both
        assert b"127.0.0.1" not in both.said()


@pytest.fixture(scope="module")
def port(running: Running) -> int:
    """Where Caddy listens."""
    return running.port


def test_an_object_is_stored_and_answered(running: Running) -> None:
    """The whole way through the front: 204, and the bytes lie in the drop."""
    body = make_object()
    assert exchange(running.port, post(body)).status == 204
    assert running.kept.objects()[name_of(body)] == body


@pytest.mark.parametrize("path", ["/", "/nl/write/", "/nothing", "/drop"])
def test_every_answer_has_the_headers_of_the_site_once(port: int, path: str) -> None:
    """Those of the record, each a single time, and none that tells of a server."""
    said = answer_to(port, get(path, more="connection: close\r\n"))
    for name, value in RECORD.at(path).items():
        expected = "no-store" if (name, path) == ("Cache-Control", "/drop") else value
        assert said.count((name.lower(), expected)) == 1
        assert [found for found, _ in said].count(name.lower()) == 1
    assert not {"server", "via", "set-cookie", "x-powered-by"} & {name for name, _ in said}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_that_close_the_form_today_leave_pages_and_keys(
    language: str, tmp_path: Path
) -> None:
    """As the handbook has them for a server of one's own: nothing more is taken, and all else is served."""
    page = (HANDBOOK / language / "operators/end.md").read_text("utf-8")
    (line,) = re.findall(r"(?m)^sed .+$", page)
    with server_front.behind_caddy(tmp_path) as running:
        assert running.front
        assert exchange(running.port, post(make_object())).status == 204
        subprocess.run(["bash", "-c", line.replace("/etc/balie", str(tmp_path))], check=True)
        end(running.front)
        with server_front.caddy_again(running):
            assert exchange(running.port, post(make_object())).status == 503
            for path in ("/", "/nl/write/", "/keys.json"):
                assert exchange(running.port, get(path)).status == 200, path
        assert len(running.kept.objects()) == 1


def test_an_app_that_gets_two_sockets_does_not_start(deployment: Deployment) -> None:
    """It would serve on one of them, and whoever is sent to the other waits for ever."""
    code = 'LISTEN_PID=$$ LISTEN_FDS=2 exec "$@"'
    command = ["bash", "-c", code, "app", sys.executable, "-m", "functions", "--store", "files:/x"]
    command += ["--site", str(deployment.site), "--keys", str(deployment.keys)]
    with TemporaryDirectory() as store:
        command[command.index("files:/x")] = f"files:{store}"
        done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert done.stderr.startswith("functions: systemd hands over more than one socket")
    assert "\nhint: give the unit of the socket one line" in done.stderr


def answer_to(port: int, request: bytes) -> list[tuple[str, str]]:
    """The header lines of an answer, as they come."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as stream:
            head = stream.read().partition(b"\r\n\r\n")[0].decode("latin-1")
    lines = [line.partition(":") for line in head.split("\r\n")[1:]]
    return [(name.lower(), value.strip()) for name, _, value in lines]


def test_what_tells_of_a_person_does_not_reach_the_app(tmp_path: Path) -> None:
    """Address, agent, cookie, where from: Caddy knows them and hands none on. The app's place is taken by this test."""
    with server_front.caddy_alone(tmp_path) as (port, listener):
        sender = server_marks.Sender(port)
        with sender.connect() as connection:
            connection.sendall(sender.request())
            taken, _ = listener.accept()
            with taken:
                taken.settimeout(30)
                octets = b""
                while len(octets) < OBJECT_BYTES:
                    octets += taken.recv(65_536)
    head = octets.partition(b"\r\n\r\n")[0].lower()
    names = {line.partition(b":")[0] for line in head.split(b"\r\n")[1:]}
    needed = {b"host", b"content-type", b"content-length", b"x-amz-content-sha256"}
    # Caddy calls itself by name where nobody else is to be named.
    assert needed <= names <= needed | {b"accept-encoding", b"connection", b"via", b"user-agent"}
    told = (server_marks.ADDRESS, server_marks.AGENT, server_marks.PATH, server_marks.FORWARDED)
    assert not [mark for mark in told if mark.encode() in head]
