"""A hundred thousand fakes: import, the first inbox and the first search after it, and memory.

Every step runs in a process of its own, by `tests.bench.casestore`. By hand: `python -m
tests.bench.flood COUNT [--objects FOLDER] [TREE...]` measures this tree and others in turns, so that
a change stands beside what was there before under the same load; sealed objects may lie in FOLDER.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.calm import Watch
from tests.bench.casestore import FEW, seal_all
from tests.bench.figures import Figure

REPO = Path(__file__).resolve().parents[2]
COUNT = 100_000
STEPS = ("import_s", "inbox_s", "first_search_s", "peak_mib")
ROUNDS = 2


def _child(tree: Path, *arguments: str | Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.casestore", *map(str, arguments)]
    done = subprocess.run(command, cwd=tree, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def once(tree: Path, parts: Sequence[Path], store: Path) -> dict[str, float]:
    """The four values with the code of one tree, by `STEPS`; the store is made anew."""
    made, opened = _child(tree, "import", store, *parts), _child(tree, "unlock", store)
    return {
        "import_s": made["seconds"],
        "inbox_s": opened["inbox_s"],
        "first_search_s": opened["first_search_s"],
        "peak_mib": max(made["peak_mib"], opened["peak_mib"]),
    }


def _parts(folder: Path, count: int) -> list[Path]:
    """Folders with so many sealed objects, made if they are not there."""
    wanted = max(1, count // FEW)
    if not folder.is_dir() or len(list(folder.iterdir())) < wanted:
        seal_all(folder, count)
    return sorted(folder.iterdir())[:wanted]


def beside(trees: Sequence[Path], count: int, objects: Path | None) -> list[dict[str, Figure]]:
    """Each step for each tree, with `ROUNDS` taken in turns; each round is printed as it ends."""
    found: list[list[dict[str, float]]] = [[] for _ in trees]
    disk_folder = REPO / "var"
    disk_folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=disk_folder, prefix="bench-") as name:
        parts = _parts(objects or Path(name) / "objects", count)
        for number in range(ROUNDS):
            for place, tree in enumerate(trees):
                found[place].append(once(tree, parts, Path(name) / f"store-{place}-{number}"))
                print(tree.name, json.dumps(found[place][-1]), file=sys.stderr)
    return [{step: _figure(one, step) for step in STEPS} for one in found]


def _figure(rounds: Sequence[dict[str, float]], step: str) -> Figure:
    values = tuple(one[step] for one in rounds)
    return Figure(statistics.median(values), values)


def measure(_watch: Watch) -> dict[str, Figure]:
    """The values of the table; sealing alone takes two minutes, all of it about six."""
    found = beside([REPO], COUNT, None)[0]
    return {f"flood.{step}_{COUNT}": found[step] for step in STEPS}


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("count", type=int)
    asked.add_argument("trees", type=Path, nargs="*")
    asked.add_argument("--objects", type=Path)
    given = asked.parse_args()
    trees = (REPO, *given.trees)
    for tree, found in zip(trees, beside(trees, given.count, given.objects), strict=True):
        print(tree.name, json.dumps({step: round(one.value, 2) for step, one in found.items()}))


if __name__ == "__main__":
    main()
