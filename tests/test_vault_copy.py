"""Copies of a case store: merge and outbox (STORE.md section 8)."""

import shutil
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.store import copy, disk, handlers
from desk.store.check import check
from desk.store.vault import new_subject
from tests.vaults import (
    CANARY,
    CHEAP,
    HANDLER,
    OBJECT,
    WORDS,
    all_texts,
    erase,
    event,
    files,
    flip,
    keep,
    make_store,
    opened,
    texts,
    two,
)


def merged(into: Path, other: Path) -> copy.Tally:
    with opened(into) as vault:
        return copy.merge(vault, other)


def test_merge_brings_what_the_other_copy_has(tmp_path: Path) -> None:
    """Both sides' events are there, in the same order in both copies; merging again is nothing."""
    store, other, subjects = two(tmp_path)
    keep(store, subjects[0], "a1", "a2")
    keep(other, subjects[0], "b1")
    keep(other, new_subject(), "b2")
    before = files(other)
    assert merged(store, other) == copy.Tally(batches=2)
    assert {name: octets for name, octets in files(other).items() if name != "lock"} == {
        name: octets for name, octets in before.items() if name != "lock"
    }
    assert merged(other, store).batches == 2
    assert sorted(all_texts(store)[3:]) == ["a1", "a2", "b1", "b2"]
    assert all_texts(store) == all_texts(other)
    assert merged(store, other) == copy.Tally()


def test_merge_joins_the_branches(tmp_path: Path) -> None:
    """The next batch after a merge has both last batches as parents, and a higher clock."""
    store, other, subjects = two(tmp_path)
    keep(store, subjects[0], "a1", "a2", "a3")
    keep(other, subjects[0], "b1")
    with opened(store) as vault:
        copy.merge(vault, other)
        place = vault.append([event(subjects[0], "after")])[0]
        octets = disk.batch_path(store, place.batch).read_bytes()
        assert octets[9:11] == b"\x00\x02"
        assert texts(vault)[-1] == "after"
        assert check(vault).findings == ()


def test_merge_shows_at_once_in_the_open_store(tmp_path: Path) -> None:
    """The events can be read and added to without opening again."""
    store, other, _ = two(tmp_path)
    subject = new_subject()
    keep(other, subject, "new")
    with opened(store) as vault:
        copy.merge(vault, other)
        assert texts(vault)[-1] == "new"
        vault.append([event(subject, "more")])
        assert texts(vault)[-1] == "more"


def test_erasure_reaches_the_copy_that_merges(tmp_path: Path) -> None:
    """What the other erased is erased here, with events that were added here meanwhile."""
    store, other, subjects = two(tmp_path)
    keep(store, subjects[0], CANARY)
    with opened(other) as vault:
        erase(vault, subjects[0])
    merged(store, other)
    assert all_texts(store) == ["second"]
    with opened(store) as vault:
        assert vault.is_erased(subjects[0])


def test_old_copy_does_not_bring_an_erased_subject_back(tmp_path: Path) -> None:
    """Neither its keys nor events that were added to it there."""
    store, other, subjects = two(tmp_path)
    keep(other, subjects[0], CANARY)
    with opened(store) as vault:
        erase(vault, subjects[0])
    merged(store, other)
    assert all_texts(store) == ["second"]
    merged(other, store)
    assert all_texts(other) == ["second"]


def test_copying_files_by_hand_is_a_merge(tmp_path: Path) -> None:
    """Copied over each other, in either direction, both hold the same and nothing erased."""
    store, other, subjects = two(tmp_path)
    keep(store, subjects[0], "a")
    keep(other, new_subject(), "b")
    with opened(store) as vault:
        erase(vault, subjects[1])
    shutil.copytree(other, store, dirs_exist_ok=True)
    expected = all_texts(store)
    shutil.copytree(store, other, dirs_exist_ok=True)
    assert all_texts(other) == expected
    assert sorted(expected) == ["a", "b", "first", "third"]


