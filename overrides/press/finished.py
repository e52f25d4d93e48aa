"""Finished pages that are kept (step 1): a part of the site and all that it is made of in, its files out.

A part is what one language has of written pages, or of pages made from data. It is kept under the hash
of all that any page of it is made of, and taken whole or not at all: where a file of it is not as it was
put there, or is gone, the part is made anew.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LIST = "files.json"  # of every file its size and when it was written, as of no other file
_READ_WRITE = 0o666
Put = Callable[[str, str], object]


@dataclass(frozen=True)
class Part:
    """Where a part is kept. `put` lays a file where there is none: as a copy, or as one more name of it.

    Whoever changes a page in place gets copies.
    """

    folder: Path
    put: Put = shutil.copyfile

    def lay(self, out: Path) -> bool:
        """Put what is kept into a folder that is not there yet; False where there is nothing whole."""
        try:
            listed = json.loads((self.folder / _LIST).read_bytes())
            _spread(self.folder, out, listed, self.put)
            is_whole = bool(listed) and listed == {
                name: _state(self.folder, name) for name in listed
            }
            is_whole = is_whole and self._is_readable(out, listed)
            os.utime(self.folder)
        except (OSError, ValueError, TypeError):
            is_whole = False
        if not is_whole:
            shutil.rmtree(out, ignore_errors=True)
        return is_whole

    def _is_readable(self, out: Path, names: Iterable[str]) -> bool:
        """Whether they are as open as a folder that is made now: one more name for a file has its mode."""
        who = os.stat(out).st_mode & _READ_WRITE
        return all(os.stat(f"{out}/{name}").st_mode & _READ_WRITE == who for name in names)

    def store(self, out: Path, names: list[str]) -> None:
        """Keep what was made in a folder; nothing where this disk knows no second name for a file."""
        half = self.folder.with_name(f"{self.folder.name}.{os.getpid()}")
        try:
            _spread(out, half, names, self.put)
            listed = {name: _state(half, name) for name in names}
            (half / _LIST).write_text(json.dumps(listed), "utf-8")
            shutil.rmtree(self.folder, ignore_errors=True)
            half.rename(self.folder)
        except OSError:
            shutil.rmtree(half, ignore_errors=True)


def _spread(source: Path, target: Path, names: list[str], put: Put) -> None:
    made: set[str] = set()
    for name in names:
        folder = f"{target}/{name.rpartition('/')[0]}"
        if folder not in made:
            os.makedirs(folder, exist_ok=True)
            made.add(folder)
        put(f"{source}/{name}", f"{target}/{name}")


def _state(folder: Path, name: str) -> list[int]:
    found = os.stat(f"{folder}/{name}")
    return [found.st_size, found.st_mtime_ns]


def tidy(folder: Path, most: int) -> None:
    """Take away the parts beyond so many that were asked for longest ago."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):  # another build took it away
            found.append((path.stat().st_mtime_ns, path))
    for _, path in sorted(found, reverse=True)[most:]:
        shutil.rmtree(path, ignore_errors=True)
