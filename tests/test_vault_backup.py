"""Backups of a case store, and restoring one (STORE.md section 8)."""

import shutil
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.store import copy, disk, handlers
from desk.store.vault import Vault, new_subject
from tests.vaults import (
    CANARY,
    CHEAP,
    HANDLER,
    OBJECT,
    WORDS,
    all_texts,
    erase,
    event,
    everything,
    files,
    filled,
    flip,
    keep,
    make_store,
    one_file,
    opened,
    texts,
    two,
)


def backed_up(store: Path, target: Path) -> copy.Tally:
    with opened(store) as vault:
        return copy.backup(vault, target)


def test_backup_has_all_and_opens_like_the_store(tmp_path: Path) -> None:
    """Events, quarantine and handlers; a second time only what is new is copied."""
    store, subjects = filled(tmp_path)
    target = tmp_path / "backup"
    with opened(store) as vault:
        vault.quarantine(OBJECT, b"abc")
        assert copy.backup(vault, target) == copy.Tally(batches=4, quarantined=1)
        vault.append([event(subjects[0], "more")])
        assert copy.backup(vault, target) == copy.Tally(batches=1)
    assert files(target) == files(store)
    assert all_texts(target)[-1] == "more"


def test_backup_mirrors_the_handlers(tmp_path: Path) -> None:
    """Who joined can open it, who left cannot."""
    store, _ = filled(tmp_path)
    target = tmp_path / "backup"
    with opened(store) as vault:
        handlers.add(vault, "bea", "b", work=CHEAP)
        copy.backup(vault, target)
        handlers.add(vault, "cora", "c", work=CHEAP)
        handlers.remove(vault, "bea")
        copy.backup(vault, target)
    assert handlers.names(target) == [HANDLER, "cora"]
    opened(target, "cora", "c").close()


def test_backup_forgets_what_the_store_erased(tmp_path: Path) -> None:
    """After a refresh, the sealed key lies in no file of store or backup."""
    store, subject = make_store(tmp_path), new_subject()
    target = tmp_path / "backup"
    with opened(store) as vault:
        place = vault.append([event(subject)])[0]
        copy.backup(vault, target)
        sealed = disk.keys_path(target, place.batch).read_bytes()[29 + 16 :]
        erase(vault, subject)
        copy.backup(vault, target)
    for octets in (*files(store).values(), *files(target).values()):
        assert sealed[:24] not in octets
        assert sealed[24:40] not in octets
        assert CANARY.encode() not in octets
    assert all_texts(target) == []


def test_backup_keeps_what_it_has_more(tmp_path: Path) -> None:
    """Nothing is taken from a copy that holds batches of its own."""
    store, other, subjects = two(tmp_path)
    keep(other, subjects[0], "theirs")
    keep(store, subjects[0], "ours")
    backed_up(store, other)
    assert sorted(all_texts(other)[3:]) == ["ours", "theirs"]


def test_backup_follows_a_new_store_key(tmp_path: Path) -> None:
    """Backup and outbox from before go under the new key, without the handler who left."""
    store, _ = filled(tmp_path)
    target, stick = tmp_path / "backup", tmp_path / "stick"
    stick.mkdir()
    with opened(store) as vault:
        handlers.add(vault, "bea", "b", work=CHEAP)
        copy.backup(vault, target)
        copy.outbox(vault, stick)
        handlers.rekey(vault, {HANDLER: "new"}, work=CHEAP)
        vault.append([event(new_subject(), "after")])
        copy.backup(vault, target)
        copy.outbox(vault, stick)
        outbox = stick / "outbox" / vault.store_id
        assert files(target) == files(store)
        expected = texts(vault)
    shutil.copytree(outbox, tmp_path / "o")
    shutil.copytree(store / "wraps", tmp_path / "o" / "wraps", dirs_exist_ok=True)
    with Vault.open(tmp_path / "o", HANDLER, "new") as vault:
        assert texts(vault) == expected == ["first", "second", "third", "after"]


def test_backup_with_more_under_an_old_key_is_refused(tmp_path: Path) -> None:
    """What only that copy has could not be read any more; an old store never undoes a new key."""
    store, other, subjects = two(tmp_path)
    keep(other, subjects[0], "theirs")
    with opened(store) as vault:
        handlers.rekey(vault, {HANDLER: WORDS}, work=CHEAP)
        before = files(other)
        with pytest.raises(DeskError, match="another store key and things that are not here"):
            copy.backup(vault, other)
        assert files(other) == before
    with opened(other) as vault:
        before = files(store)
        with pytest.raises(DeskError, match="another store key and things that are not here"):
            copy.backup(vault, store)
    assert files(store) == before