def test_another_store_is_refused(tmp_path: Path) -> None:
    """Two stores that were made apart do not mix, and a folder that is none is told."""
    store, stranger = make_store(tmp_path, "a"), make_store(tmp_path, "b")
    with opened(store) as vault:
        before = files(store)
        with pytest.raises(DeskError, match="another case store"):
            copy.merge(vault, stranger)
        with pytest.raises(DeskError, match="no case store in"):
            copy.merge(vault, tmp_path)
        with pytest.raises(DeskError, match="holds another case store"):
            copy.backup(vault, stranger)
        assert files(store) == before


def test_copy_under_another_store_key_is_refused(tmp_path: Path) -> None:
    """Before anything is copied, in either direction, with a word on what to do."""
    store, other, subjects = two(tmp_path)
    keep(other, subjects[0], "b")
    with opened(store) as vault:
        handlers.rekey(vault, {HANDLER: WORDS}, work=CHEAP)
        before = files(store)
        with pytest.raises(DeskError, match="store key was changed") as refused:
            copy.merge(vault, other)
        assert "from a backup" in refused.value.hint
        assert files(store) == before
    with opened(other) as vault, pytest.raises(DeskError, match="store key was changed"):
        copy.merge(vault, store)


def test_store_in_use_is_not_copied(tmp_path: Path) -> None:
    """Neither one that somebody has open, nor the store itself."""
    store, other, _ = two(tmp_path)
    with opened(store) as vault, opened(other):
        for act in (copy.merge, copy.backup):
            with pytest.raises(DeskError, match="in use"):
                act(vault, other)
        with pytest.raises(DeskError, match="in use"):
            copy.merge(vault, store)
        with pytest.raises(DeskError, match="in use"):
            copy.backup(vault, store)


def test_copy_with_a_broken_off_change_is_refused(tmp_path: Path) -> None:
    """It must be opened once, which ends the change."""
    store, other, _ = two(tmp_path)
    (other / "rekey").mkdir()
    with opened(store) as vault, pytest.raises(DeskError, match="broken off"):
        copy.merge(vault, other)
    with pytest.raises(DeskError, match="broken off"):
        copy.restore(other, tmp_path / "new", HANDLER, passphrase=WORDS)


def test_damaged_files_of_the_other_are_left_and_named(tmp_path: Path) -> None:
    """The rest is merged."""
    store, other, _ = two(tmp_path)
    with opened(other) as vault:
        places = [vault.append([event(new_subject(), text)])[0] for text in ("a", "b", "c")]
        vault.quarantine(OBJECT, b"abc")
    flip(disk.batch_path(other, places[0].batch), -1)
    flip(disk.keys_path(other, places[1].batch), 0)
    (other / "quarantine" / ("0" * 64)).write_bytes(b"x")
    tally = merged(store, other)
    assert tally.refused == {
        f"{places[0].batch}.batch": "batch_name",
        f"{places[1].batch}.keys": "keys_shape",
        "0" * 64: "quarantine_name",
    }
    assert (tally.batches, tally.quarantined, tally.mended) == (2, 1, 0)
    with opened(store) as vault:
        assert texts(vault) == ["first", "second", "third", "c"]


