"""Tags and boxes of the reply board (WIRE.md sections 7.3 and 7.4), in steps 8 and 9.

Comes in: the keys of a code with what to seal or open. Goes out: 8 bytes of acknowledgement, or
one slot of 1,024 bytes and back. It refuses to know what the boxes hold.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from desk.errors import Refused
from desk.wire.board.heading import ACK_BYTES

Random = Callable[[int], bytes]  # so many bytes; `nacl.utils.random` outside tests

TAG_BYTES = 16
NONCE_BYTES = 24
MAX_COUNTERS = 16
_EPOCH_BYTES = 4
_BOX_AT = TAG_BYTES + NONCE_BYTES


@dataclass(frozen=True, slots=True)
class CodeKeys:
    """The two keys of a reply code, 32 bytes each (section 7)."""

    reply_key: bytes = field(repr=False)
    tag_key: bytes = field(repr=False)


def _mac(tag_key: bytes, use: bytes, epoch: int, counter: bytes = b"") -> bytes:
    message = use + epoch.to_bytes(_EPOCH_BYTES, "big") + counter
    return hmac.digest(tag_key, message, "sha256")


def ack_tag(tag_key: bytes, epoch: int) -> bytes:
    """The acknowledgement of a code in an epoch, 8 bytes (section 7.3)."""
    return _mac(tag_key, b"ack", epoch)[:ACK_BYTES]


def slot_tag(tag_key: bytes, epoch: int, counter: int) -> bytes:
    """The tag of a code's slot number `counter`, 0 to 15, in an epoch: 16 bytes (section 7.4)."""
    return _mac(tag_key, b"slot", epoch, bytes((counter,)))[:TAG_BYTES]


def seal(reply_key: bytes, tag: bytes, part: bytes, rng: Random) -> bytes:
    """Make a slot: tag, 24 random bytes of nonce, and the box of a part of 968 bytes."""
    return tag + SecretBox(reply_key).encrypt(part, rng(NONCE_BYTES))


def unseal(reply_key: bytes, slot: bytes) -> bytes:
    """Open the box of a slot: 968 bytes; else `Refused("slot_box")`."""
    try:
        return SecretBox(reply_key).decrypt(slot[_BOX_AT:], slot[TAG_BYTES:_BOX_AT])
    except CryptoError:
        raise Refused("slot_box") from None
