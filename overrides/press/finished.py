"""A finished site that is kept (step 1): its files and what its pages are made of in, the same files out.

It is kept under the hash of all that it is made of but the texts of its written pages, and taken whole or not
at all: where a file of it is not as it was put there, or is gone, all is made anew.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # of what stands in a file, before it is used

from overrides.words.errors import SiteError

MOST = 3  # of builds that differ in more than the texts of pages
_LIST = "files.json"  # of every file its size and when it was written, as of no other file
_SITE, _PAGES = "site", "pages"
_READ_WRITE = 0o666


def link(source: str, target: str) -> None:
    """Lay a file as one more name of another, or as its copy where the disk knows no second name."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


@dataclass(frozen=True)
class Finished:
    """Where a site is kept, in `folder`; whoever changes a file of what is laid takes it out first.

    `put` lays a file where there is none.
    """

    folder: Path
    put: Callable[[str, str], object] = link

    def told(self, name: str) -> Any:
        """What was written down beside the site under a name; `OSError` or `ValueError` if there is nothing."""
        return json.loads((self.folder / _PAGES / f"{name}.json").read_bytes())

    def lay(self, out: Path) -> None:
        """Put the site into a folder that is not there yet; `SiteError` where what is kept is not whole."""
        try:
            listed = json.loads((self.folder / _LIST).read_bytes())
            names = [name for name in listed if name.startswith(f"{_SITE}/")]
            _spread(self.folder, out, names, self.put, inside=len(_SITE) + 1)
            is_whole = bool(names) and self._is_whole(listed, os.stat(out).st_mode & _READ_WRITE)
            os.utime(self.folder)
        except (OSError, ValueError, TypeError, AttributeError):
            is_whole = False
        if not is_whole:
            shutil.rmtree(out, ignore_errors=True)
            raise SiteError("the site that was kept is not whole")

    def _is_whole(self, listed: dict[str, list[int]], who: int) -> bool:
        """Whether each is as it was, and as open as what is made now: one more name for a file has its mode."""
        for name, state in listed.items():
            found = os.stat(f"{self.folder}/{name}")
            if [found.st_size, found.st_mtime_ns] != state or found.st_mode & _READ_WRITE != who:
                return False
        return True

    def store(self, made: Path, pages: Path) -> None:
        """Keep a site, and the folder `pages` of what its pages are made of; nothing where that cannot be."""
        half = self.folder.with_name(f"{self.folder.name}.{os.getpid()}")
        try:
            _spread(made, half / _SITE, [*_files(made)], self.put)
            _spread(pages, half / _PAGES, [*_files(pages)], self.put)
            listed = {name: _state(half, name) for name in _files(half)}
            (half / _LIST).write_text(json.dumps(listed), "utf-8")
            shutil.rmtree(self.folder, ignore_errors=True)
            half.rename(self.folder)
        except OSError:
            shutil.rmtree(half, ignore_errors=True)


def _files(top: Path) -> Iterator[str]:
    for at, _, names in os.walk(top):
        inside = at[len(str(top)) + 1 :]
        yield from (f"{inside}/{name}" if inside else name for name in names)


def _spread(
    source: Path, target: Path, names: list[str], put: Callable[[str, str], object], inside: int = 0
) -> None:
    """Lay files by name; the first `inside` letters of each stay away."""
    made: set[str] = set()
    os.makedirs(target, exist_ok=True)
    for name in names:
        folder = name[inside:].rpartition("/")[0]
        if folder not in made:
            os.makedirs(f"{target}/{folder}", exist_ok=True)
            made.add(folder)
        put(f"{source}/{name}", f"{target}/{name[inside:]}")


def _state(folder: Path, name: str) -> list[int]:
    found = os.stat(f"{folder}/{name}")
    return [found.st_size, found.st_mtime_ns]


def tidy(folder: Path, most: int = MOST) -> None:
    """Take away the sites beyond so many that were asked for longest ago."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):  # another build took it away
            found.append((path.stat().st_mtime_ns, path))
    for _, path in sorted(found, reverse=True)[most:]:
        shutil.rmtree(path, ignore_errors=True)
