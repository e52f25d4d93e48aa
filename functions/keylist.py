"""Step 3, the key list of a running app: read again when the file changes (WIRE.md section 6).

The path of the list comes in; the list that counts now goes out. A new list is taken whole or not
at all: what is half written, unsound, older, or of another site key leaves the old one in force,
and is said once on standard error. It knows no request.
"""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from functions import accepted
from functions.accepted import Accepted
from functions.errors import SetupError

_MAX_BYTES = 2**20
_KEPT = "the list read before stays in force"


def tell(line: str) -> None:
    """Say something to the operator, on standard error."""
    sys.stderr.write(f"functions: {line}\n")
    sys.stderr.flush()


class KeyListFile:
    """The key list file. Safe for any number of threads."""

    def __init__(self, path: Path, say: Callable[[str], None] = tell) -> None:
        """Read the list at `path`. Raises `SetupError` or `OSError` if it cannot be used."""
        self._path = path
        self._say = say
        self._lock = Lock()
        self._seen: bytes | None = _bytes_of(path)
        self._taken = accepted.read(_text(self._seen))

    def now(self) -> Accepted:
        """Return the list that counts: that of the file, unless it may not be taken.

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
                raise SetupError("the key list cannot be read any more")
            found = accepted.read(_text(seen))
            if found.site_key != self._taken.site_key:
                raise SetupError("the key list is of another site key")
            if found.issued < self._taken.issued:
                raise SetupError("the key list is older than the one read before")
        except SetupError as error:
            self._say(f"{error}; {_KEPT}")
        else:
            self._taken = found


def _bytes_of(path: Path) -> bytes:
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe must not hold us up
    with os.fdopen(file, "rb") as stream:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise SetupError("the key list is not a plain file")
        octets = stream.read(_MAX_BYTES + 1)
    if len(octets) > _MAX_BYTES:
        raise SetupError("the key list is too long")
    return octets


def _text(octets: bytes) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SetupError("the key list cannot be read") from error
