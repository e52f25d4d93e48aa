"""Files of the case store written so that a crash at any moment leaves them whole or absent.

Comes in: names and bytes, between steps 6 and 7. Goes out: files and folders as STORE.md section 7
says, and what a crash left swept away. It refuses to know what is in them.
"""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from desk.errors import DeskError
from desk.folder import is_name, opened, part_of, read_plain, stage, sync_folder, walk

BATCHES, KEYS, WRAPS, QUARANTINE, BOARDS = "batches", "keys", "wraps", "quarantine", "boards"
IDENTITY, HEADS, LOCK, REKEY = "store.json", "heads", "lock", "rekey"
MAX_KEYS_BYTES = MAX_BATCH_BYTES = 64 * 2**20
MAX_SMALL_BYTES = 2**20  # of store.json, heads and a wrap
PRIVATE_FOLDER = 0o700
File = tuple[str, bytes]  # its name in its folder, and what is in it


def batch_path(store: Path, name: str) -> Path:
    """Where a batch lies."""
    return store / BATCHES / name[:2] / f"{name}.batch"


def keys_path(store: Path, name: str) -> Path:
    """Where the keys file that came with a batch lies."""
    return store / KEYS / f"{name}.keys"


def wrap_path(store: Path, handler: str) -> Path:
    """Where the store key locked for one handler lies."""
    return store / WRAPS / f"{handler}.wrap"


def folders(store: Path) -> list[Path]:
    """The folders that a store has, whether they are there or not."""
    return [store / name for name in (BATCHES, KEYS, WRAPS, QUARANTINE, BOARDS, REKEY)]


def is_part(name: str) -> bool:
    """Whether a name is one that `part_of` gives."""
    return name.startswith(".") and name.endswith(".part")


def make_folder(folder: Path) -> None:
    """Make a folder for the owner alone, durably, if it is not there; a link to one is refused."""
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "a link lies where a folder should be")
    if not folder.is_dir():
        folder.mkdir(PRIVATE_FOLDER)
        sync_folder(folder.parent)


def publish(part: Path, path: Path) -> None:
    """Give a part its name, durably."""
    os.replace(part, path)
    sync_folder(path.parent)


def put(path: Path, octets: bytes) -> None:
    """Write a file that is there whole or not at all; its folder exists."""
    publish(stage(path, octets), path)


def put_batch(store: Path, name: str, octets: bytes, *, keys: bytes | None) -> None:
    """Write a batch, and the keys file of the subjects that it makes, as one.

    Both are on disk as parts before either gets its name, the keys file first: from then on `sweep`
    can finish what a crash broke off, so no keys file is left behind without its batch.
    """
    path = batch_path(store, name)
    make_folder(path.parent)
    part = stage(path, octets)
    if keys is not None:
        sync_folder(path.parent)
        put(keys_path(store, name), keys)
    publish(part, path)


def _is_batch(part: Path, name: str) -> bool:
    try:
        return sha256(read_plain(part, MAX_BATCH_BYTES + 1)).hexdigest() == name
    except OSError:
        return False


def _finish_batch(store: Path, part: Path) -> None:
    name = part.name.removeprefix(".").removesuffix(".batch.part")
    if is_name(name) and _is_batch(part, name) and keys_path(store, name).exists():
        publish(part, batch_path(store, name))
    else:
        remove(part)


def overwrite(path: Path, offset: int, length: int) -> None:
    """Put zeros over a part of a file, in place and durably."""
    with opened(path, os.O_WRONLY) as descriptor:
        os.pwrite(descriptor, bytes(length), offset)
        os.fsync(descriptor)


def destroy(path: Path) -> None:
    """Put zeros over a file and remove it."""
    overwrite(path, 0, path.lstat().st_size)
    path.unlink()
    sync_folder(path.parent)


def _refuse(error: OSError) -> NoReturn:
    raise error  # a folder that cannot be looked into would be left with what is in it


def remove(path: Path) -> None:
    """Remove a file, or a folder after putting zeros over what is in it."""
    if path.is_symlink() or not path.is_dir():
        path.unlink()
        return
    found = list(walk(path, refuse=_refuse))
    for folder, _, names in reversed(found):
        for file in (folder / name for name in names):
            if file.is_file() and not file.is_symlink():
                overwrite(file, 0, file.lstat().st_size)
            file.unlink()
        folder.rmdir()


def switch(store: Path, keys: Iterable[File], wraps: Iterable[File]) -> None:
    """Put other keys files and wraps, given by name and bytes, in the place of all there are.

    They are written beside the old ones; giving their folder the name `rekey` is the moment from
    which they count, and `sweep` does the rest, now or after a crash.
    """
    staged = part_of(store / REKEY)
    for folder, files in ((staged / KEYS, keys), (staged / WRAPS, wraps)):
        folder.mkdir(PRIVATE_FOLDER, parents=True)
        for name, octets in files:
            put(folder / name, octets)
        sync_folder(folder)
    sync_folder(staged)
    publish(staged, store / REKEY)
    sweep(store)


def _finish_rekey(store: Path) -> None:
    """Put the folders that `rekey/` holds in the place of the old ones; safe to break off."""
    staged = store / REKEY
    for folder in (store / KEYS, store / WRAPS):
        fresh, old = staged / folder.name, part_of(folder)
        if not fresh.is_dir():
            continue
        if old.exists():
            remove(old)
        if folder.is_dir():
            os.rename(folder, old)
        os.rename(fresh, folder)
        sync_folder(store)
    staged.rmdir()
    sync_folder(store)


def sweep(store: Path) -> None:
    """Finish what a crash broke off where that is safe, and remove the rest of it."""
    if (store / REKEY).is_dir():
        _finish_rekey(store)
    for part in list((store / BATCHES).glob("*/.*.batch.part")):
        _finish_batch(store, part)
    for folder in (store, *(store / name for name in (KEYS, WRAPS, QUARANTINE, BOARDS))):
        for path in list(folder.glob(".*.part")):
            remove(path)


_NOT_OURS = "it is write-protected, or another user's: look at its switch and at who owns it"
_FULL = "make room, then open the store again"
_WHAT_TO_DO = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _NOT_OURS,
    errno.EACCES: _NOT_OURS,
    errno.EPERM: _NOT_OURS,
    errno.EIO: "the disk or the stick may be failing: take another one, and restore from a copy",
}


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn an error of the disk into one for the handler."""
    try:
        yield
    except OSError as error:
        hint = "is the disk or the stick still there? then run `desk check`"
        raise DeskError(f"cannot read {path.name}: {error.strerror or error}", hint) from None


@contextmanager
def writing() -> Iterator[None]:
    """Turn an error of the disk while writing into one for the handler."""
    try:
        yield
    except OSError as error:
        what = _WHAT_TO_DO.get(error.errno or 0, "open the store again, and run `desk check`")
        hint = f"what was under way counts as not kept: {what}"
        raise DeskError(f"the disk refused: {error.strerror or error}", hint) from None


def require_parent(path: Path) -> None:
    """Refuse a path whose folder is not there: nothing is made beside what was meant."""
    if not path.absolute().parent.is_dir():
        hint = "make that folder first, or give a path in one that is there"
        raise DeskError("the folder that it is to lie in is not there", hint)


def read_small(path: Path) -> bytes:
    """The bytes of `store.json`, of `heads` or of a wrap, as far as they may have any."""
    return read_plain(path, MAX_SMALL_BYTES)
