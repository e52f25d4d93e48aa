"""`make serve` as a newcomer meets it: what it says when it cannot start (`.ci/serve`)."""

import os
import re
import socket
import subprocess
import sys

from desk.strings import Strings
from tests.stores import REPO


def test_a_port_in_use_is_no_running_balie() -> None:
    """Another program listens there: it says so, with the line to type, and never that Balie is running."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = int(other.getsockname()[1])
        done = subprocess.run(
            ["bash", ".ci/serve"],
            cwd=REPO,
            env=os.environ | {"PY": sys.executable, "PORT": str(port)},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"balie: another program listens on port {port} of this machine",
        f"hint: stop it, or type: make serve PORT={port + 1}",
    ]


def test_what_is_said_of_the_daily_screen_stands_on_it() -> None:
    """Each name of a menu that the newcomer is sent to is the name that the screen shows."""
    shown, said = (
        Strings("en"),
        (REPO / ".ci/serve").read_text("utf-8").partition("On that screen")[2],
    )
    menus = [shown(f"page.nav.{name}") for name in ("import", "inbox", "outbox")]
    assert re.findall(r'"([A-Z][^"]*)"', said.partition("publish")[0]) == menus
