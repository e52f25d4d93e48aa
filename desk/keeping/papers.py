"""Papers to print: sheets of a key, transcripts and check-lists to sign, around steps 2, 6 and 7.

Comes in: facts and the words of one language. Goes out: plain text, at most 78 columns wide, and a
file of it. It refuses to know how the facts came about, and any secret but the words of one sheet.
"""

import os
import signal
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.errors import DeskError
from desk.folder import write_new
from desk.keys.calendar import may_be_destroyed_on
from desk.store import disk
from desk.strings import Strings
from desk.terminal import clean
from desk.wire.keylist import KeyEntry

_COLUMNS = 3
_WIDTH = 78  # of "fingerprint" with its 64 digits, and of any printer
_RULE = "=" * _WIDTH
_COMMAND = "    "  # what is typed is not broken
_INDENTS = {"- ": "  ", "[ ] ": "    "}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at before a key was destroyed: counts of sealed complaints and of sticks."""

    received: int  # with this key, each of them in both case stores
    sticks: int
    on_sticks: int  # sealed to this key, each of them in both case stores
    unreadable: int  # sealed to this key, and not opened by it


@dataclass(frozen=True, slots=True)
class Destruction:
    """One key that is gone; `why` is empty when its time had come."""

    entry: KeyEntry
    on: date
    why: str
    store_id: str
    handlers: tuple[str, str]
    checked: Checked
    file_was_here: bool
    practice: bool


@dataclass(frozen=True, slots=True)
class Departure:
    """A handler, or a laptop, that has left a case store; `keys` are ids of intake keys in it."""

    name: str
    on: date
    store_id: str
    handlers: tuple[str, ...]  # who opens the store now
    keys: tuple[str, ...]
    cases: int
    open_cases: int
    practice: bool


def _table(words: tuple[str, ...]) -> str:
    rows = -(-len(words) // _COLUMNS)
    cells = [f"{number:>2} {word:<20}" for number, word in enumerate(words, 1)]
    return "\n".join("  " + " ".join(cells[row::rows]).rstrip() for row in range(rows))


def _fold(line: str) -> str:
    if line.startswith(_COMMAND):
        return line
    indent = next((width for mark, width in _INDENTS.items() if line.startswith(mark)), "")
    return textwrap.fill(line, _WIDTH, subsequent_indent=indent, break_on_hyphens=False)


def _paper(words: Strings, *parts: str, practice: bool = False) -> str:
    marked = (words("keeping.practice"), *parts) if practice else parts
    folded = ("\n".join(map(_fold, part.split("\n"))) for part in marked)
    return "\n\n".join((_RULE, *folded, _RULE)) + "\n"


def sheet(words: Strings, entry: KeyEntry, number: int, *, of: tuple[str, ...], on: date) -> str:
    """One of the three paper sheets of a key, with its 33 words numbered down the columns."""
    facts: dict[str, str | int] = {
        "number": number,
        "use": entry.use,
        "id": entry.id,
        "fingerprint": entry.fingerprint,
        "first": entry.not_before,
        "last": entry.not_after,
        "on": on.isoformat(),
        "destroyed": may_be_destroyed_on(entry).isoformat(),
    }
    head, tail = words("keeping.sheet.head", **facts), words("keeping.sheet.tail", **facts)
    return _paper(words, head, _table(of), tail)


def _signatures(words: Strings, names: tuple[str, ...]) -> str:
    return "\n\n".join(words("keeping.signature", name=name) for name in names)


def _checked(words: Strings, checked: Checked) -> str:
    ids = ["received", "sticks" if checked.sticks else "no_stick"]
    if checked.unreadable:
        ids.append("unreadable")
    return "\n".join(
        words(
            f"keeping.checked.{name}",
            received=checked.received,
            sticks=checked.sticks,
            found=checked.on_sticks,
            unreadable=checked.unreadable,
        )
        for name in ids
    )


def destruction(words: Strings, done: Destruction) -> str:
    """The transcript of a destruction, for two people to complete and sign."""
    entry = done.entry
    facts = {
        "on": done.on.isoformat(),
        "use": entry.use,
        "id": entry.id,
        "fingerprint": entry.fingerprint,
        "first": entry.not_before,
        "last": entry.not_after,
        "store": done.store_id,
        "file": f"{entry.use}-{entry.id}.key",
    }
    why = clean(done.why) if done.why else words("keeping.destroyed.in_time")
    file = f"keeping.destroyed.file_{'overwritten' if done.file_was_here else 'lost'}"
    gone = (words("keeping.destroyed.done", **facts), words(file, **facts))
    parts = (
        words("keeping.destroyed.head", **facts, why=why),
        words("keeping.destroyed.checked") + "\n" + _checked(words, done.checked),
        "\n".join(gone),
        words("keeping.destroyed.to_do"),
        _signatures(words, done.handlers),
    )
    return _paper(words, *parts, practice=done.practice)


def _departure(words: Strings, paper: str, done: Departure) -> str:
    facts: dict[str, str | int] = {
        "name": done.name,
        "on": done.on.isoformat(),
        "store": done.store_id,
        "handlers": ", ".join(done.handlers),
        "keys": ", ".join(done.keys) or "-",
        "cases": done.cases,
        "open": done.open_cases,
    }
    parts = [words(f"keeping.{paper}.{part}", **facts) for part in ("head", "known", "to_do")]
    return _paper(words, *parts, _signatures(words, done.handlers[:2]), practice=done.practice)


def left(words: Strings, done: Departure) -> str:
    """The check-list after a handler left."""
    return _departure(words, "left", done)


def lost(words: Strings, done: Departure) -> str:
    """The check-list after a laptop was lost, with what the tool knows for a breach report."""
    return _departure(words, "lost", done)


def write(text: str, path: Path) -> None:
    """Write a paper (mode 0600, never over another file) so that it can be printed."""
    try:
        write_new(path, text.encode("utf-8"))
    except OSError as error:
        raise DeskError(f"cannot write {path.name}: {error.strerror}") from None


def refuse_taken(path: Path) -> None:
    """Refuse a name that is taken or a folder that is not there, before anything is done for good."""
    if path.exists():
        raise DeskError(f"{path.name} is there already", "move the older paper away")
    if not path.parent.is_dir():
        raise DeskError("there is no such folder for the paper", "give one with --out")


def wipe_all(paths: Sequence[Path]) -> None:
    """Overwrite and remove files of which two are a key; a window that is closed waits for it."""
    closing = {signal.SIGINT, signal.SIGHUP, signal.SIGTERM}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, closing)
    try:
        for path in paths:
            wipe(path)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def wipe(path: Path) -> bool:
    """Overwrite a file with zeros and remove it, durably; whether it was there."""
    if not os.path.lexists(path):
        return False
    try:
        disk.destroy(path)
    except OSError as error:
        raise DeskError(f"cannot overwrite {path.name}: {error.strerror}") from None
    return True
