"""Steps 1, 3 and 9 on one's own machine: serves the built site and takes the drop.

HTTP requests come in, pages and the drop's short answers go out. It reads no address, no cookie
and no user agent, writes no log, and holds a sealed body only until the store has answered.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from functions import policy
from functions.accepted import accepted_ids
from functions.board import Board
from functions.drop import Answer, answer, refuse
from functions.errors import SetupError
from functions.shape import OBJECT_BYTES, Head, Refusal, Request, check_head
from functions.store import Store

DROP_PATH = "/drop"  # WIRE.md section 8
BOARD_PATH = "/board.bin"  # where the page of step 9 fetches it
# fsync waits without the interpreter's lock, and a disk takes several at once.
_STORE_THREADS = 16


@dataclass(frozen=True)
class Limits:
    """How long and how much: seconds for a whole body, seconds for the store, open drops."""

    body_seconds: float = 10.0
    store_seconds: float = 9.0
    open_drops: int = 64


def create_app(
    site: Path, keys: Path, store: Store, limits: Limits | None = None, *, board: Path | None = None
) -> ASGIApp:
    """Return the ASGI app for the built site in `site` and the key list file `keys`.

    The reply board lies in the folder `board`, without one in the site. The response headers stand
    beside the site in `<site>.headers.json`. Raises `errors.SetupError` or `OSError` if one of
    these files cannot be used.
    """
    if not (site / "404.html").is_file():
        raise SetupError("the site folder holds no built site: 404.html is missing")
    if board is not None and not board.is_dir():
        raise SetupError("there is no folder for the board")
    beside = site.with_name(f"{site.name}.headers.json")
    headers = policy.parse(beside.read_text(encoding="utf-8"))
    accepted = accepted_ids(keys.read_text(encoding="utf-8"))

    def decide(request: Request) -> Answer:
        return answer(request, store, accepted)

    served = Board(board or site, is_own=board is not None)
    return _App(_Pages(site, served), _Drop(decide, limits or Limits()), headers)


class _App:
    """Routes, gives every answer its headers, and lets no exception out."""

    def __init__(self, pages: ASGIApp, drop: ASGIApp, headers: policy.Policy) -> None:
        self._pages = pages
        self._drop = drop
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        is_drop = scope["path"] == DROP_PATH
        pairs = self._headers.at(scope["path"])
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                own = MutableHeaders(scope=message)
                for name, value in pairs:
                    own.setdefault(name, value)
            await send(message)

        try:
            await (self._drop if is_drop else self._pages)(scope, receive, send_with_headers)
        except Exception:
            # Whatever happened, its text may hold a part of the request or a path, and the
            # server below would print it. The sender needs one fact only: not stored. Once an
            # answer has begun, the server sees that it was cut short and closes the connection.
            if not started:
                await _respond(refuse(Refusal.STORE))(scope, receive, send_with_headers)


class _Drop:
    """`POST /drop`: reads a body of known size within a time, and asks the store in a thread."""

    def __init__(self, decide: Callable[[Request], Answer], limits: Limits) -> None:
        self._decide = decide
        self._limits = limits
        self._open = 0
        self._threads = ThreadPoolExecutor(_STORE_THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = _head(scope)
        refusal = check_head(head)
        if refusal is None and self._open >= self._limits.open_drops:
            refusal = Refusal.BUSY
        result = refuse(refusal) if refusal else await self._take(head, receive)
        await _respond(result)(scope, receive, send)

    async def _take(self, head: Head, receive: Receive) -> Answer:
        self._open += 1
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                body = await _read(receive)
        except TimeoutError:
            return refuse(Refusal.INCOMPLETE)
        else:
            return await self._ask(Request(head, body))
        finally:
            self._open -= 1

    async def _ask(self, request: Request) -> Answer:
        waiting = asyncio.get_running_loop().run_in_executor(self._threads, self._decide, request)
        try:
            async with asyncio.timeout(self._limits.store_seconds):
                return await waiting
        except TimeoutError:
            # The thread may still succeed; the same bytes again are then found to be safe.
            return refuse(Refusal.STORE)


def _head(scope: Scope) -> Head:
    headers = Headers(scope=scope)

    def only(name: str) -> str:
        values = headers.getlist(name)
        return values[0] if len(values) == 1 else ""

    return Head(
        method=scope["method"],
        length="" if "transfer-encoding" in headers else only("content-length"),
        content_type=only("content-type"),
        declared_sha256=only("x-amz-content-sha256"),
    )


async def _read(receive: Receive) -> bytes:
    """Return the body, at most a little more than one object, or what came before it broke off."""
    body = bytearray()
    while len(body) <= OBJECT_BYTES:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return bytes(body)


def _respond(result: Answer) -> Response:
    response = Response(result.body, result.status, headers={"cache-control": "no-store"})
    if result.body:
        response.headers["content-type"] = "application/json"
    if result.status == Refusal.METHOD.status:
        response.headers["allow"] = "POST"
    if result == refuse(Refusal.INCOMPLETE):
        # The rest of a slow body is not waited for.
        response.headers["connection"] = "close"
    return response


class _Pages:
    """The built site: files, folders with their index, the board, and the site's own page for 404."""

    def __init__(self, site: Path, board: Board) -> None:
        self._files = _Files(directory=site, html=True)
        self._board = board
        self._not_found = site / "404.html"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (await self._response(scope))(scope, receive, send)

    async def _response(self, scope: Scope) -> Response:
        try:
            files = self._board if scope["path"] == BOARD_PATH else self._files
            return await files.answer(scope)
        except HTTPException as error:
            if error.status_code == 405:
                return Response(status_code=405, headers=dict(error.headers or {}))
            # Also for 401, the library's word for a file that may not be read: nobody logs in.
            return FileResponse(self._not_found, status_code=404)


class _Files(StaticFiles):
    async def answer(self, scope: Scope) -> Response:
        """Return the response for a path that is written in one way only.

        `//nl/write/` would show the form page without that page's headers.
        """
        parts = scope["path"].split("/")[1:]
        is_plain = all(parts[:-1]) and not {".", ".."} & set(parts)
        if not is_plain:
            raise HTTPException(404)
        response = await self.get_response(self.get_path(scope), scope)
        if isinstance(response, RedirectResponse):
            # The library repeats the request's host; ours names the path and no host.
            response.headers["location"] = quote(scope["path"]) + "/"
        return response
