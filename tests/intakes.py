"""Shared by the tests of import, floods and retention: stores that hold a key, and sticks to import."""

import base64
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.intake import intake
from desk.intake.tally import Progress, Tally
from desk.store.create import create
from desk.store.event import Event
from desk.store.vault import Vault, new_subject
from desk.store.wrap import MINIMUM
from desk.wire.canon import Value
from tests.samples import SEED, complaint, put, sealed, secret

HANDLER = "anna"
WORDS = "one two three four five six seven"
TODAY = date(2026, 11, 22)


def make_store(path: Path, *, practice: bool = False) -> Path:
    """Make a store that one handler opens with little work, and that holds the key of `SEED`."""
    create(path, HANDLER, WORDS, practice=practice, work=MINIMUM)
    with opened(path) as book:
        keep_key(book, SEED)
    return path


def keep_key(book: Casebook, seed: bytes, on: date = TODAY) -> str:
    """Keep an intake key in a store; returns its subject."""
    public = base64.b64encode(secret(seed).public).decode("ascii")
    values: dict[str, Value] = {"use": "intake", "key_id": secret(seed).key_id, "public": public}
    values |= {"not_before": "2026-10-01", "not_after": "2026-12-31", "seed": seed.hex()}
    subject = new_subject()
    book.add([Event(subject, "key_kept", on.isoformat(), HANDLER, values)])
    return subject


@contextmanager
def opened(path: Path) -> Iterator[Casebook]:
    """Open a store for the time of the block."""
    with Vault.open(path, HANDLER, WORDS) as vault:
        yield Casebook(vault)


def write(stick: Path, *stories: str, first: int = 0, **fields: Any) -> list[str]:
    """Put a complaint for each story on a stick, numbered from `first`; returns their names."""
    numbered = enumerate(stories, first)
    made = (complaint(complaint_id=f"{n:032x}", story=story, **fields) for n, story in numbered)
    return [put(stick / "in", sealed(one)).name for one in made]


def take(book: Casebook, *paths: Path, today: date = TODAY) -> Tally:
    """Import without showing how far it is."""

    def unseen(_progress: Progress) -> None:
        pass

    return intake.take(book, paths, today=today, report=unseen)


def by_story(book: Casebook) -> dict[str, Case]:
    """The complaints of a store by their stories, read from disk."""
    cases = [case for case in book.cases.values() if case.kind == "complaint"]
    return {str(book.complaint(case).values["story"]): case for case in cases}


_SYLLABLES = [
    a + b for a in "bdfghklmnprstvw" for b in ("a", "e", "i", "o", "aa", "ee", "oo", "ij")
]


def vocabulary(rng: random.Random, size: int = 3_000) -> list[str]:
    """Invented words; the earlier ones are to be used more often, as in any language."""
    return ["".join(rng.choices(_SYLLABLES, k=rng.randint(1, 4))) for _ in range(size)]


def told(rng: random.Random, known: list[str], words: int) -> list[str]:
    """A story of so many words, with common and rare ones as in any language (Zipf)."""
    return rng.choices(known, weights=[1 / (rank + 3) for rank in range(len(known))], k=words)
