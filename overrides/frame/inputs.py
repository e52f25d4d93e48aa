"""What the files of a site hold when a build begins (step 1): paths in, a hash of everything but the texts of
written pages out, and those texts.

Two builds with the same hash have the same programs, scripts, templates, options, strings, settings, keys and
facts, and pages of the same names that say the same of themselves and of how far they are behind. It knows no page.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from overrides.facts import front_matter
from overrides.frame.edition import ROOM, Job
from overrides.words.catalogue import ORIGINAL

# What the scripts are made with besides our own modules: npm writes down what it installed.
_SCRIPTS = ("package.json", "package-lock.json", "tsconfig.json", "node_modules/.package-lock.json")


@dataclass(frozen=True)
class Read:
    """What stood in the files. `texts` has what stands behind the front matter of each page that somebody
    wrote, by a name such as `nl/door.md`; `around` is the hash of all the rest."""

    around: str
    texts: dict[str, str]

    def hashes(self) -> dict[str, str]:
        """The hash of each text."""
        return {name: of([text]) for name, text in self.texts.items()}


def read(job: Job) -> Read:
    """Read everything that a site is built from; to be asked for before anything is made."""
    docs, keys = Path(job.docs), Path(job.keys)
    texts: dict[str, str] = {}
    told, fronts = [programs(), str(job.reference_date)], dict[str, str]()
    for name in _names(docs):
        front = _front(docs, name, texts) if _is_page(name) else ""
        told += [name, front or _content(docs / name)]
        fronts[name] = front
    told += _behind(fronts, texts)
    for folder in (ROOM, Path(job.locale)):
        told += _told(folder, (name for name in _names(folder) if not name.endswith(".py")))
    desk = ROOM.parent / "desk"  # which verifies the keys
    told += _told(desk, (name for name in _names(desk) if name.endswith(".py")))
    told += _told(ROOM.parent, [*_SCRIPTS, *_tests(docs)])
    given = [Path(job.config), Path(job.settings), keys, *sorted(keys.parent.glob("site-*.pub"))]
    return Read(of([*told, *map(_content, given)]), texts)


def _tests(docs: Path) -> list[str]:
    """Files with tests that hold what the site promises, and what may leave them out."""
    try:
        written = (docs / "data" / "promises.yml").read_text("utf-8")
    except (OSError, UnicodeDecodeError):  # told where it is read
        written = ""
    found = {Path(name) for name in re.findall(r"tests/[\w/]+\.py", written)}
    found |= {folder / "conftest.py" for path in found for folder in path.parents}
    return sorted(map(str, found))


def _behind(fronts: dict[str, str], texts: dict[str, str]) -> list[str]:
    """The translations that say in their frame that the Dutch text has changed since."""
    found = []
    for name in texts:
        original = f"{ORIGINAL}/{name.partition('/')[2]}"
        made_from = front_matter.made_from(fronts[name])
        if made_from and original in texts:
            now = front_matter.fingerprint(fronts[original] + texts[original])
            found += [name] if made_from != now else []
    return found


def is_as_read(job: Job, before: Read) -> bool:
    """Whether everything still is as it was read; of what was made since nobody else knows from what."""
    return is_same_program() and before == read(job)


def of(parts: Iterable[str]) -> str:
    """The hash of texts, of which none passes for a piece of another."""
    found = sha256()
    for part in parts:
        found.update(sha256(part.encode("utf-8", "surrogatepass")).digest())
    return found.hexdigest()


def _names(top: Path) -> Iterator[str]:
    """Every file and folder below one, but for what Python keeps there."""
    for at, folders, files in os.walk(top, followlinks=True):  # as MkDocs does
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        inside = os.path.relpath(at, top)
        yield from (os.path.normpath(f"{inside}/{name}") for name in sorted(files))
        yield from (os.path.normpath(f"{inside}/{name}") for name in folders)


def _is_page(name: str) -> bool:
    folder, _, page = name.partition("/")
    return folder != "data" and "/" not in page and page.endswith(".md")


def _front(docs: Path, name: str, texts: dict[str, str]) -> str:
    """The front matter of a page, whose text is put beside the others; nothing where it has none."""
    try:
        written = (docs / name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
    front, text = front_matter.parted(written)
    if front:
        texts[name] = text
    return front


def _told(top: Path, names: Iterable[str]) -> list[str]:
    return [f"{name} {_content(top / name)}" for name in names]


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return sha256(file.read()).hexdigest()
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
