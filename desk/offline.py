"""The wall around steps 6 and 7: the process that holds a key reaches no network.

Comes in: nothing. Goes out: a process in which every way to a socket or another program is
refused, for good, and whose memory no core dump and no other program of its user gets. The daily
screen keeps one way in: one listening socket that only this machine can reach. It refuses to know
what the process then does.
"""

import ctypes
import re
import resource
import secrets
import socket
import sys
from collections.abc import Callable

from desk.errors import DeskError

LOOPBACK = re.compile(r"127(\.[0-9]{1,3}){3}")  # 127.0.0.0/8, all of it this machine
_SET_DUMPABLE = 4  # PR_SET_DUMPABLE of linux/prctl.h
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
    return isinstance(address, tuple) and LOOPBACK.fullmatch(str(address[0])) is not None


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


def draw_address() -> str:
    """An address of this machine that nothing else listens on, drawn from some 16 million.

    A cookie goes to every server of one address, whatever its port.
    """
    return f"127.{1 + secrets.randbelow(254)}.{secrets.randbelow(256)}.{1 + secrets.randbelow(254)}"


def _hide_memory() -> None:
    """Keep keys and complaints out of core dumps, debuggers and `/proc/PID/mem` of the same user."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise DeskError("the memory of this process cannot be closed to others")


def enter(*, serving: bool = False) -> None:
    """Close the process off; a hook of this kind cannot be taken out again.

    With `serving`, one socket may be bound, in 127.0.0.0/8, and accept; nothing may connect.
    """
    _hide_memory()
    sys.addaudithook(_refuse_but_serve() if serving else _refuse)
