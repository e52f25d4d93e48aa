"""The batches that were last when a copy of the store was written to (STORE.md section 3).

Comes in: names and clocks, or the bytes of the file `heads`. Goes out: the other. It refuses to know
files. It lies between steps 6 and 7, and lets the loss of the newest batch be noticed.
"""

import struct
from collections.abc import Mapping
from hashlib import sha256

from desk.store.batch import MAX_CLOCK
from desk.store.faults import Damaged

VERSION = 1
_HEAD = struct.Struct(">32sQ")
_SUM_BYTES = sha256().digest_size


def build(heads: Mapping[str, int]) -> bytes:
    """The bytes of `heads`, out of the clock of each batch by its name."""
    pairs = [_HEAD.pack(bytes.fromhex(name), heads[name]) for name in sorted(heads)]
    octets = b"".join((bytes((VERSION,)), *pairs))
    return octets + sha256(octets).digest()


def parse(octets: bytes) -> dict[str, int]:
    """The clock of each batch by its name; `Damaged("heads_shape")` for anything else."""
    pairs, whole = octets[1:-_SUM_BYTES], octets[:1] == bytes((VERSION,))
    if not whole or len(pairs) % _HEAD.size:
        raise Damaged("heads_shape")
    heads = {name.hex(): clock for name, clock in _HEAD.iter_unpack(pairs)}
    # Built again it must be the same: that leaves no other sum or order.
    if build(heads) != octets or max(heads.values(), default=0) > MAX_CLOCK:
        raise Damaged("heads_shape")
    return heads
