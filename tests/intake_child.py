"""A process that imports a stick until it is killed, for `test_intake_kill.py`.

Arguments: the store and the stick. It prints how many objects are done, each time that a batch is
safe on disk, and waits for a line before it begins, so that the kill does not meet the start.
"""

import sys
from pathlib import Path

from desk.intake import intake
from tests.intakes import TODAY, opened

BATCH = 8  # small, so that a kill falls between, before and within many of them


def main(store: Path, stick: Path) -> None:
    """Import, and say so after each batch."""
    intake.BATCH = BATCH
    with opened(store) as book:
        print("ready", flush=True)
        sys.stdin.readline()
        intake.take(
            book, [stick], today=TODAY, report=lambda progress: print(progress.done, flush=True)
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
