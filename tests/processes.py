"""Which processes this one has begun and not asked yet how they ended."""

import os
from contextlib import suppress
from pathlib import Path


def children() -> set[int]:
    """Their numbers, those among them that only wait to be asked."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # gone since we listed it
            parent = stat.read_text("ascii", errors="replace").rpartition(")")[2].split()[1]
            if parent == str(os.getpid()):
                found.add(int(stat.parent.name))
    return found
