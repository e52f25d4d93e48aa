"""The wall around the process that holds a key (desk/offline.py), from inside such a process."""

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
    """Try a way out in a new process; 7 if it was refused, 0 if it was open."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = way.replace("PORT", str(server.getsockname()[1]))
        script = DRIVER.format(wall=wall, way=code)
        command = [sys.executable, "-c", script]
        return subprocess.run(command, timeout=30, capture_output=True, check=False).returncode


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_way_out_of_an_offline_process(way: str) -> None:
    """Each way to the network or to another program is refused."""
    assert leave(WAYS_OUT[way], wall=True) == 7


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_ways_are_open_without_the_wall(way: str) -> None:
    """It is the wall that refuses, and not the machine."""
    assert leave(WAYS_OUT[way], wall=False) == 0


def test_an_offline_process_leaves_no_core_dump() -> None:
    """Memory with keys and complaints in it is not written to disk in a crash."""
    script = (
        "import resource; from desk import offline; offline.enter(); "
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0)\n"
