"""The list of a bundle with which a computer gets the desk, and its signature: WIRE.md section 6.1.

Comes in: the bytes of `SHA256SUMS` and of `SHA256SUMS.sig`, and the pinned site key. Goes out: the hash of
each file, or `Refused`. It refuses to know the files.
"""

import re

from nacl.signing import SigningKey

from desk.errors import Refused
from desk.wire import signature

LABEL = b"balie/1 desk bundle\n"
_WORD = r"[A-Za-z0-9_][A-Za-z0-9_.+-]*"
_LINE = re.compile(rf"([0-9a-f]{{64}})  ({_WORD}(?:/{_WORD})*)\n")
_SIGNED = re.compile(rb"[0-9a-f]{128}\n")


def read(sums: bytes) -> dict[str, str]:
    """SHA-256 in hexadecimal by path, of a list that nobody has to have signed."""
    lines = sums.decode("ascii", "replace").splitlines(keepends=True)
    found = [line for line in map(_LINE.fullmatch, lines) if line]
    paths = [line[2] for line in found]
    if not paths or len(found) != len(lines) or paths != sorted(set(paths)):
        raise Refused("bundle")
    return {line[2]: line[1] for line in found}


def parse(sums: bytes, signed: bytes, site_key: bytes) -> dict[str, str]:
    """The same of a list that the pinned site key (32 bytes) has signed; else `Refused("bundle")`."""
    if _SIGNED.fullmatch(signed) is None:
        raise Refused("bundle")
    octets = bytes.fromhex(signed.decode("ascii"))  # which passes over the line break
    if not signature.holds(site_key, LABEL + sums, octets):
        raise Refused("bundle")
    return read(sums)


def sign(sums: bytes, site_seed: bytes) -> bytes:
    """The bytes of `SHA256SUMS.sig`, with the 32-byte seed of the site key; refuses what `read` would."""
    read(sums)
    return f"{SigningKey(site_seed).sign(LABEL + sums).signature.hex()}\n".encode("ascii")
