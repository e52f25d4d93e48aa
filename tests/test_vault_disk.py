"""The order in which the case store makes its files durable (STORE.md section 7), seen at the system calls.

A power cut cannot be made in a test. So the calls are watched, and go through: what is promised is
that nothing gets its name before its bytes are on the disk, and nothing is told before its name is.
"""

import errno
import os
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desk.errors import DeskError
from desk.folder import part_of
from desk.store import copy, disk, handlers, hold
from desk.store.vault import new_subject
from tests.vaults import CHEAP, HANDLER, WORDS, event, filled, make_store, opened, tombstone

Calls = list[tuple[str, str]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Record, in order, what is synced, renamed and overwritten, by the ends of file names."""
    seen: Calls = []
    sync, rename, write = os.fsync, os.replace, os.pwrite

    def watch_sync(descriptor: int) -> None:
        sync(descriptor)
        seen.append(("sync", short(Path(os.readlink(f"/proc/self/fd/{descriptor}")))))

    def watch_name(source: Any, target: Any) -> None:
        rename(source, target)
        seen.append(("name", short(Path(target))))

    def watch_write(descriptor: int, octets: bytes, offset: int) -> int:
        seen.append(("write", f"{offset}+{len(octets)}"))
        return write(descriptor, octets, offset)

    monkeypatch.setattr(os, "fsync", watch_sync)
    monkeypatch.setattr(os, "replace", watch_name)
    monkeypatch.setattr(os, "rename", watch_name)
    monkeypatch.setattr(os, "pwrite", watch_write)
    return seen


def short(path: Path) -> str:
    """Leave of a path what is the same in each run."""
    if path.suffix in (".batch", ".keys"):
        return path.suffix
    for kind in (".batch.part", ".keys.part"):
        if path.name.endswith(kind):
            return kind
    return "batches/xx" if path.parent.name == "batches" else path.name


HEADS: Calls = [("sync", ".heads.part"), ("name", "heads"), ("sync", "store")]


def test_batch_is_durable_before_its_name_and_its_name_before_it_is_told(
    tmp_path: Path, calls: Calls
) -> None:
    """With new subjects, both parts are durable before the keys file, then the batch, get a name."""
    with opened(make_store(tmp_path)) as vault:
        subject = new_subject()
        vault.append([event(subject)])
        folder_made = [("sync", "batches")]
        calls[:] = []
        vault.append([event(new_subject())])
        assert [call for call in calls if call not in folder_made] == [
            ("sync", ".batch.part"),
            ("sync", "batches/xx"),
            ("sync", ".keys.part"),
            ("name", ".keys"),
            ("sync", "keys"),
            ("name", ".batch"),
            ("sync", "batches/xx"),
            *HEADS,
        ]
        calls[:] = []
        vault.append([event(subject)])
        expected = [("sync", ".batch.part"), ("name", ".batch"), ("sync", "batches/xx")]
        assert [call for call in calls if call not in folder_made] == [*expected, *HEADS]


def test_new_folder_is_durable_before_what_is_in_it(tmp_path: Path, calls: Calls) -> None:
    """A folder that is made is synced in its parent; one that is there is left alone."""
    disk.make_folder(tmp_path / "folder")
    disk.make_folder(tmp_path / "folder")
    assert calls == [("sync", tmp_path.name)]


def test_zeros_are_durable_when_the_erasure_is_told(tmp_path: Path, calls: Calls) -> None:
    """72 bytes in the place of the seal, then a sync, and no other write."""
    with opened(make_store(tmp_path)) as vault:
        subject = new_subject()
        vault.append([event(subject), tombstone(subject)])
        calls[:] = []
        vault.erase([subject])
    assert calls == [("write", f"{29 + 16}+72"), ("sync", ".keys")]


def test_wrap_that_goes_is_zeros_first(tmp_path: Path, calls: Calls) -> None:
    """The zeros are durable before the name goes, and then the folder."""
    with opened(make_store(tmp_path)) as vault:
        handlers.add(vault, "bea", WORDS, work=CHEAP)
        calls[:] = []
        handlers.remove(vault, "bea")
    assert calls == [("write", "0+133"), ("sync", "bea.wrap"), ("sync", "wraps")]


def test_new_store_key_counts_when_all_of_it_is_durable(tmp_path: Path, calls: Calls) -> None:
    """Every file and folder of it is synced before `rekey` gets its name."""
    store, _ = filled(tmp_path)
    with opened(store) as vault:
        calls[:] = []
        handlers.rekey(vault, {HANDLER: WORDS}, work=CHEAP)
    named = calls.index(("name", "rekey"))
    staged = calls[:named]
    assert staged.count(("name", ".keys")) == 3
    assert staged[-5:] == [
        ("sync", ".anna.wrap.part"),
        ("name", "anna.wrap"),
        ("sync", "wraps"),
        ("sync", "wraps"),
        ("sync", ".rekey.part"),
    ]
    after = [call for call in calls[named + 1 :] if call[0] == "name"]
    assert after == [("name", part) for part in (".keys.part", "keys", ".wraps.part", "wraps")]
    assert calls[named + 1] == ("sync", "store")
    assert calls[calls.index(("name", "keys")) + 1] == ("sync", "store")


def test_new_store_is_durable_before_it_has_its_name(tmp_path: Path, calls: Calls) -> None:
    """The folder gets its name last, and its parent is synced."""
    make_store(tmp_path)
    assert calls[-2:] == [("name", "store"), ("sync", tmp_path.name)]
    assert ("sync", ".store.part") in calls


def test_restored_store_is_durable_before_it_has_its_name(tmp_path: Path, calls: Calls) -> None:
    """Like a new one."""
    store, _ = filled(tmp_path)
    calls[:] = []
    copy.restore(store, tmp_path / "new", HANDLER, passphrase=WORDS)
    assert calls[-2:] == [("name", "new"), ("sync", tmp_path.name)]


def test_zeros_written_short_are_written_on(tmp_path: Path) -> None:
    """An overwrite covers exactly what it was told."""
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10)
    disk.overwrite(path, 3, 4)
    assert path.read_bytes() == b"xxx" + bytes(4) + b"xxx"


def test_part_is_never_written_through_a_link(tmp_path: Path) -> None:
    """A link in the place of a part goes, and what it leads to is left."""
    (tmp_path / "mine").write_bytes(b"mine")
    part_of(tmp_path / "file").symlink_to(tmp_path / "mine")
    disk.put(tmp_path / "file", b"other")
    assert (tmp_path / "file").read_bytes() == b"other"
    assert not (tmp_path / "file").is_symlink()
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_part_that_a_crash_left_longer_is_cut(tmp_path: Path) -> None:
    """What is written over a leftover holds nothing of it."""
    part_of(tmp_path / "file").write_bytes(b"a long leftover")
    disk.put(tmp_path / "file", b"short")
    assert (tmp_path / "file").read_bytes() == b"short"


def test_removing_follows_no_link(tmp_path: Path) -> None:
    """A link among the leftovers goes, and what it leads to stays."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    disk.remove(tmp_path / "link")
    assert (tmp_path / "mine" / "file").read_bytes() == b"mine"
    assert not (tmp_path / "link").is_symlink()


@pytest.mark.parametrize(
    ("around", "words"),
    [
        (disk.writing, "the disk refused: No space left on device"),
        (partial(disk.reading, Path("/a/name")), "cannot read name: No space left on device"),
    ],
)
def test_errors_of_the_disk_are_told_without_a_path(around: Any, words: str) -> None:
    """A handler is told what the disk said and what to do, and no folder of hers is named."""
    with pytest.raises(DeskError) as refused, around():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/home/somebody/file")
    assert refused.value.message == words
    assert refused.value.hint
    assert refused.value.__cause__ is None


def test_errors_without_a_number_are_told_too() -> None:
    """An error that carries only words tells these."""
    with pytest.raises(DeskError, match="the disk refused: not a plain file"), disk.writing():
        raise OSError("not a plain file")
    with pytest.raises(DeskError, match="cannot read x: not a plain file"), disk.reading(Path("x")):
        raise OSError("not a plain file")


def test_store_is_let_go_when_the_block_fails(tmp_path: Path) -> None:
    """And stays held when it does not, until it is released; readers may share."""
    with pytest.raises(ZeroDivisionError), hold.locked(tmp_path):
        raise ZeroDivisionError
    with hold.locked(tmp_path) as held:
        pass
    with pytest.raises(DeskError, match="in use"), hold.unchanging(tmp_path):
        pass
    held.release()
    held.release()
    with hold.unchanging(tmp_path), hold.unchanging(tmp_path):
        with pytest.raises(DeskError, match="in use") as refused, hold.locked(tmp_path):
            pass
        assert "other window" in refused.value.hint
    with hold.locked(tmp_path) as held:
        held.release()


def test_reading_a_copy_writes_nothing_there(tmp_path: Path) -> None:
    """A copy without a lock, such as one on a disk that cannot be written, gets none."""
    with hold.unchanging(tmp_path):
        assert list(tmp_path.iterdir()) == []
