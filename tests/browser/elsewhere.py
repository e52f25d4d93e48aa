"""Another site for the browser tests: one page on another port of this machine, whatever is asked.

It writes down what it was asked for, as the owner of such a site can.
"""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """One request: what stands behind the address of the site, and headers by names in small letters."""

    path: str
    headers: dict[str, str]


@contextmanager
def serving(page: str) -> Iterator[tuple[str, list[Asked]]]:
    """Serve the page for the time of the block; gives its address and all requests that come."""
    heard: list[Asked] = []

    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}))
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            with suppress(BrokenPipeError):  # the browser went elsewhere
                self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
