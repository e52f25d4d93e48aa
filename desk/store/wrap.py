"""The store key, locked with the passphrase of one handler (STORE.md section 6), between steps 6 and 7.

Comes in: the store key, a handler's name and passphrase. Goes out: the bytes of a wrap, or the key
again. It refuses to know files, and whatever the key opens.
"""

import re
import struct
from dataclasses import dataclass
from hashlib import sha256

from nacl import pwhash, utils
from nacl.exceptions import CryptoError
from nacl.exceptions import RuntimeError as NaClRuntimeError
from nacl.secret import Aead

from desk.errors import DeskError
from desk.keys.passphrase import WrongPassphrase, normal
from desk.store.faults import Damaged

VERSION = 1
LABEL = b"balie/1 wrap"
Work = tuple[int, int]  # passes of Argon2id, and bytes of memory
MINIMUM: Work = (pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)
MODERATE: Work = (pwhash.argon2id.OPSLIMIT_MODERATE, pwhash.argon2id.MEMLIMIT_MODERATE)
_MOST: Work = (pwhash.argon2id.OPSLIMIT_SENSITIVE, pwhash.argon2id.MEMLIMIT_SENSITIVE)
_HANDLER = re.compile(r"[a-z][a-z0-9-]{0,31}")
_SALT_BYTES = pwhash.argon2id.SALTBYTES
_BOX_BYTES = Aead.NONCE_SIZE + Aead.KEY_SIZE + Aead.MACBYTES
_LAYOUT = struct.Struct(f">BIQ{_SALT_BYTES}s{_BOX_BYTES}s")
_SUM_BYTES = sha256().digest_size
WRAP_BYTES = _LAYOUT.size + _SUM_BYTES


@dataclass(frozen=True, slots=True)
class Person:
    """Whose wrap it is, in which store; `identity` holds the bytes of `store.json`."""

    identity: bytes
    handler: str

    @property
    def bound(self) -> bytes:
        """What the box is bound to, so that it opens under no other name and in no other store."""
        return LABEL + sha256(self.identity).digest() + self.handler.encode("ascii")


def is_handler(text: str) -> bool:
    """Whether a text can be the name of a handler: it becomes a file name."""
    return _HANDLER.fullmatch(text) is not None


def require_handler(text: str) -> None:
    """Refuse a text that cannot be the name of a handler."""
    if not is_handler(text):
        hint = "use small letters, digits and dashes, at most 32, and begin with a letter"
        raise DeskError("this cannot be the name of a handler", hint)


def _aead(passphrase: str, salt: bytes, work: Work) -> Aead:
    # What a terminal could not decode comes as lone surrogates: only a wrong passphrase.
    words = normal(passphrase).encode("utf-8", errors="surrogatepass")
    try:
        return Aead(pwhash.argon2id.kdf(Aead.KEY_SIZE, words, salt, work[0], work[1]))
    except NaClRuntimeError:
        hint = f"it needs {work[1] // 2**20} MiB of free memory: close other programs"
        raise DeskError("there is not enough memory for the passphrase", hint) from None


def lock(key: bytes, person: Person, passphrase: str, *, work: Work = MODERATE) -> bytes:
    """The bytes of a wrap, 133. `work` is less than `MODERATE` in tests only."""
    require_handler(person.handler)
    salt = utils.random(_SALT_BYTES)
    box = bytes(_aead(passphrase, salt, work).encrypt(key, person.bound))
    octets = _LAYOUT.pack(VERSION, *work, salt, box)
    # Whoever checks the store has one passphrase: damage to the other wraps shows by this sum.
    return octets + sha256(octets).digest()


def parse(octets: bytes) -> tuple[Work, bytes, bytes]:
    """The work, the salt and the box of a wrap; `Damaged("wrap_shape")` if it is none."""
    if len(octets) != WRAP_BYTES:
        raise Damaged("wrap_shape")
    version, passes, memory, salt, box = _LAYOUT.unpack_from(octets)
    whole = sha256(octets[: _LAYOUT.size]).digest() == octets[_LAYOUT.size :]
    # Without a bound, a file from elsewhere could ask for all memory and time there is.
    bounded = MINIMUM[0] <= passes <= _MOST[0] and MINIMUM[1] <= memory <= _MOST[1]
    if version != VERSION or not whole or not bounded:
        raise Damaged("wrap_shape")
    return (passes, memory), salt, box


def unlock(octets: bytes, person: Person, passphrase: str) -> bytes:
    """The store key, 32 bytes; `DeskError` on a wrong passphrase, `Damaged` if it is no wrap."""
    work, salt, box = parse(octets)
    try:
        return _aead(passphrase, salt, work).decrypt(box, person.bound)
    except CryptoError:
        refused = f"this passphrase does not open it for {person.handler}"
        raise WrongPassphrase(refused, passphrase) from None
