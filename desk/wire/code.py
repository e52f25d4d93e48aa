"""The reply code of WIRE.md section 7: made in step 2, used again in steps 7 and 9.

Comes in: randomness, or what somebody typed. Goes out: 24 digits, or the two keys derived from
them. It refuses to know who holds a code, and keeps none.
"""

import hashlib
import secrets

from desk.errors import Refused
from desk.wire.whitespace import WHITE_SPACE

DIGITS = 24
RANDOM_DIGITS = 22
ROUNDS = 600_000
LABEL = b"balie/1 reply code"
KEY_BYTES = 32
_DROPPED = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212" + WHITE_SPACE)
# Section 7.9, category Nd: the zero of each script; its other digits follow it. A list and not the
# platform's own: Python and the browsers are several versions of Unicode apart.
_ZEROS = (
    "30 660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 "
    "1946 19d0 1a80 1a90 1b50 1bb0 1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 ff10 104a0 "
    "10d30 10d40 11066 110f0 11136 111d0 112f0 11450 114d0 11650 116c0 116d0 116da 11730 118e0 "
    "11950 11bf0 11c50 11d50 11da0 11de0 11f50 16130 16a60 16ac0 16b50 16d70 1ccf0 1d7ce 1d7d8 "
    "1d7e2 1d7ec 1d7f6 1e140 1e2f0 1e4f0 1e5f1 1e950 1fbf0"
)
_DIGITS = {int(zero, 16) + value: str(value) for zero in _ZEROS.split() for value in range(10)}
# Section 7.9, category Cf: first and last of each run.
_UNSEEN = (
    "ad-ad 600-605 61c-61c 6dd-6dd 70f-70f 890-891 8e2-8e2 180e-180e 200b-200f 202a-202e 2060-2064 "
    "2066-206f feff-feff fff9-fffb 110bd-110bd 110cd-110cd 13430-1343f 1bca0-1bca3 1d173-1d17a "
    "e0001-e0001 e0020-e007f"
)
_RUNS = [[int(end, 16) for end in run.split("-")] for run in _UNSEEN.split()]
_MODULUS = 97  # ISO/IEC 7064, MOD 97-10


def check_digits(digits: str) -> str:
    """The two digits, 02 to 98, that make the number leave 1 when divided by 97."""
    return f"{_MODULUS + 1 - int(digits) * 100 % _MODULUS:02d}"


def make() -> str:
    """Draw a code from the platform's randomness: 22 digits and two check digits, no spaces."""
    digits = f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"
    return digits + check_digits(digits)


def _is_dropped(character: str) -> bool:
    point = ord(character)
    return character in _DROPPED or any(first <= point <= last for first, last in _RUNS)


def _digit(character: str) -> str:
    if ord(character) not in _DIGITS:
        raise Refused("code")
    return _DIGITS[ord(character)]


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
