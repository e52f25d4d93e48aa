"""How much of a long test is run: `make soak` sets BALIE_SOAK=1 and gets the whole, `make test` a share."""

import os

SOAK = os.environ.get("BALIE_SOAK") == "1"


def count(whole: int, share: int) -> int:
    """Return the whole count in a soak, a share of it otherwise."""
    return whole if SOAK else share
