"""Whether the machine was quiet enough for its clock to be believed.

A loop of fixed work runs on every processor at once, before and after each area and between its rounds.
On a quiet machine it takes no longer than the processor time it needs, and needs the same each time.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

WORK = 6_000_000
WAIT_MAX = 1.1  # a loop that took longer than this by its processor time had to wait for others
SLOWER_MAX = 1.25  # a loop that needed more processor time than this by the least of the run
STOLEN_MAX = 0.02  # share of the processors that the host gave to its other guests
# Columns of the first line of /proc/stat, as proc(5) has them; guests count in the first two already.
_TICKS, _STEAL = slice(1, 9), 8


@dataclass(frozen=True)
class Reading:
    """One look: seconds by the clock and of the processor that the slowest loop took."""

    wall_s: float
    cpu_s: float

    @property
    def waited(self) -> float:
        """How many times longer than its processor time the loop took."""
        return self.wall_s / self.cpu_s


def read() -> Reading:
    """Run the loop on every processor at once; takes about a quarter of a second."""
    command = [sys.executable, "-m", "tests.bench.calm"]
    root = Path(__file__).resolve().parents[2]
    started = [
        subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE)
        for _ in range(os.cpu_count() or 1)
    ]
    said = [one.communicate()[0] for one in started]
    return max((Reading(**json.loads(one)) for one in said), key=lambda found: found.waited)


def loop() -> Reading:
    """The fixed work, in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    total = 0
    for number in range(WORK):
        total += number * number
    return Reading(time.perf_counter() - wall, time.process_time() - cpu)


def ticks() -> tuple[int, int]:
    """All ticks of the processors since the machine started, and those that were stolen."""
    fields = Path("/proc/stat").read_text("ascii").splitlines()[0].split()
    return sum(map(int, fields[_TICKS])), int(fields[_STEAL])


def stolen(before: tuple[int, int], after: tuple[int, int]) -> float:
    """The share of the ticks between two calls of `ticks` that was stolen; 0 when none has passed."""
    return (after[1] - before[1]) / max(1, after[0] - before[0])


@dataclass
class Watch:
    """What was seen of the machine while one area was measured, and what the area remarks."""

    readings: list[Reading] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    stolen: float = 0.0

    def look(self) -> None:
        """Read once more; an area calls it between its rounds."""
        self.readings.append(read())

    def remark(self, sentence: str) -> None:
        """Keep what a reader of the table must know of this area."""
        self.remarks.append(sentence)

    def doubts(self, least_cpu_s: float) -> list[str]:
        """Why what was timed is not to be believed; nothing on a quiet machine.

        `least_cpu_s` is the least processor time that the loop needed in the whole run.
        """
        found = []
        waited = max((one.waited for one in self.readings), default=1.0)
        slower = max((one.cpu_s for one in self.readings), default=least_cpu_s) / least_cpu_s
        if waited > WAIT_MAX:
            found.append(f"others used the processors: a loop took {waited:.1f} times its own time")
        if slower > SLOWER_MAX:
            found.append(f"the processors were {slower:.1f} times slower than at their best")
        if self.stolen > STOLEN_MAX:
            found.append(f"{self.stolen:.0%} of the processors went to other guests of the host")
        return found


if __name__ == "__main__":
    print(json.dumps(vars(loop())))
