"""What is read of a case store before it is open, between steps 6 and 7: its name, and the store key.

Comes in: a folder, and the passphrase of one handler. Goes out: which store it is, and the key that
opens the rest. It refuses to know what lies behind it.
"""

from pathlib import Path

from desk import terminal
from desk.errors import DeskError
from desk.store import disk, identity, wrap
from desk.store.identity import Identity


def read_identity(path: Path) -> Identity:
    """Which store lies in a folder; `DeskError` when there is none, or a damaged one."""
    try:
        octets = disk.read_small(path / disk.IDENTITY)
    except OSError:
        shown = terminal.clean(path.name)
        hint = (
            "give the folder that `desk init` or `desk backup` made, or a stick with our work on it; "
            "is it plugged in?"
        )
        raise DeskError(f"there is no case store in {shown}", hint) from None
    return identity.parse(octets)


def unlock(path: Path, known: Identity, handler: str, *, passphrase: str) -> bytes:
    """The store key, out of the wrap of one handler; `DeskError` when it cannot be had."""
    wrap.require_handler(handler)
    person = wrap.Person(known.octets, handler)
    try:
        octets = disk.read_small(disk.wrap_path(path, handler))
    except OSError:
        hint = "`desk handler list` shows who can"
        raise DeskError(f"no handler {handler} can open this case store", hint) from None
    return wrap.unlock(octets, person, passphrase)
