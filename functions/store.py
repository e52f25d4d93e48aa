"""Step 4, the contract between the function and whatever keeps the objects.

A name and the bytes go in; a normal return means durable. A store can put and nothing else:
there is no way to list, read or delete through this door.
"""

from typing import Protocol


class Store(Protocol):
    """Keeps objects under `in/<name>` (WIRE.md section 2)."""

    def put(self, name: str, body: bytes) -> None:
        """Keep `body` (16,384 bytes) under `in/<name>`; `name` is its SHA-256 in lower-case hex.

        Returning means durable, now or before; an object that is already there is a success.
        Raises `errors.StoreError` in every other case.
        """
