"""Shared by the tests of the case store: small stores, events with words that can be searched for, and crashes."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desk.store import wrap
from desk.store.check import check
from desk.store.create import create
from desk.store.event import LOG, Event, Place
from desk.store.vault import Vault, new_subject

HANDLER, WORDS = "anna", "one two three four five six seven"
CHEAP = wrap.MINIMUM  # Argon2id in tests: the least work there is
DAY = "2026-11-22"
CANARY = "zij kwamen binnen zonder te vragen"
OBJECT = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # the name of b"abc"


def make_store(folder: Path, name: str = "store", *, practice: bool = False) -> Path:
    """Make an empty store that HANDLER opens with WORDS, and return its path."""
    folder.mkdir(exist_ok=True)
    create(folder / name, HANDLER, WORDS, practice=practice, work=CHEAP)
    return folder / name


def opened(store: Path, handler: str = HANDLER, words: str = WORDS) -> Vault:
    return Vault.open(store, handler, words)


def event(subject: str, text: str = CANARY, kind: str = "noted", **values: Any) -> Event:
    return Event(subject, kind, DAY, HANDLER, {"text": text, **values})


def tombstone(subject: str) -> Event:
    """Return the line of the log that has to come before an erasure."""
    return Event(LOG, "erased", DAY, HANDLER, {"subject": subject, "why": "term"})


def erase(vault: Vault, *subjects: str) -> None:
    """Erase as the desk does: first the log, then the keys."""
    vault.append([tombstone(subject) for subject in subjects])
    vault.erase(subjects)


def filled(folder: Path, name: str = "store") -> tuple[Path, list[str]]:
    """Make a store with three subjects in three batches, of which the last is erased."""
    store = make_store(folder, name)
    subjects = [new_subject() for _ in range(3)]
    with opened(store) as vault:
        vault.append([event(subjects[0], "first"), event(subjects[1], "second")])
        vault.append([event(subjects[0], "third"), event(subjects[2], CANARY)])
        erase(vault, subjects[2])
    return store, subjects


def two(folder: Path) -> tuple[Path, Path, list[str]]:
    """Make a filled store and a copy of it, made by hand."""
    store, subjects = filled(folder)
    shutil.copytree(store, folder / "copy")
    return store, folder / "copy", subjects


def texts(vault: Vault) -> list[str]:
    """The texts of all events, in order; the log has none."""
    return [str(one.values["text"]) for _, one in vault.events() if "text" in one.values]


def keep(store: Path, subject: str, *words: str) -> None:
    """Keep an event for each of the words, each in a batch of its own."""
    with opened(store) as vault:
        for word in words:
            vault.append([event(subject, word)])


def all_texts(store: Path) -> list[str]:
    """The texts of a store in which nothing is wrong."""
    with opened(store) as vault:
        assert check(vault).findings == ()
        return texts(vault)


def everything(vault: Vault) -> list[tuple[Place, Event]]:
    return list(vault.events())


def files(store: Path) -> dict[str, bytes]:
    """The bytes of every file in a folder, by path inside it."""
    found = (path for path in store.rglob("*") if path.is_file())
    return {str(path.relative_to(store)): path.read_bytes() for path in sorted(found)}


def one_file(store: Path, pattern: str, index: int = 0) -> Path:
    return sorted(store.glob(pattern))[index]


def flip(path: Path, at: int, bit: int = 0) -> None:
    """Change one bit of a file."""
    octets = bytearray(path.read_bytes())
    octets[at] ^= 1 << bit
    path.write_bytes(octets)


def in_child(act: Callable[[], None]) -> int:
    """Run something in a fork of this process; the signal that ended it, or its exit code."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:  # a child that came back here would run the rest of the tests
            os._exit(3)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


_STEPS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir")
_crash: list[int] = []  # steps left until the crash, set in a forked child only


def _count(name: str, arguments: tuple[Any, ...]) -> None:
    if not _crash or name not in _STEPS:
        return
    if name == "open" and (not isinstance(arguments[2], int) or not arguments[2] & 0o3):
        return  # opened for reading
    if _crash[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    _crash[0] -= 1


def crash_at(step: int, act: Callable[[], None]) -> bool:
    """Run something in a fork that is killed before its change to the disk number `step`.

    Says whether it was killed; if not, it had fewer steps and came to its end.
    """

    def run() -> None:
        sys.addaudithook(_count)
        _crash.append(step)
        act()

    ended = in_child(run)
    assert ended in (0, -signal.SIGKILL)
    return ended != 0


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Put a file in the place of a folder, so that nobody can write into it, root included."""
    aside = folder.with_name("aside")
    folder.rename(aside)
    folder.write_bytes(b"")
    try:
        yield
    finally:
        folder.unlink()
        aside.rename(folder)
