"""The published vectors of X-Wing and HPKE against the parts that the desk opens with.

The published HPKE cases have an `aad`, which the public interface of `cryptography` does not take.
So the KEM is checked with the desk's own key, and the seal with RFC 9180's schedule spelled out here.
"""

import hmac
import json
from hashlib import sha256, shake_256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA3_256, Hash

from desk.wire import seal

PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "vectors"
absent = pytest.mark.skipif(
    not PUBLISHED.is_dir(), reason="published vectors are absent: ../shared/vectors is not here"
)
SUITE_ID = b"HPKE" + bytes.fromhex("647a00010003")


def read(name: str) -> Any:
    return json.loads((PUBLISHED / name).read_text("utf-8"))


def decapsulate(seed: bytes, enc: bytes) -> bytes:
    """X-Wing, draft-connolly-cfrg-xwing-kem: SHA3-256(ss_M || ss_X || ct_X || pk_X || label)."""
    expanded = shake_256(seed).digest(96)
    x25519 = X25519PrivateKey.from_private_bytes(expanded[64:])
    secret_m = MLKEM768PrivateKey.from_seed_bytes(expanded[:64]).decapsulate(enc[:1088])
    secret_x = x25519.exchange(X25519PublicKey.from_public_bytes(enc[1088:]))
    digest = Hash(SHA3_256())
    digest.update(secret_m + secret_x + enc[1088:] + x25519.public_key().public_bytes_raw())
    digest.update(b"\\.//^\\")
    return digest.finalize()


def extract(salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + SUITE_ID + label + material, sha256)


def expand(secret: bytes, label: bytes, info: bytes, size: int) -> bytes:
    labelled = size.to_bytes(2, "big") + b"HPKE-v1" + SUITE_ID + label + info
    return hmac.digest(secret, labelled + b"\1", sha256)[:size]


@absent
def test_x_wing() -> None:
    """The desk's key from a published seed has the published public half and opens the same secret."""
    vectors = read("xwing-test-vectors.json")
    assert len(vectors) == 3
    for vector in vectors:
        seed = bytes.fromhex(vector["seed"])
        assert seal.load_secret(seed).public.hex() == vector["pk"]
        assert decapsulate(seed, bytes.fromhex(vector["ct"])).hex() == vector["ss"]


@absent
def test_hpke_suite() -> None:
    """Every published message of suite (0x647A, 1, 3) opens through the parts."""
    suites = read("hpke-pq-test-vectors.json")
    ours = [
        s
        for s in suites
        if (s["kem_id"], s["kdf_id"], s["aead_id"], s["mode"]) == (0x647A, 1, 3, 0)
    ]
    assert len(ours) == 1
    suite = {
        name: v if isinstance(v, list | int) else bytes.fromhex(v) for name, v in ours[0].items()
    }
    secret = decapsulate(suite["skRm"], suite["enc"])
    assert secret == suite["shared_secret"]
    assert seal.load_secret(suite["skRm"]).public == suite["pkRm"]
    info_hash = extract(b"", b"info_hash", suite["info"])
    context = b"\0" + extract(b"", b"psk_id_hash", b"") + info_hash
    base = extract(secret, b"secret", b"")
    key, nonce = expand(base, b"key", context, 32), expand(base, b"base_nonce", context, 12)
    assert (key, nonce) == (suite["key"], suite["base_nonce"])
    for number, message in enumerate(suite["encryptions"]):
        mixed = (int.from_bytes(nonce, "big") ^ number).to_bytes(12, "big")
        sealed, aad = bytes.fromhex(message["ct"]), bytes.fromhex(message["aad"])
        assert ChaCha20Poly1305(key).decrypt(mixed, sealed, aad).hex() == message["pt"]
