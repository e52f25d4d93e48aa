"""The store as a whole on the command line (desk/verbs/store.py, retention.py): erased, purged, checked, merged."""

import shutil
from pathlib import Path

import pytest

from desk.cases.book import Casebook
from desk.terminal import is_hidden
from tests import trusted
from tests.boards import keep_board_key
from tests.cases import event, make_store, receive
from tests.intakes import write
from tests.samples import OTHER_SEED, put, sealed
from tests.vaults import opened
from tests.verbs import (
    AS_HANDLER,
    CLOSED,
    desk,
    make,
    make_with_key,
    refused,
    rested,
    run,
    tend,
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Give a store with a case of each kind."""
    return make(tmp_path / "store")


def test_retention_says_what_is_due_before_it_erases(tmp_path: Path) -> None:
    """A dry run changes no byte; the run erases, and the next finds nothing."""
    store = make(tmp_path / "store")
    rested(store, "2028-01-01")
    later = ("retention", store, *AS_HANDLER, "--today", "2028-01-01")
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    dry = run(*later, "--dry-run")
    assert f"  {CLOSED}  een jaar geleden gesloten, moest weg op 20 november 2027\n" in dry.out
    assert {path: path.read_bytes() for path in store.rglob("*") if path.is_file()} == before
    real = run(*later)
    assert (
        real.out == f"{dry.out}1 gewist. Ververs nu elke reservekopie, dan zijn ze daar ook weg.\n"
    )
    assert "gewist" not in run(*later).out
    assert CLOSED not in run("search", store, *AS_HANDLER, said={"words": CLOSED}).out
    assert tend("check", store).endswith(" faults: 0\n")


def test_no_name_of_another_store_acts_on_the_terminal(tmp_path: Path) -> None:
    """What is due and what was left lying is told with a mark in its place."""
    store, name = tmp_path / "store", "rode\x1b[2J\u202e vos"
    with make_store(store) as vault:
        book = Casebook(vault)
        closed = receive(book, pseudonym=name).subject
        receive(book, pseudonym=f"{name} 2")
        book.add([event("closed", closed)])
    rested(store, "2028-01-01")
    told = run("retention", store, *AS_HANDLER, "--today", "2028-01-01").out
    assert told.count("rode<U+001B>[2J<U+202E> vos") == 2
    assert not [character for character in told if is_hidden(character)]


def test_what_two_stores_hold_is_purged_from_the_first_place(tmp_path: Path) -> None:
    """The list names what both could open; the purge deletes that, and names what is kept."""
    store, stick = make_with_key(tmp_path / "store"), tmp_path / "stick"
    with opened(store) as vault:
        keep_board_key(Casebook(vault))
    names = write(stick, "Het eerste verhaal.", "Iets heel anders.")
    shutil.copytree(store, tmp_path / "copy")
    for each in (store, tmp_path / "copy"):
        desk("import", each, stick)
    out, other = tmp_path / "list", put(stick / "in", sealed(seed=OTHER_SEED))
    asked = ("purge-list", store, "--second", tmp_path / "copy", "--out", out)
    told = f"2 held by both case stores, 0 erased on purpose; list: {out}, of the case store "
    assert desk(*asked).startswith(told)
    assert "cannot write the purge list" in refused(*asked)
    assert "one and the same" in refused(*asked[:3], store, *asked[4:])
    (stick / "in" / names[0]).unlink()
    (stick / "in" / names[0]).mkdir()  # what a store does not let go
    done = run("purge", out, stick, "--trust", trusted.folder(tmp_path), *AS_HANDLER[2:])
    assert (done.status, done.out) == (2, "2 listed, 1 deleted, 0 not there, 1 kept by the store\n")
    assert done.err == f"  {names[0]}  the store keeps it: its lock still runs, or " + (
        "these credentials may not delete\n"
    )
    assert {path.name for path in (stick / "in").iterdir()} == {names[0], other.name}


def test_a_check_names_what_is_wrong_in_words(store: Path, tmp_path: Path) -> None:
    """Exit code 0 for a whole store, 2 for one with a fault; a name cannot act on the terminal."""
    assert tend("check", store).endswith(" faults: 0\n")
    (store / "stray\x1b[2J").write_bytes(b"x")
    told = tend("check", store, "--language", "en", status=2)
    assert told.endswith(" faults: 1\n  stray<U+001B>[2J  a file that does not belong here\n")
    assert "een bestand dat hier niet hoort" in tend("check", store, status=2)


def test_every_verb_says_when_files_are_damaged(store: Path) -> None:
    """What can be read is shown all the same, and on standard error that it may not be all."""
    assert run("inbox", store, *AS_HANDLER).err == ""
    last = max((store / "batches").rglob("*.batch"), key=lambda path: path.stat().st_mtime_ns)
    last.write_bytes(last.read_bytes()[:-1])
    done = run("inbox", store, *AS_HANDLER, "--language", "en")
    assert done.status == 0
    assert done.err.startswith("Attention: 1 file of this case store is damaged or gone")


def test_a_merge_names_what_it_left_out(tmp_path: Path) -> None:
    """Damaged files of the other copy stay there: 2, and the words for the fault."""
    store = make(tmp_path / "store")
    shutil.copytree(store, tmp_path / "copy")
    with opened(tmp_path / "copy") as vault:
        case = receive(Casebook(vault))
    assert tend("merge", store, tmp_path / "copy") == "new files: 1, mended: 0, left out: 0\n"
    with opened(tmp_path / "copy") as vault:
        place = vault.append([event("read", case.subject)])[0]
    path = next((tmp_path / "copy").rglob(f"{place.batch}.batch"))
    path.write_bytes(path.read_bytes()[:-1])
    told = tend("merge", store, tmp_path / "copy", status=2)
    assert told.startswith("new files: 0, mended: 0, left out: 1\n")
    assert told.endswith("  de inhoud is niet wat de naam zegt: beschadigd of afgebroken\n")
