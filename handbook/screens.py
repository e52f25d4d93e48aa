"""What runs while pictures are taken: a practice desk with its daily screen, and the practice site.

Comes in: an empty folder. Goes out: addresses, each for the time of a block. Keys, day and invented names are the
same each time (`dice.py`). It knows no picture.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from handbook.records import Unlike
from handbook.sources import ROOT

DAY = "2026-11-23"  # of every screen: a Monday
_DAYS = ("--not-before", "2026-10-01", "--not-after", "2099-12-31")
_ADDRESS = re.compile(r"http://127\.\d+\.\d+\.\d+:\d+/\?token=\S+")
_DICE = ("-m", "handbook.dice")


def _python(*arguments: object) -> None:
    done = subprocess.run(  # noqa: S603 - our own programs
        [sys.executable, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        raise Unlike(f"what is to be seen cannot be made: {done.stderr.strip()}")


def make_keys(folder: Path) -> None:
    """Practice keys and their list in `keys/`."""
    keys = folder / "keys"
    for use in ("intake", "board", "site"):
        _python(*_DICE, "key", "new", use, "--practice", *_DAYS, "--out", keys)
    (site_key,) = keys.glob("site-*.key")
    listed = ("--keys", keys, "--site-key", site_key, "--out", keys / "keys.json")
    _python("-m", "desk", "key", "publish", *listed, "--today", DAY)


def make_desk(folder: Path) -> None:
    """A case store without a case in `desk/`, and a stick with three complaints in `stick/`."""
    given = ("--keys", folder / "keys", "--stick", folder / "stick", "--today", DAY)
    _python(*_DICE, "rehearse", folder / "desk", *given)


def make_site(folder: Path) -> None:
    """The practice site in `site/`."""
    given = ("--settings", "settings.practice.yml", "--keys", folder / "keys" / "keys.json")
    _python("-m", "overrides.press", *given, "--out", folder / "site")


MAKERS = {"desk": make_desk, "site": make_site}


@contextmanager
def serving_desk(store: Path, language: str) -> Iterator[str]:
    """The daily screen for the time of the block; gives its first address."""
    given = ("--despite-network", "--today", DAY, "--language", language)
    command = (sys.executable, *_DICE, "serve", str(store), *given)
    with subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        found = next(filter(None, map(_ADDRESS.search, process.stdout or ())), None)
        try:
            if found is None:
                raise Unlike("the daily screen did not start")
            yield found[0]
        finally:
            process.terminate()


class _Quiet(SimpleHTTPRequestHandler):
    """Files, and no line about who asked for them."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving_site(site: Path) -> Iterator[str]:
    """The files of the site for the time of the block; gives their address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
