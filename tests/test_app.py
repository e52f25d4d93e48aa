"""Steps 1, 3 and 9: the app over a real port, its pages, headers, limits and silences."""

import asyncio
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from functions import content_types
from functions.app import Limits, create_app
from functions.errors import SetupError
from functions.store_files import FileStore
from tests.stores import (
    REPO,
    Deployment,
    KeptFiles,
    exchange,
    headers_for,
    make_deployment,
    make_object,
    name_of,
    post,
    read_reply,
    serve,
    serve_in_thread,
    start,
)

CANARY = "canary-7f3a"


@pytest.fixture(scope="module")
def port(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run the app with a file store for the whole module."""
    folder = tmp_path_factory.mktemp("app")
    with serve(deployment, f"files:{folder}", folder / "output") as server:
        yield server.port
        assert server.output() == b""


def get(path: str, method: str = "GET", more: str = "") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nhost: localhost\r\n{more}\r\n".encode("latin-1")


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/", 200, b"<p>start"),
        ("/nl/write/", 200, b"<p>form"),
        ("/nl/write/index.html", 200, b"<p>form"),
        ("/nothing", 404, b"<p>not here"),
        ("/nl/nothing/", 404, b"<p>not here"),
        ("/drop/", 404, b"<p>not here"),
        ("//nl/write/", 404, b"<p>not here"),
        ("/nl/../nl/write/", 404, b"<p>not here"),
        ("/nl/%2e%2e/nl/write/", 404, b"<p>not here"),
        ("/../keys.json", 404, b"<p>not here"),
        ("/%2e%2e/keys.json", 404, b"<p>not here"),
        ("/%00", 404, b"<p>not here"),
        ("/" + "a" * 300, 404, b"<p>not here"),
    ],
)
def test_a_page_has_one_address_and_all_else_is_the_site_s_404(
    port: int, path: str, status: int, body: bytes
) -> None:
    """Built pages are served; nothing outside the site is, nor any page in a second spelling."""
    reply = exchange(port, get(path))
    assert (reply.status, reply.body) == (status, body)


@pytest.mark.parametrize(
    "request_",
    [
        get("/"),
        get("/", "HEAD", "connection: close\r\n"),
        get("/nl/write"),
        get("/nothing"),
        get("/", "POST", "content-length: 0\r\n"),
        get("/drop"),
        get("/drop", "POST"),
        get("/", more="if-none-match: *\r\n"),
        get("/", more="range: bytes=900-\r\n"),
        post(make_object()),
    ],
)
def test_every_answer_carries_the_default_headers(port: int, request_: bytes) -> None:
    """Pages, redirects, errors and the drop: no answer leaves without the site's policy."""
    reply = exchange(port, request_)
    assert reply.headers["content-security-policy"] == "default-src 'none'"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert not {"server", "set-cookie", "x-powered-by"} & set(reply.headers)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/", "no-cache"), ("/nl/write/", "no-store"), ("/drop", "no-store")],
)
def test_the_form_page_and_the_drop_are_not_kept(port: int, path: str, expected: str) -> None:
    """A browser may keep reading pages for a while, and never the form or an answer to it."""
    assert exchange(port, get(path)).headers["cache-control"] == expected


def test_a_folder_without_its_slash_is_sent_on_within_the_site(port: int) -> None:
    """The redirect names a path only; a host name that somebody made up is not repeated."""
    request = f"GET /nl/write HTTP/1.1\r\nhost: {CANARY}.test\r\n\r\n".encode()
    reply = exchange(port, request)
    assert (reply.status, reply.headers["location"]) == (307, "/nl/write/")
    assert CANARY not in str(reply)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_pages_are_only_read(port: int, method: str) -> None:
    """A page takes no other method than GET and HEAD."""
    reply = exchange(port, get("/", method, "content-length: 0\r\n"))
    assert (reply.status, reply.headers["allow"], reply.body) == (405, "GET, HEAD", b"")


@pytest.mark.parametrize("request_", [b"\x16\x03\x01\r\n\r\n", b"GET \xff HTTP/1.1\r\n\r\n"])
def test_what_is_not_http_gets_400_and_is_written_nowhere(port: int, request_: bytes) -> None:
    """Noise on the port is refused; that it was not printed is checked when the server stops."""
    assert exchange(port, request_).status == 400


def test_two_objects_can_follow_each_other_on_one_connection(port: int) -> None:
    """A refused object does not spoil the connection for the next."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(post(make_object(), {"content-type": "text/plain"}))
        assert read_reply(connection).error == "type"
        connection.sendall(post(make_object()))
        assert read_reply(connection).status == 204


class BrokenStore:
    """Fails in a way that no one foresaw."""

    def put(self, name: str, body: bytes) -> None:
        raise RuntimeError(CANARY)


class SlowStore:
    """Takes as long as the test wants."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.started = threading.Semaphore(0)

    def put(self, name: str, body: bytes) -> None:
        self.started.release()
        self.go_on.wait(30)


def test_an_unforeseen_fault_is_503_and_says_nothing(
    deployment: Deployment, capfd: pytest.CaptureFixture[str]
) -> None:
    """The sender hears `store`; the fault's text reaches neither her nor a log."""
    app = create_app(deployment.site, deployment.keys, BrokenStore())
    with serve_in_thread(app) as port:
        reply = exchange(port, post(make_object()))
    assert (reply.status, reply.error) == (503, "store")
    assert reply.headers["content-security-policy"] == "default-src 'none'"
    assert capfd.readouterr() == ("", "")


