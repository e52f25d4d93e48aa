"""What the leaving page says that the exit cannot do: without our scripts, and before a neutral site that keeps silent.

These are the rows where a page of ours does come back; what was typed never does.
"""

import functools
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from tests import engines
from tests.browser.test_exit_engines import HELD, READY, STORY, arrive, form
from tests.engines import wait
from tests.practice import Practice


class _Bare(http.server.SimpleHTTPRequestHandler):
    """The site as it is before a script has come."""

    def do_GET(self) -> None:
        if self.path.endswith(".js"):
            self.send_error(404)
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _without_scripts(site: Path) -> Iterator[str]:
    handler = functools.partial(_Bare, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_without_scripts_back_shows_each_page(practice: Practice, elsewhere: str) -> None:
    """In WebKit, where no setting turns scripts off: they do not come. The exit is a link, and each page a step."""
    with _without_scripts(practice.site) as address, engines.webkit() as tab:
        tab.open(elsewhere + "before")
        tab.open(f"{address}/nl/")
        wait(tab, READY)
        seen = [str(tab.look("location.href"))]
        for link in ("main a[href$='door/']", ".crumb a"):
            seen.append(str(tab.look(f'document.querySelector("{link}").href')))
            tab.click(link)
            arrive(tab, seen[-1])
        tab.click("#leave")
        arrive(tab, elsewhere + "weather")
        for address_back in (*reversed(seen), elsewhere + "before"):
            tab.step(-1)
            arrive(tab, address_back)


def test_a_silent_neutral_site_leaves_an_empty_form(
    chromium: Browser, address: str, elsewhere: str
) -> None:
    """While it hangs, Back is the page before us; Forward from there is our form again, without a word in it."""
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as silent,
        engines.screen() as display,
        engines.chromium(chromium.browser_type, display, keeps=True) as tab,
    ):
        tab.open(elsewhere + "before")
        tab.open(f"{address}/nl/")
        wait(tab, READY)
        form(tab)
        away = json.dumps(f"http://127.0.0.1:{silent.getsockname()[1]}/weather")
        tab.look(f"void (document.getElementById('leave').href = {away})")
        # In a task of its own: once the neutral site is asked for no protocol can look into the page.
        tab.look("void setTimeout(() => document.getElementById('leave').click(), 100)")
        with closing(silent.accept()[0]):
            tab.step(-1)
            arrive(tab, elsewhere + "before")
            tab.step(1)
            arrive(tab, f"{address}/nl/write/")
            assert STORY not in tab.look(HELD)
