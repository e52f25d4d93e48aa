"""An opened case store: where cases live between steps 6 and 7.

Comes in: a folder and the passphrase of one handler; events. Goes out: the same events again, in
one order on every copy. It refuses to know what a case is, and keeps no text of any in memory.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock as Mutex
from types import TracebackType

from nacl import utils

from desk.errors import DeskError
from desk.store import batch, disk, heads, keyfile, ring
from desk.store.door import read_identity, unlock
from desk.store.event import SUBJECT_BYTES, Event, Place
from desk.store.faults import Fault
from desk.store.hold import Hold, locked
from desk.store.identity import Identity
from desk.store.keyfile import Lock
from desk.store.shelf import SUBJECT, Shelf, quarantined
from desk.wire.canon import Value

_MEND = "run `desk check`, and merge the last backup into this store"


def new_subject() -> str:
    """A name for something new to keep events on: 32 random hex digits."""
    return utils.random(SUBJECT_BYTES).hex()


def octets_of(subject: str) -> bytes:
    """A subject as 16 bytes; `DeskError` when the text is none."""
    if SUBJECT.fullmatch(subject) is None:
        raise DeskError("this is not the subject of anything in a case store")
    return bytes.fromhex(subject)


class Vault:
    """A case store that is open; nobody else can open it until it is closed."""

    def __init__(
        self, path: Path, handler: str, *, known: Identity, key: bytes, hold: Hold
    ) -> None:
        """For `open` and for copies, which have the store key and hold the store already."""
        self.path = path
        self.handler = handler
        self.identity = known
        self.lock = Lock(bytes.fromhex(known.store_id), key)
        self._hold = hold
        self._open = self._sound = True
        self._writes = False
        self._guard = Mutex()
        self.reload()

    @classmethod
    def open(cls, path: Path, handler: str, passphrase: str) -> "Vault":
        """Open a store with one handler's passphrase, after finishing what a crash broke off.

        Raises `DeskError` when it is in use, when it is no store, or on a wrong passphrase.
        """
        known = read_identity(path)
        with locked(path) as hold, disk.reading(path):
            disk.sweep(path)
            key = unlock(path, known, handler, passphrase=passphrase)
            return cls(path, handler, known=known, key=key, hold=hold)

    def __enter__(self) -> "Vault":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let others open the store, and forget its keys: at once, whatever another thread does with it.

        A write that is under way is finished first, since half of one would be damage; nothing more
        is read or written after it.
        """
        with self._guard:
            self._open = self._sound = False
            if not self._writes:
                self._forget()

    def _forget(self) -> None:
        self._hold.release()
        self._ring.keys.clear()
        self.lock = Lock(self.lock.store_id, b"")

    @property
    def practice(self) -> bool:
        """Whether the cases in it are invented."""
        return self.identity.practice

    @property
    def store_id(self) -> str:
        """The id that all copies of this store share, 32 hex digits."""
        return self.identity.store_id

    @property
    def names(self) -> Collection[str]:
        """The names of all batches that could be read."""
        return self._shelf.entries.keys()

    @property
    def faults(self) -> Mapping[str, Fault]:
        """Files that were not read whole, and why; `desk check` tells all of it."""
        return dict(self._ring.faults) | self._shelf.faults

    @property
    def missing(self) -> frozenset[str]:
        """What was written once and cannot be read: batches by name, subjects without a key."""
        return frozenset(self._shelf.gaps) | set(
            map(bytes.hex, self._shelf.keyless | self._ring.unsure)
        )

    @property
    def skipped(self) -> int:
        """How many events of erased subjects the last run of `events` met."""
        return self._shelf.skipped

    def reload(self) -> None:
        """Look again at what lies on disk, and erase what the log says is erased.

        A copy made before an erasure brings the key back when it is merged, so it goes again.
        """
        with disk.reading(self.path):
            self._ring = ring.load(self.path, self.lock)
            self._shelf = Shelf(self.path, self.lock.store_id, self._ring)
            self._shelf.load()
        self._destroy(self._shelf.tombstones & (self._ring.keys.keys() | self._ring.unsure))

    def events(self) -> Iterator[tuple[Place, Event]]:
        """All events that can be read, in one order; those of erased subjects are left out.

        An event that is damaged is left out too, and its file stands in `faults`.
        """
        self._require_open()
        return self._shelf.events()

    def read(self, place: Place) -> Event:
        """One event again; `DeskError` when it is erased, damaged, or no such place is known."""
        self._require_open()
        return self._shelf.read(place)

    def values_again(self, places: Iterable[Place]) -> Iterator[tuple[Place, Mapping[str, Value]]]:
        """The values of many events, for who has read them before: none is proven a second time.

        Places in one batch that stand together cost one reading of its file. What is erased or
        damaged by now is left out.
        """
        self._require_open()
        return self._shelf.values_again(places)

    def _require_open(self) -> None:
        if not self._open:
            raise DeskError("the case store is closed", "open it again")

    def append(self, events: Sequence[Event]) -> list[Place]:
        """Keep events as one batch, on disk when this returns: all of them or none.

        A subject not seen before gets its own random key. Raises `DeskError` for a subject that was
        erased, for values that are no canonical JSON, and when the disk refuses.
        """
        return self._put(events) if events else []

    def note_heads(self) -> None:
        """Write down which batches are the last, after a copy brought others."""
        with self.writing():
            disk.put(self.path / disk.HEADS, heads.build(self._shelf.heads))

    def mark(self) -> None:
        """Put a batch without events on top, so that older copies can be told from this one."""
        self._put(())

    def _put(self, events: Sequence[Event]) -> list[Place]:
        self._require_open()
        fresh = self._fresh_keys({octets_of(event.subject) for event in events})
        records = [(self._key(event, fresh), event) for event in events]
        parents = sorted(map(bytes.fromhex, self._shelf.heads))
        clock = self._shelf.clock
        octets = batch.build(self.lock.store_id, clock, parents, records=records, log=self._log())
        sealed = {subject: keyfile.seal(self.lock, subject, key) for subject, key in fresh.items()}
        whole = batch.summed(octets)
        name = whole.name
        with self.writing():
            keys = keyfile.build(self.lock, sealed) if sealed else None
            disk.put_batch(self.path, name, octets, keys=keys)
            disk.put(self.path / disk.HEADS, heads.build({name: clock}))
        self._ring.keys.update(fresh)
        self._shelf.add(whole)
        return [Place(name, number) for number in range(len(events))]

    def _log(self) -> bytes:
        if self._ring.log is None:
            raise DeskError("the key of the log is damaged or missing", _MEND)
        return self._ring.log

    def _key(self, event: Event, fresh: Mapping[bytes, bytes]) -> bytes:
        subject = bytes.fromhex(event.subject)
        return fresh.get(subject) or self._ring.keys[subject]

    def _fresh_keys(self, subjects: Collection[bytes]) -> dict[bytes, bytes]:
        gone = self._ring.erased | self._shelf.tombstones
        if not gone.isdisjoint(subjects):
            raise DeskError("this was erased, and nothing can be added to it")
        # A second key for one subject would make one half of its events unreadable.
        if not (self._ring.unsure | self._shelf.keyless).isdisjoint(subjects):
            raise DeskError("the key of this is damaged or missing", _MEND)
        unknown = [subject for subject in subjects if subject not in self._ring.keys]
        return {subject: utils.random(keyfile.KEY_BYTES) for subject in unknown}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Wrap what changes the files of this store; after a failure nothing more is written."""
        self._begin_writing()
        try:
            with disk.writing():
                yield
            self._sound = True
        finally:
            with self._guard:
                self._writes = False
                if not self._open:
                    self._forget()

    def _begin_writing(self) -> None:
        with self._guard:
            self._require_open()
            if not self._sound:
                raise DeskError("an earlier write to the case store failed", "open it again")
            # After a failed write nobody knows what the disk holds. Opening again finds out.
            self._sound = False
            self._writes = True

    def erase(self, subjects: Collection[str]) -> None:
        """Destroy the keys of subjects, for good, also when this is done again.

        Each must stand as `subject` in an event `erased` on LOG, or `DeskError`: by that line the
        other copies of the store learn of it, and a crash in between is made up for.
        """
        wanted = {octets_of(subject) for subject in subjects}
        if not wanted <= self._shelf.tombstones:
            raise DeskError("what is erased must stand in the log of the store before")
        self._destroy(wanted)

    def _destroy(self, subjects: Collection[bytes]) -> None:
        if subjects:
            with self.writing():
                ring.erase(self.path, self.lock, self._ring, subjects=subjects)

    def subjects(self) -> Collection[str]:
        """Every subject that has or had a key, LOG among them."""
        return frozenset(map(bytes.hex, self._ring.keys.keys() | self._ring.erased))

    def is_erased(self, subject: str) -> bool:
        """Whether the key of a subject was destroyed."""
        return octets_of(subject) in self._ring.erased

    def quarantine(self, name: str, octets: bytes) -> None:
        """Keep an unreadable object. Its name must be the SHA-256 of its bytes, 64 hex digits."""
        if sha256(octets).hexdigest() != name:
            raise DeskError("in quarantine every object has the name of its own bytes")
        folder = self.path / disk.QUARANTINE
        with self.writing():
            disk.make_folder(folder)
            disk.put(folder / name, octets)

    def quarantined(self) -> list[str]:
        """The names of the objects in quarantine now, in order."""
        return [path.name for path in quarantined(self.path)]

    def release(self, names: Collection[str]) -> None:
        """Destroy the objects in quarantine that bear these names; others are passed over."""
        wanted = frozenset(names)
        with self.writing():
            for path in quarantined(self.path):
                if path.name in wanted and path.is_file() and not path.is_symlink():
                    disk.destroy(path)
