"""Erasing: the key of a subject is gone from every copy, and stays gone."""

import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.store import disk, keyfile
from desk.store.check import check, keys_left
from desk.store.event import LOG, Event
from desk.store.faults import Damaged
from desk.store.vault import Vault, new_subject
from tests.vaults import (
    CANARY,
    DAY,
    HANDLER,
    erase,
    event,
    files,
    filled,
    flip,
    make_store,
    one_file,
    opened,
    texts,
    tombstone,
)


def sealed_key(vault: Vault, subject: str) -> bytes:
    """Return the 72 bytes that lie for a subject in the only keys file that has it."""
    found = []
    for path in vault.path.glob("keys/*.keys"):
        records = keyfile.parse(vault.lock, path.read_bytes())
        found += [records[key] for key in records if key.hex() == subject]
    (sealed,) = found
    return sealed


def test_erased_subject_yields_nothing(tmp_path: Path) -> None:
    """Its events are left out and counted; all others stay."""
    store, subjects = filled(tmp_path)
    with opened(store) as vault:
        assert texts(vault) == ["first", "second", "third"]
        assert vault.skipped == 1
        assert [vault.is_erased(subject) for subject in subjects] == [False, False, True]
        assert vault.subjects() == {LOG, *subjects}
        assert vault.faults == {}
        list(vault.events())
        assert vault.skipped == 1


def test_erasing_works_at_once(tmp_path: Path) -> None:
    """In the store that is open, the events are gone when the call returns."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        place = vault.append([event(subject)])[0]
        erase(vault, subject)
        assert texts(vault) == []
        assert vault.is_erased(subject)
        with pytest.raises(DeskError, match="erased, or is damaged"):
            vault.read(place)
        assert vault.faults == {}


def test_key_is_zeros_on_the_disk_and_nothing_else_changed(tmp_path: Path) -> None:
    """The seal of the key is overwritten in place; every other byte of the store is as before."""
    store, subjects = make_store(tmp_path), [new_subject() for _ in range(3)]
    with opened(store) as vault:
        vault.append([event(subject) for subject in subjects])
        vault.append([tombstone(subjects[1])])
        before, sealed = files(store), sealed_key(vault, subjects[1])
        vault.erase([subjects[1]])
        assert sealed_key(vault, subjects[1]) == bytes(72)
    after = files(store)
    changed = [name for name in before if before[name] != after[name]]
    assert len(changed) == 1
    assert before.keys() == after.keys()
    assert after[changed[0]] == before[changed[0]].replace(sealed, bytes(72))
    assert not any(sealed[:8] in octets for octets in after.values())


def test_nothing_is_erased_without_its_line_in_the_log(tmp_path: Path) -> None:
    """Without the line, the other copies would never learn of it."""
    store, (subject, other) = make_store(tmp_path), (new_subject(), new_subject())
    with opened(store) as vault:
        vault.append([event(subject), event(other), tombstone(subject)])
        for wrong in ([other], [subject, other], [LOG]):
            with pytest.raises(DeskError, match="must stand in the log"):
                vault.erase(wrong)
        assert not vault.is_erased(subject)
        assert texts(vault) == [CANARY, CANARY]


def test_only_a_line_of_the_log_erases(tmp_path: Path) -> None:
    """The same words on a case, another kind, another value or the log itself erase nothing."""
    store, subject = make_store(tmp_path), new_subject()
    values = {"subject": subject}
    with opened(store) as vault:
        vault.append([event(subject)])
        vault.append([Event(subject, "erased", DAY, HANDLER, values)])
        vault.append([Event(LOG, "noted", DAY, HANDLER, values)])
        for wrong in (1, None, subject.upper()[:-1] + "A", subject + "\n", LOG, [subject]):
            vault.append([Event(LOG, "erased", DAY, HANDLER, {"subject": wrong})])
        vault.append([Event(LOG, "erased", DAY, HANDLER, {})])
        with pytest.raises(DeskError, match="must stand in the log"):
            vault.erase([subject])
    with opened(store) as vault:
        assert vault.subjects() == {LOG, subject}
        assert not vault.is_erased(subject)
        assert not vault.is_erased(LOG)


def test_line_of_the_log_is_enough_at_the_next_opening(tmp_path: Path) -> None:
    """A crash between the line and the erasure is made up for."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        vault.append([event(subject), tombstone(subject)])
        assert texts(vault) == [CANARY]
    with opened(store) as vault:
        assert vault.is_erased(subject)
        assert texts(vault) == []
        assert sealed_key(vault, subject) == bytes(72)


def test_erasing_again_is_harmless(tmp_path: Path) -> None:
    """Also for a subject that this copy never had."""
    store, subjects = filled(tmp_path)
    with opened(store) as vault:
        vault.erase([subjects[2]])
        vault.erase([])
        erase(vault, "ab" * 16)
        assert not vault.is_erased("ab" * 16)
        assert texts(vault) == ["first", "second", "third"]


