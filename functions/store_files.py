"""Step 4, the file store: one file per object, for local use and own servers.

A name and sealed bytes come in, a durable file `in/<name>` goes out. It never lists, reads or
deletes an object; the directory's mode may forbid all three to its user (mode -wx), and then it
still works.
"""

import contextlib
import errno
import os
import secrets
from pathlib import Path

from functions.errors import StoreError, UnsuitableError
from functions.probe import PROBE

_OWNER_READS = 0o400
# A handler's account reads through the group. Without the owner's bit, a fault in the web server
# that runs as the same user cannot hand out an object by accident. It is no wall against code
# that runs as that user: an owner may change the mode of a file, if he knows its name.
_GROUP_READS = 0o040
# What fchmod(2) and link(2) say on FAT, exFAT, and some network and FUSE file systems.
_CANNOT = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK)
_NO_LINKS = "its file system has no hard links, or keeps no modes"


class FileStore:
    """Keeps objects as files in `root/in`. Safe for any number of threads and processes."""

    def __init__(self, root: Path) -> None:
        """Use `root/in`, made here if missing. Raises `OSError` if it cannot be made."""
        self._folder = root / "in"
        if not self._folder.is_dir():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.sync()  # the new folder's own name, and those above it, must outlive a power cut
        # The directory decides: a user who may list it (one person's own machine) gains nothing
        # from files he cannot read, and could not fetch his own complaints.
        may_list = os.access(self._folder, os.R_OK)
        self._mode = _GROUP_READS | (_OWNER_READS if may_list else 0)

    def put(self, name: str, body: bytes) -> bool:
        """Keep `body` as `in/<name>`; see `store.Store.put`. Raises `StoreError`."""
        try:
            return self._put(name, body)
        except OSError as error:
            if error.errno in _CANNOT:
                raise UnsuitableError(f"file store: {_NO_LINKS}") from None
            # Only what its number means: its own text holds the path.
            raise StoreError(f"file store: {os.strerror(error.errno or 0)}") from None

    def forget_probe(self) -> bool:
        """Take the probe's object away, and no other; `False` if it stays there."""
        try:
            os.unlink(self._folder / PROBE)
        except OSError:
            return False
        return True

    def _put(self, name: str, body: bytes) -> bool:
        # The dot keeps half-written files out of every `in/<64 hex>` pattern. What a killed
        # process leaves behind is harmless: fetch ignores it, and the operator's sweep of the
        # drop, which removes all files after their time, takes it along.
        temporary = self._folder / f".{secrets.token_hex(16)}"
        try:
            self._write(temporary, body)
            is_new = _link(temporary, self._folder / name)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
        # Also if the name was there: the process that linked it may not have come this far.
        self._sync_folder()
        return is_new

    def _write(self, path: Path, body: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        file = os.open(path, flags, 0)
        try:
            # A service's umask often takes the group's bits; then no handler could fetch.
            os.fchmod(file, self._mode)
            rest = memoryview(body)
            while rest:
                rest = rest[os.write(file, rest) :]
            os.fsync(file)
        finally:
            os.close(file)

    def _sync_folder(self) -> None:
        try:
            folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except PermissionError:
            # A directory that may not be listed cannot be opened for fsync either. sync(2) takes
            # no file; on Linux it returns after everything is written (its NOTES section).
            os.sync()
            return
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _link(temporary: Path, target: Path) -> bool:
    """False if the target is there: link, unlike rename, refuses to replace it.

    What is linked is on disk, so a name that is visible always has whole bytes behind it.
    """
    try:
        os.link(temporary, target)
    except FileExistsError:
        return False
    return True
