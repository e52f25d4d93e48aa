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
# What the process of the daily screen may not do either.
WAYS_AROUND = WAYS_OUT | {
    "socket": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "raw_socket": "import _socket; _socket.socket(2, 1).connect(('127.0.0.1', PORT))",
    "quiet_connection": "import socket; socket.socket().connect_ex(('127.0.0.1', PORT))",
    "new_family": "import socket; socket.socket(socket.AF_INET6)",
    "everywhere": "import socket; socket.socket().bind(('0.0.0.0', 0))",
    "a_name": "import socket; socket.socket().bind(('localhost', 0))",
    "any_name": "import socket; socket.socket().bind(('', 0))",
    "second": "import socket; one = socket.socket(); one.bind(('127.0.0.1', 0)); "
    "socket.socket().bind(('127.0.0.1', 0))",
    "own_name": "import socket; socket.gethostname()",
    "whose_address": "import socket; socket.gethostbyaddr('127.0.0.1')",
    "fork": WAYS_OUT["fork"].replace("socket.socket()", "socket.gethostname()"),
}
SERVE = """
import socket, sys, threading
from desk import offline
offline.enter(serving=True)
with socket.create_server(("127.3.2.1", 0)) as server:
    print(server.getsockname()[1], flush=True)
    connection, _ = server.accept()
    with connection:
        connection.sendall(connection.recv(5)[::-1])
"""
DRIVER = """
import sys
from desk import offline
from desk.errors import DeskError
if {wall}:
    offline.enter(serving={serving})
try:
    exec({way!r})
except DeskError:
    sys.exit(7)
"""


def leave(way: str, *, wall: bool, serving: bool = False) -> int:
    """Try a way out in a new process; 7 if it was refused, 0 if it was open."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = way.replace("PORT", str(server.getsockname()[1]))
        script = DRIVER.format(wall=wall, serving=serving, way=code)
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


@pytest.mark.parametrize("way", WAYS_AROUND)
def test_no_way_out_of_the_process_of_the_daily_screen(way: str) -> None:
    """It may listen to this machine, once; it may not speak first, nor to anybody else."""
    assert leave(WAYS_AROUND[way], wall=True, serving=True) == 7


@pytest.mark.parametrize("way", sorted(WAYS_AROUND.keys() - WAYS_OUT.keys()))
def test_the_ways_of_the_daily_screen_are_open_without_the_wall(way: str) -> None:
    """It is the wall that refuses here too."""
    assert leave(WAYS_AROUND[way], wall=False) == 0


def test_the_daily_screen_answers_this_machine() -> None:
    """One socket in 127.0.0.0/8 accepts a connection and answers on it."""
    command = [sys.executable, "-c", SERVE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with socket.create_connection(("127.3.2.1", port), timeout=20) as connection:
            connection.sendall(b"hello")
            assert connection.recv(5) == b"olleh"
    assert process.returncode == 0


def test_an_offline_process_leaves_no_core_dump() -> None:
    """Memory with keys and complaints in it is not written to disk in a crash."""
    script = (
        "import resource; from desk import offline; offline.enter(); "
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0)\n"


READER = """
import ctypes, os, sys
os.setgroups([]) if os.geteuid() == 0 else None
os.geteuid() or os.setuid(65_534)
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # a change of user alone would close it
{wall}
print("ready", flush=True)
sys.stdin.readline()
"""
OTHER = """
import os, sys
os.setgroups([]) if os.geteuid() == 0 else None
os.geteuid() or os.setuid(65_534)
open(f"/proc/{pid}/mem", "rb").close()
"""


def can_be_read(wall: str) -> bool:
    """Whether another program of the same user opens the memory of an offline process."""
    loaded = f"import desk.offline\n{READER.format(wall=wall)}"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", loaded], text=True, **pipes) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        command = [sys.executable, "-c", OTHER.format(pid=process.pid)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        process.stdin.close()
    assert done.returncode == 0 or "PermissionError" in done.stderr, done.stderr
    return done.returncode == 0


def test_no_other_program_of_the_user_reads_the_memory() -> None:
    """The process cannot be dumped, traced or looked into, whatever else the same user runs."""
    assert not can_be_read("desk.offline.enter()")
    assert can_be_read(""), "this machine closes every memory: the test proves nothing"
