"""The reply board: how many bytes every reader downloads while the desk has 128 slots."""

from nacl import utils

from desk.board import build
from tests.board_samples import BOARD_SEED, heading, outgoing


def board_bytes() -> int:
    """The size of a full board of 128 slots, as made for use."""
    entries = [outgoing(name) for name in range(heading().slots)]
    made = build.build(entries, [], heading=heading(), board_seed=BOARD_SEED, rng=utils.random)
    return len(made.octets)


def measure() -> dict[str, float | None]:
    """The values of the table for the board."""
    return {"board.bytes": board_bytes()}
