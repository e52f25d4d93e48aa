"""The end of a key, beside step 6: when it may go, what is looked at first, and how it goes.

Comes in: the id of a key, two copies of a case store, two handlers, sticks. Goes out: no such key
any more, in both copies and on this disk, and a transcript. It refuses to act for one person alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.errors import DeskError, Refused
from desk.folder import is_name, is_old, is_part, is_unfinished, read_plain
from desk.intake.open import objects, open_object
from desk.keeping import holdings, papers
from desk.keeping.holdings import DESTROYED, ERASED, Holdings
from desk.keeping.papers import Checked, Destruction
from desk.keys import ceremony
from desk.keys.calendar import may_be_destroyed_on
from desk.keys.ceremony import PublicHalf
from desk.keys.passphrase import Ask
from desk.store import daycheck, disk
from desk.store.event import LOG, Event
from desk.store.vault import Vault
from desk.strings import Strings
from desk.wire import envelope
from desk.wire.keylist import KeyEntry
from desk.wire.seal import load_secret

_MAX_BYTES = 65_537  # a file in quarantine has at most one byte less
_SHOWN = 3  # names of objects in an error
_HEADER = slice(2, envelope.HEADER_BYTES)  # the key id in an object, WIRE.md section 2


@dataclass(frozen=True, slots=True)
class Order:
    """What two people ask for; `why` is the reason for not waiting, `lost` says the file is gone."""

    key_id: str
    folder: Path
    stores: tuple[Path, Path]
    handlers: tuple[str, str]
    sticks: tuple[Path, ...]
    out: Path
    on: date
    why: str = ""
    lost: bool = False


def refuse_early(entry: KeyEntry, order: Order) -> None:
    """Refuse a key whose time has not come, unless a reason was given."""
    day = may_be_destroyed_on(entry)
    if order.on < day and not order.why.strip():
        hint = "what was sealed to it could still be on its way; --now-because if it must"
        raise DeskError(f"this key may be destroyed from {day.isoformat()} on", hint)


def _refuse_one_person(order: Order) -> None:
    if order.handlers[0] == order.handlers[1]:
        raise DeskError("a key is destroyed by two different handlers", "name both: --handlers A B")
    first, second = (path.resolve() for path in order.stores)
    if first == second:
        raise DeskError("these are not two copies of the case store", "give the backup as second")


def _read(path: Path) -> bytes:
    try:
        octets = read_plain(path, _MAX_BYTES)
    except OSError:
        hint = "take the stick out and in again; if it stays so, take another copy of it"
        raise DeskError("a file on the stick cannot be read", hint) from None
    # What came damaged is not what was sent, and that may lie whole in the drop.
    if is_name(path.name) and envelope.name(octets) != path.name:
        hint = "fetch it again; in a case store, run `desk check`"
        raise DeskError("a sealed complaint on the stick or in quarantine is damaged", hint)
    return octets


def _sealed_to(key_id: str, paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Name and path of each object sealed to a key; other files are passed over."""
    for path in objects(paths):
        octets = _read(path)
        if len(octets) == envelope.OBJECT_BYTES and octets[_HEADER].hex() == key_id:
            yield envelope.name(octets), path


def _opens(path: Path, seeds: Iterable[bytes]) -> bool:
    try:
        open_object(_read(path), [load_secret(seed) for seed in seeds])
    except Refused:
        return False
    return True


def _refuse_missing(names: set[str]) -> None:
    if names:
        shown = ", ".join(name[:12] for name in sorted(names)[:_SHOWN])
        hint = f"import them and merge the two copies first; among them {shown}"
        raise DeskError(f"{len(names)} sealed complaints are not in both case stores", hint)


def examine(
    key_id: str, held: tuple[Holdings, Holdings], sticks: tuple[Path, ...], *, kept: list[Path]
) -> Checked:
    """Look whether every object sealed to a key is in both stores; `DeskError` if one is not.

    `kept` are the quarantines of the stores. An object that the key itself does not open counts as
    unreadable: nobody will ever read it.
    """
    ours, theirs = (one.of_key(key_id) for one in held)
    seeds = {key.seed for one in held for key in one.keys.values() if key.id == key_id}
    on_sticks = dict(_sealed_to(key_id, sticks))
    found = on_sticks | dict(_sealed_to(key_id, kept))
    every = ours | theirs | found.keys()
    missing = {name for name in every if not all(one.knows(name) for one in held)}
    # Without the key, that is when a first try was broken off after it, nothing opens any more.
    known = bool(seeds) or all(key_id in one.destroyed for one in held)
    doubtful = missing & found.keys() if known else set()
    unreadable = {name for name in doubtful if not _opens(found[name], seeds)}
    _refuse_missing(missing - unreadable)
    whole = len(on_sticks.keys() - unreadable)
    return Checked(len(ours & theirs), len(sticks), whole, len(unreadable))


