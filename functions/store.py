"""Step 4, the contract between the function and whatever keeps the objects.

A name and the bytes go in; a normal return means durable. A store can put and nothing else: there
is no way to list, read or delete an object through this door. What the probe put may go again.
"""

from typing import Protocol


class Store(Protocol):
    """Keeps objects under `in/<name>` (WIRE.md section 2)."""

    def put(self, name: str, body: bytes) -> bool:
        """Keep `body` (16,384 bytes) under `in/<name>`; `name` is its SHA-256 in lower-case hex.

        Returning means durable: `True` if this call put it, `False` if it was there before, which
        is a success too. Raises `errors.UnsuitableError` if the store can never keep this promise,
        and `errors.StoreError` in every other case.
        """


class ProbedStore(Store, Protocol):
    """A store that can be proven (`probe`)."""

    def forget_probe(self) -> bool:
        """Take the probe's object away, and no other; `False` if it stays there."""
