"""A list of files with their hashes, as `sha256sum` reads it: WIRE.md section 6.1.

Comes in: the bytes of `SHA256SUMS`. Goes out: the hash of each file, or `Refused` by the check of who asks.
It refuses to know the files, and who signed.
"""

import re

from desk.errors import TYPE_CHECKING, Refused

if TYPE_CHECKING:
    from desk.errors import Check

NAME = "SHA256SUMS"
_WORD = r"[A-Za-z0-9_][A-Za-z0-9_.+-]*"
_LINE = re.compile(rf"([0-9a-f]{{64}})  ({_WORD}(?:/{_WORD})*)\n")


def read(octets: bytes, check: "Check") -> dict[str, str]:
    """SHA-256 in hexadecimal by path, of a list that nobody has to have signed; else `Refused(check)`."""
    lines = octets.decode("ascii", "replace").splitlines(keepends=True)
    found = [line for line in map(_LINE.fullmatch, lines) if line]
    paths = [line[2] for line in found]
    if not paths or len(found) != len(lines) or paths != sorted(set(paths)):
        raise Refused(check)
    return {line[2]: line[1] for line in found}
