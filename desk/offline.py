"""The wall around steps 6 and 7: the process that holds a key reaches no network.

Comes in: nothing. Goes out: a process in which every way to a socket or another program is
refused, for good, and which leaves no core dump. The daily screen keeps one way in: one listening
socket that only this machine can reach. It refuses to know what the process then does.
"""

import resource
import socket
import sys
from collections.abc import Callable

from desk.errors import DeskError

LOOPBACK = "127.0.0.1"
# Audit events of CPython. Another program could open the connection in our place.
_REFUSED = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
)
_Arguments = tuple[object, ...]


def _refuse(event: str, _arguments: _Arguments) -> None:
    if event.startswith(_REFUSED):
        raise DeskError("this verb works offline and may not use the network or another program")


def _is_stream(arguments: _Arguments) -> bool:
    """Whether a socket to be made is a TCP one (the socket itself, family, type, protocol)."""
    return arguments[1:3] == (socket.AF_INET, socket.SOCK_STREAM)


def _is_here(arguments: _Arguments) -> bool:
    """Whether an address to listen on (the socket, host and port) is of this machine alone."""
    address = arguments[1]
    return isinstance(address, tuple) and address[0] == LOOPBACK


def _refuse_but_serve() -> Callable[[str, _Arguments], None]:
    listening = False

    def refuse(event: str, arguments: _Arguments) -> None:
        nonlocal listening
        # Accepting a connection makes a socket too, and raises no event of its own. Nor does
        # listening: what keeps that to one address is that nothing else here may be bound.
        if event == "socket.__new__" and _is_stream(arguments):
            return
        if event == "socket.bind" and not listening and _is_here(arguments):
            listening = True
            return
        _refuse(event, arguments)

    return refuse


def enter(*, serving: bool = False) -> None:
    """Close the process off; a hook of this kind cannot be taken out again.

    With `serving`, one socket may be bound, on 127.0.0.1, and accept; nothing may connect.
    """
    # A core dump would write keys and complaints to the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse_but_serve() if serving else _refuse)
