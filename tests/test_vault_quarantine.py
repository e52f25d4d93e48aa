"""Objects in quarantine (intake.py, book.py, store/quarantine.py): gone once they are read or erased."""

import shutil
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.outgoing import retention
from desk.store import copy
from desk.store.check import check
from desk.store.vault import Vault
from desk.work import actions
from tests import boards
from tests.intakes import HANDLER, TODAY, WORDS, keep_key, make_store, opened, take
from tests.samples import OTHER_SEED, complaint, put, sealed


def too_early(folder: Path, store: Path) -> bytes:
    """Import an object before its key is kept; returns its bytes, which lie in quarantine."""
    path = put(folder / "stick", sealed(complaint(), OTHER_SEED))
    octets = path.read_bytes()
    with opened(store) as book:
        assert take(book, folder / "stick").kept == 1
        assert book.vault.quarantined() == [path.name]
    return octets


def import_again(folder: Path, store: Path) -> None:
    """Keep the key, as the import asked, and import once more."""
    with opened(store) as book:
        keep_key(book, OTHER_SEED)
        assert take(book, folder / "stick").new == 1


def erase(store: Path) -> None:
    """Withdraw and erase the one case."""
    with opened(store) as book:
        (case,) = book.cases.values()
        given = {"purpose": "store", "given": "no", "how": "telephone"}
        actions.perform(book, case, "consent", given, today=TODAY)
        retention.run(book, today=TODAY, row=boards.row)


def holds(folder: Path, octets: bytes) -> bool:
    """Whether any file in a folder has these bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return any(octets in path.read_bytes() for path in files)


def test_what_was_erased_lies_nowhere_any_more(tmp_path: Path) -> None:
    """Imported too early, then again, then erased: neither the store nor its backup has the object."""
    store, kept = make_store(tmp_path / "store"), tmp_path / "backup"
    octets = too_early(tmp_path, store)
    with Vault.open(store, HANDLER, WORDS) as vault:
        copy.backup(vault, kept)
    assert holds(store, octets)
    assert holds(kept, octets)
    import_again(tmp_path, store)
    erase(store)
    with Vault.open(store, HANDLER, WORDS) as vault:
        copy.backup(vault, kept)
        assert check(vault).findings == ()
    assert not holds(store, octets)
    assert not holds(kept, octets)


def test_it_goes_with_the_import_that_could_read_it(tmp_path: Path) -> None:
    """At once; what still cannot be read stays."""
    store = make_store(tmp_path / "store")
    octets = too_early(tmp_path, store)
    rubbish = put(tmp_path / "stick", b"\0" * 100)
    with opened(store) as book:
        take(book, tmp_path / "stick")
        keep_key(book, OTHER_SEED)
        assert len(book.vault.quarantined()) == 2
        take(book, tmp_path / "stick")
        assert book.vault.quarantined() == [rubbish.name]
    assert not holds(store, octets)


def test_a_crash_before_it_went_is_made_up_for(tmp_path: Path) -> None:
    """Whoever opens the store next destroys it."""
    store = make_store(tmp_path / "store")
    octets = too_early(tmp_path, store)
    shutil.copytree(store / "quarantine", tmp_path / "before")
    import_again(tmp_path, store)
    shutil.copytree(tmp_path / "before", store / "quarantine", dirs_exist_ok=True)
    assert holds(store, octets)
    with opened(store):
        assert not holds(store, octets)


@pytest.mark.parametrize("is_erased", [False, True])
def test_a_merge_brings_it_back_to_no_copy(is_erased: bool, tmp_path: Path) -> None:
    """One copy read it, and perhaps erased it; the other only has it in quarantine."""
    one, two = make_store(tmp_path / "one"), tmp_path / "two"
    octets = too_early(tmp_path, one)
    shutil.copytree(one, two)
    import_again(tmp_path, one)
    if is_erased:
        erase(one)
    for into, source in ((one, two), (two, one)):
        with Vault.open(into, HANDLER, WORDS) as vault:
            copy.merge(vault, source)
        assert not holds(into, octets)


def test_an_outbox_and_a_restored_store_do_not_have_it(tmp_path: Path) -> None:
    """An old copy of either is cleaned when it is refreshed, or used."""
    store, stick = make_store(tmp_path / "store"), tmp_path / "usb"
    octets = too_early(tmp_path, store)
    stick.mkdir()
    with Vault.open(store, HANDLER, WORDS) as vault:
        copy.outbox(vault, stick)
    import_again(tmp_path, store)
    put(store / "quarantine", octets)
    with Vault.open(store, HANDLER, WORDS) as vault:
        copy.outbox(vault, stick)
    copy.restore(store, tmp_path / "restored", HANDLER, passphrase=WORDS)
    assert not holds(stick, octets)
    assert not holds(tmp_path / "restored", octets)


def test_another_seal_of_what_was_erased_goes_too(tmp_path: Path) -> None:
    """It was kept unread; when it can be read it is no case, and leaves quarantine all the same."""
    store = make_store(tmp_path / "store")
    octets = too_early(tmp_path, store)
    put(tmp_path / "other", sealed(complaint()))
    with opened(store) as book:
        take(book, tmp_path / "other")
    erase(store)
    with opened(store) as book:
        keep_key(book, OTHER_SEED)
        assert take(book, tmp_path / "stick").known == 1
        assert not book.cases
    assert not holds(store, octets)


def test_a_closed_store_lets_nothing_go(tmp_path: Path) -> None:
    """The book of a store that is closed destroys no file."""
    store = make_store(tmp_path / "store")
    octets = too_early(tmp_path, store)
    with Vault.open(store, HANDLER, WORDS) as vault:
        pass
    with pytest.raises(DeskError, match="closed"):
        Casebook(vault)
    assert holds(store, octets)
