"""Objects whose X25519 half is of small order (WIRE.md 3), sealed as one would who skips the check of the secret."""

from hashlib import sha3_256

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desk.wire import envelope, seal
from tests.test_published_vectors import expand, extract

HIGH_BIT = 1 << 255
HALVES = {  # u of a point of small order, as a number
    "order_4": 0,
    "order_1": 1,
    "order_8": 325606250916557431795983626356110631294008115727848805560023387167927233504,
    "twist": 2**255 - 20,
    "unreduced": 2**255 - 19,
    "high_bit": HIGH_BIT,
}


def sealed(plaintext: bytes, public: bytes, secret_x: bytes, half: bytes) -> bytes:
    """X-Wing and the key schedule spelled out, for an X25519 secret and half of one's choice."""
    secret_m, enc = MLKEM768PublicKey.from_public_bytes(public[:1184]).encapsulate()
    shared = sha3_256(secret_m + secret_x + half + public[1184:] + b"\\.//^\\").digest()
    header = envelope.header(public)
    info_hash = extract(b"", b"info_hash", envelope.LABEL + header)
    context = b"\0" + extract(b"", b"psk_id_hash", b"") + info_hash
    base = extract(shared, b"secret", b"")
    key, nonce = expand(base, b"key", context, 32), expand(base, b"base_nonce", context, 12)
    return header + enc + half + ChaCha20Poly1305(key).encrypt(nonce, plaintext, b"")


def low_order(plaintext: bytes, seed: bytes, name: str) -> bytes:
    """An object that opens wherever an X25519 secret of zeros is taken."""
    public = seal.load_secret(seed).public
    return sealed(plaintext, public, bytes(32), HALVES[name].to_bytes(32, "little"))


def high_bit(plaintext: bytes, seed: bytes) -> bytes:
    """An honest object whose X25519 half has the bit set that RFC 7748 has ignored."""
    public = seal.load_secret(seed).public
    ephemeral = X25519PrivateKey.generate()
    secret_x = ephemeral.exchange(X25519PublicKey.from_public_bytes(public[1184:]))
    half = bytearray(ephemeral.public_key().public_bytes_raw())
    half[31] |= 0x80
    return sealed(plaintext, public, secret_x, bytes(half))
