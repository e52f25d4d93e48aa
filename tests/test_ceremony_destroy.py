"""Keys taken into the case store, and their end (desk/keeping/kept.py, holdings.py, destruction.py)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.cases import kinds
from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.folder import FETCHED, UNFINISHED
from desk.intake.open import open_object
from desk.keeping import destruction, holdings, kept, papers
from desk.keeping.destruction import Order
from desk.keys import secret_keys
from desk.store import daycheck
from desk.store.check import check
from desk.store.copy import backup, merge
from desk.store.event import LOG, Event
from desk.store.vault import Vault, new_subject
from desk.strings import Strings
from desk.wire import envelope, seal
from tests.ceremony import desk, locked_key, make_store, opened, typing
from tests.samples import key_file, outcome, put, sealed

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)
DUE = LAST + timedelta(120)
WORDS = "alpha bravo charlie delta echo foxtrot golf"
ANNA, BRAM = "anna words", "bram words"


class Desk:
    """A store of two handlers, its second copy, an intake key kept in it, and a stick."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.keys, self.stick = folder, folder / "keys", folder / "stick"
        self.stick.mkdir()
        self.store = make_store(folder / "store", {"anna": ANNA, "bram": BRAM})
        self.copy = folder / "copy"
        self.key = locked_key(self.keys, "intake", (FIRST, LAST), WORDS)
        self.file = self.keys / f"intake-{self.key.id}.key"
        with opened(self.store, "anna", ANNA) as vault:
            kept.keep(vault, [self.file], ask=typing([WORDS]), today=FIRST)
            backup(vault, self.copy)
        self.rest(DUE)

    def rest(self, day: date) -> None:
        """Let a person say that it is a later day, in both copies."""
        with opened(self.store, "anna", ANNA) as vault:
            vault.append([daycheck.confirm(day, clock=day, by="anna")])
            backup(vault, self.copy)

    def receive(self, *paths: Path) -> None:
        """Write the events that an import of sealed objects writes, and bring the copy up to date."""
        with opened(self.store, "anna", ANNA) as vault:
            vault.append([received(path.read_bytes(), self.key) for path in paths])
            backup(vault, self.copy)

    def order(self, **changes: object) -> Order:
        usual = Order(
            key_id=self.key.id,
            folder=self.keys,
            stores=(self.store, self.copy),
            handlers=("anna", "bram"),
            sticks=(self.stick,),
            out=self.folder,
            on=DUE,
        )
        return replace(usual, **changes)  # type: ignore[arg-type]

    def destroy(self, words: Sequence[str] = (ANNA, BRAM), **changes: object) -> str:
        """Destroy the key; the text of the transcript, on one line."""
        order = self.order(**changes)
        (text, _) = destruction.destroy(order, words=Strings("en"), ask=typing(words))
        return " ".join(text.split())

    def is_whole(self) -> bool:
        """Whether the key is still in its file and in both copies, and no paper was written."""
        with opened(self.store, "anna", ANNA) as one, opened(self.copy, "bram", BRAM) as other:
            inside = all(holdings.of(vault).subjects_of(self.key.id) for vault in (one, other))
        return inside and self.file.exists() and not list(self.folder.glob("destroyed-*"))


