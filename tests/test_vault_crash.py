"""The case store is killed before each single change that it makes to the disk, one after the other.

However far it came, the store opens, holds what it held before or what it was to hold after, and
nothing in between. A killed process loses nothing that the kernel already has; the order in which
things are made durable is held by `test_vault_disk.py`.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.folder import part_of, stage
from desk.store import copy, disk, handlers
from desk.store.check import check, keys_left
from desk.store.create import create
from desk.store.vault import Vault, new_subject
from tests.soak import SOAK
from tests.vaults import (
    CHEAP,
    HANDLER,
    OBJECT,
    WORDS,
    crash_at,
    erase,
    event,
    files,
    filled,
    make_store,
    opened,
    texts,
    tombstone,
)

BEFORE = ["first", "second", "third"]
MOST_STEPS = 200


pytestmark = pytest.mark.usefixtures("without_syncs")


def each_crash(
    folder: Path, act: Callable[[Path], None], stride: int = 1
) -> Iterator[tuple[Path, bool]]:
    """Give a store after a crash at each step of `act`, and at last after `act` itself.

    `act` gets a folder in which everything that it needs lies, copied for each crash. With a
    stride, only a soak goes through all steps.
    """
    whole = folder / "whole"
    for step in range(0, MOST_STEPS, 1 if SOAK else stride):
        work = folder / str(step)
        shutil.copytree(whole, work)
        killed = crash_at(step, lambda work=work: act(work))
        yield work, killed
        shutil.rmtree(work)
        if not killed:
            assert step >= stride
            return
    raise AssertionError("it never comes to its end")


def sound(vault: Vault) -> list[str]:
    """Return the texts of a store in which nothing is left over or wrong."""
    assert check(vault).findings == ()
    return texts(vault)


@pytest.mark.parametrize("fresh", [True, False])
def test_batch_is_kept_whole_or_not_at_all(tmp_path: Path, fresh: bool) -> None:
    """With and without new subjects, and the next batch can be kept."""
    store, subjects = filled(tmp_path / "whole")
    more = [new_subject(), new_subject()] if fresh else subjects[:2]

    def act(work: Path) -> None:
        with opened(work / store.name) as vault:
            vault.append([event(more[0], "a"), event(more[1], "b")])

    seen = set()
    for work, killed in each_crash(tmp_path, act):
        with opened(work / store.name) as vault:
            found = sound(vault)
            assert found in (BEFORE, [*BEFORE, "a", "b"])
            assert killed or len(found) == 5
            vault.append([event(more[0], "next")])
            assert sound(vault) == [*found, "next"]
        seen.add(len(found))
    assert seen == {3, 5}


def test_erasure_once_in_the_log_is_done(tmp_path: Path) -> None:
    """Either nothing happened, or the subject is gone after the next opening."""
    store, subjects = filled(tmp_path / "whole")

    def act(work: Path) -> None:
        with opened(work / store.name) as vault:
            erase(vault, subjects[0])

    seen = set()
    for work, killed in each_crash(tmp_path, act):
        with opened(work / store.name) as vault:
            found = sound(vault)
            assert found in (BEFORE, ["second"])
            assert vault.is_erased(subjects[0]) == (found == ["second"])
            assert bool(keys_left(vault, subjects[:1])) != vault.is_erased(subjects[0])
            assert killed or found == ["second"]
        seen.add(len(found))
    assert seen == {3, 1}


def test_new_store_key_opens_with_all_old_or_all_new_words(tmp_path: Path) -> None:
    """Never with neither, never with both, and nothing is lost."""
    store, subjects = filled(tmp_path / "whole")
    with opened(store) as vault:
        handlers.add(vault, "bea", "b", work=CHEAP)

    def act(work: Path) -> None:
        with opened(work / store.name) as vault:
            handlers.rekey(vault, {HANDLER: "new", "cora": "c"}, work=CHEAP)

    old, new = {(HANDLER, WORDS), ("bea", "b")}, {(HANDLER, "new"), ("cora", "c")}
    seen = set()
    for work, killed in each_crash(tmp_path, act, 5):
        fits = {who for who in old | new if _opens(work / store.name, *who)}
        for handler, words in fits:
            with opened(work / store.name, handler, words) as vault:
                assert sound(vault) == BEFORE
                assert vault.is_erased(subjects[2])
        assert fits in (old, new)
        assert killed or fits == new
        seen.add(frozenset(fits))
    assert len(seen) == 2


def with_other(folder: Path) -> Path:
    """Make a filled store and beside it `other`, a copy that went on and erased the second."""
    store, subjects = filled(folder)
    shutil.copytree(store, folder / "other")
    with opened(folder / "other") as vault:
        vault.append([event(subjects[0], "b1"), event(new_subject(), "b2")])
        erase(vault, subjects[1])
        vault.append([event(new_subject(), "b3")])
        vault.quarantine(OBJECT, b"abc")
    return store


def test_merge_broken_off_is_gone_on_with(tmp_path: Path) -> None:
    """What came over is whole, parents first; merging again brings the rest."""
    store = with_other(tmp_path / "whole")

    def act(work: Path) -> None:
        with opened(work / store.name) as vault:
            copy.merge(vault, work / "other")

    after = ["first", "third", "b1", "b2", "b3"]
    seen = set()
    for work, killed in each_crash(tmp_path, act, 5):
        with opened(work / store.name) as vault:
            found = sound(vault)
            assert found in (BEFORE, [*BEFORE, "b1", "b2"], after[:4], after)
            assert killed or found == after
            copy.merge(vault, work / "other")
            assert sound(vault) == after
            assert (vault.path / "quarantine" / OBJECT).read_bytes() == b"abc"
        seen.add(len(found))
    assert len(seen) >= (3 if SOAK else 2)


def test_erased_key_is_never_written_again(tmp_path: Path) -> None:
    """Not for a moment, when an old copy mends the keys file in which it lay."""
    store, subjects = filled(tmp_path / "whole")
    shutil.copytree(store, tmp_path / "whole" / "other")
    with opened(store) as vault:
        erase(vault, subjects[0])
        first = bytes.fromhex(subjects[0])
        (keys,) = (path for path in store.glob("keys/*") if first in path.read_bytes())
    keys.unlink()
    old = (tmp_path / "whole" / "other" / "keys" / keys.name).read_bytes()
    at = old.index(bytes.fromhex(subjects[0])) + 16

    def act(work: Path) -> None:
        with opened(work / store.name) as vault:
            copy.merge(vault, work / "other")

    for work, killed in each_crash(tmp_path, act, 3):
        assert not any(old[at : at + 72] in octets for octets in files(work / store.name).values())
        if not killed:
            with opened(work / store.name) as vault:
                assert sound(vault) == ["second"]


@pytest.mark.parametrize("begun", ["new", "old", "old key"])
def test_backup_broken_off_is_gone_on_with(tmp_path: Path, begun: str) -> None:
    """A new one, one that is refreshed, one from before a new store key: the next run ends it."""
    store, subjects = filled(tmp_path / "whole")
    with opened(store) as vault:
        if begun != "new":
            copy.backup(vault, tmp_path / "whole" / "backup")
        if begun == "old key":
            handlers.rekey(vault, {HANDLER: WORDS}, work=CHEAP)
        vault.append([event(new_subject(), "more")])
        erase(vault, subjects[1])

    def act(work: Path) -> None:
        with opened(work / store.name) as vault:
            copy.backup(vault, work / "backup")

    for work, killed in each_crash(tmp_path, act, 9):
        with opened(work / store.name) as vault:
            assert sound(vault) == ["first", "third", "more"]
            if killed:
                copy.backup(vault, work / "backup")
        assert files(work / "backup") == files(work / store.name)
        with opened(work / "backup") as vault:
            assert sound(vault) == ["first", "third", "more"]


def test_old_backup_opens_however_its_refresh_ended(tmp_path: Path) -> None:
    """A stick pulled out in the middle leaves a backup that opens, and is whole as far as it goes."""
    store, subjects = filled(tmp_path / "whole")
    with opened(store) as vault:
        copy.backup(vault, tmp_path / "whole" / "backup")
        handlers.rekey(vault, {HANDLER: "new"}, work=CHEAP)
        vault.append([event(subjects[0], "more")])

    def act(work: Path) -> None:
        with opened(work / store.name, HANDLER, "new") as vault:
            copy.backup(vault, work / "backup")

    seen = set()
    for work, _ in each_crash(tmp_path, act, 7):
        words = "new" if _opens(work / "backup", HANDLER, "new") else WORDS
        with opened(work / "backup", HANDLER, words) as vault:
            seen.add((words, len(sound(vault))))
    assert seen <= {(WORDS, 3), ("new", 3), ("new", 4)}
    assert len(seen) >= (3 if SOAK else 2)


def _opens(store: Path, handler: str, words: str) -> bool:
    try:
        opened(store, handler, words).close()
    except DeskError:
        return False
    return True


def test_new_store_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """A creation that was broken off can be done again."""
    (tmp_path / "whole").mkdir()

    def act(work: Path) -> None:
        create(work / "store", HANDLER, WORDS, practice=False, work=CHEAP)

    for work, _ in each_crash(tmp_path, act, 3):
        if not (work / "store").exists():
            act(work)
        with opened(work / "store") as vault:
            assert sound(vault) == []
        assert [path.name for path in work.iterdir()] == ["store"]


def test_restore_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """A restore that was broken off can be done again."""
    store, _ = filled(tmp_path / "whole")

    def act(work: Path) -> None:
        copy.restore(work / store.name, work / "new", HANDLER, passphrase=WORDS)

    for work, _ in each_crash(tmp_path, act, 9):
        if not (work / "new").exists():
            act(work)
        with opened(work / "new") as vault:
            assert sound(vault) == BEFORE
        assert sorted(path.name for path in work.iterdir()) == ["new", "store"]


def test_crash_while_a_crash_is_made_up_for(tmp_path: Path) -> None:
    """The opening that ends a broken-off change may itself be broken off, at any step."""
    store, subjects = filled(tmp_path / "whole")
    with opened(store) as vault:
        vault.append([tombstone(subjects[0])])
        staged = part_of(store / "rekey")
        copied = tmp_path / "copied"
        shutil.copytree(store, copied)
        vault.close()
    with opened(copied) as vault:
        handlers.rekey(vault, {HANDLER: "new"}, work=CHEAP)
    for name in ("keys", "wraps"):
        shutil.copytree(copied / name, store / "rekey" / name)
    assert not staged.exists()

    def act(work: Path) -> None:
        opened(work / store.name, HANDLER, "new").close()

    for work, _ in each_crash(tmp_path, act, 3):
        with opened(work / store.name, HANDLER, "new") as vault:
            assert sound(vault) == ["second"]


def test_leftovers_are_swept(tmp_path: Path) -> None:
    """Parts in every folder go when the store is opened; a whole part with its keys is finished."""
    store = make_store(tmp_path)
    with opened(store) as vault:
        place = vault.append([event(new_subject(), "whole")])[0]
    path = disk.batch_path(store, place.batch)
    path.rename(part_of(path))
    stage(path.with_name(f"{'a' * 64}.batch"), b"no keys")
    stage(disk.keys_path(store, "b" * 64), b"x")
    stage(disk.wrap_path(store, "bea"), b"x")
    stage(store / "quarantine" / OBJECT, b"x")
    stage(store / "heads", b"x")
    (store / ".rekey.part" / "keys").mkdir(parents=True)
    with opened(store) as vault:
        assert sound(vault) == ["whole"]


def test_part_that_is_not_whole_is_not_finished(tmp_path: Path) -> None:
    """A part whose bytes are not what its name says is removed, also with keys beside it."""
    store = make_store(tmp_path)
    with opened(store) as vault:
        place = vault.append([event(new_subject(), "half")])[0]
    path = disk.batch_path(store, place.batch)
    octets = path.read_bytes()
    path.unlink()
    stage(path, octets[:-1])
    strange = path.with_name("x.batch")
    stage(strange, octets)
    (store / "keys" / "x.keys").write_bytes(b"")
    with opened(store) as vault:
        assert texts(vault) == []
        assert set(vault.faults.values()) == {"batch_missing"}
    assert not path.exists()
    assert list(path.parent.iterdir()) == []