def test_damaged_files_here_are_mended_from_the_other(tmp_path: Path) -> None:
    """A batch, a keys file and a single key that were damaged are whole again."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        places = [vault.append([event(new_subject(), text)])[0] for text in ("a", "b", "c")]
    shutil.copytree(store, tmp_path / "copy")
    flip(disk.batch_path(store, places[0].batch), -1)
    flip(disk.keys_path(store, places[1].batch), 0)
    flip(disk.keys_path(store, places[2].batch), -1)
    with opened(store) as vault:
        assert texts(vault) == []
        tally = copy.merge(vault, tmp_path / "copy")
        assert (tally.mended, tally.batches, tally.refused) == (3, 0, {})
        vault.append([event(subject, "d")])
    assert all_texts(store) == ["a", "b", "c", "d"]


def test_zeros_that_no_log_explains_are_mended(tmp_path: Path) -> None:
    """They are damage: told of a copy that has them, and made up for by one that has the key."""
    store, other, _ = two(tmp_path)
    with opened(store) as vault:
        place = vault.append([event(new_subject(), "a")])[0]
    shutil.copytree(store, other, dirs_exist_ok=True)
    disk.overwrite(disk.keys_path(store, place.batch), 29 + 16, 72)
    with opened(store) as vault:
        assert {one.fault for one in check(vault).findings} == {"key_lost", "record_keyless"}
    told = {f"{place.batch}.keys": "key_lost"}
    assert merged(other, store) == copy.Tally(refused=told)
    assert all_texts(other)[-1] == "a"
    assert merged(store, other) == copy.Tally(mended=1)
    assert all_texts(store)[-1] == "a"
    assert merged(store, other) == merged(other, store) == copy.Tally()


def test_zeros_that_the_other_log_explains_stay(tmp_path: Path) -> None:
    """A key that is erased here never comes back, nor does a store ever write one that was."""
    store, other, subjects = two(tmp_path)
    old = files(store)
    with opened(other) as vault:
        erase(vault, subjects[0])
    for name in old:
        if name.startswith("keys/"):
            shutil.copyfile(other / name, store / name)
    assert merged(store, other) == copy.Tally(batches=1)
    assert all_texts(store) == ["second"]
    for name in old:
        (tmp_path / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / name).write_bytes(old[name])
    shutil.rmtree(store / "keys")
    (store / "keys").mkdir()
    merged(store, tmp_path / "old")
    assert all_texts(store) == ["second"]


def test_zeros_stay_while_our_log_is_not_whole(tmp_path: Path) -> None:
    """What is lost may be the line that erased, so an old copy does not bring the key back."""
    store, other, subjects = two(tmp_path)
    with opened(store) as vault:
        erase(vault, subjects[0])
        line = list(vault.events())[-1][0].batch
        mended = disk.batch_path(store, line).read_bytes()
    flip(disk.batch_path(store, line), -1)
    merged(store, other)
    with opened(store) as vault:
        assert texts(vault) == ["second"]
    disk.batch_path(store, line).write_bytes(mended)
    assert all_texts(store) == ["second"]


def test_second_key_of_a_subject_is_told_and_left(tmp_path: Path) -> None:
    """Two copies that began one subject apart: each reads its own half, and is told of the other."""
    store, other, _ = two(tmp_path)
    subject = new_subject()
    keep(store, subject, "ours")
    keep(other, subject, "theirs")
    assert set(merged(store, other).refused.values()) == {"key_twice"}
    with opened(store) as vault:
        assert texts(vault)[-1] == "ours"


def test_keys_alone_are_not_copied(tmp_path: Path) -> None:
    """Half a copy does not spread."""
    store, other, _ = two(tmp_path)
    with opened(other) as vault:
        place = vault.append([event(new_subject(), "a")])[0]
    disk.batch_path(other, place.batch).unlink()
    assert merged(store, other) == copy.Tally()
    assert all_texts(store) == ["first", "second", "third"]


def test_keys_that_a_half_copy_left_out_are_brought(tmp_path: Path) -> None:
    """A batch without its keys gets them at the next merge."""
    store, other, _ = two(tmp_path)
    with opened(other) as vault:
        place = vault.append([event(new_subject(), "a")])[0]
    shutil.copytree(other / "batches", store / "batches", dirs_exist_ok=True)
    assert merged(store, other) == copy.Tally()
    assert disk.keys_path(store, place.batch).exists()
    assert all_texts(store)[-1] == "a"


def test_outbox_is_merged_and_opened_by_no_passphrase(tmp_path: Path) -> None:
    """It lies on the stick under the id of the store, without a wrap."""
    store, other, subjects = two(tmp_path)
    keep(store, new_subject(), "new")
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened(store) as vault:
        vault.quarantine(OBJECT, b"abc")
        assert copy.outbox(vault, stick).batches == 5
        assert copy.outbox(vault, stick).batches == 0
        outbox = stick / "outbox" / vault.store_id
    assert not list(outbox.glob("wraps/*"))
    with pytest.raises(DeskError, match="no handler anna"):
        opened(outbox)
    keep(other, subjects[0], "mine")
    assert merged(other, stick) == copy.Tally(batches=1, quarantined=1)
    assert sorted(all_texts(other)[3:]) == ["mine", "new"]


def test_outbox_needs_its_stick(tmp_path: Path) -> None:
    """A stick that is not there does not become a folder on the laptop."""
    with (
        opened(make_store(tmp_path)) as vault,
        pytest.raises(DeskError, match="stick is not there"),
    ):
        copy.outbox(vault, tmp_path / "stick")
