"""Step 3 over HTTP: reads the body of `POST /drop` within a time, and asks the store in a thread.

A request under way comes in, one of the drop's short answers goes out. It holds a sealed body only
until the store has answered, and knows neither address nor clock time.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from functions.drop import Answer, refuse
from functions.shape import OBJECT_BYTES, Head, Refusal, Request, check_head

# fsync waits without the interpreter's lock, and a disk takes several at once.
_STORE_THREADS = 16


@dataclass(frozen=True)
class Limits:
    """How long and how much: seconds for a whole body and for the store, bodies under way, open drops.

    A body counts as open once it is whole: else half of sixty-four would close the drop.
    """

    body_seconds: float = 10.0
    store_seconds: float = 9.0
    open_drops: int = 64
    half_bodies: int = 2048  # 32 MiB; beyond it the oldest is given up, for an honest one is quick


class Drop:
    """`POST /drop`: reads a body of known size within a time, and asks the store in a thread."""

    def __init__(self, decide: Callable[[Request], Answer], limits: Limits) -> None:
        self._decide = decide
        self._limits = limits
        self._half: dict[asyncio.Timeout, None] = {}  # bodies under way, the oldest first
        self._open = 0
        self._threads = ThreadPoolExecutor(_STORE_THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = _head(scope)
        refusal = check_head(head)
        result = refuse(refusal) if refusal else await self._take(head, receive)
        await respond(result)(scope, receive, send)

    async def _take(self, head: Head, receive: Receive) -> Answer:
        try:
            body = await self._whole(receive)
        except TimeoutError:
            return refuse(Refusal.INCOMPLETE)
        if self._open >= self._limits.open_drops:
            return refuse(Refusal.BUSY)
        self._open += 1
        try:
            return await self._ask(Request(head, body))
        finally:
            self._open -= 1

    async def _whole(self, receive: Receive) -> bytes:
        async with asyncio.timeout(self._limits.body_seconds) as patience:
            self._make_room()
            self._half[patience] = None
            try:
                return await _read(receive)
            finally:
                self._half.pop(patience, None)

    def _make_room(self) -> None:
        """Give up the body that is under way for longest, if there are as many as may be."""
        if len(self._half) >= self._limits.half_bodies:
            oldest = next(iter(self._half))
            del self._half[oldest]
            if not oldest.expired():
                oldest.reschedule(asyncio.get_running_loop().time())

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


def respond(result: Answer) -> Response:
    """Return the HTTP answer for what the drop says."""
    response = Response(result.body, result.status, headers={"cache-control": "no-store"})
    if result.body:
        response.headers["content-type"] = "application/json"
    if result.status == Refusal.METHOD.status:
        response.headers["allow"] = "POST"
    if result == refuse(Refusal.INCOMPLETE):
        # The rest of a slow body is not waited for.
        response.headers["connection"] = "close"
    return response
