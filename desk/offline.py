"""The wall around steps 6 and 7: the process that holds a key reaches no network.

Comes in: nothing. Goes out: a process in which every way to a socket or another program is
refused, for good, and which leaves no core dump. It refuses to know what the process then does.
"""

import resource
import sys

from desk.errors import DeskError

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


def _refuse(event: str, _arguments: object) -> None:
    if event.startswith(_REFUSED):
        raise DeskError("this verb works offline and may not use the network or another program")


def enter() -> None:
    """Close the process off; a hook of this kind cannot be taken out again."""
    # A core dump would write keys and complaints to the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)
