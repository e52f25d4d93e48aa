"""Measures steps 3 and 4 under load: 200 honest senders among 500 connections that are slow or half-open.

Honest senders, slow ones and the app are three processes on loopback. The senders send one complaint
after the other, each on a connection of its own; the slow ones stop somewhere in a request or drip bytes,
and come again when they are thrown out. In turns with and without them, so that the ratio survives a
noisy neighbour; the three turns with them are a minute together.

`python -m tests.bench.load CADDY` measures the same behind that program, with the files of the site.
"""

import asyncio
import json
import math
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from overrides.frame import headers
from overrides.press import header_formats
from tests import stores
from tests.bench import fronts
from tests.bench.calm import Watch
from tests.bench.figures import Figure, counted, median, ratios
from tests.stores import REPO, make_object, post
from tests.test_app_slow import BEGUN, HALF_OPEN, WHOLE

ROUNDS = 3
SECONDS = 20
SENDERS = 200
BUSY_PAUSE_SECONDS = 0.2  # a person waits minutes
DRIP_SECONDS = 1.0
AGAIN_SECONDS = 0.2
_UNANSWERED = 0
_ACCEPTED = 204
_MAY_SAY = {503}  # of the five hundreds


@dataclass(frozen=True)
class Turn:
    """What the senders of one turn were told: how often each status, and how long each 204 took, in ms."""

    told: Counter[int]
    took_ms: list[float]

    @property
    def per_second(self) -> float:
        return self.told[_ACCEPTED] / SECONDS

    @property
    def p99_ms(self) -> float:
        return sorted(self.took_ms)[math.ceil(0.99 * len(self.took_ms)) - 1]


def measure(watch: Watch) -> dict[str, Figure]:
    """Run all turns against the app itself and return all keys; takes two minutes."""
    with _folder() as folder:
        deployment = stores.make_deployment(folder)
        with stores.serve(deployment, f"files:{folder / 'store'}", folder / "said") as server:
            return _figures(server.port, server.process.pid, watch)


@contextmanager
def _folder() -> Iterator[Path]:
    disk = REPO / "var"
    disk.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=disk, prefix="bench-") as name:
        yield Path(name)


def _figures(port: int, app: int, watch: Watch) -> dict[str, Figure]:
    honest(port, 5)  # warm: threads, imports, the folder's first blocks
    alone, beside, held = [], [], []
    for _ in range(ROUNDS):
        alone.append(honest(port, SECONDS))
        with slow_ones(port):
            beside.append(honest(port, SECONDS))
        held.append(resident_mib(app))
        watch.look()
    told = sum((turn.told for turn in [*alone, *beside]), Counter[int]())
    watch.remark(f"load: the senders were told {dict(sorted(told.items()))}, 0 being nothing")
    broken = sum(n for status, n in told.items() if status >= 500 and status not in _MAY_SAY)
    return {
        "load.honest_ratio": ratios(
            [turn.per_second for turn in beside], [turn.per_second for turn in alone]
        ),
        "load.honest_per_s": median(turn.per_second for turn in beside),
        "load.p99_ms": median(turn.p99_ms for turn in beside),
        "load.p99_ms_alone": median(turn.p99_ms for turn in alone),
        "load.other_5xx": counted(broken),
        "load.unanswered": counted(told[_UNANSWERED]),
        "load.app_mib": counted(held[-1]),
        "load.growth_mib": counted(held[-1] - held[0]),
    }


