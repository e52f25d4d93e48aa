"""Handlers join and leave a case store, and the store key is changed (STORE.md section 6)."""

from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.store import disk, handlers, keyfile
from desk.store.check import check
from desk.store.faults import Damaged
from desk.store.vault import Vault, new_subject
from tests.vaults import (
    CHEAP,
    HANDLER,
    WORDS,
    event,
    everything,
    files,
    filled,
    flip,
    make_store,
    opened,
    texts,
)

BEA = "other words of bea"


def with_bea(folder: Path) -> tuple[Path, list[str]]:
    """Make a filled store that two handlers open."""
    store, subjects = filled(folder)
    with opened(store) as vault:
        handlers.add(vault, "bea", BEA, work=CHEAP)
    return store, subjects


def test_added_handler_opens_the_same_store(tmp_path: Path) -> None:
    """Each has an own passphrase, and neither opens with the other's."""
    store, _ = with_bea(tmp_path)
    assert handlers.names(store) == [HANDLER, "bea"]
    with opened(store) as vault:
        expected = everything(vault)
    with opened(store, "bea", BEA) as vault:
        assert vault.handler == "bea"
        assert everything(vault) == expected
    for handler, words in ((HANDLER, BEA), ("bea", WORDS)):
        with pytest.raises(DeskError, match="this passphrase does not open it"):
            opened(store, handler, words)


def test_handler_is_not_added_over_another(tmp_path: Path) -> None:
    """A name that is taken keeps its passphrase."""
    store, _ = with_bea(tmp_path)
    with opened(store) as vault, pytest.raises(DeskError, match="bea can open this"):
        handlers.add(vault, "bea", "new", work=CHEAP)
    opened(store, "bea", BEA).close()


def test_removed_handler_does_not_open_the_store(tmp_path: Path) -> None:
    """The wrap is gone; an unknown name and the last one are refused."""
    store, _ = with_bea(tmp_path)
    with opened(store) as vault:
        with pytest.raises(DeskError, match="no handler of that name"):
            handlers.remove(vault, "cora")
        handlers.remove(vault, "bea")
        with pytest.raises(DeskError, match="nobody could open"):
            handlers.remove(vault, HANDLER)
    assert handlers.names(store) == [HANDLER]
    with pytest.raises(DeskError, match="no handler bea"):
        opened(store, "bea", BEA)


def test_new_store_key_keeps_all_events_and_the_log_whole(tmp_path: Path) -> None:
    """Who stays opens the store with their words; what was erased stays so."""
    store, subjects = with_bea(tmp_path)
    with opened(store) as vault:
        expected, old = everything(vault), vault.lock.key
        handlers.rekey(vault, {"bea": "new words", "cora": "more"}, work=CHEAP)
        assert vault.lock.key != old
        assert everything(vault) == expected
        vault.append([event(subjects[0], "after"), event(new_subject(), "new")])
        assert check(vault).findings == ()
    assert handlers.names(store) == ["bea", "cora"]
    for handler, words in (("bea", "new words"), ("cora", "more")):
        with opened(store, handler, words) as vault:
            assert texts(vault) == ["first", "second", "third", "after", "new"]
            assert vault.is_erased(subjects[2])
            assert vault.skipped == 1
    for handler, words in ((HANDLER, WORDS), ("bea", BEA)):
        with pytest.raises(DeskError):
            opened(store, handler, words)


def test_new_store_key_leaves_nothing_under_the_old_one(tmp_path: Path) -> None:
    """No file holds a wrap or a sealed key from before, and every folder is as it was."""
    store, _ = with_bea(tmp_path)
    before = files(store)
    with opened(store) as vault:
        handlers.rekey(vault, {HANDLER: WORDS}, work=CHEAP)
        fresh = vault.lock
    after = files(store)
    assert before.keys() - after.keys() == {"wraps/bea.wrap"}
    added = after.keys() - before.keys()
    assert {name.split("/")[0] for name in added} == {"batches"}
    for name in before:
        if name.startswith("keys/"):
            assert keyfile.parse(fresh, after[name]).keys()
            assert after[name] != before[name]
    assert after["wraps/anna.wrap"] != before["wraps/anna.wrap"]


def test_erased_keys_stay_zero_under_a_new_store_key(tmp_path: Path) -> None:
    """A new key is not a new life."""
    store, subjects = with_bea(tmp_path)
    with opened(store) as vault:
        handlers.rekey(vault, {HANDLER: WORDS}, work=CHEAP)
        sealed = {}
        for path in store.glob("keys/*"):
            sealed |= keyfile.parse(vault.lock, path.read_bytes())
    zeros = [subject.hex() for subject, octets in sealed.items() if octets == bytes(72)]
    assert zeros == [subjects[2]]


def test_new_store_key_needs_somebody_who_stays(tmp_path: Path) -> None:
    """No name, or one that cannot be a name, changes nothing."""
    store, _ = with_bea(tmp_path)
    with opened(store) as vault:
        before = files(store)
        with pytest.raises(DeskError, match="nobody could open"):
            handlers.rekey(vault, {}, work=CHEAP)
        with pytest.raises(DeskError, match="cannot be the name"):
            handlers.rekey(vault, {HANDLER: WORDS, "../x": "y"}, work=CHEAP)
        assert files(store) == before


@pytest.mark.parametrize("fault", ["key_broken", "keys_shape"])
def test_damaged_keys_are_not_lost_in_a_new_store_key(tmp_path: Path, fault: str) -> None:
    """Where a key cannot be sealed again, nothing is changed until it is mended."""
    store, subjects = with_bea(tmp_path)
    alive = bytes.fromhex(subjects[0])
    (path,) = (path for path in store.glob("keys/*") if alive in path.read_bytes())
    if fault == "key_broken":
        flip(path, path.read_bytes().index(alive) + 20)
    else:
        path.write_bytes(path.read_bytes()[:-1])
    before = files(store)
    vault = Vault.open(store, HANDLER, WORDS)
    with vault, pytest.raises(Damaged, match=fault):
        handlers.rekey(vault, {HANDLER: WORDS}, work=CHEAP)
    assert files(store) == before


def test_names_are_told_in_the_middle_of_a_new_store_key(tmp_path: Path) -> None:
    """Until the next opening ends it, those count who will be able to open it."""
    store = make_store(tmp_path)
    (store / "rekey" / "wraps").mkdir(parents=True)
    (store / "rekey" / "wraps" / "cora.wrap").write_bytes(b"")
    assert handlers.names(store) == ["cora"]


def test_wrap_that_is_removed_is_overwritten_first(tmp_path: Path) -> None:
    """A second name of the same file on the disk shows the zeros."""
    store, _ = with_bea(tmp_path)
    second = tmp_path / "second"
    second.hardlink_to(disk.wrap_path(store, "bea"))
    with opened(store) as vault:
        handlers.remove(vault, "bea")
    assert second.read_bytes() == bytes(133)


def test_old_wraps_and_keys_are_overwritten_by_a_new_store_key(tmp_path: Path) -> None:
    """Second names of the old files show the zeros."""
    store, _ = with_bea(tmp_path)
    seconds = []
    for number, path in enumerate([*store.glob("keys/*"), *store.glob("wraps/*")]):
        second = tmp_path / str(number)
        second.hardlink_to(path)
        seconds.append(second)
    with opened(store) as vault:
        handlers.rekey(vault, {HANDLER: WORDS}, work=CHEAP)
    assert len(seconds) == 5
    for second in seconds:
        assert second.read_bytes().strip(b"\x00") == b""
