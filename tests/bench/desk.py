"""Two ratios of the desk: opening from disk against the bare HPKE loop, and the time to `--help`.

Both are measured against their floor in the same run, in turns, since machines are noisy.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desk.intake import open as opening
from desk.wire import canon, envelope, seal
from tests.bench.calm import Watch
from tests.bench.figures import Figure, median, ratios

ROOT = Path(__file__).resolve().parents[2]
COMPLAINTS = 10_000
ROUNDS = 3  # all complaints each time, next to the bare loop over all
STARTS = 10  # in each round, in turns with a Python that does nothing
SEED = b"\x42" * 32
STORY = "Zij kwamen binnen zonder te vragen en wilden mijn paspoort zien. "


def _complaint(number: int) -> bytes:
    """A complaint such as the form makes, its story of 65 to 1,300 characters."""
    return canon.dumps(
        {
            "schema": 1,
            "complaint_id": f"{number:032x}",
            "form_language": "nl",
            "role": "self",
            "wish": "advice",
            "topics": ["check", "police"],
            "municipality": "Den Haag",
            "period": "month",
            "pass_on": {"scope": "pattern", "to": ["municipality"]},
            "consent": {"store": True, "act": True, "count": True, "quote": False},
            "story": STORY * (1 + number % 20),
        }
    ).encode("utf-8")


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _write(folder: Path, public: bytes) -> dict[Path, bytes]:
    sealed = (
        seal.seal(envelope.build_plaintext(_complaint(number)), public)
        for number in range(COMPLAINTS)
    )
    objects = {folder / envelope.name(one): one for one in sealed}
    for path, one in objects.items():
        path.write_bytes(one)
    return objects


def _bare_loop(objects: list[bytes], secret: seal.Secret) -> None:
    for one in objects:
        info = envelope.LABEL + one[: envelope.HEADER_BYTES]
        seal.SUITE.decrypt(one[envelope.HEADER_BYTES :], secret.private, info)


def _open_all(paths: list[Path], secret: seal.Secret) -> None:
    for result in opening.each(paths, [secret]):
        if isinstance(result, opening.Unread):
            raise RuntimeError(result.check)


def open_ratio(watch: Watch) -> Figure:
    """How near opening files comes to the bare HPKE loop over the same bytes in memory."""
    secret = seal.load_secret(SEED)
    bare, ours = [], []
    with tempfile.TemporaryDirectory(dir=_disk(), prefix="bench-") as name:
        objects = _write(Path(name), secret.public)
        paths = list(opening.objects([Path(name)]))
        in_memory = [objects[path] for path in paths]
        for _ in range(ROUNDS):
            bare.append(_seconds(lambda: _bare_loop(in_memory, secret)))
            ours.append(_seconds(lambda: _open_all(paths, secret)))
            watch.look()
    return ratios(bare, ours)


def _disk() -> Path:
    """The folder for files that are to come from a disk, which a machine's own /tmp may not be."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    return folder


def _start(*arguments: str) -> float:
    command = [sys.executable, *arguments]
    return _seconds(
        lambda: subprocess.run(
            command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, check=True
        )
    )


def start_ratio() -> float:
    """How much longer `desk --help` takes than a Python that does nothing, in one round of starts."""
    pairs = [(_start("-m", "desk", "--help"), _start("-c", "pass")) for _ in range(STARTS)]
    return statistics.median(help_time / empty for help_time, empty in pairs)


def measure(watch: Watch) -> dict[str, Figure]:
    """The values of the table for the desk."""
    opened = open_ratio(watch)
    _start("-m", "desk", "--help")  # not counted: the first writes what Python keeps of each module
    return {
        "open.raw_ratio": opened,
        "desk.start_ratio": median(start_ratio() for _ in range(ROUNDS)),
    }
