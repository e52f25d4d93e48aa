"""`make serve` as a newcomer meets it: what it says when it cannot start (`.ci/serve`)."""

import os
import socket
import subprocess
import sys

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
