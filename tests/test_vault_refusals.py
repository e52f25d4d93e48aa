"""Every refusal of the case store, word for word: what went wrong, and what the handler can do."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desk.errors import DeskError
from desk.store import batch, copy, disk, handlers
from desk.store.door import read_identity
from desk.store.event import LOG, Event, Place
from desk.store.vault import Vault, new_subject
from tests.vaults import CHEAP, HANDLER, WORDS, erase, event, filled, make_store, opened

Deed = Callable[[Vault, Path], object]


def _unkept(vault: Vault, _: Path) -> object:
    return vault.append([Event(new_subject(), "noted", "2026-11-22", HANDLER, {"text": 0.5})])  # type: ignore[dict-item]


def _far(vault: Vault, _: Path) -> object:
    return batch.build(vault.lock.store_id, batch.MAX_CLOCK + 1, (), records=(), log=b"k" * 32)


def _rekeyed(vault: Vault, folder: Path) -> object:
    shutil.copytree(vault.path, folder / "copy")
    (folder / "copy" / disk.REKEY).mkdir()
    return copy.merge(vault, folder / "copy")


def _occupied(vault: Vault, folder: Path) -> object:
    (folder / "full").mkdir()
    (folder / "full" / "letter").touch()
    return copy.backup(vault, folder / "full")


def _appended_to_erased(vault: Vault, _: Path) -> object:
    subject = new_subject()
    vault.append([event(subject)])
    erase(vault, subject)
    return vault.append([event(subject)])


def _read_of_erased(vault: Vault, _: Path) -> object:
    subject = new_subject()
    place = vault.append([event(subject)])[0]
    erase(vault, subject)
    return vault.read(place)


def _closed(vault: Vault, _: Path) -> object:
    vault.close()
    return vault.append([event(new_subject())])


REFUSALS: list[tuple[Deed, str, str]] = [
    (_unkept, "an event must hold what WIRE.md section 5 allows in JSON", ""),
    (_far, "the case store names a batch that never was", "restore the last backup"),
    (_rekeyed, "a change of the store key was broken off there", "open that copy once"),
    (_occupied, "that folder holds other things", "give an empty folder, or a new one"),
    (
        lambda vault, _: copy.backup(vault, vault.path / "inside"),
        "a copy cannot lie inside the store",
        "give a folder on another disk",
    ),
    (
        lambda vault, folder: copy.backup(vault, filled(folder / "x")[0]),
        "that folder holds another case store",
        "give another folder",
    ),
    (
        lambda vault, folder: copy.outbox(vault, folder / "none"),
        "the stick is not there",
        "plug it in, and give the folder it appears as",
    ),
    (
        lambda vault, _: copy.restore(vault.path, vault.path, HANDLER, passphrase=WORDS),
        "something lies there already",
        "give a path where nothing is yet",
    ),
    (
        lambda vault, _: make_store(vault.path.parent),
        "something lies there already",
        "give a path where nothing is yet",
    ),
    (
        lambda _, folder: read_identity(folder / "no\x1bne"),
        "there is no case store in no<U+001B>ne",
        "give the folder that `desk init` or `desk backup` made, or a stick with our work on it; "
        "is it plugged in?",
    ),
    (
        lambda vault, _: opened(vault.path),
        "the case store is in use",
        "close the other window or program that has it open",
    ),
    (
        lambda vault, _: handlers.add(vault, HANDLER, WORDS, work=CHEAP),
        f"{HANDLER} can open this case store already",
        "choose another name",
    ),
    (
        lambda vault, _: handlers.remove(vault, "bram"),
        "no handler of that name can open this case store",
        "",
    ),
    (
        lambda vault, _: handlers.remove(vault, HANDLER),
        "nobody could open the case store any more",
        "add another handler first",
    ),
    (
        lambda vault, _: handlers.rekey(vault, {}, work=CHEAP),
        "nobody could open the case store any more",
        "name who stays",
    ),
    (
        lambda vault, _: vault.read(Place("0" * 64, 0)),
        "there is no event in this place of the case store",
        "",
    ),
    (_read_of_erased, "this was erased, or is damaged", "run `desk check`"),
    (
        lambda vault, folder: copy.merge(vault, filled(folder / "x")[0]),
        "this is a copy of another case store",
        "only copies that began as one store can be merged",
    ),
    (
        lambda vault, _: vault.append([event("../../etc")]),
        "this is not the subject of anything in a case store",
        "",
    ),
    (_closed, "the case store is closed", "open it again"),
    (_appended_to_erased, "this was erased, and nothing can be added to it", ""),
    (
        lambda vault, _: vault.erase([LOG]),
        "what is erased must stand in the log of the store before",
        "",
    ),
    (
        lambda vault, _: vault.quarantine("0" * 64, b"abc"),
        "in quarantine every object has the name of its own bytes",
        "",
    ),
]


@pytest.mark.parametrize(("deed", "message", "hint"), REFUSALS)
def test_a_refusal_says_what_is_wrong_and_what_to_do(
    tmp_path: Path, deed: Deed, message: str, hint: str
) -> None:
    """Lower case, no full stop, no path of the machine, nothing of a case."""
    with opened(make_store(tmp_path)) as vault, pytest.raises(DeskError) as refused:
        deed(vault, tmp_path)
    assert (refused.value.message, refused.value.hint) == (message, hint)


def test_who_cannot_open_a_store_is_told_who_can(tmp_path: Path) -> None:
    """A name without a wrap."""
    with pytest.raises(DeskError) as refused:
        opened(make_store(tmp_path), "bram")
    assert refused.value.message == "no handler bram can open this case store"
    assert refused.value.hint == "`desk handler list` shows who can"
