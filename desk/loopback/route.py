"""Whether this machine reaches a network, before step 6 is shown on a screen.

Comes in: the kernel's tables of routes as text. Goes out: the interface by which everything else
can be reached, if there is one. It refuses to know addresses, and to ask another machine.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from desk.errors import DeskError

V4 = Path("/proc/net/route")
V6 = Path("/proc/net/ipv6_route")
_UP, _REJECT = 0x1, 0x200  # RTF_UP, RTF_REJECT of linux/route.h
_V4_COLUMNS, _V6_COLUMNS = 8, 10
_ZERO = re.compile(r"0+")
_FLAGS = re.compile(r"[0-9A-Fa-f]{1,8}")


def _leads_out(interface: str, flags: str) -> bool:
    """Whether a route is up, refuses nothing and leaves the machine; in doubt it does."""
    if interface == "lo":
        return False
    if not _FLAGS.fullmatch(flags):
        return True
    return bool(int(flags, 16) & _UP) and not int(flags, 16) & _REJECT


def _v4(text: str) -> Iterable[str]:
    # Iface Destination Gateway Flags RefCnt Use Metric Mask ..., below a line of headings.
    for row in (line.split() for line in text.splitlines()[1:]):
        is_default = len(row) >= _V4_COLUMNS and _ZERO.fullmatch(row[1]) and _ZERO.fullmatch(row[7])
        if is_default and _leads_out(row[0], row[3]):
            yield row[0]


def _v6(text: str) -> Iterable[str]:
    # Destination, its length, source, its length, next hop, metric, two counters, flags, interface.
    for row in (line.split() for line in text.splitlines()):
        is_default = len(row) >= _V6_COLUMNS and _ZERO.fullmatch(row[0]) and row[1] == "00"
        if is_default and _leads_out(row[9], row[8]):
            yield row[9]


def ways_out(v4: str, v6: str) -> tuple[str, ...]:
    """Interfaces with a default route, from the texts of `/proc/net/route` and `ipv6_route`."""
    return tuple(dict.fromkeys((*_v4(v4), *_v6(v6))))


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii", errors="replace")
    except OSError:  # a kernel without this protocol
        return ""


def check(*, despite: bool, v4: Path = V4, v6: Path = V6) -> str:
    """Refuse a machine with a way to a network; returns a warning, or nothing.

    With `despite` it only warns. Elsewhere than on Linux it cannot look, and says so.
    """
    if not v4.parent.is_dir():
        return "this system does not tell whether it is on a network: unplug it yourself"
    found = ways_out(_read(v4), _read(v6))
    if not found:
        return ""
    if despite:
        return f"this machine is on a network ({', '.join(found)})"
    hint = "pull the cable and switch off wifi, or give --despite-network for practice"
    raise DeskError(f"this machine is on a network ({', '.join(found)})", hint)
