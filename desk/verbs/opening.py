"""Opening a case store for a verb, between steps 6 and 7.

Comes in: arguments with a store and a handler. Goes out: the open store, or all its cases. It refuses
to import a key library before a verb runs.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from desk.errors import TYPE_CHECKING
from desk.verbs import given

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from desk.cases.book import Casebook
    from desk.store.vault import Vault


def who(arguments: "argparse.Namespace") -> tuple[str, str]:
    """The handler of a verb and the passphrase, which is asked for."""
    from pathlib import Path

    name = given.handler(arguments, Path(arguments.store))
    return name, given.ask(arguments)(f"passphrase of {name}: ")


def vault(arguments: "argparse.Namespace") -> "Vault":
    """Open the store of a verb with its handler's passphrase; `DeskError` if that fails."""
    from pathlib import Path

    from desk.store.vault import Vault

    return Vault.open(Path(arguments.store), *who(arguments))


def today(arguments: "argparse.Namespace", book: "Casebook") -> "date":
    """The day on which a verb acts; `DoubtfulDay` if it does not fit what the store has."""
    return book.days.sure(given.today(arguments))


def _damaged(arguments: "argparse.Namespace", count: int) -> str:

    return given.say(arguments)("store.damaged", count=count)


@contextmanager
def book(arguments: "argparse.Namespace") -> "Iterator[Casebook]":
    """All cases of the store, for the time of the block."""
    from desk.cases.book import Casebook

    with vault(arguments) as opened:
        held = Casebook(opened)
        if opened.faults:
            print(_damaged(arguments, len(opened.faults)), file=sys.stderr)
        yield held
