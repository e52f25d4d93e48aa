"""The socket of the daily screen: bytes to a request, a response to bytes, for this machine only.

Comes in: connections to one port of an address in 127.0.0.0/8 that is its own. Goes out: what `respond`
answers, with the headers that every answer carries. It refuses to know sessions and pages, and writes
no line about anybody.
"""

import sys
import threading
import traceback
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import Any

from desk.errors import DeskError
from desk.loopback.message import HTML, MAX_BODY_BYTES, Request, Response
from desk.offline import draw_address

READ_SECONDS = 20
TICK_SECONDS = 1.0
HEADERS = (
    # Nothing is fetched but our one style sheet and the pictures of the help; no script runs, forms come back here.
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'",
    ),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    # Not no-referrer: with it a browser sends our own forms with `Origin: null`.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), clipboard-read=()"),
    ("X-Frame-Options", "DENY"),
    ("X-DNS-Prefetch-Control", "off"),
)
Respond = Callable[[Request], Response]
AtOnce = Callable[[Request], Response | None]


class _Handler(BaseHTTPRequestHandler):
    server: "Server"
    timeout = READ_SECONDS

    def log_message(self, *_: object) -> None:
        """Say nothing: a line would tell who read which case."""

    def send_error(self, code: int, *_: object) -> None:
        """Answer what the library refuses, in our own few words and with our own headers."""
        status = HTTPStatus(code)
        # To the library a method without a function is one that is not implemented.
        unknown = status is HTTPStatus.NOT_IMPLEMENTED
        self._send(refusal(HTTPStatus.METHOD_NOT_ALLOWED if unknown else status))

    def do_GET(self) -> None:
        """Answer a page."""
        self._send(self.server.ask(self._request(b"")))

    def do_POST(self) -> None:
        """Read a form and answer it."""
        lengths = self.headers.get_all("content-length", [])
        if "transfer-encoding" in self.headers or len(lengths) != 1:
            self._send(refusal(HTTPStatus.LENGTH_REQUIRED))
        elif not (lengths[0].isascii() and lengths[0].isdigit()):
            self._send(refusal(HTTPStatus.BAD_REQUEST))
        elif len(lengths[0]) > len(str(MAX_BODY_BYTES)) or int(lengths[0]) > MAX_BODY_BYTES:
            self._send(refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
        else:
            body = self.rfile.read(int(lengths[0]))
            whole = len(body) == int(lengths[0])
            bad = refusal(HTTPStatus.BAD_REQUEST)
            self._send(self.server.ask(self._request(body)) if whole else bad)

    def _request(self, body: bytes) -> Request:
        return Request(self.command, self.path, tuple(self.headers.items()), body)

    def _send(self, response: Response) -> None:
        self.request_version = "HTTP/1.0"  # of HTTP/0.9 an answer would have no headers
        self.close_connection = True
        self.send_response_only(response.status)
        for name, value in (*HEADERS, *response.headers):
            self.send_header(name, value)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        self.wfile.write(response.body)


def refusal(status: HTTPStatus) -> Response:
    """A plain page that tells an outsider nothing but the status."""
    line = f"{status.value} {status.phrase}"
    page = f'<!doctype html><html lang="en"><title>{line}</title><h1>{line}</h1></html>'
    allow = (("Allow", "GET, POST"),) if status is HTTPStatus.METHOD_NOT_ALLOWED else ()
    return Response(status, page.encode("ascii"), HTML, allow)


def _place(error: Exception) -> str:
    """Kind and place of a mistake in the code; its message could hold what was on the screen."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno} ({type(error).__name__})"


class Server(ThreadingMixIn, TCPServer):
    """One listening socket; a thread per connection, since a browser opens some and leaves them."""

    daemon_threads = True

    def __init__(self) -> None:
        try:
            super().__init__((draw_address(), 0), _Handler)
        except OSError as error:
            hint = "the screen runs on Linux, where all of 127.0.0.0/8 is this machine"
            raise DeskError(f"cannot listen on this machine: {error.strerror}", hint) from None
        self._turn = threading.Lock()

    @property
    def address(self) -> tuple[str, int]:
        """The address that was drawn and the port that was found."""
        return str(self.server_address[0]), int(self.server_address[1])

    def ask(self, request: Request) -> Response:
        """Answer one request, after the one before it, unless it is one that waits for nobody."""
        if (answer := self._at_once(request)) is not None:
            self._break_off()
            return answer
        while True:
            turn = self._turn
            with turn:
                if turn is self._turn:  # else the one it waited for was broken off
                    return self._answer(request)

    def _answer(self, request: Request) -> Response:
        try:
            return self._respond(request)
        # Whatever broke, the handler gets a page, and no text of the case reaches a log.
        except Exception as error:
            print(f"desk: the screen broke at {_place(error)}", file=sys.stderr)
            return refusal(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _break_off(self) -> None:
        """Let nobody wait any longer for a request that hangs; what it still answers, nobody gets."""
        self._turn = threading.Lock()

    def service_actions(self) -> None:
        """Called by the library between connections; it waits for no request."""
        if self._tick():
            self._break_off()

    def handle_error(self, *_: Any) -> None:  # Any: the library's own two arguments
        """Say nothing: a traceback holds what was on the screen. A broken answer stays broken."""

    def serve(
        self,
        respond: Respond,
        tick: Callable[[], bool],
        *,
        at_once: AtOnce = lambda _request: None,
        seconds: float = TICK_SECONDS,
    ) -> None:
        """Answer until it is interrupted or shut down.

        `respond` is asked by one thread at a time. `tick` is called about every `seconds`, and
        `at_once` for each request, both while another hangs: if the first says so, or the second
        gives an answer, those that wait for it wait no longer.
        """
        self._respond, self._tick, self._at_once = respond, tick, at_once
        self.serve_forever(poll_interval=seconds)
