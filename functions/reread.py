"""Steps 1 and 3, the files of a running app: read again when they change, whole or not at all.

A path and what makes sense of its text come in; what counts now goes out. What is half written,
unsound, or may not follow leaves in force what was read before, and is said once on standard
error. It knows neither request nor person.
"""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from functions.errors import SetupError

_MAX_BYTES = 2**20
_KEPT = "what was read before stays in force"

Read = TypeVar("Read")


def tell(line: str) -> None:
    """Say something to the operator, on standard error."""
    sys.stderr.write(f"functions: {line}\n")
    sys.stderr.flush()


def _any_follows(_before: object, _found: object) -> None:
    """Let every sound file take the place of the one before."""


class Reread(Generic[Read]):
    """One file. Safe for any number of threads."""

    def __init__(
        self,
        path: Path,
        parse: Callable[[str], Read],
        *,
        check: Callable[[Read, Read], None] = _any_follows,
        say: Callable[[str], None] = tell,
    ) -> None:
        """Read `path` with `parse`. Raises `SetupError` or `OSError` if it cannot be used.

        `parse` raises `SetupError`; `check` does so if the second may not follow the first.
        """
        self._path, self._parse, self._check, self._say = path, parse, check, say
        self._lock = Lock()
        self._seen: bytes | None = _bytes_of(path)
        self._taken = parse(_text(self._seen))

    def now(self) -> Read:
        """Return what counts: the file as it is, unless it may not be taken.

        It compares bytes, not times: a few kilobytes cost less than to be wrong about a clock.
        """
        with self._lock:
            seen = self._look()
            if seen != self._seen:
                self._seen = seen
                self._change(seen)
            return self._taken

    def _look(self) -> bytes | None:
        try:
            return _bytes_of(self._path)
        except (OSError, SetupError):
            return None

    def _change(self, seen: bytes | None) -> None:
        try:
            if seen is None:
                raise SetupError("it cannot be read any more")
            found = self._parse(_text(seen))
            self._check(self._taken, found)
        except SetupError as error:
            self._say(f"{self._path.name} is not taken: {error}; {_KEPT}")
        else:
            self._taken = found


def _bytes_of(path: Path) -> bytes:
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe must not hold us up
    with os.fdopen(file, "rb") as stream:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise SetupError("it is not a plain file")
        octets = stream.read(_MAX_BYTES + 1)
    if len(octets) > _MAX_BYTES:
        raise SetupError("it is too long")
    return octets


def _text(octets: bytes) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SetupError("it is no text") from error