def _erase(vault: Vault, held: Holdings, subjects: list[str], *, order: Order, use: str) -> None:
    on = order.on.isoformat()
    events = [
        Event(
            LOG,
            ERASED,
            on,
            vault.handler,
            {"subject": subject, "why": DESTROYED, "objects": [], "digests": [], "row": {}},
        )
        for subject in subjects
    ]
    if order.key_id not in held.destroyed:
        values = {"key_id": order.key_id, "use": use, "why": order.why}
        values["handlers"] = " ".join(order.handlers)
        events.append(Event(LOG, DESTROYED, on, vault.handler, values))
    vault.append(events)
    vault.erase(subjects)


def _refuse_part(order: Order) -> None:
    """What came to the drop and is not on the sticks would be lost with the key."""
    hint = "run `desk fetch` again until it says 0 refused"
    if any(is_unfinished(stick) or is_part(stick) for stick in order.sticks):
        raise DeskError("not all that lay in the drop is on this stick", hint)
    if any(is_old(stick, order.on) for stick in order.sticks):
        hint += "; if you did, look at the clocks of both computers"
        raise DeskError("this stick was not fetched in the last two days", hint)


def _prepare(order: Order) -> tuple[PublicHalf, Path]:
    half = ceremony.half_of(order.folder, order.key_id)
    refuse_early(half.entry, order)
    _refuse_one_person(order)
    paper = order.out / f"destroyed-{half.entry.use}-{half.entry.id}.txt"
    papers.refuse_taken(paper)
    _refuse_part(order)
    return half, paper


def _refuse_without_file(entry: KeyEntry, order: Order, held: tuple[Holdings, Holdings]) -> None:
    # Once the log says so, the file may be gone because a first try was broken off after it.
    begun = any(entry.id in one.destroyed for one in held)
    if not begun and not order.lost and not ceremony.secret_path(entry, order.folder).exists():
        hint = "destroy it where its file lies; --lost if nobody has the file any more"
        raise DeskError("the secret half of this key is not in this folder", hint)


def _go(order: Order, half: PublicHalf, vaults: tuple[Vault, Vault]) -> Destruction:
    entry = half.entry
    if vaults[0].store_id != vaults[1].store_id:
        raise DeskError("these are two different case stores", "give two copies of one")
    daycheck.of(reversed(vaults)).sure(order.on)
    held = (holdings.of(vaults[0]), holdings.of(vaults[1]))
    _refuse_without_file(entry, order, held)
    quarantines = [vault.path / disk.QUARANTINE for vault in vaults]
    kept = [path for path in quarantines if path.is_dir()]
    checked = examine(entry.id, held, order.sticks, kept=kept)
    subjects = sorted({subject for one in held for subject in one.subjects_of(entry.id)})
    for vault, one in zip(vaults, held, strict=True):
        _erase(vault, one, subjects, order=order, use=entry.use)
    was_here = papers.wipe(ceremony.secret_path(entry, order.folder)) or not order.lost
    return Destruction(
        entry=entry,
        on=order.on,
        why=order.why,
        store_id=vaults[0].store_id,
        handlers=order.handlers,
        checked=checked,
        file_was_here=was_here,
        practice=half.practice,
    )


def destroy(order: Order, *, words: Strings, ask: Ask) -> list[str]:
    """Destroy a key for good and write the transcript; returns the transcript's lines.

    Both handlers are asked for their words, each for one copy of the store. Raises `DeskError`
    before anything is changed when it is too early, when a complaint is not in both copies, or
    when one person, one copy or the key file is missing.
    """
    half, paper = _prepare(order)
    (one, other), (path, copy) = order.handlers, order.stores
    with (
        Vault.open(path, one, ask(f"passphrase of {one}: ")) as vault,
        Vault.open(copy, other, ask(f"passphrase of {other}: ")) as second,
    ):
        done = _go(order, half, (vault, second))
    text = papers.destruction(words, done)
    papers.write(text, paper)
    # Last: as long as the public half stands there, a try that was broken off can be repeated.
    ceremony.bury(half.entry, order.folder)
    return [text, f"print and sign: {paper}"]
