"""The keys of all subjects of an opened case store, in memory, between steps 6 and 7.

Comes in: the keys files of a store and the store key. Goes out: a key for each subject that has one,
and which were erased. It refuses to know events; it never writes a key, only zeros over one.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from desk.folder import is_name, read_plain
from desk.store import disk, keyfile
from desk.store.event import LOG, SUBJECT_BYTES
from desk.store.faults import Damaged, Fault
from desk.store.keyfile import ERASED, Lock


@dataclass(slots=True)
class Ring:
    """The keys by subject (16 bytes), the erased subjects, and what was wrong with which file.

    `unsure` holds subjects of which no record opens, though none is called erased, or of which two
    open to different keys. `files` names, for each subject, the last keys file that has it.
    """

    keys: dict[bytes, bytes] = field(default_factory=dict)
    erased: set[bytes] = field(default_factory=set)
    unsure: set[bytes] = field(default_factory=set)
    files: dict[bytes, str] = field(default_factory=dict)
    faults: list[tuple[str, Fault]] = field(default_factory=list)

    @property
    def log(self) -> bytes | None:
        """The key of the log, with which every batch is sealed as a whole."""
        return self.keys.get(bytes.fromhex(LOG))

    def knows(self, subject: bytes) -> bool:
        """Whether any keys file has a record of a subject."""
        return subject in self.keys or subject in self.erased or subject in self.unsure

    def take(self, lock: Lock, file: str, sealed: dict[bytes, bytes]) -> None:
        """Take in what `keyfile.parse` gave for one file."""
        for subject, octets in sealed.items():
            if self.knows(subject):
                self.faults.append((file, "key_twice"))
            self.files[subject] = file
            if octets != ERASED:
                self._open(lock, file, subject, octets)
            elif subject not in self.keys:
                self.erased.add(subject)

    def _open(self, lock: Lock, file: str, subject: bytes, sealed: bytes) -> None:
        try:
            key = keyfile.open_key(lock, subject, sealed)
        except Damaged as damage:
            self.faults.append((file, damage.fault))
            if subject not in self.keys:
                self.unsure.add(subject)
            return
        if subject not in self.keys:
            self.keys[subject] = key
            self.unsure.discard(subject)
            self.erased.discard(subject)
        elif self.keys[subject] != key:
            self.unsure.add(subject)

    def settle(self, gone: Collection[bytes]) -> None:
        """Tell zeros that an erasure left from those that are damage: no log calls that erased."""
        for subject in sorted(self.erased.difference(gone)):
            self.erased.remove(subject)
            self.unsure.add(subject)
            self.faults.append((self.files[subject], "key_lost"))


def files(store: Path) -> list[Path]:
    """The keys files of a store, in the order of their names."""
    return sorted(path for path in (store / disk.KEYS).glob("*.keys") if is_name(path.stem))


def read(lock: Lock, path: Path) -> dict[bytes, bytes]:
    """The sealed keys in one file; `Damaged` when it cannot be had."""
    try:
        octets = read_plain(path, disk.MAX_KEYS_BYTES + 1)
    except OSError:
        raise Damaged("unreadable") from None
    return keyfile.parse(lock, octets)


def load(store: Path, lock: Lock) -> Ring:
    """Open the keys of a whole store; a file that cannot be read is a fault and stops nothing."""
    ring = Ring()
    for path in files(store):
        try:
            ring.take(lock, path.name, read(lock, path))
        except Damaged as damage:
            ring.faults.append((path.name, damage.fault))
    return ring


def _erase_in(lock: Lock, path: Path, subjects: Collection[bytes]) -> None:
    start = keyfile.HEADER_BYTES + SUBJECT_BYTES
    for number, (subject, sealed) in enumerate(read(lock, path).items()):
        if subject in subjects and sealed != ERASED:
            disk.overwrite(path, start + number * keyfile.RECORD_BYTES, len(ERASED))


def erase(store: Path, lock: Lock, ring: Ring, *, subjects: Collection[bytes]) -> None:
    """Put zeros over the keys of subjects, on disk and here, whatever lay in their place.

    Every keys file is searched, not only the one where the key was found: a copy may have left
    another. `OSError` when the disk refuses; the rest is then still there and found at the next try.
    """
    wanted = frozenset(subjects)
    for path in files(store):
        try:
            _erase_in(lock, path, wanted)
        except Damaged:
            continue  # it stands among the faults, and none of its keys can be used
    for subject in filter(ring.knows, wanted):
        ring.keys.pop(subject, None)
        ring.unsure.discard(subject)
        ring.erased.add(subject)
