"""`make bench`: measures everything in one run, prints one table, writes var/bench.json.

With names of areas behind it: only these, and nothing is written. It ends with 1 when an area failed.
"""

import json
import signal
import subprocess
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from tests.bench import (
    board,
    calm,
    casestore,
    cloud,
    desk,
    drop,
    flood,
    load,
    page,
    site,
    table,
)
from tests.bench.calm import Watch
from tests.bench.figures import Figure
from tests.bench.table import Result

OUT = Path(__file__).resolve().parents[2] / "var" / "bench.json"
# Each has `measure(watch)`, which gives all its keys of `goals.py` as figures.
AREAS: dict[str, ModuleType] = {
    "page": page,
    "site": site,
    "drop": drop,
    "load": load,
    "lambda": cloud,
    "desk": desk,
    "casestore": casestore,
    "board": board,
    "flood": flood,
}


def measured(area: str, watch: Watch) -> tuple[dict[str, Figure], str]:
    """The figures of an area, and why it failed if it did; never both."""
    before = calm.ticks()
    watch.look()
    try:
        found: dict[str, Figure] = AREAS[area].measure(watch)
    except Exception as error:  # whatever stops one area is told in the table, and the others go on
        traceback.print_exc()
        return {}, why(error)
    watch.look()
    watch.stolen = calm.stolen(before, calm.ticks())
    failed = table.failure(area, found)
    return ({}, failed) if failed else (found, "")


def why(error: Exception) -> str:
    """An error as one line; of a program that stopped, the last line that it said."""
    if isinstance(error, subprocess.CalledProcessError) and error.stderr:
        said = error.stderr.strip().splitlines()[-1]
    else:
        said = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {said}"


def run(areas: Sequence[str]) -> dict[str, Result]:
    """Measure these areas one after the other, and judge afterwards whether each is to be believed."""
    watches = {area: Watch() for area in areas}
    given = {}
    for area, watch in watches.items():
        print(f"bench: {area}", file=sys.stderr)
        given[area] = measured(area, watch)
    least = min(reading.cpu_s for watch in watches.values() for reading in watch.readings)
    return {
        area: Result(
            figures, failed, tuple(watches[area].doubts(least)), tuple(watches[area].remarks)
        )
        for area, (figures, failed) in given.items()
    }


def main(chosen: Sequence[str]) -> int:
    """Command line; 1 when an area failed, whatever its figures."""
    strange = [name for name in chosen if name not in AREAS]
    if strange:
        sys.stderr.write(f"bench: there is no area {strange[0]}\nhint: one of {', '.join(AREAS)}\n")
        return 2
    results = run(chosen or tuple(AREAS))
    print(*table.lines(results), sep="\n")
    if not chosen:
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_text(json.dumps(table.record(results), indent=2) + "\n", "utf-8")
    return int(any(result.failed for result in results.values()))


if __name__ == "__main__":
    # Stopped from outside, it takes its folders away as well: hundreds of megabytes in memory.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