def resident_mib(pid: int) -> float:
    """What a process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    (kib,) = [line.split()[1] for line in lines if line.startswith("VmRSS")]
    return int(kib) / 1024


def honest(port: int, seconds: float) -> Turn:
    """Let all senders send for so long, in a process of their own."""
    command = [sys.executable, "-m", "tests.bench.load", "senders", str(port), str(seconds)]
    done = subprocess.run(command, cwd=REPO, check=True, capture_output=True, text=True)
    said = json.loads(done.stdout)
    return Turn(Counter({int(k): v for k, v in said["told"].items()}), said["took_ms"])


@contextmanager
def slow_ones(port: int) -> Iterator[None]:
    """Keep five hundred slow connections open beside what happens in the block."""
    command = [sys.executable, "-m", "tests.bench.load", "slow", str(port)]
    with subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, text=True) as crowd:
        assert crowd.stdout is not None
        if crowd.stdout.readline() != "all are there\n":
            raise RuntimeError("the slow ones could not connect")
        try:
            yield
        finally:
            crowd.kill()


async def _senders(port: int, seconds: float) -> dict[str, object]:
    told: Counter[int] = Counter()
    took: list[float] = []
    until = time.perf_counter() + seconds

    async def send_on() -> None:
        while time.perf_counter() < until:
            began = time.perf_counter()
            status = await _send(port, post(make_object()))
            told[status] += 1
            if status == _ACCEPTED:
                took.append((time.perf_counter() - began) * 1000)
            else:
                await asyncio.sleep(BUSY_PAUSE_SECONDS)

    await asyncio.gather(*(send_on() for _ in range(SENDERS)))
    return {"told": dict(told), "took_ms": took}


async def _send(port: int, request: bytes) -> int:
    """Send one complaint on a new connection; the status, or 0 if there was no answer."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(request)
            return int((await reader.readline()).split()[1])
        finally:
            writer.close()
    except (OSError, IndexError):
        return _UNANSWERED


async def _crowd(port: int) -> None:
    """Each stops somewhere in a request; every second one goes on with a byte a second."""
    lengths = list(BEGUN.values())
    arrived = asyncio.Semaphore(0)

    async def linger(number: int) -> None:
        while True:
            with suppress(OSError):
                await _linger(port, lengths[number % len(lengths)], number % 2 == 0, arrived)
            await asyncio.sleep(AGAIN_SECONDS)

    tasks = [asyncio.create_task(linger(number)) for number in range(HALF_OPEN)]
    for _ in range(HALF_OPEN):
        await arrived.acquire()
    sys.stdout.write("all are there\n")
    sys.stdout.flush()
    await asyncio.gather(*tasks)


async def _linger(port: int, length: int, drips: bool, arrived: asyncio.Semaphore) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(WHOLE[:length])
        arrived.release()
        ended = asyncio.create_task(reader.read())
        for byte in WHOLE[length:-1]:
            await asyncio.wait({ended}, timeout=DRIP_SECONDS)
            if ended.done():
                break
            if drips:
                writer.write(bytes([byte]))
        await ended
    finally:
        writer.close()


def behind(caddy: str) -> None:
    """Measure behind Caddy, and print what was found."""
    with _folder() as folder:
        deployment = stores.make_deployment(folder / "deployment")
        record, port = headers.of_site("https://balie.example", ["/nl/write/"]), stores.free_port()
        with stores.serve(deployment, f"files:{folder / 'store'}", folder / "said") as app:
            for name, text in header_formats.files(record).items():
                (folder / name).write_text(text.replace("127.0.0.1:8000", f"127.0.0.1:{app.port}"))
            command = fronts.caddy(caddy, folder, port)
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            with subprocess.Popen(command, **quiet) as front:
                try:
                    stores.wait_until_open(port, front)
                    watch = Watch()
                    for name, figure in _figures(port, app.process.pid, watch).items():
                        print(f"{name} {figure.value:.2f}")
                    print(
                        *watch.remarks, f"Caddy holds {resident_mib(front.pid):.0f} MiB", sep="\n"
                    )
                finally:
                    stores.end(front)


if __name__ == "__main__":
    if sys.argv[1] == "senders":
        print(json.dumps(asyncio.run(_senders(int(sys.argv[2]), float(sys.argv[3])))))
    elif sys.argv[1] == "slow":
        asyncio.run(_crowd(int(sys.argv[2])))
    else:
        behind(sys.argv[1])
