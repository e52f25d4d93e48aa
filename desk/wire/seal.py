"""The seal of WIRE.md section 3: opened in step 6, and made here for tests and practice cases.

Comes in: an object and secret keys. Goes out: the plaintext, or `Refused("seal")`, which never
says more. It refuses to know where keys and objects come from, and what the plaintext means.
"""

from dataclasses import dataclass, field
from hashlib import shake_256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from desk.errors import DeskError, Refused
from desk.wire import envelope

_MLKEM_PUBLIC_BYTES = 1_184
_MLKEM_SEED_BYTES = 64
_X25519_BYTES = 32
SUITE = hpke.Suite(
    hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305
)  # 0x647A, 0x0001, 0x0003


@dataclass(frozen=True, slots=True)
class Secret:
    """One intake key, ready to open: id (16 hex digits), public half (1,216 bytes), private."""

    key_id: str
    public: bytes
    private: hpke.MLKEM768X25519PrivateKey = field(repr=False)


def load_secret(seed: bytes) -> Secret:
    """Make the intake key of a 32-byte X-Wing seed; expanding costs more than opening."""
    if len(seed) != envelope.SEED_BYTES:
        raise DeskError("an intake seed has 32 bytes")
    # draft-connolly-cfrg-xwing-kem, expandDecapsulationKey: SHAKE256(seed, 96), ML-KEM seed first.
    expanded = shake_256(seed).digest(_MLKEM_SEED_BYTES + _X25519_BYTES)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_BYTES])
    x25519 = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_BYTES:])
    public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
    return Secret(envelope.key_id(public), public, hpke.MLKEM768X25519PrivateKey(mlkem, x25519))


def seal(plaintext: bytes, public: bytes) -> bytes:
    """Seal a plaintext to an intake public key of 1,216 bytes; never twice the same bytes."""
    if len(public) != envelope.PUBLIC_BYTES:
        raise DeskError("an intake public key has 1,216 bytes")
    header = envelope.header(public)
    try:
        key = hpke.MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:]),
        )
        return header + SUITE.encrypt(plaintext, key, envelope.LABEL + header)
    except ValueError:  # "nothing is sealed to such a key"
        hint = "make a new one with `desk key new intake`, and publish a list with it"
        raise DeskError("nothing can be sealed to this intake key", hint) from None


def open_sealed(sealed_object: bytes, *secrets: Secret) -> bytes:
    """Open an object with the key that it names; returns the plaintext of section 4.

    Raises `Refused` with the first failing check: length, version, suite, key id or seal.
    """
    by_id = {secret.key_id: secret for secret in secrets}
    sealed = envelope.parse_object(sealed_object, by_id)
    try:
        return SUITE.decrypt(
            sealed.body, by_id[sealed.key_id].private, envelope.LABEL + sealed.header
        )
    except InvalidTag:
        raise Refused("seal") from None
