"""Ed25519 as WIRE.md section 1.2 has it, for the key list of step 2 and the reply board of step 9.

Comes in: a public key, a message, a signature. Goes out: whether it holds. It refuses to know what
was signed.
"""

from nacl.bindings import crypto_core_ed25519_is_valid_point
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

POINT_BYTES = 32
SIGNATURE_BYTES = 64


def holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature of 64 bytes over a message holds under a public key of 32 bytes.

    Both points have to lie in the subgroup of prime order. There it makes no difference whether the
    equation is multiplied by the cofactor, in which libraries differ.
    """
    if len(public) != POINT_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    points = (public, signature[:POINT_BYTES])
    if not all(crypto_core_ed25519_is_valid_point(point) for point in points):
        return False
    try:
        VerifyKey(public).verify(message, signature)
    except BadSignatureError:
        return False
    return True
