"""Shared by the tests of the verbs: one verb run in this process, and a store with a case of each kind."""

import json
import os
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from desk import cli, offline
from desk.cases.book import Casebook
from tests.boards import follow_up
from tests.cases import TODAY, WITH_CODE, event, make_store, receive
from tests.intakes import keep_key
from tests.samples import SEED, text
from tests.vaults import WORDS, opened

OPEN, OTHER, READY, CLOSED = "stille egel", "rode vos", "grote uil", "kleine das"
FLOODED, BUNDLE, FLOOD = "natte kat", "wijze eik", "5f" * 16
STORY = "Zij kwamen \u202ebinnen\x1b[2J zonder te vragen."
MAY_KNOW = {"pass_on": {"scope": "name", "to": ["help"]}}


@dataclass(frozen=True)
class Done:
    """What a verb did: its exit code and what it printed."""

    status: int
    out: str
    err: str


def _stay(*, serving: bool = False) -> None:
    """In place of `offline.enter`, which would close the process of all tests for good."""


def run(*arguments: object, words: str = WORDS, said: Mapping[str, str] | None = None) -> Done:
    """Run a verb in this process, with the words of the handler on a descriptor of their own.

    `said` comes behind them, as a line of JSON.
    """
    reading, writing = os.pipe()
    os.write(writing, f"{words}\n".encode())
    if said is not None:
        os.write(writing, f"{json.dumps(said)}\n".encode())
        arguments = (*arguments, "--words-fd", FD)
    os.close(writing)
    out, err = (TextIOWrapper(BytesIO(), write_through=True) for _ in range(2))
    texts = [str(reading) if one is FD else str(one) for one in arguments]
    with patch.object(offline, "enter", _stay), redirect_stdout(out), redirect_stderr(err):
        try:
            status = cli.main(texts)
        except SystemExit as end:  # of argparse, when --help was shown
            status = int(end.code or 0)
    os.close(reading)
    printed = (stream.buffer.getvalue().decode("utf-8") for stream in (out, err))  # type: ignore[attr-defined]
    return Done(status, *printed)


FD = object()  # stands for the number of that descriptor
AS_HANDLER = ("--passphrase-fd", FD, "--today", TODAY.isoformat())


def desk(*arguments: object, status: int = 0, said: Mapping[str, str] | None = None) -> str:
    """Run a verb of a store on the day of the tests and see how it ends; returns what it printed."""
    done = run(*arguments, *AS_HANDLER, said=said)
    assert (done.status, done.err) == (status, ""), done
    return done.out


def tend(*arguments: object, status: int = 0) -> str:
    """Run a verb about a store as a whole, which needs no day; returns what it printed."""
    done = run(*arguments, "--passphrase-fd", FD)
    assert (done.status, done.err) == (status, ""), done
    return done.out


def rested(store: Path, day: str) -> None:
    """Say that it is a later day, as a person does after a long rest of the desk."""
    done = run("day", store, day, *AS_HANDLER, "--today", day)
    assert done.status == 0, done.err


def refused(*arguments: object, said: Mapping[str, str] | None = None) -> str:
    """Run a verb that ends in 1 with nothing printed; returns the message and the hint."""
    done = run(*arguments, *AS_HANDLER, said=said)
    assert (done.status, done.out) == (1, ""), done
    return done.err


def make(path: Path) -> Path:
    """Make a store with a case that is new, one in a bundle, one closed and one of a flood."""
    with make_store(path) as vault:
        book = Casebook(vault)
        receive(book, MAY_KNOW | WITH_CODE | {"story": STORY}, pseudonym=OPEN)
        receive(book, {"topics": ["violence"]}, pseudonym=OTHER)
        receive(book, {"story": "Een ander verhaal."}, pseudonym=FLOODED, flood=FLOOD)
        made = event("bundle_made", "ee" * 16, pseudonym=BUNDLE, title="checks")
        closed = receive(book, pseudonym=CLOSED).subject
        ready = receive(book, {"municipality": "Ede"}, pseudonym=READY).subject
        book.add([made, event("closed", closed)])
        book.add([event("bundled", ready, bundle="ee" * 16)])
        words = text(follow_up(READY, "withdraw")).decode()
        book.add([event("followed_up", ready, complaint=words, ask="withdraw")])
        book.add([event(kind, ready) for kind in ("referred", "deadline_set", "outcome", "tried")])
    return path


def make_with_key(path: Path) -> Path:
    """Make an empty store that holds the intake key of `samples.SEED`."""
    with make_store(path) as vault:
        keep_key(Casebook(vault), SEED, TODAY)
    return path


def written(store: Path) -> list[str]:
    """Return the kinds of all events in a store."""
    with opened(store) as vault:
        return [event.kind for _, event in vault.events()]
