"""Starts the daily screen of steps 6 and 7, and stops it.

Comes in: a store, and whether this machine may be on a network. Goes out: one address, and pages
for the browser that opens it first. It refuses to start where somebody else could listen in.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

from desk.loopback import route
from desk.loopback.server import Server
from desk.loopback.session import Session
from desk.page.app import at_once, respond
from desk.page.screen import Screen

_TOLD = """The desk is ready. Open this address in a private window of the browser on this machine:

    {address}

It works once. The desk locks itself after ten minutes without use; Ctrl+C here stops it."""


def _seconds() -> float:
    """Seconds that also pass while the computer sleeps, where the system counts those."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # Linux has it
    return time.clock_gettime(clock)


def serve(
    store: Path,
    *,
    language: str,
    despite_network: bool,
    today: Callable[[], date],
    say: Callable[[str], None],
) -> None:
    """Serve one store until interrupted; `DeskError` on a network or where there is no store."""
    if warning := route.check(despite=despite_network):
        say(f"warning: {warning}")
    # Ctrl+C is how it is stopped, and no error.
    with Server() as server, suppress(KeyboardInterrupt):
        session = Session(*server.address)
        screen = Screen(store, session, clock=_seconds, today=today, language=language)

        say(_TOLD.format(address=session.address))
        try:
            server.serve(partial(respond, screen), screen.tick, at_once=partial(at_once, screen))
        finally:
            screen.lock()
