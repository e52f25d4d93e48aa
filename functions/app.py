"""Steps 1, 3 and 9 on one's own machine: serves the built site and takes the drop.

HTTP requests come in, pages and the drop's short answers go out. It reads no address, no cookie
and no user agent, writes no log, and holds a sealed body only until the store has answered.
"""

import asyncio
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from functions import accepted, content_types, site_headers
from functions.accepted import Accepted
from functions.board import Board
from functions.drop import Answer, answer, refuse
from functions.errors import SetupError
from functions.receive import Drop, Limits, respond
from functions.reread import Reread
from functions.shape import Refusal, Request
from functions.site_headers import Policy
from functions.store import Store

DROP_PATH = "/drop"  # WIRE.md section 8
BOARD_PATH = "/board.bin"  # where the page of step 9 fetches it
KEYS_PATH = "/keys.json"  # where the form fetches the list anew


def create_app(
    site: Path, keys: Path, store: Store, limits: Limits | None = None, *, board: Path | None = None
) -> ASGIApp:
    """Return the ASGI app for the built site in `site` and the key list file `keys`.

    The list is served as it is accepted. The reply board lies in the folder `board`, without one in
    the site. The response headers stand beside the site in `<site>.headers.json`. Both files are
    read again when they change, as the site is. Raises `errors.SetupError` or `OSError` if one of these cannot be used.
    """
    if not (site / "404.html").is_file():
        raise SetupError("the site folder holds no built site: 404.html is missing")
    if board is not None and not board.is_dir():
        raise SetupError("there is no folder for the board")
    beside = site.with_name(f"{site.name}.headers.json")
    headers = Reread(beside, site_headers.parse)
    listed = Reread(keys, accepted.read, check=accepted.follows)

    def decide(request: Request) -> Answer:
        return answer(request, store, listed.now().ids)

    served = Board(board or site, is_own=board is not None)
    pages = _Pages(site, served, listed)
    return _App(pages, Drop(decide, limits or Limits()), headers)


class _App:
    """Routes, gives every answer its headers, and lets no exception out."""

    def __init__(self, pages: ASGIApp, drop: ASGIApp, headers: Reread[Policy]) -> None:
        self._pages = pages
        self._drop = drop
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        is_drop = scope["path"] == DROP_PATH
        pairs = self._headers.now().at(scope["path"])
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
                await respond(refuse(Refusal.STORE))(scope, receive, send_with_headers)


class _Pages:
    """The built site: files, folders with their index, the board, and the site's own page for 404.

    The key list is the one that the drop accepts: two files would be two answers to one question.
    """

    def __init__(self, site: Path, board: Board, listed: Reread[Accepted]) -> None:
        self._listed = listed
        self._files = _Files(directory=site, html=True)
        self._board = board
        self._not_found = site / "404.html"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (await self._response(scope))(scope, receive, send)

    async def _response(self, scope: Scope) -> Response:
        if scope["path"] == KEYS_PATH and scope["method"] in ("GET", "HEAD"):
            listed = await asyncio.to_thread(self._listed.now)
            return Response(listed.text, media_type="application/json")
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
        elif isinstance(response, FileResponse) and (kind := content_types.of(str(response.path))):
            response.headers["content-type"] = kind  # the library's own depends on the machine
        return response
