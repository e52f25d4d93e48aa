"""Measures the start of the function: the package under the real client of Lambda's runtime.

By the clock from the start of its process until it asks for the first event, against a process that
makes boto3's S3 client and nothing else, in turns: on this Python and on the newest that Lambda runs.
Beside it the size of the package, what a sender waits who comes first, and a bare put of boto3.
"""

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from functions.cloud.wheels import wheels
from tests import cloud, newest
from tests.bench.calm import Watch
from tests.bench.figures import Figure, counted, median, ratios
from tests.runtime_api import event_of, function
from tests.stores import CREDENTIALS, REPO, headers_for, make_object, name_of, s3_client, seaweed

ROUNDS = 9
PUTS = 50
MB = 1_000_000
STOCK = ("boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3")
# It ends there: what a process does to end is not part of a start.
BARE = "import boto3, os; boto3.client('s3'); os._exit(0)"


def measure(watch: Watch) -> dict[str, Figure]:
    """Run all rounds and return all keys; takes about a minute."""
    newest.fetch()
    with tempfile.TemporaryDirectory() as name, seaweed(_folder(name, "weed")) as weed:
        folder = Path(name)
        env = CREDENTIALS | {"BUCKET": weed.new_bucket(), "AWS_ENDPOINT_URL_S3": weed.endpoint}
        here = Start(folder, sys.executable, None, env)
        there = Start(folder, newest.python(), newest.CLIENT, env)
        starts = {"lambda.init_ratio": here, "lambda.init_ratio_newest": there}
        found = {key: start.ratio(watch) for key, start in starts.items()}
        watch.remark(f"of the processors alone {here.cpu():.2f}, on the newest {there.cpu():.2f}")
        there.first_answer()  # no figure: a put must work there too
        return {
            **found,
            "lambda.zip_mb": counted(here.zip_bytes / MB),
            "lambda.unpacked_mb": counted(_size(here.unpacked) / MB),
            "lambda.first_answer_ms": median(here.first_answer() for _ in range(ROUNDS)),
            **_puts(here, weed.endpoint, env["BUCKET"]),
        }


class Start:
    """The package on one Python, and the whole library beside it."""

    def __init__(self, folder: Path, python: str, client: Path | None, env: dict[str, str]) -> None:
        own = _folder(str(folder), Path(python).name)
        self._python, self._client, self._env = python, client, env
        zipped = cloud.packed(_folder(str(own), "made"), python)
        self.zip_bytes = len(zipped)
        self.unpacked = cloud.unpack(zipped, own / "function")
        self._stock = _stock(own / "stock", python)
        self._cpu: list[float] = []

    def ratio(self, watch: Watch) -> Figure:
        """Ours by theirs, in turns."""
        ours, theirs = [], []
        self._ours(), self._theirs()  # so that all files are in memory
        for _ in range(ROUNDS):
            ours.append(_timed(self._ours))
            theirs.append(_timed(self._theirs))
            self._cpu.append(ours[-1][1] / theirs[-1][1])
        watch.look()
        return ratios([wall for wall, _ in ours], [wall for wall, _ in theirs])

    def cpu(self) -> float:
        """The same of the processors' time, which waits for no neighbour."""
        return median(self._cpu).value

    def first_answer(self) -> float:
        """Milliseconds from the start of the process until the first object is stored."""
        body = make_object()
        with self._function() as running:
            answer = running.invoke(event_of(body, headers_for(body)))
            took = time.perf_counter() - running.began_s
        if answer["statusCode"] != 204:
            raise RuntimeError("the first object was not stored")
        return took * 1000

    def puts(self) -> tuple[list[float], float]:
        """Milliseconds of each put by a running function, and the most memory it held in MiB."""
        bodies = [make_object() for _ in range(PUTS)]
        with self._function() as running:
            took = [
                _ms(lambda b=body: running.invoke(event_of(b, headers_for(b)))) for body in bodies
            ]
            status = Path(f"/proc/{running.process.pid}/status").read_text("ascii")
        kib = status.partition("VmHWM:")[2].split()[0]
        return took, int(kib) / 1024

    def _function(self):
        return function(self.unpacked, self._env, python=self._python, client=self._client)

    def _ours(self) -> float:
        with self._function() as running:
            if running.process.poll() is not None:
                raise RuntimeError("the function did not start")
            return running.init_s

    def _theirs(self) -> float:
        line = [self._python, "-S", "-s", "-P", "-B", "-c", BARE]
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(self._stock), **self._env}
        began = time.perf_counter()
        subprocess.run(line, env=env, check=True)
        return time.perf_counter() - began


def _puts(start: Start, endpoint: str, bucket: str) -> dict[str, Figure]:
    """A put through the function and one by boto3 alone, to the same server, one after the other."""
    ours, peak = start.puts()
    client = s3_client(endpoint)
    bodies = [make_object() for _ in range(PUTS)]
    bare = [
        _ms(lambda b=body: client.put_object(Bucket=bucket, Key=f"in/{name_of(b)}", Body=b))
        for body in bodies
    ]
    return {
        "lambda.put_ms": counted(median(ours).value),
        "lambda.bare_put_ms": counted(median(bare).value),
        "lambda.peak_mib": counted(peak),
    }


def _timed(run: Callable[[], float]) -> tuple[float, float]:
    """Seconds by the clock, and of the processors in all that was waited for."""
    before = os.times()
    wall = run()
    after = os.times()
    spent = after.children_user + after.children_system
    return wall, spent - before.children_user - before.children_system


def _ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _folder(parent: str, name: str) -> Path:
    made = Path(parent) / name
    made.mkdir(parents=True, exist_ok=True)
    return made


def _stock(folder: Path, python: str) -> Path:
    """The whole library as everybody has it, with byte code that is held against its sources."""
    for wheel in wheels(REPO / "requirements" / "serve.txt", STOCK, cloud.WHEELS):
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(folder)
    subprocess.run([python, "-m", "compileall", "-q", str(folder)], check=True)
    return folder


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
