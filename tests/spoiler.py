"""A host that serves our app's answers, packed as asked, and may spoil what it hands on: real HTTP, in threads."""

import gzip
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import brotli

MACHINES = ("127.0.0.1", "127.0.0.2")


@dataclass(frozen=True)
class Asked:
    """What came in: the path, the headers by name in lower case, and the address that was asked."""

    path: str
    headers: dict[str, str]
    machine: str


@dataclass
class Given:
    """What goes out; spoilers change it. `cut` bytes of the body are kept back; who `hangs_up` says nothing.

    `lines` stand behind the headers as they are. What stands in `hidden` is put into a chunk's extension, in HTTP/1.0:
    browsers show it, and Python passes over it. `length` is how the length is written.
    """

    status: int
    headers: dict[str, str]
    octets: bytes
    more: list[tuple[str, str]] = field(default_factory=list)
    cut: int = 0
    hangs_up: bool = False
    lines: bytes = b""
    hidden: bytes = b""
    length: str = "{}"


Spoil = Callable[[Asked, Given], None]


class Host:
    """Two addresses of one host in front of the app at `port`; `spoil` sees each answer before it is packed."""

    def __init__(self, app_port: int, machines: tuple[str, ...] = MACHINES) -> None:
        self.app_port = app_port
        self.spoil: Spoil | None = None
        self.seen: set[tuple[str, str]] = set()  # method, and names of headers
        self.hosts: set[str] = set()  # what stood in Host
        self.machines = machines

    @contextmanager
    def spoiling(self, spoil: Spoil) -> Iterator[None]:
        self.spoil = spoil
        try:
            yield
        finally:
            self.spoil = None


def _handler(host: Host) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are two writes: else each answer waits 40 ms
        _line: HTTPConnection | None = None

        def _answer(self) -> None:
            host.seen.add((self.command, ",".join(sorted(name.lower() for name in self.headers))))
            asked = Asked(
                self.path,
                {name.lower(): value for name, value in self.headers.items()},
                str(self.connection.getsockname()[0]),
            )
            host.hosts.add(asked.headers.get("host", ""))
            given = self._of_app(asked)
            if host.spoil is not None:
                host.spoil(asked, given)
            if given.hangs_up:
                self.close_connection = True
                return
            self._send(asked, given)

        do_GET = do_HEAD = _answer

        def _of_app(self, asked: Asked) -> Given:
            line = self._line = self._line or HTTPConnection("127.0.0.1", host.app_port, timeout=60)
            ranged = {"Range": asked.headers["range"]} if "range" in asked.headers else {}
            line.request(self.command, asked.path, headers=ranged)
            got = line.getresponse()
            kept = ("content-length", "connection", "transfer-encoding")
            headers = {k.lower(): v for k, v in got.getheaders() if k.lower() not in kept}
            return Given(got.status, headers, got.read())

        def _send(self, asked: Asked, given: Given) -> None:
            packed, encoding = given.octets, asked.headers.get("accept-encoding", "identity")
            if encoding in ("gzip", "br") and given.status == 200 and packed:
                packed = (
                    gzip.compress(packed, 1)
                    if encoding == "gzip"
                    else brotli.compress(packed, quality=1)
                )
                given.headers["content-encoding"] = encoding
            self.protocol_version = "HTTP/1.0" if given.hidden else "HTTP/1.1"
            self.send_response_only(given.status)
            for name, value in [*given.headers.items(), *given.more]:
                self.send_header(name, value)
            if given.hidden:
                self.send_header("transfer-encoding", "chunked")
                packed = b"%x;%b\r\n%b\r\n0\r\n\r\n" % (len(packed), given.hidden, packed)
            else:
                self.send_header("content-length", given.length.format(len(packed)))
            self._headers_buffer.append(given.lines)  # type: ignore[attr-defined]
            self.end_headers()
            self.wfile.write(packed[: len(packed) - given.cut])
            self.close_connection = bool(given.cut or given.hidden)

        def log_message(self, *_: Any) -> None:
            pass

        def finish(self) -> None:
            super().finish()
            if self._line:
                self._line.close()

    return Handler


class _Server(ThreadingHTTPServer):
    """Says nothing of who hung up, or did not trust the certificate."""

    def handle_error(self, *given: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(*given)


@contextmanager
def running(host: Host, port: int, context: ssl.SSLContext | None = None) -> Iterator[None]:
    """Listen on both addresses for the time of the block; under TLS with a `context`."""
    servers = [_Server((machine, port), _handler(host)) for machine in host.machines]
    for server in servers:
        server.daemon_threads = True
        if context is not None:  # the handshake is for the thread of the connection
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
    try:
        yield
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