@pytest.fixture
def room(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def received(octets: bytes, key: secret_keys.SecretKey) -> Event:
    values = {
        "object": envelope.name(octets),
        "key_id": key.id,
        "complaint": open_text(octets, key),
        "channel": "form",
        "pseudonym": "stille linde",
        "practice": False,
        "flood": "",
    }
    return Event(new_subject(), "received", "2027-02-01", "anna", values)


def open_text(octets: bytes, key: secret_keys.SecretKey) -> str:
    return open_object(octets, [seal.load_secret(key.seed)]).text


def test_a_kept_key_opens_complaints_with_the_handlers_words_alone(room: Desk) -> None:
    """The store gives the key to an import; its file stays, and is not asked for again."""
    with opened(room.store, "anna", ANNA) as vault:
        (secret,) = Casebook(vault).keyring()
        (subject,) = holdings.of(vault).subjects_of(room.key.id)
        event = next(event for _, event in vault.events() if event.subject == subject)
    kinds.check(event)
    assert (event.on, event.by) == ("2027-01-01", "anna")
    assert open_object(sealed(seed=room.key.seed), [secret]).values["schema"] == 1
    assert room.file.exists()


def test_keeping_a_key_twice_changes_nothing(room: Desk) -> None:
    """The second time it is said to be there, and no event is written."""
    with opened(room.store, "anna", ANNA) as vault:
        before = len(list(vault.events()))
        lines = kept.keep(vault, [room.file, room.file], ask=typing([WORDS] * 2), today=FIRST)
        assert len(list(vault.events())) == before
    assert lines[0] == f"intake  {room.key.id}  was in the store"


def test_the_same_new_file_given_twice_is_kept_once(room: Desk) -> None:
    """Two events for one key would be two things to destroy."""
    key = locked_key(room.keys, "board", (FIRST, LAST), WORDS)
    path = room.keys / f"board-{key.id}.key"
    with opened(room.store, "anna", ANNA) as vault:
        kept.keep(vault, [path, path], ask=typing([WORDS] * 2), today=FIRST)
        assert len(holdings.of(vault).subjects_of(key.id)) == 1


def test_a_destroyed_key_is_not_taken_in_again(room: Desk) -> None:
    """Somebody finds a forgotten stick with the key file on it."""
    found = room.folder / "forgotten"
    found.mkdir()
    forgotten = room.file.rename(found / room.file.name)
    room.destroy(lost=True)
    with opened(room.store, "anna", ANNA) as vault:
        with pytest.raises(DeskError, match=r"was destroyed") as refusal:
            kept.keep(vault, [forgotten], ask=typing([WORDS]), today=FIRST)
        assert refusal.value.hint == f"destroy this file of it too: shred -u {room.file.name}"
        assert holdings.of(vault).keys == {}


def test_keys_that_do_not_belong_in_the_store_are_refused(room: Desk) -> None:
    """A site key, a practice key in a real store, and a real key in a practice store."""
    locked_key(room.folder / "s", "site", (FIRST, LAST), WORDS)
    site = next((room.folder / "s").glob("*.key"))
    with opened(room.store, "anna", ANNA) as vault:
        with pytest.raises(DeskError, match="a site key is not kept"):
            kept.keep(vault, [site], ask=typing([WORDS]), today=FIRST)
        with pytest.raises(DeskError, match="do not belong together"):
            kept.keep(vault, [key_file(room.folder)], ask=str, today=FIRST)
    practice = make_store(room.folder / "practice", {"anna": ANNA}, practice=True)
    refused = pytest.raises(DeskError, match="do not belong together")
    with opened(practice, "anna", ANNA) as vault, refused:
        kept.keep(vault, [room.file], ask=typing([WORDS]), today=FIRST)


def test_a_destroyed_key_opens_nothing_any_more(room: Desk) -> None:
    """Not from the file, not from either copy, and not after merging in a backup from before."""
    path = put(room.stick, sealed(seed=room.key.seed))
    room.receive(path)
    old = room.folder / "old"
    with opened(room.store, "anna", ANNA) as vault:
        backup(vault, old)
    room.destroy()
    assert not room.file.exists()
    for store, name, words in ((room.store, "anna", ANNA), (room.copy, "bram", BRAM)):
        with opened(store, name, words) as vault:
            merge(vault, old)
            ring = Casebook(vault).keyring()
            assert not ring
            assert check(vault).findings == ()
            assert holdings.of(vault).destroyed == {room.key.id}
            assert len(Casebook(vault).cases) == 1
    assert outcome(open_object, path.read_bytes(), ring) == ("key_unknown", None)


def test_a_backup_from_before_loses_the_key_when_it_is_refreshed(room: Desk) -> None:
    """The transcript asks for this, so it must work."""
    old = room.folder / "old"
    with opened(room.store, "anna", ANNA) as vault:
        backup(vault, old)
    room.destroy()
    with opened(room.store, "anna", ANNA) as vault:
        backup(vault, old)
    with opened(old, "bram", BRAM) as vault:
        assert holdings.of(vault).keys == {}


def test_the_log_says_what_was_destroyed_and_by_whom(room: Desk) -> None:
    """In both copies, in events that the cases understand."""
    room.destroy()
    for store, name, words in ((room.store, "anna", ANNA), (room.copy, "bram", BRAM)):
        with opened(store, name, words) as vault:
            said = [e for _, e in vault.events() if e.subject == LOG and e.by == name]
        said = [event for event in said if event.kind != daycheck.CONFIRMED]
        for event in said:
            kinds.check(event)
            assert event.on == DUE.isoformat()
        assert [event.kind for event in said] == ["erased", "key_destroyed"]
        assert said[1].values["handlers"] == "anna bram"


@pytest.mark.parametrize("ahead", [1, 30, 120, 300])
def test_a_key_is_not_destroyed_before_its_time(ahead: int, room: Desk) -> None:
    """120 days after its last day at the earliest, unless a reason is given; that is on the paper."""
    early = DUE - timedelta(ahead)
    room.rest(early)
    with pytest.raises(DeskError, match="may be destroyed from 2027-07-29 on"):
        room.destroy(on=early)
    with pytest.raises(DeskError, match="may be destroyed from"):
        room.destroy(on=early, why="  ")
    assert room.is_whole()
    assert "the key was copied" in room.destroy(on=early, why="the key was copied")


def test_one_person_or_one_copy_is_not_enough(room: Desk) -> None:
    """Two names, two folders, two right passphrases."""
    with pytest.raises(DeskError, match="two different handlers"):
        room.destroy(handlers=("anna", "anna"))
    with pytest.raises(DeskError, match="not two copies"):
        room.destroy(stores=(room.store, room.folder / "keys" / ".." / "store"))
    for words in ((ANNA, ANNA), (BRAM, BRAM), ("", BRAM), (ANNA,)):
        with pytest.raises(DeskError, match="does not open it for"):
            room.destroy(words)
    other = make_store(room.folder / "other", {"bram": BRAM})
    with pytest.raises(DeskError, match="two different case stores"):
        room.destroy(stores=(room.store, other))
    assert room.is_whole()


def test_a_complaint_that_only_one_copy_has_stops_it(room: Desk) -> None:
    """First import and merge; the error says how many, by the first digits of the name."""
    path = put(room.stick, sealed(seed=room.key.seed))
    with pytest.raises(DeskError, match="1 sealed complaints are not in both") as refusal:
        room.destroy()
    assert path.name[:12] in refusal.value.hint
    with opened(room.store, "anna", ANNA) as vault:
        vault.append([received(path.read_bytes(), room.key)])
    for sticks in ((room.stick,), ()):
        with pytest.raises(DeskError, match="not in both"):
            room.destroy(sticks=sticks)
    assert room.is_whole()
    room.receive(put(room.stick, sealed(seed=room.key.seed)))
    text = room.destroy()
    assert "received with this key: 2." in text
    assert "looked through: 1; sealed complaints for this key on them: 2." in text


def test_a_complaint_in_quarantine_that_would_open_stops_it(room: Desk) -> None:
    """It was put there for want of the key, and could still be read."""
    octets = sealed(seed=room.key.seed)
    with opened(room.copy, "bram", BRAM) as vault:
        vault.quarantine(envelope.name(octets), octets)
    with pytest.raises(DeskError, match="not in both"):
        room.destroy()
    assert room.is_whole()


def test_a_key_that_was_never_kept_is_not_destroyed_over_its_complaints(room: Desk) -> None:
    """Without the key at hand nobody can say that an object is unreadable, so it counts."""
    key = locked_key(room.keys, "intake", (FIRST, LAST), WORDS)
    put(room.stick, sealed(seed=key.seed))
    with pytest.raises(DeskError, match="1 sealed complaints are not in both"):
        room.destroy(key_id=key.id)
    assert (room.keys / f"intake-{key.id}.key").exists()


def test_what_nobody_can_open_does_not_stop_it(room: Desk) -> None:
    """An object that names the key and was tampered with is counted on the paper."""
    octets = bytearray(sealed(seed=room.key.seed))
    octets[-1] ^= 1
    put(room.stick, bytes(octets))
    put(room.stick, sealed())
    text = room.destroy()
    assert "on them: 0." in text
    assert "not opened by it: 1." in text


@pytest.mark.parametrize("octets", [b"short", sealed()[:-1], sealed()])
def test_a_complaint_that_came_damaged_stops_it(room: Desk, octets: bytes) -> None:
    """What is called like an object and is another may lie whole in the drop: only the key reads that."""
    path = room.stick / ("0" * 64)
    path.write_bytes(octets)
    with pytest.raises(DeskError, match="is damaged"):
        room.destroy()
    assert room.file.exists()
    path.unlink()
    room.destroy()


def test_a_stick_that_is_not_the_whole_drop_stops_it(room: Desk) -> None:
    """A fetch that was broken off left complaints where nobody looked."""
    (room.stick / "in").mkdir()
    mark = room.stick / "in" / UNFINISHED
    mark.touch()
    with pytest.raises(DeskError, match="not all that lay in the drop"):
        room.destroy()
    assert room.file.exists()
    mark.unlink()
    room.destroy()


@pytest.mark.parametrize("day", [DUE - timedelta(days=40), DUE + timedelta(days=1)])
def test_a_stick_of_another_day_stops_it(room: Desk, day: date) -> None:
    """The drop takes complaints for 90 days after the key's last: an older stick has not those."""
    (room.stick / "in").mkdir()
    mark = room.stick / "in" / FETCHED
    mark.write_text(f"{day}\n")
    with pytest.raises(DeskError, match="was not fetched in the last two days"):
        room.destroy()
    assert room.file.exists()
    mark.write_text(f"{DUE - timedelta(days=1)}\n")
    room.destroy()


def test_one_folder_of_a_stick_is_not_the_stick(room: Desk) -> None:
    """Below `in/` the complaints lie by their first two digits: the others would be lost unread."""
    part = room.stick / "in" / "ab"
    part.mkdir(parents=True)
    with pytest.raises(DeskError, match="not all that lay in the drop"):
        room.destroy(sticks=(part,))
    assert room.file.exists()


def test_an_erased_complaint_does_not_stop_it(room: Desk) -> None:
    """Its name lives on in the log of the store."""
    path = put(room.stick, sealed(seed=room.key.seed))
    room.receive(path)
    with opened(room.store, "anna", ANNA) as vault:
        (subject,) = Casebook(vault).cases
        values = {"subject": subject, "why": "time", "objects": [path.name]}
        values |= {"digests": [], "row": None}
        vault.append([Event(LOG, "erased", "2027-06-01", "anna", values)])
        vault.erase([subject])
    assert "received with this key: 0." in room.destroy()


def test_a_key_whose_file_is_not_here_is_only_destroyed_as_lost(room: Desk) -> None:
    """The file could lie elsewhere; if nobody has it, the paper says that it was not destroyed."""
    room.file.unlink()
    with pytest.raises(DeskError, match="not in this folder"):
        room.destroy()
    assert "- NOT the file" in room.destroy(lost=True)


STEPS = [
    (Vault, "append", 1),
    (Vault, "erase", 1),
    (Vault, "append", 2),
    (Vault, "erase", 2),
    (papers, "wipe", 1),
    (papers, "write", 1),
]


def stopping(owner: object, name: str, number: int) -> object:
    """The same function, broken off by Ctrl-C just before it does its work for the nth time."""
    real, calls = getattr(owner, name), [0]

    def call(*arguments: object, **options: object) -> object:
        calls[0] += 1
        if calls[0] == number:
            raise KeyboardInterrupt
        return real(*arguments, **options)

    return call


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step[1]}_{step[2]}")
def test_a_try_that_was_broken_off_can_be_repeated(
    step: tuple[object, str, int], room: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it stopped, the second time everything is gone, once, and there is a paper."""
    broken = bytearray(sealed(seed=room.key.seed))
    broken[-1] ^= 1
    put(room.stick, bytes(broken))
    with monkeypatch.context() as patch:
        patch.setattr(*step[:2], stopping(*step))
        with pytest.raises(KeyboardInterrupt):
            room.destroy()
    text = room.destroy()
    assert "overwritten and removed" in text
    assert "not opened by it: 1." in text
    for store, name, words in ((room.store, "anna", ANNA), (room.copy, "bram", BRAM)):
        with opened(store, name, words) as vault:
            assert [e.kind for _, e in vault.events()].count("key_destroyed") == 1
            assert holdings.of(vault).keys == {}
    assert not list(room.keys.glob("*.pub"))


def test_a_paper_that_lies_there_is_not_written_over(room: Desk) -> None:
    """That is found out before anything is destroyed, as is a folder that does not exist."""
    paper = room.folder / f"destroyed-intake-{room.key.id}.txt"
    paper.write_text("signed")
    with pytest.raises(DeskError, match="there already"):
        room.destroy()
    paper.unlink()
    with pytest.raises(DeskError, match="no such folder"):
        room.destroy(out=room.folder / "nowhere")
    assert room.is_whole()


def test_a_board_key_is_destroyed_the_same_way(room: Desk) -> None:
    """No object is sealed to it, so nothing has to be in both copies."""
    key = locked_key(room.keys, "board", (FIRST, LAST), WORDS)
    assert f"board {key.id}" in room.destroy(key_id=key.id, sticks=())
    assert room.is_whole() is False
    assert room.file.exists()


def test_an_unknown_key_is_refused(room: Desk) -> None:
    """An id of which no public half is there."""
    with pytest.raises(DeskError, match="no public half of this key"):
        room.destroy(key_id="0" * 16)


def test_the_command_destroys_with_two_peoples_words(room: Desk) -> None:
    """At the command line, in Dutch, and the second time there is no such key any more."""
    named = ("key", "destroy", room.key.id, room.store, room.copy, "--keys", room.keys)
    more = ("--handlers", "anna", "bram", "--out", room.folder, "--stick", room.stick)
    day = ("--today", DUE)
    done = desk(*named, *more, *day, typed=[ANNA, BRAM])
    assert done.status == 0, done.printed
    assert "VERNIETIGING VAN EEN SLEUTEL" in done.printed
    assert not room.file.exists()
    again = desk(*named, *more, *day, typed=[ANNA, BRAM])
    assert (again.status, again.printed.splitlines()[0]) == (
        1,
        "desk: there is no public half of this key here",
    )


def test_nothing_secret_stands_on_the_paper_or_in_the_folder(room: Desk) -> None:
    """Neither the seed nor a passphrase is left in any file, in hex or as it is."""
    room.destroy()
    seed = room.key.seed
    for path in room.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for secret in (seed, seed.hex().encode(), WORDS.encode(), ANNA.encode()):
                assert secret not in content, path
