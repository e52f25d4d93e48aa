"""Step 3, the drop: request in, check, store, answer out.

The same function serves the app here and any other host that can hand it a whole request. It
knows no transport, no address and no clock, and its answers never hold a byte of the request.
"""

import json
from collections.abc import Set
from dataclasses import dataclass

from functions.errors import StoreError
from functions.shape import Refusal, Request, check
from functions.store import Store


@dataclass(frozen=True)
class Answer:
    """Status and body. The body is empty for 204 and otherwise a small JSON object."""

    status: int
    body: bytes


STORED = Answer(204, b"")


def answer(request: Request, store: Store, accepted: Set[bytes]) -> Answer:
    """Store the object if it may be stored; `accepted` holds key ids of 8 bytes.

    204 means durable, now or before. Everything else means not stored (WIRE.md section 8).
    """
    refusal = check(request, accepted)
    if refusal is not None:
        return refuse(refusal)
    try:
        # The check has just proved that the declared hash is the name of these bytes.
        store.put(request.head.declared_sha256, request.body)
    except StoreError:
        return refuse(Refusal.STORE)
    return STORED


def refuse(refusal: Refusal) -> Answer:
    """Return the answer for a refusal: its status and `{"error": CODE}` (`openapi.yaml`)."""
    body = json.dumps({"error": refusal.code}, separators=(",", ":"))
    return Answer(refusal.status, body.encode("ascii"))
