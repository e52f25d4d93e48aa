"""Steps 1 and 3, the connections of the app: how many there may be, and how slow a request may begin.

Bytes of a connection come in, as the server library takes them. It closes one on which the head of
a request does not arrive in time, which that library leaves open for ever, and looks at nothing else.
"""

import asyncio
import resource

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10.0
_MOST_FILES = 65_536


class ImpatientProtocol(HttpToolsProtocol):
    """One connection; between two requests the library's own, shorter patience counts."""

    _head_task: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a first request from now on."""
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Wait for the end of a head of which the first byte is there."""
        super().on_message_begin()
        if self._head_task is None:  # not anew: the first byte may be all that comes
            self._wait_for_head()

    def on_headers_complete(self) -> None:
        """Leave the rest to the app, which has its own patience for a body."""
        self._stop_waiting()
        super().on_headers_complete()

    def _wait_for_head(self) -> None:
        self._head_task = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._head_task is not None:
            self._head_task.cancel()
            self._head_task = None

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()


def allow_many() -> None:
    """Let this process hold as many connections as its user may; a service often starts with 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
