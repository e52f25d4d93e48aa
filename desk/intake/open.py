"""Step 6: opens sealed objects on a machine without a network.

Comes in: paths and intake keys. Goes out: each complaint as it is opened, and at the end a table of
what could not be, which never stops the rest. It refuses to know the store and the network.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from desk import terminal
from desk.errors import TYPE_CHECKING, DeskError, Refused
from desk.folder import is_name, read_plain, walk
from desk.intake.view import SHORT, Opened
from desk.keys import secret_keys
from desk.keys.passphrase import Ask
from desk.wire import envelope
from desk.wire.canon import Value
from desk.wire.seal import Secret, load_secret, open_sealed

if TYPE_CHECKING:
    from desk.strings import Strings

UNREADABLE = "unreadable"
_SHOWN_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Keyring:
    """The intake keys given; `practice` holds the ids of those that are no real keys."""

    secrets: tuple[Secret, ...]
    practice: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be opened: its name, and the check that failed (`errors.Check`, or
    `unreadable`); `is_renamed` if it is called like an object but is another.
    """

    file: str
    check: str
    is_renamed: bool = False

    def line(self, say: "Strings") -> str:
        """The file, what is wrong with it and what to do, in one line."""
        shown = terminal.clean(self.file).replace("\n", " ").replace("\t", " ")
        short = shown[:SHORT] if is_name(self.file) else shown[:_SHOWN_CHARACTERS]
        remedy = say("intake.renamed" if self.is_renamed else f"intake.remedy.{self.check}")
        return f"  {short:<{SHORT}}  {self.check}: {say(f'intake.check.{self.check}')}; {remedy}"


def _in_folder(folder: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    for root, folders, names in walk(folder, refuse=closed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (root / name for name in filter(is_name, names))
    # A folder that may not be looked into ends up in the table, like a file that may not be read.
    yield from (Path(error.filename) for error in closed)


def objects(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to open: each path that is no folder, and each object below those that are."""
    for path in paths:
        if not os.path.lexists(path):
            shown = terminal.clean(str(path))
            raise DeskError(f"there is nothing at {shown}", "is the stick plugged in?")
        if path.is_dir():
            yield from _in_folder(path)
        else:
            yield path


def open_object(sealed_object: bytes, secrets: Sequence[Secret]) -> envelope.Complaint:
    """All of WIRE.md sections 2 to 5 in their order; `Refused` with the first check that fails."""
    plaintext = open_sealed(sealed_object, *secrets)
    return envelope.parse_complaint(envelope.parse_plaintext(plaintext))


def _refused(path: Path, check: str, sealed_object: bytes) -> Unread:
    is_whole = len(sealed_object) <= envelope.OBJECT_BYTES
    # A name is a hash. If it does not match, the file is not what was sent.
    is_renamed = is_whole and is_name(path.name) and envelope.name(sealed_object) != path.name
    return Unread(path.name, check, is_renamed)


def open_file(path: Path, secrets: Sequence[Secret]) -> Opened | Unread:
    """Read and open one file, whatever is in it."""
    try:
        # One byte more than an object has shows a file that is too long, however long it is.
        sealed_object = read_plain(path, envelope.OBJECT_BYTES + 1)
    except OSError:
        return Unread(path.name, UNREADABLE)
    try:
        complaint = open_object(sealed_object, secrets)
    except Refused as refusal:
        return _refused(path, refusal.check, sealed_object)
    # The name comes from the bytes and not from the file: a file may be called anything.
    key_id = sealed_object[2 : envelope.HEADER_BYTES].hex()
    return Opened(envelope.name(sealed_object), key_id, complaint)


def each(paths: Sequence[Path], secrets: Sequence[Secret]) -> Iterator[Opened | Unread]:
    """Open every file, in order; a complaint that came before in another seal is marked."""
    seen: dict[Value, str] = {}
    for path in paths:
        result = open_file(path, secrets)
        if isinstance(result, Unread):
            yield result
            continue
        identity = result.complaint.values["complaint_id"]
        yield replace(result, same_as=seen[identity]) if identity in seen else result
        seen.setdefault(identity, result.name)


def unlock(paths: Iterable[Path], ask: Ask) -> Keyring:
    """Read the key files, asking for each passphrase that is needed."""
    found = [secret_keys.read(path, ask) for path in paths]
    for key in found:
        if key.use != "intake":
            hint = "complaints are opened with an intake key"
            raise DeskError(f"the key {key.id} is a {key.use} key", hint)
    practice = frozenset(key.id for key in found if key.practice)
    return Keyring(tuple(load_secret(key.seed) for key in found), practice)


def show(
    paths: Iterable[Path], keyring: Keyring, out: TextIO, *, form: Callable[[Opened], str]
) -> list[Unread]:
    """Print each complaint as it is opened, in a form; returns the files that could not be opened."""
    files = list(objects(paths))
    if not files:
        raise DeskError("there is no sealed complaint here", "give the folder it was fetched to")
    unread = []
    for result in each(files, keyring.secrets):
        if isinstance(result, Unread):
            unread.append(result)
        else:
            is_practice = result.key_id in keyring.practice
            out.write(form(replace(result, practice=is_practice)))
    return unread


def table(unread: Sequence[Unread], say: "Strings") -> list[str]:
    """The lines of the table of files that could not be opened; none if all were."""
    head = [say("open.table", count=len(unread))] if unread else []
    return [*head, *(one.line(say) for one in unread)]
