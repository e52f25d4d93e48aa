"""The opened case store: what is kept, in which order it comes back, and who may open it."""

import subprocess
import sys
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.store import batch, disk, handlers
from desk.store.event import LOG, Event, Place
from desk.store.vault import Vault, new_subject
from tests.vaults import (
    CANARY,
    DAY,
    HANDLER,
    OBJECT,
    WORDS,
    event,
    everything,
    files,
    filled,
    flip,
    in_child,
    make_store,
    one_file,
    opened,
    texts,
    unwritable,
)


def test_events_come_back_as_they_were(tmp_path: Path) -> None:
    """Every field of an event is kept, in any script, and its place leads to it."""
    store, subject = make_store(tmp_path), new_subject()
    first = Event(subject, "received", DAY, "bea", {"text": "مرحبا\u202e\n", "a": [1, None, True]})
    second = Event(LOG, "imported", "2026-11-23", HANDLER, {})
    with opened(store) as vault:
        places = vault.append([first, second])
        assert [vault.read(place) for place in places] == [first, second]
        assert everything(vault) == list(zip(places, [first, second], strict=True))
    with opened(store) as vault:
        assert everything(vault) == list(zip(places, [first, second], strict=True))
        assert vault.subjects() == {LOG, subject}
        assert vault.read(places[1]) == second


def test_events_come_in_the_order_in_which_they_were_kept(tmp_path: Path) -> None:
    """Each batch has a clock one higher than the last, and one parent."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        for number in range(20):
            vault.append([event(subject, f"{number}a"), event(subject, f"{number}b")])
        expected = [f"{number}{letter}" for number in range(20) for letter in "ab"]
        assert texts(vault) == expected
    with opened(store) as vault:
        assert texts(vault) == expected
        vault.append([event(subject, "last")])
        assert texts(vault) == [*expected, "last"]


def test_nothing_kept_writes_nothing(tmp_path: Path) -> None:
    """An empty batch is not written."""
    store = make_store(tmp_path)
    with opened(store) as vault:
        before = files(store)
        assert vault.append([]) == []
        assert files(store) == before


def test_mark_changes_nothing_but_is_there(tmp_path: Path) -> None:
    """A mark is a batch without events on top of all others."""
    store, _ = filled(tmp_path)
    with opened(store) as vault:
        before = everything(vault)
        vault.mark()
        assert everything(vault) == before
    assert len(list(store.glob("batches/*/*"))) == 5


def test_only_a_new_subject_gets_a_key_file(tmp_path: Path) -> None:
    """A batch on known subjects has no keys file beside it; one batch has at most one."""
    store = make_store(tmp_path)
    subjects = [new_subject() for _ in range(3)]
    with opened(store) as vault:
        made = vault.append([event(subject) for subject in subjects])
        vault.append([event(subjects[0])])
    names = {path.stem for path in store.glob("keys/*")}
    assert made[0].batch in names
    assert len(names) == 2


def test_nothing_readable_lies_on_the_disk(tmp_path: Path) -> None:
    """No file holds a word of an event, and no name of one."""
    store, _ = filled(tmp_path)
    for name, octets in files(store).items():
        for word in (CANARY, "noted", "second", WORDS.split()[0]):
            assert word.encode() not in octets
            assert word not in name


def test_second_opener_is_refused_until_the_first_closes(tmp_path: Path) -> None:
    """One process at a time; closing again is harmless."""
    store = make_store(tmp_path)
    first = opened(store)
    with pytest.raises(DeskError, match="in use"):
        opened(store)
    assert in_child(lambda: opened(store)) == 3
    first.close()
    first.close()
    opened(store).close()


def test_failed_opening_lets_go_of_the_store(tmp_path: Path) -> None:
    """A wrong passphrase does not keep the store from who knows it."""
    store = make_store(tmp_path)
    for _ in range(2):
        with pytest.raises(DeskError, match="this passphrase does not open it for anna"):
            opened(store, words="wrong")
    opened(store).close()


def test_lock_is_not_inherited(tmp_path: Path) -> None:
    """A program that the desk starts does not hold the store after the desk is gone."""
    store = make_store(tmp_path)
    vault = opened(store)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    vault.close()
    try:
        opened(store).close()
    finally:
        child.communicate(b"\n")


def test_closed_store_gives_and_takes_nothing(tmp_path: Path) -> None:
    """After closing, nothing is read as if the store were empty, and nothing written."""
    store, subjects = filled(tmp_path)
    vault = opened(store)
    place = everything(vault)[0][0]
    vault.close()
    for act in (
        vault.events,
        lambda: vault.read(place),
        lambda: vault.append([event(subjects[0])]),
        vault.mark,
        lambda: vault.erase([subjects[2]]),
    ):
        with pytest.raises(DeskError, match="closed") as refused:
            act()
        assert refused.value.hint == "open it again"


def test_unknown_handler_is_refused(tmp_path: Path) -> None:
    """Who has no wrap is told so, and a name that is a path is none."""
    store = make_store(tmp_path)
    with pytest.raises(DeskError, match="no handler bea can open"):
        opened(store, "bea")
    with pytest.raises(DeskError, match="cannot be the name"):
        opened(store, "../wraps/anna")


def test_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    """A folder that is none, or not there, is named without control characters."""
    (tmp_path / "a\x1bb").mkdir()
    for name in ("a\x1bb", "nothing"):
        with pytest.raises(DeskError, match="there is no case store in"):
            opened(tmp_path / name)
    with pytest.raises(DeskError, match="<U\\+001B>"):
        opened(tmp_path / "a\x1bb")


def test_place_that_is_none_is_refused(tmp_path: Path) -> None:
    """Another batch or number leads to no event."""
    store, _ = filled(tmp_path)
    with opened(store) as vault:
        place = everything(vault)[0][0]
        for wrong in (Place("0" * 64, 0), Place(place.batch, 2), Place(place.batch, -1)):
            with pytest.raises(DeskError, match="no event in this place"):
                vault.read(wrong)


@pytest.mark.parametrize("subject", ["", "00", "A" * 32, "0" * 31 + " ", "0" * 34, "0" * 32 + "\n"])
def test_subject_that_is_none_is_refused(tmp_path: Path, subject: str) -> None:
    """A subject is 32 small hexadecimal digits, wherever one is given."""
    with opened(make_store(tmp_path)) as vault:
        for act in (
            lambda: vault.append([event(subject)]),
            lambda: vault.erase([subject]),
            lambda: vault.is_erased(subject),
        ):
            with pytest.raises(DeskError, match="not the subject of anything"):
                act()


def test_event_that_cannot_be_kept_keeps_the_others_out(tmp_path: Path) -> None:
    """A batch is kept whole or not at all, and the store can be used after it."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        before = files(store)
        with pytest.raises(DeskError, match="allows in JSON"):
            vault.append([event(subject), event(subject, "\ud800")])
        assert files(store) == before
        assert vault.subjects() == {LOG}
        vault.append([event(subject)])
        assert texts(vault) == [CANARY]


