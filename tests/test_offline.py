"""The wall around the process that holds a key (desk/offline.py), from inside such a process."""

import resource
import socket
import subprocess
import sys

import pytest

WAYS_OUT = {
    "socket": "import socket; socket.socket()",
    "socket_pair": "import socket; socket.socketpair()",
    "raw_socket": "import _socket; _socket.socket(2, 1)",
    "connection": "import socket; socket.create_connection(('127.0.0.1', PORT))",
    "name": "import socket; socket.getaddrinfo('localhost', 80)",
    "http": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:PORT')",
    "program": "import subprocess; subprocess.run(['true'])",
    "shell": "import os; os.system('true')",
    "exec": "import os; os.execv('/bin/true', ['true'])",
    "spawn": "import os; os.posix_spawn('/bin/true', ['true'], {})",
    "fork": "import os, socket\nif os.fork(): sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))\n"
    "socket.socket()",
}
DRIVER = """
import sys
from desk import offline
from desk.errors import DeskError
if {wall}:
    offline.enter()
try:
    exec({way!r})
except DeskError:
    sys.exit(7)
"""


def leave(way: str, *, wall: bool) -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = way.replace("PORT", str(server.getsockname()[1]))
        script = DRIVER.format(wall=wall, way=code if "urlopen" not in code else "pass")
        script = script if "urlopen" not in code else DRIVER.format(wall=wall, way=code)
        return subprocess.run(
            [sys.executable, "-c", script], timeout=30, capture_output=True, check=False
        ).returncode


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_way_out_of_an_offline_process(way: str) -> None:
    """Each way to the network or to another program is refused."""
    assert leave(WAYS_OUT[way], wall=True) == 7
