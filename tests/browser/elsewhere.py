"""Another site for the browser tests: one page on another port of this machine, whatever is asked."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def serving(page: str) -> Iterator[tuple[str, list[str | None]]]:
    """Serve the page for the time of the block; gives its address and the cookies that it is sent."""
    heard: list[str | None] = []

    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers.get("cookie"))
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
