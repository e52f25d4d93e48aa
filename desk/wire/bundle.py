"""The list of a bundle with which a computer gets the desk, and its signature: WIRE.md section 6.1.

Comes in: the bytes of `SHA256SUMS` and of `SHA256SUMS.sig`, and the pinned site key. Goes out: the hash of
each file, or `Refused`. It refuses to know the files.
"""

import re

from nacl.signing import SigningKey

from desk.errors import Refused
from desk.wire import signature, sums

LABEL = b"balie/1 desk bundle\n"
_SIGNED = re.compile(rb"[0-9a-f]{128}\n")


def read(octets: bytes) -> dict[str, str]:
    """SHA-256 in hexadecimal by path, of a list that nobody has to have signed."""
    return sums.read(octets, "bundle")


def parse(octets: bytes, signed: bytes, site_key: bytes) -> dict[str, str]:
    """The same of a list that the pinned site key (32 bytes) has signed; else `Refused("bundle")`."""
    if _SIGNED.fullmatch(signed) is None:
        raise Refused("bundle")
    digits = bytes.fromhex(signed.decode("ascii"))  # which passes over the line break
    if not signature.holds(site_key, LABEL + octets, digits):
        raise Refused("bundle")
    return read(octets)


def sign(octets: bytes, site_seed: bytes) -> bytes:
    """The bytes of `SHA256SUMS.sig`, with the 32-byte seed of the site key; refuses what `read` would."""
    read(octets)
    return f"{SigningKey(site_seed).sign(LABEL + octets).signature.hex()}\n".encode("ascii")
