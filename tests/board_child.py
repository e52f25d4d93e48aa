"""A process that makes a board and publishes it until it is killed, for `test_board_crash.py`.

Arguments: the folder with `store`, `stick` and `site`, and the number of the board. It waits for a
line before it begins, so that the kill does not meet the start.
"""

import sys
from pathlib import Path

from desk.online import publishing
from desk.outgoing import boardmaking
from desk.wire.board import file
from tests import trusted
from tests.boards import order, week
from tests.intakes import opened


def once(folder: Path, number: int) -> None:
    """The whole way of one week: store, stick, site."""
    out = folder / "stick" / "board.bin"
    with opened(folder / "store") as book:
        file.write(out, boardmaking.make(book, order(number)).octets)
    site, trust = str(folder / "site"), trusted.folder(folder)
    publishing.publish(publishing.Order(out, site, trust, week(number)))


if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.readline()
    once(Path(sys.argv[1]), int(sys.argv[2]))
