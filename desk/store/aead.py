"""Opens one box (STORE.md section 1), between steps 6 and 7: a box, what it is bound to, its nonce and key in,
the text out.

It calls libsodium as PyNaCl's own function does, but for the sentences that that one writes at every call before
anything is wrong: opening a case asks twice, and they took a seventh of its time. It knows no file.
"""

from typing import cast

from nacl._sodium import ffi, lib  # type: ignore[import-not-found]  # compiled: says no types
from nacl.exceptions import CryptoError
from nacl.secret import Aead

_open = lib.crypto_aead_xchacha20poly1305_ietf_decrypt


def aead_open(box: bytes, bound: bytes, nonce: bytes, key: bytes) -> bytes:
    """The text in a box of at least 16 bytes; nonce 24 bytes, key 32. `CryptoError` where anything is not as sealed."""
    if not type(box) is type(bound) is type(nonce) is type(key) is bytes:
        raise TypeError("a box is opened with bytes alone")
    size = len(box) - Aead.MACBYTES
    if size < 0 or len(nonce) != Aead.NONCE_SIZE or len(key) != Aead.KEY_SIZE:
        raise CryptoError("there is no such box")  # libsodium itself asks for no length
    text = ffi.new("unsigned char[]", size)
    if _open(text, ffi.NULL, ffi.NULL, box, len(box), bound, len(bound), nonce, key) != 0:
        raise CryptoError("the box is not as it was sealed")
    return cast(bytes, ffi.buffer(text, size)[:])
