"""A practice desk in one go, for who tries the tool out: steps 6 to 8 with invented complaints.

Comes in: a free path, and the folder of the practice keys, or none: then it makes some for this desk
alone. Goes out: a practice case store that holds those keys and the invented cases, opened by words
that are no secret; or one without cases, and a stick with the three of the first hour. It refuses
every real key.
"""

import os
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.intake import intake, practice
from desk.keeping import kept
from desk.keys import ceremony
from desk.store import create
from desk.store.door import read_identity
from desk.store.vault import Vault
from desk.wire.keylist import Use

HANDLER = "anna"
# A word of the list seven times, so that the tool takes them. Nobody drew them.
WORDS = " ".join(["trial"] * 7)
_PART = ".part"
USES: tuple[Use, ...] = ("intake", "board")


def lines(store: Path, count: int, stick: Path | None = None) -> list[str]:
    """What is said of a practice desk, with its words; a count of 0 says that it was there."""
    told = f"{count} invented cases in it" if count else "which was there already"
    on_stick = []
    if stick is not None and count:
        told = "with no case in it yet"
        on_stick = [f"practice stick  {stick}, {count} invented complaints on it"]
    return [
        f"practice desk   {store}, {told}",
        *on_stick,
        f"practice words  {WORDS}  (no secret: practice only)",
    ]


def _secrets(keys: Path) -> list[Path]:
    found = [sorted(keys.glob(f"{use}-*.key")) for use in USES]
    if not all(found):
        hint = "make them with `desk key new USE --practice`, or with make serve"
        raise DeskError("that folder has no intake key or no board key", hint)
    return [path for paths in found for path in paths]


def _own_keys(folder: Path, today: date) -> list[Path]:
    """Practice keys of this desk alone: nobody else seals to them, so their files need not stay."""
    for use in USES:
        days = ceremony.validity(use, today, None)
        ceremony.new(use, folder, days, practice=True, today=today)
    return _secrets(folder)


def _furnish(store: Path, secrets: list[Path], today: date, stick: Path | None) -> int:
    with Vault.open(store, HANDLER, WORDS) as vault, TemporaryDirectory() as folder:
        kept.keep(vault, secrets, ask=lambda _prompt: "", today=today)
        half = ceremony.read_public(secrets[0].with_suffix(".pub"))
        if stick is not None:  # for whoever learns to read one
            return len(practice.write(stick, half, is_first_hour=True))
        written = practice.write(Path(folder), half)
        intake.take(Casebook(vault), [Path(folder)], today=today, report=lambda _progress: None)
    return len(written)


def make(store: Path, keys: Path | None, *, today: date, stick: Path | None = None) -> list[str]:
    """Make the desk, whole or not at all, or find it there; returns the lines to print.

    With `stick` the cases are not in it yet: three invented complaints lie there to be read. Raises
    `DeskError` when something else lies there, or the keys are no practice keys.
    """
    if os.path.lexists(store):
        if not read_identity(store).practice:
            raise DeskError("a real case store lies there", "give a path where nothing is yet")
        return lines(store, 0)
    with TemporaryDirectory() as folder:
        secrets = _secrets(keys) if keys else _own_keys(Path(folder), today)
        return _make(store, secrets, today, stick)


def _make(store: Path, secrets: list[Path], today: date, stick: Path | None) -> list[str]:
    part = store.with_name(f".{store.name}{_PART}")
    shutil.rmtree(part, ignore_errors=True)  # of a run that was stopped
    create.create(part, HANDLER, WORDS, practice=True)
    count = _furnish(part, secrets, today, stick)
    os.rename(part, store)
    return lines(store, count, stick)
