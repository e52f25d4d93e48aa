"""Step 9, the reply board: a file that the publisher's user puts where this app's user serves it.

The folder of the board comes in; the bytes of `board.bin` go out, and of no other file: it is opened
once, without following a link, what was opened is looked at, and those bytes are sent. It refuses to
know what a board is.
"""

import asyncio
import os
import stat
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

NAME = "board.bin"
MAX_BYTES = 8 * 2**20  # of a file that is served as a board; WIRE.md section 7.1 has less
_CHUNK_BYTES = 65_536
# A link is not followed, and a pipe that nobody writes to holds nobody up.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER_FLAGS = os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC


class Board:
    """The board in a folder. Its owner may be another user: nothing there is believed by its name."""

    def __init__(self, folder: Path, *, is_own: bool) -> None:
        """With `is_own` the folder is opened here, for good, and may not be swapped for another.

        Without, it is that of the site, which its builder may replace. Raises `OSError`.
        """
        self._folder = folder
        self._held = os.open(folder, _FOLDER_FLAGS) if is_own else None

    async def answer(self, scope: Scope) -> Response:
        """Return the response for the board; `HTTPException` with 404 or 405 if there is none."""
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"allow": "GET, HEAD"})
        try:
            file = await asyncio.to_thread(self._open)
        except OSError:
            raise HTTPException(404) from None
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            os.close(file)
            raise HTTPException(404)
        return _Opened(file, status, Headers(scope=scope).get("if-none-match", ""))

    def _open(self) -> int:
        if self._held is not None:
            return os.open(NAME, _FLAGS, dir_fd=self._held)
        folder = os.open(self._folder, _FOLDER_FLAGS)
        try:
            return os.open(NAME, _FLAGS, dir_fd=folder)
        finally:
            os.close(folder)


class _Opened(Response):
    """The bytes of one opened file, which is closed when they are sent."""

    def __init__(self, file: int, status: os.stat_result, known: str) -> None:
        mark = sha256(f"{status.st_ino} {status.st_mtime_ns} {status.st_size}".encode()).hexdigest()
        etag = f'"{mark[:32]}"'
        is_known = etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}
        headers = {"etag": etag, "last-modified": formatdate(status.st_mtime, usegmt=True)}
        if not is_known:
            headers["content-length"] = str(status.st_size)
        super().__init__(None, 304 if is_known else 200, headers, "application/octet-stream")
        self._file = file
        self._bytes = 0 if is_known else status.st_size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what was opened: never more than its size, and never from another file."""
        try:
            start = {"status": self.status_code, "headers": self.raw_headers}
            await send({"type": "http.response.start", **start})
            if scope["method"] == "GET":
                await self._send_bytes(send)
            await send({"type": "http.response.body", "body": b""})
        finally:
            os.close(self._file)

    async def _send_bytes(self, send: Send) -> None:
        at = 0
        while at < self._bytes:
            most = min(_CHUNK_BYTES, self._bytes - at)
            part = await asyncio.to_thread(os.pread, self._file, most, at)
            if not part:  # shortened meanwhile: the server closes the connection
                return
            at += len(part)
            await send({"type": "http.response.body", "body": part, "more_body": True})
