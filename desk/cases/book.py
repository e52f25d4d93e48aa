"""All cases of an opened store in memory, between steps 6 and 7.

Comes in: the events of a store, and new ones. Goes out: cases, found by subject, name, complaint or
object. It refuses to know what a handler may do; that is `actions`. Stories stay on disk.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from desk.cases import kinds, pseudonyms, said
from desk.cases.begin import line, words
from desk.cases.case import Case, Entry
from desk.cases.fold import fold
from desk.errors import DeskError
from desk.store import garbage
from desk.store.daycheck import Days
from desk.store.event import LOG, Event, Place
from desk.store.vault import Vault
from desk.wire import again, envelope
from desk.wire.canon import Value
from desk.wire.seal import Secret, load_secret

_WITH_OBJECT = ("received", "received_again", "followed_up")
_FEWEST_DIGITS = 4  # of a subject, to find a case by


class Casebook:
    """The cases of one store. Merge stores first and make a new book afterwards."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.cases: dict[str, Case] = {}
        self.log: list[Entry] = []  # what concerns the desk itself
        self.days = Days()
        self._joined: dict[
            str, str
        ] = {}  # a second subject of a complaint: the subject of its case
        self._objects: dict[str, str] = {}  # name of an object: subject
        self._complaints: dict[str, str] = {}  # complaint id: subject
        self._digests: dict[bytes, str] = {}  # digest of the text of a complaint: subject
        self._codes: dict[bytes, tuple[str, ...]] = {}  # mark of a reply code: subjects
        self._canaries: set[bytes] = set()  # marks of codes that the desk itself wrote under
        self._names: dict[str, str] = {}  # pseudonym: subject
        self._drawn: set[str] = set()  # pseudonyms given out and not written yet
        self._keys: dict[str, Place] = {}
        self._erased: set[str] = set()  # objects of erased cases
        self._erased_texts: set[bytes] = set()  # digests of their complaints
        self._secrets: list[Secret] = []  # what `keyring` gave last
        with garbage.left_alone():
            for place, event in vault.events():
                self._fold(place, event)
        self._release()

    def close(self) -> None:
        """Close the store and forget every case and key, also under the hands of another thread.

        That thread then fails: what it finds here is empty, and nothing is written any more.
        """
        self.vault.close()
        for held in vars(self).values():
            if isinstance(held, dict | list | set):
                held.clear()

    def add(self, events: Sequence[Event]) -> None:
        """Write events as one durable batch, then fold them; `DeskError` before if one is wrong."""
        for event in events:
            kinds.check(event)
        if events:
            for place, event in zip(self.vault.append(events), events, strict=True):
                self._fold(place, event)
        if any("object" in event.values for event in events):
            self._release()

    def erase(self, subjects: Collection[str]) -> None:
        """Destroy the keys of subjects and forget them; `erased` must stand in the log before."""
        self.vault.erase(subjects)
        for subject in subjects:
            self._keys.pop(subject, None)
            case = self.cases.pop(subject, None)
            if case is not None:
                self._forget(case)

    def get(self, subject: str) -> Case | None:
        """The case of a subject, also when it was joined to another of the same complaint."""
        return self.cases.get(self._joined.get(subject, subject))

    def find(self, words: str) -> Case:
        """A case by its pseudonym or the first digits of its subject; else `DeskError`."""
        name = " ".join(words.replace("-", " ").lower().split())
        if name in self._names:
            return self.cases[self._names[name]]
        known = (*self.cases, *self._joined) if len(name) >= _FEWEST_DIGITS else ()
        found = {
            self._joined.get(subject, subject) for subject in known if subject.startswith(name)
        }
        if len(found) > 1:
            raise DeskError("more than one case begins with this", "give more digits or its name")
        if not found:
            raise DeskError("there is no such case", "give its two words or the first digits")
        return self.cases[found.pop()]

    def bundles(self) -> list[Case]:
        """Every bundle, in the order in which they were made."""
        return [case for case in self.cases.values() if case.kind == "bundle"]

    def members(self, bundle: Case) -> list[Case]:
        """The complaints in a bundle, in the order in which they came."""
        return [case for case in self.cases.values() if case.bundle == bundle.subject]

    def knows_object(self, name: str) -> bool:
        """Whether an object was imported before, also when its case has been erased since."""
        return name in self._objects or name in self._erased

    def was_erased(self, digest: bytes) -> bool:
        """Whether a complaint with this digest was erased; another seal of it must not come back."""
        return digest in self._erased_texts

    def by_complaint_id(self, complaint_id: str) -> Case | None:
        """The first case of a complaint id; another content under it has another case."""
        return self.cases.get(self._complaints.get(complaint_id, ""))

    def by_digest(self, digest: bytes) -> Case | None:
        """The case that began with a text, by `begin.digest`."""
        return self.cases.get(self._digests.get(digest, ""))

    def by_code(self, mark: bytes) -> Case | None:
        """The case of a reply code, by `codes.mark`: a complaint first, then one that is open."""
        found = [self.cases[subject] for subject in self._codes.get(mark, ())]
        return min(found, key=lambda case: (case.unknown_code, case.is_closed), default=None)

    def is_canary(self, mark: bytes) -> bool:
        """Whether the desk itself sent what was written under a code."""
        return mark in self._canaries

    def returned(self) -> list[Case]:
        """Cases erased on another copy of the store that came back with a merge."""
        # By the text alone: ids are reused, and one object may lie in the threads of two cases.
        return [case for case in self.cases.values() if case.digest in self._erased_texts]

    def complaint(self, case: Case) -> envelope.Complaint:
        """The complaint of a case, read from disk; `DeskError` for a bundle, which has none."""
        return self.written(case.thread[0])

    def written(self, entry: Entry) -> envelope.Complaint:
        """What a sender wrote in one step of a thread; `story` is there, if only an empty one."""
        text = self.text(entry).get("complaint")
        if not isinstance(text, str):
            raise DeskError("a bundle has no complaint of its own", "open one of its cases")
        found = again.complaint(text)
        return envelope.Complaint(found.text, {"story": "", **found.values})

    def text(self, entry: Entry) -> Mapping[str, Value]:
        """The values of the event behind an entry of a thread or of the log, read from disk."""
        return self.vault.read(entry.place).values

    def logged(self, kind: str) -> Iterator[Event]:
        """Each event of one kind that concerns the desk itself, read from disk, in order."""
        return (self.vault.read(entry.place) for entry in self.log if entry.kind == kind)

    def keyring(self) -> Sequence[Secret]:
        """Every intake key that is kept in the store and has not been destroyed; empty once closed."""
        seeds = [str(values["seed"]) for values in self.kept("intake")]
        self._secrets[:] = [load_secret(bytes.fromhex(seed)) for seed in seeds]
        return self._secrets

    def kept(self, use: str) -> list[Mapping[str, Value]]:
        """The keys of one use that are kept in the store, as in `key_kept`, read from disk."""
        kept = (self.vault.read(place).values for place in self._keys.values())
        return [values for values in kept if values["use"] == use]

    def new_pseudonym(self) -> str:
        """Two words that no case has and that nobody is given twice."""
        name = pseudonyms.draw(lambda name: name in self._names or name in self._drawn)
        self._drawn.add(name)
        return name

    def _release(self) -> None:
        """Destroy what lies in quarantine and could be read since, or was erased."""
        taken = [name for name in self.vault.quarantined() if self.knows_object(name)]
        if taken:
            self.vault.release(taken)

    def _fold(self, place: Place, event: Event) -> None:
        self.days.take(event)
        if event.subject == LOG:
            self._fold_log(place, event)
        elif event.kind in kinds.ON_KEY:
            if kinds.is_sound(event):
                self._keys[event.subject] = place
        elif (case := self.get(event.subject)) is not None:
            fold(case, place, event)
            name = line(event.values, "object") if event.kind in _WITH_OBJECT else ""
            if name and case.has_object(name):
                self._objects[name] = case.subject
        else:
            self._begin(place, event)

    def _fold_log(self, place: Place, event: Event) -> None:
        self.log.append(Entry(place, event.kind, event.on, event.by))
        if event.kind == "erased" and kinds.is_sound(event):
            self._erased.update(words(event.values, "objects"))
            self._erased_texts.update(map(bytes.fromhex, words(event.values, "digests")))
        if event.kind == "received_erased" and kinds.is_sound(event):
            self._erased.add(line(event.values, "object"))
        if event.kind == "canary" and kinds.is_sound(event):
            mark = bytes.fromhex(str(event.values["code"]))
            self._canaries.add(mark)
            for subject in self._codes.get(mark, ()):
                self.cases[subject].canary = True

    def _begin(self, place: Place, event: Event) -> None:
        case = fold(None, place, event)
        if case is None:
            return
        # By its text: whoever reads an id could write another complaint under it.
        twin = self.by_digest(case.digest)
        if twin is not None:
            self._joined[event.subject] = twin.subject
            twin.also = (*twin.also, event.subject)
            self._fold(place, event)
        else:
            self._enter(case)
            if case.code:
                self._gather(case, event)

    def _enter(self, case: Case) -> None:
        self._drawn.discard(case.pseudonym)
        if case.pseudonym in self._names:
            case.pseudonym = pseudonyms.numbered(case.pseudonym, self._names.__contains__)
        self.cases[case.subject] = case
        self._names[case.pseudonym] = case.subject
        if case.sealed:
            self._objects[case.sealed] = case.subject
        if case.complaint_id:
            self._complaints.setdefault(case.complaint_id, case.subject)
        if case.digest:
            self._digests[case.digest] = case.subject
        if case.code:
            case.canary = case.code in self._canaries

    def _gather(self, case: Case, event: Event) -> None:
        """Bring a case to the others under its code, and let them hear the words it began with."""
        others = [self.cases[subject] for subject in self._codes.get(case.code, ())]
        self._codes[case.code] = (*(one.subject for one in others), case.subject)
        if others:
            said.join(case, others[0])
        # What she sent with the form under a code that she had is a word under it too.
        is_second = case.channel == "form" and not all(one.unknown_code for one in others)
        if case.unknown_code or is_second:
            said.hear(case, said.word_of(event))

    def _forget(self, case: Case) -> None:
        self._names.pop(case.pseudonym, None)
        for name in case.objects:
            self._objects.pop(name, None)
        for subject in case.also:
            self._joined.pop(subject, None)
        if self._complaints.get(case.complaint_id) == case.subject:
            del self._complaints[case.complaint_id]
        self._digests.pop(case.digest, None)
        said.leave(case)
        if case.code:
            left = tuple(one for one in self._codes[case.code] if one != case.subject)
            self._codes[case.code] = left
