"""Facts that are checked once (step 1): how to make facts of what stands in files in, a reader of such
files out.

What was read is known again by its text, never by its name or its age, and can be handed to another process
of the same build. It knows no record.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar  # of what YAML gives, nothing is checked yet

from overrides.facts import records

Made = TypeVar("Made")
Known = dict[
    str, dict[tuple[str, ...], Any]
]  # by what makes them and the texts that they are made of

MOST = 4  # of each kind: what a preview has read before its files changed goes
_known: Known = {}


def by_text(make: Callable[..., Made], most: int = MOST) -> Callable[..., Made]:
    """The same that makes nothing twice of the same texts; nobody changes what comes out.

    What is refused is refused again.
    """
    known: dict[tuple[str, ...], Made] = _known.setdefault(
        f"{make.__module__}.{make.__qualname__}", {}
    )

    def made(*texts: str) -> Made:
        if texts not in known:
            found = make(*texts)
            if len(known) >= most:
                known.pop(next(iter(known)), None)
            known[texts] = found
        return known[texts]

    return made


def checked(make: Callable[[Any, str], Made]) -> Callable[[Path], Made]:
    """A reader out of what makes facts of a file by its name."""

    def parsed(text: str, name: str) -> Made:
        return make(records.parsed(text, name), name)

    parsed.__module__, parsed.__qualname__ = make.__module__, make.__qualname__
    made = by_text(parsed)
    return lambda path: made(records.written(path), path.name)


def known() -> Known:
    """All that was checked, for a process that was begun before."""
    return _known


def take_over(known: Known) -> None:
    """Take what another process of this build has checked as checked."""
    for kind, found in known.items():
        _known.setdefault(kind, {}).update(found)
