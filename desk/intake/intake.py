"""Step 6 into the case store: opens what is on a stick and makes a case of each complaint.

Comes in: paths and an opened store, which holds the intake keys. Goes out: cases, written in
batches, and a tally; what cannot be opened is named and kept in quarantine, and stops nothing. It
refuses to act on anything that a complaint says.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from desk.cases import begin, codes, said
from desk.cases.book import Casebook
from desk.errors import DeskError, Refused
from desk.folder import IN, is_name, is_old, is_part, is_unfinished, read_plain
from desk.intake import floods
from desk.intake.open import UNREADABLE, Unread, objects, open_object
from desk.intake.tally import Progress, Tally
from desk.outgoing.asked import IMPORTED, IN_PART
from desk.store import garbage
from desk.store.event import LOG, Event
from desk.store.vault import new_subject
from desk.wire import envelope, schema
from desk.wire.canon import Value

BATCH = 1_024  # objects looked at between two writes, each of which waits for the disk eight times
KEPT_BYTES = 65_536  # the largest file that is copied into quarantine
# Not read at all, or of a version that the site may have and this desk has not.
_NEWER = (UNREADABLE, "object_version", "object_suite")
MOST_KEPT = 1_000  # files copied into quarantine, and named, in one import; the others are counted


class _Import:
    """One import under way; nothing of it counts until it is written."""

    def __init__(self, book: Casebook, today: date) -> None:
        self.tally = Tally()
        self._book = book
        self._today = today
        self._secrets = book.keyring()
        self._destroyed = {str(one.values["key_id"]) for one in book.logged("key_destroyed")}
        self._groups = floods.groups(book, today)
        # Of this import, by complaint id: the first case under it; by the digest of a text: the case.
        self._first: dict[str, str] = {}
        self._cases: dict[bytes, str] = {}
        # By the mark of a code: the case that began in this import. Cases whose threads were read.
        self._codes: dict[bytes, str] = {}
        self._threads: set[str] = set()
        # Words under codes; those that ask to close or erase come first, so that any other word on
        # the stick takes back what they ask.
        self._waiting: dict[bool, list[Path]] = {True: [], False: []}
        self._begin()

    def _begin(self) -> None:
        self._events: list[tuple[str, str, dict[str, Value]]] = []
        self._received: dict[str, dict[str, Value]] = {}  # subject: values, of this batch
        self._names: set[str] = set()  # objects of this batch

    def look(self, path: Path) -> None:
        """Take in one file, whatever is in it."""
        self.tally.found += 1
        self._look(path, is_last=False)

    def _look(self, path: Path, *, is_last: bool) -> None:
        try:
            # Read once: what is then looked at cannot change any more.
            octets = read_plain(path, KEPT_BYTES + 1)
        except OSError:
            self._set_apart(path, UNREADABLE, b"", name="")
            return
        name = envelope.name(octets)
        if name in self._names or self._book.knows_object(name):
            self.tally.known += 1
            return
        try:
            complaint = open_object(octets, self._secrets)
        except Refused as refusal:
            self._set_apart(path, refusal.check, octets, name=name)
            return
        # The complaint that it follows may lie further on, so it is looked at again at the end.
        if not is_last and self._is_word(complaint):
            fields = complaint.values
            asks = schema.is_follow_up(fields) and fields["ask"] in said.ANNOUNCED
            self._waiting[asks].append(path)
            return
        self._names.add(name)
        self._take(name, octets[2 : envelope.HEADER_BYTES].hex(), complaint)

    def _may_be_read(self, check: str, octets: bytes, *, is_damaged: bool) -> bool:
        """Whether somebody may read later what could not be read now: then it may be a word.

        What came whole, to a key that is here or destroyed, and opens with none, nobody ever reads:
        anybody can send such a thing, and it must not hold up what others asked.
        """
        is_destroyed = octets[2 : envelope.HEADER_BYTES].hex() in self._destroyed
        return is_damaged or check in _NEWER or (check == "key_unknown" and not is_destroyed)

    def _set_apart(self, path: Path, check: str, octets: bytes, *, name: str) -> None:
        # The name of an object is its hash. If it does not match, the file is not what was sent.
        is_damaged = is_name(path.name) and name != path.name
        self.tally.unreadable += 1
        self.tally.left += self._may_be_read(check, octets, is_damaged=is_damaged)
        if len(self.tally.unread) >= MOST_KEPT:
            return
        is_whole = 0 < len(octets) <= KEPT_BYTES
        if is_whole:
            self._book.vault.quarantine(name, octets)
            self.tally.kept += 1
        self.tally.unread.append(Unread(path.name, check, is_whole and is_damaged))

    def _take(self, name: str, key_id: str, complaint: envelope.Complaint) -> None:
        digest = begin.digest(complaint.text)
        thread = self._thread(complaint)
        same = self._same(digest)
        if same is not None:
            self.tally.known += 1
            kind = "received_erased" if same == LOG else "received_again"
            self._events.append((same, kind, {"object": name, "key_id": key_id}))
            return
        values: dict[str, Value] = {"object": name, "key_id": key_id, "complaint": complaint.text}
        if thread and not self._is_first(thread, complaint):
            self._follow(thread, complaint, values)
        else:
            thread = self._begin_case(complaint, values, like=thread)
        self._cases[digest] = thread

    def _same(self, digest: bytes) -> str | None:
        """The case with the same text, or the log, where one was erased. An id alone tells neither."""
        if self._book.was_erased(digest):
            return LOG
        case = self._book.by_digest(digest)
        return self._cases.get(digest) if case is None else case.subject

    def _thread(self, complaint: envelope.Complaint) -> str:
        """The case that was begun under a code; empty if there is no code or no case."""
        mark = codes.mark(complaint.values)
        case = self._book.by_code(mark) if mark else None
        if case is None:
            return self._codes.get(mark, "")
        if case.subject not in self._threads:
            self._threads.add(case.subject)
            self._cases.update({later.digest: case.subject for later in case.later})
        return case.subject

    def _is_word(self, complaint: envelope.Complaint) -> bool:
        """Whether this is no complaint that begins a case, but a word under a code."""
        if schema.is_follow_up(complaint.values):
            return True
        thread = self._thread(complaint)
        is_second = bool(thread) and not self._is_first(thread, complaint)
        return is_second and self._same(begin.digest(complaint.text)) is None

    def _is_first(self, subject: str, complaint: envelope.Complaint) -> bool:
        """Whether this is the complaint that words with its code came before."""
        case = self._book.get(subject)
        return case is not None and case.unknown_code and not schema.is_follow_up(complaint.values)

    def _follow(
        self, subject: str, complaint: envelope.Complaint, values: dict[str, Value]
    ) -> None:
        """Put a word under a known code into its thread; another complaint under it is a word too."""
        self.tally.again += 1
        fields = complaint.values
        ask = str(fields["ask"]) if schema.is_follow_up(fields) else "write"
        self._events.append((subject, "followed_up", {**values, "ask": ask}))

    def _first_under(self, complaint_id: str, subject: str) -> str:
        """The first case under a complaint id: `subject`, if there was none."""
        case = self._book.by_complaint_id(complaint_id)
        return case.subject if case else self._first.setdefault(complaint_id, subject)

    def _begin_case(
        self, complaint: envelope.Complaint, values: dict[str, Value], *, like: str
    ) -> str:
        """Begin a case and return its subject; a word under an unknown code begins one too."""
        self.tally.new += 1
        subject, fields = new_subject(), complaint.values
        first = self._first_under(str(fields["complaint_id"]), subject)
        mark = codes.mark(fields)
        # Canaries are as like as eggs; in a flood they would wait for a handler.
        is_canary = self._book.is_canary(mark)
        story = str(fields.get("story", ""))
        joined = floods.Joined() if is_canary else self._groups.join(subject, story)
        values |= {
            "channel": "form",
            "pseudonym": self._book.new_pseudonym(),
            "practice": self._book.vault.practice,
            "flood": joined.flood,
            "like": like or (first if first != subject else joined.like),
        }
        self._received[subject] = values
        self._events.append((subject, "received", values))
        self._join_flood(joined)
        if mark:
            self._codes[mark] = subject
        return subject

    def _join_flood(self, joined: floods.Joined) -> None:
        """Mark a story's flood, also on those that came before it was one."""
        for other in joined.others:
            if other in self._received:
                self._received[other]["flood"] = joined.flood
            else:
                self._events.append((other, "set_aside", {"flood": joined.flood}))
        if joined.flood:
            self.tally.floods[joined.flood] += 1 + len(joined.others)

    def write(self) -> None:
        """Keep what was taken in since the last time, durably."""
        day, handler = self._today.isoformat(), self._book.vault.handler
        made = [
            Event(subject, kind, day, handler, values) for subject, kind, values in self._events
        ]
        self._book.add(made)
        self._begin()

    def finish(self) -> Tally:
        """Write the rest, and a line about the import in the log."""
        for number, path in enumerate(self._waiting[True] + self._waiting[False], 1):
            self._look(path, is_last=True)
            if number % BATCH == 0:
                self.write()
        self.write()
        names = ("found", "new", "known", "again", "unreadable", "left")
        counts: dict[str, Value] = {name: getattr(self.tally, name) for name in names}
        kind = IMPORTED if self.tally.is_whole else IN_PART
        day, handler = self._today.isoformat(), self._book.vault.handler
        self._book.add([Event(LOG, kind, day, handler, counts)])
        return self.tally


def take(
    book: Casebook, paths: Sequence[Path], *, today: date, report: Callable[[Progress], None]
) -> Tally:
    """Import every object at or below `paths`; `report` is called when a batch is safe on disk.

    Raises `DeskError` when a path is not there, or when there is no object at all and no folder to
    which `desk fetch` copies them.
    """
    found = sum(1 for _ in objects(paths))
    # A quiet week counts as read too: what is asked under a code waits for the drop to be read.
    is_fetched = any((path / IN).is_dir() for path in paths)
    if not found and not is_fetched:
        hint = "give the stick, or the folder it was fetched to"
        raise DeskError("there is no sealed complaint here", hint)
    current = _Import(book, today)
    current.tally.is_unfinished = any(map(is_unfinished, paths))
    current.tally.is_old = any(is_old(path, today) for path in paths)
    current.tally.is_loose = not any(path.is_dir() and not is_part(path) for path in paths)
    with garbage.left_alone():
        for done, path in enumerate(objects(paths), 1):
            current.look(path)
            if done % BATCH == 0:
                current.write()
                report(Progress(max(found, done), done))
        tally = current.finish()
    report(Progress(tally.found, tally.found))
    return tally
