"""Two ratios of the desk: opening from disk against the bare HPKE loop, and the time to `--help`.

Both are measured against their floor in the same run, in turns, since machines are noisy.
"""

import json
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

ROOT = Path(__file__).resolve().parents[2]
COMPLAINTS = 10_000
ROUNDS = 3  # all complaints each time, next to the bare loop over all
STARTS = 30
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


def open_ratio() -> float:
    """How near opening files comes to the bare HPKE loop over the same bytes in memory."""
    secret = seal.load_secret(SEED)
    ratios = []
    with tempfile.TemporaryDirectory() as name:
        objects = _write(Path(name), secret.public)
        paths = list(opening.objects([Path(name)]))
        in_memory = [objects[path] for path in paths]
        for _ in range(ROUNDS):
            bare = _seconds(lambda: _bare_loop(in_memory, secret))
            ratios.append(bare / _seconds(lambda: _open_all(paths, secret)))
    return statistics.median(ratios)


def _start(*arguments: str) -> float:
    command = [sys.executable, *arguments]
    return _seconds(
        lambda: subprocess.run(
            command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, check=True
        )
    )


def start_ratio() -> float:
    """How much longer `desk --help` takes than a Python that does nothing."""
    pairs = [(_start("-m", "desk", "--help"), _start("-c", "pass")) for _ in range(STARTS)]
    return statistics.median(help_time / empty for help_time, empty in pairs)


def measure() -> dict[str, float | None]:
    """The values of the table for the desk."""
    return {"open.raw_ratio": open_ratio(), "desk.start_ratio": start_ratio()}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