def test_damaged_batch_stops_nothing_and_is_named(tmp_path: Path) -> None:
    """The rest is read; the file stands among the faults; new events can be kept."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        places = [vault.append([event(subject, text)])[0] for text in ("a", "b", "c")]
    flip(disk.batch_path(store, places[1].batch), -1)
    with opened(store) as vault:
        assert vault.faults == {f"{places[1].batch}.batch": "batch_name"}
        assert texts(vault) == ["a", "c"]
        vault.append([event(subject, "d")])
        assert texts(vault) == ["a", "c", "d"]
        with pytest.raises(DeskError, match="no event in this place"):
            vault.read(places[1])


def test_batch_that_changes_under_an_open_store_is_noticed(tmp_path: Path) -> None:
    """A record is opened anew each time, so damage after opening shows when it is read."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        place = vault.append([event(subject, "a")])[0]
        path = disk.batch_path(store, place.batch)
        flip(path, -1 - batch.SEAL_BYTES)
        with pytest.raises(DeskError, match="erased, or is damaged"):
            vault.read(place)
        assert texts(vault) == []
        assert vault.faults == {f"{place.batch}.batch": "record_broken"}
        path.write_bytes(path.read_bytes()[: -1 - batch.SEAL_BYTES])
        with pytest.raises(DeskError, match="erased, or is damaged"):
            vault.read(place)
        path.unlink()
        with pytest.raises(DeskError, match="cannot read") as refused:
            vault.read(place)
        assert "desk check" in refused.value.hint


def test_missing_keys_file_is_no_reason_for_a_second_key(tmp_path: Path) -> None:
    """While the keys of a subject are missing or damaged, nothing is added to it."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        place = vault.append([event(subject)])[0]
    keys = disk.keys_path(store, place.batch)
    octets = keys.read_bytes()
    for damage in (lambda: keys.unlink(), lambda: flip(keys, -1)):
        damage()
        with opened(store) as vault:
            assert texts(vault) == []
            with pytest.raises(DeskError, match="damaged or missing") as refused:
                vault.append([event(subject)])
            assert "backup" in refused.value.hint
            assert set(vault.faults.values()) <= {"record_keyless", "key_broken"}
        keys.write_bytes(octets)
    with opened(store) as vault:
        assert texts(vault) == [CANARY]


def test_subject_in_two_keys_files_is_named(tmp_path: Path) -> None:
    """The same key in a second file is a fault and is used; it stands in nobody's way."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        place = vault.append([event(subject)])[0]
    copied = disk.keys_path(store, "f" * 64)
    copied.write_bytes(disk.keys_path(store, place.batch).read_bytes())
    with opened(store) as vault:
        assert vault.faults == {copied.name: "key_twice"}
        assert texts(vault) == [CANARY]
        vault.append([event(subject)])


