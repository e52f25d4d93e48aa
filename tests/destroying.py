"""Shared by the tests of keys in a case store: two copies of a store, a key kept in both, and its end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from desk.intake.open import open_object
from desk.keeping import destruction, holdings, kept
from desk.keeping.destruction import Order
from desk.keys import secret_keys
from desk.store import daycheck
from desk.store.copy import backup
from desk.store.event import Event
from desk.store.vault import new_subject
from desk.strings import Strings
from desk.wire import envelope, seal
from tests.ceremony import locked_key, make_store, opened, typing

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)
DUE = LAST + timedelta(120)
WORDS = "alpha bravo charlie delta echo foxtrot golf"
ANNA, BRAM = "anna words", "bram words"


class Desk:
    """A store of two handlers, its second copy, an intake key kept in it, and a stick."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.keys, self.stick = folder, folder / "keys", folder / "stick"
        self.stick.mkdir()
        self.store = make_store(folder / "store", {"anna": ANNA, "bram": BRAM})
        self.copy = folder / "copy"
        self.key = locked_key(self.keys, "intake", (FIRST, LAST), WORDS)
        self.file = self.keys / f"intake-{self.key.id}.key"
        with opened(self.store, "anna", ANNA) as vault:
            kept.keep(vault, [self.file], ask=typing([WORDS]), today=FIRST)
            backup(vault, self.copy)
        self.rest(DUE)

    def rest(self, day: date) -> None:
        """Let a person say that it is a later day, in both copies."""
        with opened(self.store, "anna", ANNA) as vault:
            vault.append([daycheck.confirm(day, clock=day, by="anna")])
            backup(vault, self.copy)

    def receive(self, *paths: Path) -> None:
        """Write the events that an import of sealed objects writes, and bring the copy up to date."""
        with opened(self.store, "anna", ANNA) as vault:
            vault.append([received(path.read_bytes(), self.key) for path in paths])
            backup(vault, self.copy)

    def order(self, **changes: object) -> Order:
        usual = Order(
            key_id=self.key.id,
            folder=self.keys,
            stores=(self.store, self.copy),
            handlers=("anna", "bram"),
            sticks=(self.stick,),
            out=self.folder,
            on=DUE,
        )
        return replace(usual, **changes)  # type: ignore[arg-type]

    def destroy(self, words: Sequence[str] = (ANNA, BRAM), **changes: object) -> str:
        """Destroy the key; the text of the transcript, on one line."""
        order = self.order(**changes)
        (text, _) = destruction.destroy(order, words=Strings("en"), ask=typing(words))
        return " ".join(text.split())

    def is_whole(self) -> bool:
        """Whether the key is still in its file and in both copies, and no paper was written."""
        with opened(self.store, "anna", ANNA) as one, opened(self.copy, "bram", BRAM) as other:
            inside = all(holdings.of(vault).subjects_of(self.key.id) for vault in (one, other))
        return inside and self.file.exists() and not list(self.folder.glob("destroyed-*"))


def received(octets: bytes, key: secret_keys.SecretKey) -> Event:
    values = {
        "object": envelope.name(octets),
        "key_id": key.id,
        "complaint": open_text(octets, key),
        "channel": "form",
        "pseudonym": "stille linde",
        "practice": False,
        "flood": "",
    }
    return Event(new_subject(), "received", "2027-02-01", "anna", values)


def open_text(octets: bytes, key: secret_keys.SecretKey) -> str:
    return open_object(octets, [seal.load_secret(key.seed)]).text
