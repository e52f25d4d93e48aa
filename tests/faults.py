"""Shared by the fault tests of step 4: a door in front of S3 that misbehaves as told.

It speaks canned HTTP on loopback, since no real server fails on demand; where an object has to
be really stored or refused, it passes the bytes on to the real S3 server behind it.
"""

import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

Act = Callable[[bytes, socket.socket], None]


def canned(status: str, body: str, content_type: str = "application/xml", more: str = "") -> Act:
    """Answer with a status line and a body."""
    head = f"HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\nconnection: close\r\n{more}"
    whole = f"{head}content-length: {len(body)}\r\n\r\n{body}".encode()
    return lambda _, line: line.sendall(whole)


def s3_error(status: str, code: str) -> Act:
    return canned(status, f"<Error><Code>{code}</Code><Message>no</Message></Error>")


def cut(_: bytes, line: socket.socket) -> None:
    """Close the line without a word."""


def half_an_answer(_: bytes, line: socket.socket) -> None:
    """Begin a success and close the line before its headers end."""
    line.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n")


def hang(_: bytes, line: socket.socket) -> None:
    """Say nothing until the other side gives up."""
    line.settimeout(20)
    line.recv(1)


def drip(_: bytes, line: socket.socket) -> None:
    """Send a long header, a byte at a time, so that no single wait is long but the whole is."""
    line.sendall(b"HTTP/1.1 200 OK\r\nx-a: ")
    for _ in range(80):
        line.sendall(b"a")
        time.sleep(0.05)


def early(act: Act) -> Act:
    """Let an act begin when the head of a request is there, whatever comes of its body."""
    act.is_early = True  # type: ignore[attr-defined]
    return act


def _reset(line: socket.socket) -> None:
    """Close a line so that the other side is told of a reset, not of an end."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


@early
def reset_request(_: bytes, line: socket.socket) -> None:
    """Take a part of the body and reset the line."""
    line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    line.recv(4_096)
    _reset(line)


class Door(socketserver.ThreadingTCPServer):
    """Does one act per connection, in order; the last one is repeated for ever."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, acts: list[Act]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self._acts = acts
        self._lock = threading.Lock()
        self.visits = 0

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def next_act(self) -> Act:
        with self._lock:
            self.visits += 1
            return self._acts[min(self.visits, len(self._acts)) - 1]


class _Handler(socketserver.BaseRequestHandler):
    server: Door

    def handle(self) -> None:
        line = self.request
        try:
            begun = read_head(line)
            if begun:
                act = self.server.next_act()
                act(begun if getattr(act, "is_early", False) else read_rest(line, begun), line)
        except OSError:
            return  # the other side gave up first, as several tests want it to


def read_head(line: socket.socket) -> bytes:
    """Return a request as far as its head and what came with it; empty if the other side left."""
    whole = b""
    while b"\r\n\r\n" not in whole:
        part = line.recv(65_536)
        if not part:
            return b""
        whole += part
    return whole


def read_rest(line: socket.socket, whole: bytes) -> bytes:
    """Return one whole request, of which the head is there."""
    if b"100-continue" in whole.lower() and whole.endswith(b"\r\n\r\n"):
        line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    head, _, body = whole.partition(b"\r\n\r\n")
    fields = dict(row.lower().split(b": ", 1) for row in head.split(b"\r\n")[1:])
    while len(body) < int(fields.get(b"content-length", b"0")):
        body += line.recv(65_536)
    return head + b"\r\n\r\n" + body


def passed_on(endpoint: str, request: bytes) -> bytes:
    """Hand a request to the real server, and return its whole answer."""
    address = urlsplit(endpoint)
    head, _, body = request.partition(b"\r\n\r\n")
    rows = [row for row in head.split(b"\r\n") if not row.lower().startswith(b"expect:")]
    whole = b"\r\n".join([*rows, b"connection: close"]) + b"\r\n\r\n" + body
    with socket.create_connection((address.hostname, address.port), timeout=20) as behind:
        behind.sendall(whole)
        return b"".join(iter(lambda: behind.recv(65_536), b""))


def passing_on(endpoint: str, *, lose_the_answer: bool = False) -> Act:
    """Hand the request to the real server, and its answer back, or nothing back."""

    def act(request: bytes, line: socket.socket) -> None:
        answer = passed_on(endpoint, request)
        if not lose_the_answer:
            line.sendall(answer)

    return act


@contextmanager
def door(*acts: Act, port: int = 0) -> Iterator[Door]:
    """Open the door for the time of the block."""
    with Door(port, list(acts)) as opened:
        thread = threading.Thread(target=opened.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield opened
        finally:
            opened.shutdown()
            thread.join()
