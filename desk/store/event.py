"""One thing that happened at the desk, between steps 6 and 7: the unit that the case store keeps.

Comes in: a subject, a kind, a day, a handler and values. Goes out: the same. It refuses to know
what the kinds mean; that is `desk.cases`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from desk.wire.canon import Value

SUBJECT_BYTES = 16
LOG = "00" * SUBJECT_BYTES  # the subject of what concerns the desk itself; made with the store


# Tuples, and no dataclasses: a store has hundreds of thousands of each, and a frozen dataclass takes
# three times as long to be made.
class Event(NamedTuple):
    """What one handler did on one day to one subject (32 hex digits): a case, a bundle, a key."""

    subject: str
    kind: str
    on: str  # a date, no time of day
    by: str  # the name that a handler took at the desk
    values: Mapping[str, Value]


class Place(NamedTuple):
    """Where an event lies: the name of its batch (64 hex digits) and its number in it, from 0."""

    batch: str
    number: int