def test_nothing_is_added_to_an_erased_subject(tmp_path: Path) -> None:
    """Neither to one that is erased, nor to one that the log calls erased."""
    store, subjects = filled(tmp_path)
    with opened(store) as vault:
        vault.append([tombstone(subjects[0]), tombstone("ab" * 16)])
        for subject in (subjects[2], subjects[0], "ab" * 16):
            with pytest.raises(DeskError, match="was erased, and nothing can be added"):
                vault.append([event(subject)])


def test_key_brought_back_by_an_old_file_is_erased_again(tmp_path: Path) -> None:
    """Old keys files copied over the new ones do not bring anything back."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        vault.append([event(subject)])
    shutil.copytree(store / "keys", tmp_path / "old")
    with opened(store) as vault:
        erase(vault, subject)
    shutil.copytree(tmp_path / "old", store / "keys", dirs_exist_ok=True)
    with opened(store) as vault:
        assert vault.is_erased(subject)
        assert sealed_key(vault, subject) == bytes(72)
        assert texts(vault) == []
        assert check(vault).findings == ()


def test_half_erased_key_is_erased_whole(tmp_path: Path) -> None:
    """A power cut in the middle of the zeros leaves a key that opens nothing; the rest goes too."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        batch = vault.append([event(subject)])[0].batch
        vault.append([tombstone(subject)])
    keys = disk.keys_path(store, batch)
    disk.overwrite(keys, keyfile.HEADER_BYTES + 16, 30)
    with opened(store) as vault:
        assert vault.is_erased(subject)
        assert sealed_key(vault, subject) == bytes(72)
    with opened(store) as vault:
        assert vault.faults == {}


def test_erasing_reaches_every_keys_file(tmp_path: Path) -> None:
    """A second record of the subject, in a file that a copy left, is overwritten too."""
    store, (subject, other) = make_store(tmp_path), (new_subject(), new_subject())
    with opened(store) as vault:
        batch = vault.append([event(subject), event(other)])[0].batch
    second = disk.keys_path(store, "f" * 64)
    shutil.copyfile(disk.keys_path(store, batch), second)
    with opened(store) as vault:
        erase(vault, subject)
        assert keys_left(vault, [subject, other]) == {other}
        assert keyfile.parse(vault.lock, second.read_bytes())[bytes.fromhex(subject)] == bytes(72)


def test_damaged_keys_file_does_not_stop_an_erasure(tmp_path: Path) -> None:
    """The keys in the other files are destroyed; what is left is told."""
    store, subjects = make_store(tmp_path), [new_subject(), new_subject()]
    with opened(store) as vault:
        places = [vault.append([event(subject)])[0] for subject in subjects]
    damaged = disk.keys_path(store, places[0].batch)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    with opened(store) as vault:
        erase(vault, *subjects)
        assert vault.is_erased(subjects[1])
        assert not vault.is_erased(subjects[0])
        with pytest.raises(Damaged, match="keys_shape"):
            keys_left(vault, subjects)


def test_proof_of_erasure_reads_the_disk(tmp_path: Path) -> None:
    """`keys_left` names the subjects whose key lies there, and no others."""
    store, subjects = filled(tmp_path)
    with opened(store) as vault:
        assert keys_left(vault, subjects) == set(subjects[:2])
        assert keys_left(vault, [subjects[2], "ab" * 16]) == frozenset()
        old = one_file(tmp_path, "store/keys/*").read_bytes()
        assert old
        vault.append([tombstone(subjects[0])])
        assert keys_left(vault, subjects[:1]) == {subjects[0]}
        vault.erase(subjects[:1])
        assert keys_left(vault, subjects[:1]) == frozenset()


def test_log_that_is_damaged_erases_nothing(tmp_path: Path) -> None:
    """A batch that is not whole is not obeyed."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        vault.append([event(subject)])
        place = vault.append([tombstone(subject)])[0]
    flip(disk.batch_path(store, place.batch), -1)
    with opened(store) as vault:
        assert not vault.is_erased(subject)
        assert texts(vault) == [CANARY]


def test_released_object_is_destroyed(tmp_path: Path) -> None:
    """Its bytes are overwritten and its name is gone; others, links and unknown names are let be."""
    store = make_store(tmp_path)
    names = sorted(sha256(octets).hexdigest() for octets in (b"a", b"b"))
    with opened(store) as vault:
        assert vault.quarantined() == []
        for octets in (b"a", b"b"):
            vault.quarantine(sha256(octets).hexdigest(), octets)
        assert vault.quarantined() == names
        os.link(store / "quarantine" / names[0], tmp_path / "bytes")
        (store / "quarantine" / ("0" * 64)).symlink_to(store / "store.json")
        vault.release([names[0], "0" * 64, "f" * 64, "../store.json"])
        assert vault.quarantined() == ["0" * 64, names[1]]
    assert (tmp_path / "bytes").read_bytes() == b"\x00"
    assert (store / "store.json").read_bytes().startswith(b"{")
