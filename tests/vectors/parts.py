"""What the generators of tests/vectors share: the seeds of its keys, one case, JSON, and signed text."""

import json
from typing import Any

from nacl.signing import SigningKey

from desk.wire import canon

Case = dict[str, Any]
SEED, OTHER_SEED, THIRD_SEED = (bytes([byte]) * 32 for byte in (0x42, 0x43, 0x44))  # of intake keys
BOARD_SEED, SITE_SEED = bytes([0x62]) * 32, bytes([0x53]) * 32


def case(name: str, why: str, expect: str, **fields: Any) -> Case:
    """One case: its name, the sentence that explains it, and what must come of it."""
    return {"name": name, "why": why, "expect": expect, **fields}


def dump(value: Any) -> str:
    """JSON as a sender writes it, in any order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def signed(text: str, seed: bytes, label: bytes) -> str:
    """The file for a text, signed whatever it says."""
    signature = SigningKey(seed).sign(label + text.encode()).signature.hex()
    return canon.dumps({"signed": text, "signature": signature})
