"""Step 4: the file store by itself: order on disk, modes, and what it leaves behind."""

import os
from pathlib import Path

import pytest

from functions.errors import StoreError
from functions.store_files import FileStore
from tests.stores import KeptFiles, make_object, name_of

WATCHED = ("open", "write", "fsync", "link", "unlink", "close", "sync")


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


def everything_in(root: Path) -> list[str]:
    return os.listdir(root / "in")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the order of the real system calls; each is still made."""
    made: list[str] = []

    def watch(name: str) -> None:
        real = getattr(os, name)

        def noted(*args: object, **kwargs: object) -> object:
            made.append(name)
            return real(*args, **kwargs)

        monkeypatch.setattr(os, name, noted)

    for name in WATCHED:
        watch(name)
    return made


@pytest.mark.parametrize("puts", [1, 2])
def test_bytes_are_synced_before_the_name_and_the_folder_before_success(
    store: FileStore, calls: list[str], puts: int
) -> None:
    """Bytes, then name, then folder; also when the name was there, whose maker may not be done."""
    body = make_object()
    for _ in range(puts):
        calls.clear()
        store.put(name_of(body), body)
    first = ["open", "write", "fsync", "close"]
    assert calls == [*first, "link", "unlink", "open", "fsync", "close"]


def test_a_write_in_pieces_is_finished(store: FileStore, tmp_path: Path, monkeypatch) -> None:
    """The system may take fewer bytes than offered; the object is whole all the same."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, bytes(data[:1000])))
    body = make_object()
    store.put(name_of(body), body)
    assert KeptFiles(tmp_path).objects() == {name_of(body): body}


@pytest.mark.parametrize("failing", ["write", "fsync", "link"])
def test_a_failing_disk_is_an_error_and_leaves_nothing(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """A full or broken disk: the sender is told, no name appears, no rest stays."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "secret path")

    monkeypatch.setattr(os, failing, fail)
    body = make_object()
    with pytest.raises(StoreError) as caught:
        store.put(name_of(body), body)
    assert str(caught.value) == "file store: No space left on device"
    assert caught.value.__suppress_context__
    assert everything_in(tmp_path) == []


def test_a_folder_that_cannot_be_synced_is_an_error(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is there but may not outlive a power cut: that is not yet stored."""
    real, count = os.fsync, [0]

    def second_fails(file: int) -> None:
        count[0] += 1
        if count[0] == 2:
            raise OSError(5, "Input/output error")
        real(file)

    monkeypatch.setattr(os, "fsync", second_fails)
    body = make_object()
    with pytest.raises(StoreError):
        store.put(name_of(body), body)


def test_an_object_is_never_replaced(store: FileStore, tmp_path: Path) -> None:
    """A name that exists keeps its bytes, whatever comes under it later."""
    body = make_object()
    store.put(name_of(body), body)
    store.put(name_of(body), make_object())
    assert KeptFiles(tmp_path).objects() == {name_of(body): body}


def test_only_the_object_is_left(store: FileStore, tmp_path: Path) -> None:
    """No temporary file stays, neither after the first put nor after the second."""
    body = make_object()
    for _ in range(2):
        store.put(name_of(body), body)
    assert everything_in(tmp_path) == [name_of(body)]


def test_a_store_opens_on_a_folder_with_objects_and_rests(tmp_path: Path) -> None:
    """What a killed process left behind disturbs no one and is not visible."""
    body = make_object()
    FileStore(tmp_path).put(name_of(body), body)
    (tmp_path / "in" / ".rest").write_bytes(b"half")
    FileStore(tmp_path).put(name_of(body), body)
    assert KeptFiles(tmp_path).objects() == {name_of(body): body}


def test_others_can_read_neither_folder_nor_object(tmp_path: Path) -> None:
    """Whatever the umask, the world has no right, the group may read, and no one may write."""
    before = os.umask(0o077)
    try:
        store = FileStore(tmp_path / "new" / "place")
        body = make_object()
        store.put(name_of(body), body)
    finally:
        os.umask(before)
    folder = tmp_path / "new" / "place" / "in"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / name_of(body)).stat().st_mode & 0o777 == 0o440
