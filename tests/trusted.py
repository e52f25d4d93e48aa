"""Shared by the tests of what crosses a stick or a network: the folder of `--trust`, with lists of test keys."""

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from nacl.signing import SigningKey

from desk.wire import keylist
from desk.wire.keylist import KeyEntry
from tests.board_samples import BOARD_SEED
from tests.samples import SEED, secret

SITE_SEED = b"s" * 32
ISSUED = date(2026, 10, 1)
LAST = date(2099, 12, 31)


def entries(*, board: bytes = BOARD_SEED, site: bytes = SITE_SEED) -> list[KeyEntry]:
    """One key of each use."""
    public = [secret(SEED).public, *(bytes(SigningKey(one).verify_key) for one in (board, site))]
    return [
        keylist.entry(use, key, ISSUED, LAST) for use, key in zip(keylist.USES, public, strict=True)
    ]


def key_list(
    keys: Sequence[KeyEntry] = (), *, issued: date = ISSUED, practice: bool = False
) -> str:
    """The text of a signed list of test keys."""
    return keylist.build(keys or entries(), issued=issued, practice=practice, site_seed=SITE_SEED)


def half(folder: Path, site: bytes = SITE_SEED, *, practice: bool = False) -> Path:
    """Write the public half of a site key into a folder, as the ceremony does."""
    found = keylist.entry("site", bytes(SigningKey(site).verify_key), ISSUED, LAST)
    path = folder / f"site-{found.id}.pub"
    path.write_text(json.dumps(asdict(found) | {"practice": practice}), "ascii")
    return path


def pin(site: bytes = SITE_SEED) -> str:
    """The fingerprint of a site key."""
    return keylist.entry("site", bytes(SigningKey(site).verify_key), ISSUED, LAST).fingerprint


def folder(path: Path, text: str = "", site: bytes = SITE_SEED) -> Path:
    """Make the folder of `--trust` in `path`, if there is none; returns it."""
    made = path / "trust"
    if not made.exists():
        made.mkdir()
        half(made, site)
        (made / "keys.json").write_text(text or key_list(), "ascii")
    return made


def of_practice(keys: Path, path: Path) -> Path:
    """Make the folder of `--trust` from a folder in which practice keys were made."""
    path.mkdir(exist_ok=True)
    for found in (*keys.glob("site-*.pub"), keys / "keys.json"):
        (path / found.name).write_bytes(found.read_bytes())
    return path


def encoded(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")
