"""Measures steps 3 and 4: durable POSTs through the app against the bare loop on the same disk.

And the same beside five hundred half-open requests. Client, server and bare loop are three
processes' work on one machine, taken in turns, so the ratio survives a noisy neighbour.
"""

import math
import os
import secrets
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

from tests.bench.calm import Watch
from tests.bench.figures import Figure, median, ratios
from tests.stores import REPO, make_deployment, make_object, post, serve
from tests.test_app_slow import BEGUN, HALF_OPEN, begun

ROUNDS = 3
OBJECTS = 2_000
CONNECTIONS = 16
RATE = 50
RATE_SECONDS = 5


def measure(watch: Watch) -> dict[str, Figure]:
    """Run all rounds and return all keys; takes about a minute."""
    disk = REPO / "var"  # where `make serve` keeps its objects
    disk.mkdir(exist_ok=True)
    if file_system(disk) == "tmpfs":
        watch.remark("var/ lies in memory, so nothing was durable: drop.durable_ratio says little")
    ours, bare, beside, p99s = [], [], [], []
    with tempfile.TemporaryDirectory(dir=disk, prefix="bench-") as name:
        folder = Path(name)
        deployment = make_deployment(folder)
        with serve(deployment, f"files:{folder / 'store'}", folder / "output") as server:
            _client("burst", server.port)  # warm: threads, imports, the folder's first blocks
            _bare(folder / "bare")
            for _ in range(ROUNDS):
                ours.append(_client("burst", server.port))
                bare.append(_bare(folder / "bare"))
                with begun(server.port, HALF_OPEN, tuple(BEGUN.values())):
                    beside.append(_client("burst", server.port))
                p99s.append(_client("steady", server.port))
                watch.look()
    return {
        "drop.durable_ratio": ratios(ours, bare),
        "drop.slow_ratio": ratios(beside, ours),
        "drop.p99_ms_50rps": median(p99s),
    }


def file_system(folder: Path) -> str:
    """What kind of file system a folder lies on, such as ext2/ext3 or tmpfs."""
    command = ["stat", "--file-system", "--format=%T", str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _client(kind: str, port: int) -> float:
    command = [sys.executable, "-m", "tests.bench.drop", kind, str(port)]
    done = subprocess.run(command, cwd=REPO, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _bare(folder: Path) -> float:
    """Return objects per second of the shortest durable and exclusive way to write one."""
    (folder).mkdir(exist_ok=True)
    bodies = [make_object() for _ in range(OBJECTS)]
    began = time.perf_counter()
    for body in bodies:
        _write_bare(folder, body)
    return OBJECTS / (time.perf_counter() - began)


def _write_bare(folder: Path, body: bytes) -> None:
    temporary, final = folder / ".temporary", folder / secrets.token_hex(32)
    file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.write(file, body)
    os.fsync(file)
    os.close(file)
    os.link(temporary, final)
    os.unlink(temporary)
    directory = os.open(folder, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)


class _Lines:
    """Keep-alive connections to the app, each with at most one request under way."""

    def __init__(self, port: int) -> None:
        self._selector = selectors.DefaultSelector()
        self._due: dict[socket.socket, float] = {}
        self.idle: deque[socket.socket] = deque()
        for _ in range(CONNECTIONS):
            line = socket.create_connection(("127.0.0.1", port))
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(line, selectors.EVENT_READ)
            self.idle.append(line)

    def send(self, request: bytes, due: float) -> None:
        """Send on an idle line; `due` is when the request should have left."""
        line = self.idle.popleft()
        self._due[line] = due
        line.sendall(request)

    def collect(self, timeout: float | None) -> list[float]:
        """Wait at most `timeout` seconds; return the seconds each arrived answer took."""
        took = []
        for key, _ in self._selector.select(timeout):
            line = key.fileobj
            answer = line.recv(65_536)
            if not (answer.startswith(b"HTTP/1.1 204 ") and answer.endswith(b"\r\n\r\n")):
                raise RuntimeError("an object was not acknowledged")
            took.append(time.perf_counter() - self._due.pop(line))
            self.idle.append(line)
        return took

    def close(self) -> None:
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()
        self._selector.close()


def burst(port: int) -> float:
    """Return acknowledged objects per second with every connection always busy."""
    requests = [post(make_object()) for _ in range(OBJECTS)]
    lines = _Lines(port)
    done = 0
    began = time.perf_counter()
    while done < OBJECTS:
        while lines.idle and requests:
            lines.send(requests.pop(), time.perf_counter())
        done += len(lines.collect(None))
    seconds = time.perf_counter() - began
    lines.close()
    return OBJECTS / seconds


def steady(port: int) -> float:
    """Return the 99th percentile in ms at 50 requests a second, from when each was due."""
    count = RATE * RATE_SECONDS
    requests = [post(make_object()) for _ in range(count)]
    lines = _Lines(port)
    took: list[float] = []
    began = time.perf_counter()
    sent = 0
    while len(took) < count:
        due = began + sent / RATE
        if sent < count and lines.idle and time.perf_counter() >= due:
            lines.send(requests[sent], due)
            sent += 1
        left = max(0.0, due - time.perf_counter()) if sent < count else None
        took += lines.collect(left if lines.idle else None)
    lines.close()
    return sorted(took)[math.ceil(0.99 * count) - 1] * 1000


if __name__ == "__main__":
    kind, port = sys.argv[1:]
    sys.stdout.write(str({"burst": burst, "steady": steady}[kind](int(port))))