def test_disk_that_refuses_keeps_nothing_and_ends_the_writing(tmp_path: Path) -> None:
    """After a failed write the store must be opened again; then all that was told kept is there."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        vault.append([event(subject, "a")])
        with unwritable(store / "batches"), pytest.raises(DeskError, match="the disk refused"):
            vault.append([event(subject, "b")])
        with pytest.raises(DeskError, match="an earlier write"):
            vault.append([event(subject, "c")])
        assert texts(vault) == ["a"]
    with opened(store) as vault:
        vault.append([event(subject, "d")])
        assert texts(vault) == ["a", "d"]


def test_quarantine_keeps_an_object_under_its_own_name(tmp_path: Path) -> None:
    """The bytes are kept as they came, again is harmless, and no other name is taken."""
    store = make_store(tmp_path)
    (store / "quarantine").rmdir()
    with opened(store) as vault:
        vault.quarantine(OBJECT, b"abc")
        vault.quarantine(OBJECT, b"abc")
        for wrong in ("../" + OBJECT, OBJECT.upper(), "0" * 64):
            with pytest.raises(DeskError, match="name of its own bytes"):
                vault.quarantine(wrong, b"abc")
    assert {path.name: path.read_bytes() for path in store.glob("quarantine/*")} == {OBJECT: b"abc"}


def test_stray_files_are_no_part_of_the_store(tmp_path: Path) -> None:
    """A batch in another folder or under another name is not read, and disturbs nothing."""
    store, _ = filled(tmp_path)
    real = one_file(store, "batches/*/*.batch")
    (store / "batches" / "zz").mkdir()
    (store / "batches" / "zz" / real.name).write_bytes(real.read_bytes())
    (real.parent / "x.batch").write_bytes(b"x")
    (store / "keys" / "x.keys").write_bytes(b"x")
    (store / "wraps" / "X.wrap").write_bytes(b"x")
    with opened(store) as vault:
        assert texts(vault) == ["first", "second", "third"]
        assert vault.faults == {}
    assert handlers.names(store) == [HANDLER]


def test_damaged_identity_is_told(tmp_path: Path) -> None:
    """A `store.json` that was changed opens no store, also when it is only the practice mark."""
    store = make_store(tmp_path)
    text = (store / "store.json").read_bytes()
    (store / "store.json").write_bytes(text + b"\n")
    with pytest.raises(DeskError, match="store_shape"):
        opened(store)
    (store / "store.json").write_bytes(text.replace(b"false", b"true"))
    with pytest.raises(DeskError, match="this passphrase does not open it"):
        opened(store)


def test_link_is_never_followed(tmp_path: Path) -> None:
    """A symbolic link in the place of a batch is unreadable."""
    store, _ = filled(tmp_path)
    with opened(store) as vault:
        place = everything(vault)[0][0]
    path = disk.batch_path(store, place.batch)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with opened(store) as vault:
        assert vault.faults == {path.name: "unreadable"}


def test_new_subjects_differ() -> None:
    """Subjects are 32 hexadecimal digits, drawn each time."""
    drawn = {new_subject() for _ in range(100)}
    assert len(drawn) == 100
    assert all(len(bytes.fromhex(subject)) == 16 for subject in drawn)


def test_vault_is_closed_when_a_block_fails(tmp_path: Path) -> None:
    """A store opened by `with` is let go however the block ends."""
    store = make_store(tmp_path)
    with pytest.raises(ZeroDivisionError), opened(store):
        raise ZeroDivisionError
    Vault.open(store, HANDLER, WORDS).close()


def test_loss_of_the_newest_batch_is_noticed_and_told_on(tmp_path: Path) -> None:
    """The next batch names the lost one as a parent, so that the loss is not written over."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        vault.append([event(subject, "a")])
        lost = vault.append([event(subject, "b")])[0].batch
    path = disk.batch_path(store, lost)
    octets = path.read_bytes()
    path.unlink()
    with opened(store) as vault:
        assert vault.faults == {path.name: "batch_missing"}
        place = vault.append([event(subject, "c")])[0]
        assert bytes.fromhex(lost) in disk.batch_path(store, place.batch).read_bytes()
        assert texts(vault) == ["a", "c"]
    path.write_bytes(octets)
    with opened(store) as vault:
        assert vault.faults == {}
        assert texts(vault) == ["a", "b", "c"]


def test_damaged_heads_file_stops_nothing(tmp_path: Path) -> None:
    """It is named, and written anew with the next event."""
    store, subjects = filled(tmp_path)
    (store / "heads").write_bytes(b"x")
    with opened(store) as vault:
        assert vault.faults == {"heads": "heads_shape"}
        vault.append([event(subjects[0], "more")])
    with opened(store) as vault:
        assert vault.faults == {}
        assert texts(vault)[-1] == "more"
