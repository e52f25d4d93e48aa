"""Step 4, before anything is taken: proves that a store refuses to write one name twice.

A store comes in; a sentence, or an error in words, goes out. It puts one constant object (WIRE.md
section 8) and no other. Only an app on an own server, and who asks for it, probes: never the
serverless function.
"""

from collections.abc import Callable
from threading import Lock

from functions.errors import StoreError, UnsuitableError
from functions.store import ProbedStore

PROBE_BODY = b"balie/1 probe\n".ljust(16_384, b"\0")  # WIRE.md section 8: never a complaint
PROBE = "9320fc1c40dc1dc0ebea3387adfd19b911a00f1483611beefe08ccc03f3f900e"  # its SHA-256
HINT = "STORE.md names the stores that were tried, and what they must do"
GONE = "the probe's object is taken away again"
STAYS = "the probe's object stays in the store: this role or its lock keeps it, and `desk fetch` leaves it alone"
_PUTS = 3  # another process may take the object away after the first, but not after the second too


def prove(store: ProbedStore) -> bool:
    """Put the object until a put finds it there, then take it away; `False` if it stays there.

    Raises `UnsuitableError` if the store wrote it each time, which would let a board or a complaint
    be overwritten unseen, and `StoreError` as every put does.
    """
    if all(store.put(PROBE, PROBE_BODY) for _ in range(_PUTS)):
        store.forget_probe()
        raise UnsuitableError("the store writes over what is there: it ignores the condition")
    return store.forget_probe()


class Proven:
    """A store that takes nothing before it was proven. Safe for any number of threads."""

    def __init__(self, store: ProbedStore, say: Callable[[str], None]) -> None:
        """Prove the store now. Raises `UnsuitableError`; a store that is away is proven later."""
        self._store = store
        self._say = say
        self._lock = Lock()
        self._is_proven = False
        try:
            self._prove()
        except UnsuitableError:
            raise
        except StoreError as error:
            say(f"{error}; the drop takes nothing until the store could be probed")

    def put(self, name: str, body: bytes) -> bool:
        """Keep `body` as `in/<name>`; see `store.Store.put`. Raises `StoreError`."""
        with self._lock:
            if not self._is_proven:
                self._prove()
        return self._store.put(name, body)

    def _prove(self) -> None:
        if not prove(self._store):
            self._say(STAYS)
        self._is_proven = True
