"""A finished site that is kept (step 1): its files and what its pages are made of in, the same files out.

It is kept under the hash of all that it is made of but the texts of its written pages, and taken whole or not
at all: where a file of it is not as it was put there, or is gone, all is made anew.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # of what stands in a file, before it is used

from overrides.words.errors import SiteError

MOST = 3  # of builds that differ in more than the texts of pages
_LIST = "files.json"  # of every file its size and when it was written, as of no other file
_SITE, _PAGES = "site", "pages"
_READ_WRITE = 0o666
Put = Callable[[str, str], object]


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
    put: Put = link

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

    @contextmanager
    def half(self) -> Iterator[Path | None]:
        """A folder for a site that is being made: nobody takes anything of it, and it goes with the block.

        What `store` made whole stays. None where there can be no folder.
        """
        with ExitStack() as ends:
            half = None
            with suppress(OSError):
                self.folder.parent.mkdir(parents=True, exist_ok=True)
                new = tempfile.mkdtemp(prefix=f"{self.folder.name}.", dir=self.folder.parent)
                ends.callback(shutil.rmtree, new, ignore_errors=True)
                ends.enter_context(_held(Path(new)))
                half = Path(new)
            yield half

    def store(self, half: Path, made: Path, pages: Path, parts: Collection[str] = ()) -> None:
        """Keep a site, and the folder `pages` of what its pages are made of; nothing where that cannot be.

        The folders named in `parts` were laid into the half before.
        """
        try:
            listed: dict[str, list[int]] = {}
            for part in parts:
                listed |= json.loads((half / part).read_bytes())
                (half / part).unlink()
            listed |= _laid(made, half, _SITE, self.put, without=parts)
            listed |= _laid(pages, half, _PAGES, self.put)
            (half / _LIST).write_text(json.dumps(listed), "utf-8")
            shutil.rmtree(self.folder, ignore_errors=True)
            half.rename(self.folder)
        except (OSError, ValueError):
            shutil.rmtree(half, ignore_errors=True)


def lay_part(half: Path, made: Path, part: str, put: Put = link) -> None:
    """Lay one folder of a site into its half, by a process of its own; where that cannot be, it is never whole."""
    with suppress(OSError):
        listed = _laid(made / part, half, f"{_SITE}/{part}", put)
        (half / part).write_text(json.dumps(listed), "utf-8")


def _laid(
    source: Path, half: Path, inside: str, put: Put, without: Collection[str] = ()
) -> dict[str, list[int]]:
    """Lay the files of a folder in one of the half; of each its size and when it was written."""
    names = [*_files(source, without)]
    _spread(source, half / inside, names, put)
    return {f"{inside}/{name}": _state(half / inside, name) for name in names}


def _files(top: Path, without: Collection[str] = ()) -> Iterator[str]:
    for at, folders, names in os.walk(top):
        inside = at[len(str(top)) + 1 :]
        if not inside:
            folders[:] = [name for name in folders if name not in without]
        yield from (f"{inside}/{name}" if inside else name for name in names)


def _spread(source: Path, target: Path, names: list[str], put: Put, inside: int = 0) -> None:
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


@contextmanager
def _held(half: Path) -> Iterator[None]:
    """Hold a half for as long as this process lives; `BlockingIOError` where another does."""
    held = os.open(half, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(held)


def tidy(folder: Path, most: int = MOST) -> None:
    """Take away what a killed build left, and the sites beyond so many that were asked for longest ago."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):  # another build took it away, or is at work there
            if path.suffix:
                with _held(path):
                    shutil.rmtree(path, ignore_errors=True)
                continue
            found.append((path.stat().st_mtime_ns, path))
    for _, path in sorted(found, reverse=True)[most:]:
        shutil.rmtree(path, ignore_errors=True)
