"""How the benchmark weighs a visit: what a real Chromium fetched, all of it or an error."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
import pytest
from playwright.sync_api import Browser

from tests.bench import weight

PAGE = (
    b"<!doctype html><title>weighed</title><link rel=icon href=data:,><script src=/a.js></script>"
)
TWICE = b"fetch('/b.txt', {cache: 'no-store'}).then(() => fetch('/b.txt', {cache: 'no-store'}))"
FILES = {
    "/": PAGE,
    "/a.js": TWICE,
    "/b.txt": b"words " * 99,
    "/broken": b"<!doctype html><title>broken</title><link rel=icon href=data:,><img src=/nothing.png>",
}


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = FILES.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/plain" if self.path == "/b.txt" else "text/html")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def files() -> Iterator[str]:
    """Give the address of a server with four files."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_what_is_fetched_twice_counts_twice(chromium: Browser, files: str) -> None:
    """Page, script, and a text that the script fetches two times: four requests and all their bytes."""
    found = weight.visit(chromium, f"{files}/")
    sizes = {path: len(brotli.compress(body)) for path, body in FILES.items()}
    assert found.requests == 4
    assert found.script == sizes["/a.js"]
    assert found.total == sizes["/"] + sizes["/a.js"] + 2 * sizes["/b.txt"]


def test_without_script_only_the_page_is_weighed(chromium: Browser, files: str) -> None:
    """A browser whose script is off fetches less, and that is a visit too."""
    assert weight.visit(chromium, f"{files}/", script=False).script == 0


def test_a_body_that_does_not_come_is_an_error_and_no_lighter_page(
    chromium: Browser, files: str
) -> None:
    """A figure that is too good because something was missing would be believed."""
    with pytest.raises(RuntimeError, match=r"nothing\.png was not answered"):
        weight.visit(chromium, f"{files}/broken")
