"""The reply code of WIRE.md section 7: made in step 2, used again in steps 7 and 9.

Comes in: randomness, or what somebody typed. Goes out: 24 digits, or the two keys derived from
them. It refuses to know who holds a code, and keeps none.
"""

import hashlib
import secrets
import unicodedata

from desk.errors import Refused
from desk.whitespace import WHITE_SPACE

DIGITS = 24
RANDOM_DIGITS = 22
ROUNDS = 600_000
LABEL = b"balie/1 reply code"
KEY_BYTES = 32
_DROPPED = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212" + WHITE_SPACE)
_MODULUS = 97  # ISO/IEC 7064, MOD 97-10


def check_digits(digits: str) -> str:
    """The two digits, 02 to 98, that make the number leave 1 when divided by 97."""
    return f"{_MODULUS + 1 - int(digits) * 100 % _MODULUS:02d}"


def make() -> str:
    """Draw a code from the platform's randomness: 22 digits and two check digits, no spaces."""
    digits = f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"
    return digits + check_digits(digits)


def _is_dropped(character: str) -> bool:
    return character in _DROPPED or unicodedata.category(character) == "Cf"


def _digit(character: str) -> str:
    if unicodedata.category(character) != "Nd":
        raise Refused("code")
    return str(unicodedata.decimal(character))


def normalise(typed: str) -> str:
    """Turn what was typed, in any script, into 24 ASCII digits; else `Refused("code")`."""
    digits = "".join(_digit(character) for character in typed if not _is_dropped(character))
    # "The check digits lie between 02 and 98": 00, 01 and 99 would leave the same remainder.
    if len(digits) != DIGITS or digits[RANDOM_DIGITS:] != check_digits(digits[:RANDOM_DIGITS]):
        raise Refused("code")
    return digits


def group(code: str) -> str:
    """Write 24 digits in six groups of four, as the sender copies them."""
    return " ".join(code[start : start + 4] for start in range(0, DIGITS, 4))


def derive(code: str) -> tuple[bytes, bytes]:
    """Derive `reply_key` and `tag_key`, 32 bytes each; takes about 0.3 s (RFC 8018)."""
    keys = hashlib.pbkdf2_hmac("sha512", normalise(code).encode("ascii"), LABEL, ROUNDS, 64)
    return keys[:KEY_BYTES], keys[KEY_BYTES:]
