"""A desk whose dice always fall alike, for pictures only: `python -m handbook.dice` with the arguments of `desk`.

Comes in: arguments of `desk`. Goes out: what `desk` does, with the same keys and invented names each time. What it
draws is no secret to anybody: it refuses every case store and key that is not for practice.
"""

import secrets
import sys
from hashlib import shake_256
from itertools import takewhile
from pathlib import Path

import nacl.utils

from desk.cli import main
from desk.store.door import read_identity
from desk.wire import envelope, seal


class Dice:
    """Bytes that follow from what was asked for, and from nothing else."""

    def __init__(self, seed: str) -> None:
        """Begin the stream of this seed."""
        self._seed, self._drawn = seed, 0

    def octets(self, size: int = 32) -> bytes:
        """The next bytes, as many as are asked for."""
        self._drawn += 1
        return shake_256(f"{self._seed}\n{self._drawn}".encode()).digest(size)

    def hex(self, size: int | None = None) -> str:
        """The next bytes in digits."""
        return self.octets(size or 32).hex()

    def below(self, most: int) -> int:
        """The next number from 0 on, below this one."""
        return int.from_bytes(self.octets(16), "big") % most


class Rising:
    """Seals whose names rise in the order of sealing, so that a stick is always read in that order.

    The library takes no dice of ours: one in sixteen seals has the right beginning.
    """

    def __init__(self) -> None:
        """Begin with the smallest name."""
        self._count = 0

    def __call__(self, plaintext: bytes, public: bytes) -> bytes:
        """Seal until the name fits; a third of a millisecond each time."""
        first = f"{self._count % 16:x}"
        self._count += 1
        while True:
            sealed = _seal(plaintext, public)
            if envelope.name(sealed).startswith(first):
                return sealed


_seal = seal.seal


def _is_practice(arguments: list[str]) -> bool:
    """Whether this is one of the three things that a practice desk is made of."""
    match arguments[:2]:
        case ["key", "new"]:
            return "--practice" in arguments
        case ["serve", store]:
            return read_identity(Path(store)).practice
        case ["rehearse", _]:
            return True  # of practice keys alone: it asks itself
    return False


def run(arguments: list[str]) -> int:
    """Do as `desk` does; its exit code."""
    if not _is_practice(arguments):
        sys.stderr.write(
            "balie: these dice are for practice alone\nhint: type desk in their place\n"
        )
        return 2
    verb = takewhile(lambda one: "/" not in one and not one.startswith("-"), arguments)
    dice = Dice(" ".join(verb))
    secrets.randbelow = dice.below  # type: ignore[assignment] # the name of what it is given
    secrets.token_hex = dice.hex  # type: ignore[assignment]
    nacl.utils.random = dice.octets
    seal.seal = Rising()
    return main(arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
