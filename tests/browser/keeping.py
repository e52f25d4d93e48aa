"""Another site, which keeps all that a browser lets it keep: what the tests of traces must find in a profile.

Each way of keeping has a word of its own, and the files in which that word stands are known.
"""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

FIELD = "zqxfield"  # typed and not sent
SENT = "zqxsent"  # typed into a field that the browser may remember, and sent
PAGE = """<!doctype html><meta charset="utf-8"><title>zqxtitle</title>
<form method="post" action="/sent"><input id="sent" name="sent" type="text"><button id="go">x</button></form>
<textarea id="field"></textarea><a id="save" href="/zqxdownload.txt" download>y</a>
<script>
const done = (request) => new Promise((yes, no) => { request.onsuccess = yes; request.onerror = no; });
(async () => {
  localStorage.setItem('zqxlocal', 'x');
  sessionStorage.setItem('zqxsession', 'x');
  document.cookie = 'zqxcookie=x; max-age=86400';
  await done(indexedDB.open('zqxindexed'));
  await (await caches.open('zqxcaches')).put('/zqxcached', new Response('zqxbody'));
  await (await navigator.storage.getDirectory()).getFileHandle('zqxfiles', {create: true});
  await navigator.serviceWorker.register('/zqxworker.js');
  document.body.dataset.kept = 'yes';
})();
</script>"""
KEPT = "document.body.dataset.kept === 'yes'"


class _Keeping(http.server.BaseHTTPRequestHandler):
    def _answer(self, kind: str, body: str) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("cache-control", "max-age=600")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def do_GET(self) -> None:
        if self.path.endswith(".js"):
            self._answer("text/javascript", "/* zqxscript */")
        elif self.path.endswith(".txt"):
            self._answer("text/plain", "zqxsaved")
        else:
            self._answer("text/html", PAGE)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self._answer("text/html", PAGE)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def keeping() -> Iterator[str]:
    """Serve that site for the time of the block; gives its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Keeping)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
