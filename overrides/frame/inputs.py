"""All that a page is made of besides its own text (step 1): an edition and its files in, a hash out.

Two builds with the same hash have the same programs, templates, options, strings, settings, keys and
facts, and pages of the same names. It knows no page.
"""

import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from overrides.frame.edition import ROOM, Edition


def files(docs: Path, config: Path) -> str:
    """The hash of data, templates and `config`, mkdocs.yml; to be asked for before any of it is read."""
    tops = (docs / "data", ROOM / "templates")
    return of_files([config, *sorted(path for top in tops for path in top.rglob("*.*"))])


def around(site: Edition, read: str) -> str:
    """The hash for every language of an edition; `read` is that of the files."""
    names = {language: sorted(found) for language, found in site.written.items()}
    told = [site.settings, site.keys, site.strings, site.sources, site.synonyms, names]
    return of([programs(), read, *map(repr, told)])


def of(parts: Iterable[str]) -> str:
    """The hash of texts, of which none passes for a piece of another."""
    found = sha256()
    for part in parts:
        found.update(sha256(part.encode()).digest())
    return found.hexdigest()


def of_files(paths: Iterable[Path]) -> str:
    """The hash of what stands in files, with their names."""
    return of(f"{path.name} {_content(path)}" for path in paths)


def _content(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:  # gone, a folder, the lock of an editor: whoever needs it says what is wrong
        return "not to be read"


@cache
def programs() -> str:
    """The hash of our own program, and the versions of Python and of everything installed.

    As it was when this was first asked for: before anything is made with it.
    """
    return _programs()


def is_same_program() -> bool:
    """Whether nobody has saved a file of our own program since; of what was made then nobody knows by which."""
    return _programs() == programs()


def _programs() -> str:
    found = sha256(sys.version.encode())
    for folder in filter(None, sys.path):
        with suppress(OSError):  # what is no folder, such as an archive
            names = sorted(path.name for path in Path(folder).glob("*.dist-info"))
            found.update("\n".join(names).encode() + b"\0")
    for path in sorted(ROOM.rglob("*.py")):
        found.update(str(path.relative_to(ROOM)).encode() + sha256(path.read_bytes()).digest())
    return found.hexdigest()