def test_a_store_that_takes_too_long_is_503(deployment: Deployment) -> None:
    """The sender is not left waiting: after the limit the answer is not stored."""
    store = SlowStore()
    app = create_app(deployment.site, deployment.keys, store, Limits(store_seconds=0.1))
    with serve_in_thread(app) as port:
        reply = exchange(port, post(make_object()))
        store.go_on.set()
    assert (reply.status, reply.error) == (503, "store")


def test_too_many_at_once_are_429_and_room_comes_back(deployment: Deployment) -> None:
    """With all places taken the next is told `busy`; once they are done it is taken."""
    store = SlowStore()
    app = create_app(deployment.site, deployment.keys, store, Limits(open_drops=2))
    with serve_in_thread(app) as port, ThreadPoolExecutor(2) as pool:
        first = [pool.submit(exchange, port, post(make_object())) for _ in range(2)]
        assert all(store.started.acquire(timeout=30) for _ in first)
        refused = exchange(port, post(make_object()))
        store.go_on.set()
        assert [future.result().status for future in first] == [204, 204]
        assert exchange(port, post(make_object())).status == 204
    assert (refused.status, refused.error) == (429, "busy")


def test_a_length_beside_a_transfer_coding_is_no_length(deployment: Deployment) -> None:
    """Two ways to end a body are a way to hide a second one, so it is not read at all.

    uvicorn refuses this by itself; the app is asked directly, as another server might.
    """
    fields = headers_for(b"") | {"content-length": "16384", "transfer-encoding": "chunked"}
    headers = [(name.encode(), value.encode()) for name, value in fields.items()]
    scope = {"type": "http", "method": "POST", "path": "/drop", "headers": headers}
    sent: list[dict] = []

    async def never() -> None:
        raise AssertionError

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(create_app(deployment.site, deployment.keys, SlowStore())(scope, never, send))
    assert sent[0]["status"] == 411


def test_nothing_is_answered_to_what_is_not_http(deployment: Deployment) -> None:
    """Start-up and web socket events of a server are passed over without an error."""
    app = create_app(deployment.site, deployment.keys, SlowStore())

    async def never(*_: object) -> None:
        raise AssertionError

    for kind in ("lifespan", "websocket"):
        asyncio.run(app({"type": kind}, never, never))


def test_a_stop_lets_the_object_under_way_finish(deployment: Deployment, tmp_path: Path) -> None:
    """SIGTERM between the first and the second half of a body: it is still stored and answered."""
    server = start(deployment, f"files:{tmp_path}", tmp_path / "output")
    body = make_object()
    request = post(body)
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(request[:9_000])
        # An answered request on a second line proves that the first half was taken in before.
        assert exchange(server.port, get("/")).status == 200
        server.process.send_signal(signal.SIGTERM)
        connection.sendall(request[9_000:])
        assert read_reply(connection).status == 204
    assert server.process.wait(timeout=30) in (0, -signal.SIGTERM)
    assert KeptFiles(tmp_path).objects() == {name_of(body): body}
    assert server.output() == b""


def test_every_file_has_the_type_that_the_contract_says(tmp_path: Path) -> None:
    """Whatever tables this machine has; list and log are shown and not downloaded, which would leave a trace."""
    deployment = make_deployment(tmp_path)
    types = {
        name: content_types.of(name)
        for name in ("SHA256SUMS", "manifests.jsonl", "x.yml", "x.js", "x.xml")
    }
    for name in types:
        (deployment.site / name).write_text("x", "utf-8")
    with serve(deployment, f"files:{tmp_path}", tmp_path / "said") as server:
        found = {
            name: exchange(server.port, get(f"/{name}")).headers["content-type"] for name in types
        }
    assert found == types
    assert types["SHA256SUMS"] == types["manifests.jsonl"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("missing", ["site/404.html", "site.headers.json", "keys.json"])
def test_an_app_without_one_of_its_files_does_not_start(tmp_path: Path, missing: str) -> None:
    """No page, no policy or no key: better no server than one that looks fine."""
    deployment = make_deployment(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises((SetupError, OSError)):
        create_app(deployment.site, deployment.keys, FileStore(tmp_path / "store"))


@pytest.mark.parametrize("store", ["files:", "s3:", "tape:x", "", "files:/dev/null/x"])
def test_a_wrong_command_line_ends_with_a_sentence_and_a_hint(
    deployment: Deployment, store: str
) -> None:
    """The operator sees what is wrong and what to do, and no traceback."""
    command = [sys.executable, "-m", "functions", "--store", store, "--port", "0"]
    command += ["--site", str(deployment.site), "--keys", str(deployment.keys)]
    ended = subprocess.run(command, cwd=REPO, capture_output=True, text=True, timeout=30)
    assert ended.returncode == 1
    assert ended.stderr.startswith("functions: ")
    assert "\nhint: " in ended.stderr
    assert "Traceback" not in ended.stderr


def test_headers_of_a_new_build_count_without_a_restart(tmp_path: Path) -> None:
    """A build with one more form page: its policy is sent at once; half a file leaves the one before."""
    deployment = make_deployment(tmp_path)
    beside = tmp_path / "site.headers.json"
    with serve(deployment, f"files:{tmp_path}", tmp_path / "said") as server:
        assert exchange(server.port, get("/")).headers["cache-control"] == "no-cache"
        beside.write_text(beside.read_text("utf-8").replace("/nl/write/", "/"), "utf-8")
        assert exchange(server.port, get("/")).headers["cache-control"] == "no-store"
        beside.write_text("{", "utf-8")
        for _ in range(2):
            assert exchange(server.port, get("/")).headers["cache-control"] == "no-store"
    assert server.output().count(b"\n") == 1
    assert b"site.headers.json is not taken" in server.output()
