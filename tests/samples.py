"""Shared by the tests of the desk: complaints, keys and sealed objects, all made for tests only."""

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from desk.errors import Refused
from desk.keys import secret_keys
from desk.wire import envelope, seal

SEED = b"\x42" * 32
OTHER_SEED = b"\x43" * 32
SOAK = os.environ.get("BALIE_SOAK") == "1"
CHEAP = secret_keys.MINIMUM  # Argon2id in tests: the least work there is


def count(whole: int, share: int) -> int:
    """Return the whole count in a soak, a share of it otherwise."""
    return whole if SOAK else share


@cache
def secret(seed: bytes = SEED) -> seal.Secret:
    return seal.load_secret(seed)


def outcome(parse: Callable[..., Any], *arguments: Any) -> tuple[str, Any]:
    """Return `("ok", result)`, or the name of the check that failed and nothing."""
    try:
        return "ok", parse(*arguments)
    except Refused as refusal:
        return refusal.check, None


def complaint(**changes: Any) -> dict[str, Any]:
    """Return the values of a small whole complaint; a change to `None` leaves the field out."""
    fields = {
        "schema": 1,
        "complaint_id": "00112233445566778899aabbccddeeff",
        "form_language": "nl",
        "consent": {"store": True, "act": False, "count": True, "quote": False},
        "story": "Zij kwamen binnen.",
    } | changes
    return {name: value for name, value in fields.items() if value is not None}


def text(fields: Any) -> bytes:
    """Return canonical JSON, written without the code under test."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def sealed(fields: dict[str, Any] | None = None, seed: bytes = SEED) -> bytes:
    """Return a sealed complaint."""
    plaintext = envelope.build_plaintext(text(fields or complaint()))
    return seal.seal(plaintext, secret(seed).public)


def put(folder: Path, sealed_object: bytes) -> Path:
    """Write an object under its name and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / envelope.name(sealed_object)
    path.write_bytes(sealed_object)
    return path


def key_file(folder: Path, use: secret_keys.Use = "intake", *, seed: bytes | None = None) -> Path:
    """Write a practice key file and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    key = secret_keys.make(use, created="2026-11-22", practice=True)
    if seed is not None:
        public = secret_keys.public_of(use, seed)
        key = secret_keys.SecretKey(use, envelope.key_id(public), key.created, public, True, seed)
    return secret_keys.write(key, folder, None)