def test_idle_old_copy_never_undoes_a_new_key(tmp_path: Path) -> None:
    """Also where nothing was written in either since, the new key wins."""
    store, other, _ = two(tmp_path)
    with opened(store) as vault:
        handlers.rekey(vault, {HANDLER: WORDS}, work=CHEAP)
    with opened(other) as vault, pytest.raises(DeskError, match="another store key"):
        copy.backup(vault, store)


@pytest.mark.parametrize("name", ["notes.txt", "wraps"])
def test_backup_is_not_written_into_other_things(tmp_path: Path, name: str) -> None:
    """A folder with files of somebody else is refused and left."""
    target = tmp_path / "documents"
    (target / name).mkdir(parents=True)
    with opened(make_store(tmp_path)) as vault:
        with pytest.raises(DeskError, match="holds other things"):
            copy.backup(vault, target)
        with pytest.raises(DeskError, match="inside the store"):
            copy.backup(vault, vault.path / "backup")
    assert [path.name for path in target.iterdir()] == [name]


def test_backup_into_an_empty_folder_or_one_just_begun(tmp_path: Path) -> None:
    """A stick's folder may exist; what a crash began is gone on with."""
    store, _ = filled(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "begun" / "keys").mkdir(parents=True)
    (tmp_path / "begun" / ".store.json.part").write_bytes(b"x")
    for name in ("empty", "begun"):
        backed_up(store, tmp_path / name)
        assert files(tmp_path / name) == files(store)


def test_restore_makes_the_same_store(tmp_path: Path) -> None:
    """Everything is there, and the check that ends it finds nothing."""
    store, _ = filled(tmp_path)
    with opened(store) as vault:
        vault.quarantine(OBJECT, b"abc")
        handlers.add(vault, "bea", "b", work=CHEAP)
        copy.backup(vault, tmp_path / "backup")
        expected = everything(vault)
    new = tmp_path / "new"
    tally, report = copy.restore(tmp_path / "backup", new, "bea", passphrase="b")
    assert (tally.batches, tally.quarantined, report.findings) == (4, 1, ())
    assert files(new) == files(store)
    with opened(new) as vault:
        assert everything(vault) == expected


def test_restore_refuses_before_it_writes(tmp_path: Path) -> None:
    """A wrong passphrase, a path that is taken, and a folder without a store make nothing."""
    store, _ = filled(tmp_path)
    with pytest.raises(DeskError, match="this passphrase does not open"):
        copy.restore(store, tmp_path / "new", HANDLER, passphrase="wrong")
    with pytest.raises(DeskError, match="something lies there"):
        copy.restore(store, store, HANDLER, passphrase=WORDS)
    with pytest.raises(DeskError, match="no case store"):
        copy.restore(tmp_path, tmp_path / "new", HANDLER, passphrase=WORDS)
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_restore_of_a_damaged_backup_gives_what_is_whole(tmp_path: Path) -> None:
    """What is damaged is named twice: by the copy, and by the check of what came out."""
    store, subject = make_store(tmp_path), new_subject()
    with opened(store) as vault:
        places = [vault.append([event(subject, text)])[0] for text in ("a", "b", "c")]
    flip(disk.batch_path(store, places[1].batch), -1)
    (tmp_path / ".new.part").mkdir()
    tally, report = copy.restore(store, tmp_path / "new", HANDLER, passphrase=WORDS)
    assert tally.refused == {f"{places[1].batch}.batch": "batch_name"}
    assert [one.fault for one in report.findings] == ["parent_missing"]
    with opened(tmp_path / "new") as vault:
        assert texts(vault) == ["a", "c"]
    assert not (tmp_path / ".new.part").exists()


def test_outbox_is_not_restored(tmp_path: Path) -> None:
    """Without a wrap nobody can open it."""
    store, _ = filled(tmp_path)
    shutil.rmtree(store / "wraps")
    with pytest.raises(DeskError, match="no handler anna"):
        copy.restore(store, tmp_path / "new", HANDLER, passphrase=WORDS)


def test_copy_lies_open_to_nobody_else(tmp_path: Path) -> None:
    """Files of a backup have mode 0600, folders 0700."""
    store, _ = filled(tmp_path)
    backed_up(store, tmp_path / "backup")
    for path in [tmp_path / "backup", *(tmp_path / "backup").rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)
    assert one_file(tmp_path, "backup/wraps/*").name == "anna.wrap"
