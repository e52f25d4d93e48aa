"""Files of facts that are checked once (step 1): how to make facts of what stands in a file in, a reader of
such files out.

What was read is known again by its text, never by its name or its age. It knows no record.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar  # of what YAML gives, nothing is checked yet

from overrides.facts import records

Made = TypeVar("Made")


def checked(make: Callable[[Any, str], Made]) -> Callable[[Path], Made]:
    """A reader out of what makes facts of a file by its name; nobody changes what comes out.

    What is refused is refused again. Processes that are begun later have it checked.
    """

    @lru_cache(maxsize=4)
    def made(text: str, name: str) -> Made:
        return make(records.parsed(text, name), name)

    return lambda path: made(records.written(path), path.name)
