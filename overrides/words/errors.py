"""The errors of the site room (step 1): a build that cannot be right stops with one of them.

What is wrong comes in, and optionally what to do next. It does not know who prints it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class SiteError(Exception):
    """The site cannot be built; `hint` says what to do next, or is empty."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    @property
    def every(self) -> "tuple[SiteError, ...]":
        """All that is wrong, one by one."""
        return (self,)


class Refusals(SiteError):
    """Several things are wrong; each keeps its own hint."""

    def __init__(self, found: Sequence[SiteError]) -> None:
        super().__init__("\n".join(map(str, found)), "\n".join(one.hint for one in found))
        self._found = tuple(found)

    @property
    def every(self) -> tuple[SiteError, ...]:
        """All that is wrong, one by one."""
        return self._found


class Gathered:
    """Collects what is wrong in several parts, so that an editor hears all of it at once."""

    def __init__(self) -> None:
        self.found: list[SiteError] = []

    @contextmanager
    def part(self) -> Iterator[None]:
        """What is wrong in this part is kept; the parts after it are looked at all the same."""
        try:
            yield
        except SiteError as error:
            self.found.extend(error.every)

    def refuse(self) -> None:
        """Stop here if anything was wrong."""
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            raise Refusals(self.found)
