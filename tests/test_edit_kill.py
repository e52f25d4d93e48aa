"""A handler works on cases and is killed at random moments: what the desk said it did is there, whole.

The store's own kills are in `test_vault_kill.py`; here the deeds are those of the daily screen, and
what counts is the case that is folded from their events afterwards.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.store.check import check
from desk.store.vault import Vault
from desk.work.actions import perform
from tests.kills import kill_once
from tests.samples import count
from tests.screens import CODE, HANDLER, PASSPHRASE, TODAY, make_store, put_case

KILLS = count(1_000, 20)
KILLS_OF_ONE_STORE = 10  # then a new one, so that folding it stays quick
SEED = 20261122
CASES = 4
MOST_LINES = 4
LATEST_KILL_SECONDS = 0.02


def note(book: Casebook, case: Case, mark: str) -> None:
    perform(book, case, "note", {"text": mark}, today=TODAY)


def answer(book: Casebook, case: Case, mark: str) -> None:
    """Two events at once: the answer, and that it reports back."""
    given = {"text": mark, "language": "nl", "reports_back": "yes"}
    perform(book, case, "answer", given, today=TODAY)


def bundle(book: Casebook, case: Case, mark: str) -> None:
    """Two subjects at once: a bundle with this title, and the case in it."""
    if case.bundle:
        perform(book, case, "unbundle", {}, today=TODAY)
    perform(book, case, "bundle", {"title": mark}, today=TODAY)


DEEDS: dict[str, Callable[[Casebook, Case, str], None]] = {
    "note": note,
    "answer": answer,
    "bundle": bundle,
}


def work_on(store: Path, seed: int, pipe: int) -> None:
    """Do one deed after the other, and tell each when the desk says that it was done."""
    draw, number = random.Random(seed), 0
    with Vault.open(store, HANDLER, PASSPHRASE) as vault:
        book = Casebook(vault)
        cases = [case for case in book.cases.values() if case.kind == "complaint"]
        os.write(pipe, b"ready\n")
        while True:
            name, case, number = draw.choice(sorted(DEEDS)), draw.choice(cases), number + 1
            mark = f"{seed}-{number}"
            DEEDS[name](book, case, mark)
            os.write(pipe, f"{name} {case.subject} {mark}\n".encode("ascii"))


def expect_whole(book: Casebook, told: list[str]) -> None:
    """Every deed that was told is in its case; a deed of two halves has both or none."""
    texts: dict[tuple[str, str], list[str]] = {}
    for case in book.cases.values():
        for entry in case.thread:
            if entry.kind in ("noted", "answered"):
                found = str(book.vault.read(entry.place).values["text"])
                texts.setdefault((case.subject, entry.kind), []).append(found)
        kinds = [entry.kind for entry in case.thread]
        assert kinds.count("answered") == kinds.count("reported_back")
        assert (case.kind == "bundle") or not case.bundle or case.bundle in book.cases
    titles = {one.title: one for one in book.bundles()}
    for line in told:
        name, subject, mark = line.split(" ")
        if name == "bundle":
            assert titles[mark].kind == "bundle"
        else:
            assert mark in texts[subject, {"note": "noted", "answer": "answered"}[name]]


def test_what_a_handler_did_is_there_whole_after_a_kill(tmp_path: Path) -> None:
    """However the kill falls, with the events that one deed makes together or not at all."""
    draw, lines, killed = random.Random(SEED), 0, 0
    while killed < KILLS:
        store, told = make_store(tmp_path), list[str]()
        with Vault.open(store, HANDLER, PASSPHRASE) as vault:
            for number in range(CASES):
                put_case(Casebook(vault), story=f"Klacht {number}.", **CODE)
        for _ in range(min(KILLS_OF_ONE_STORE, KILLS - killed)):
            seed, delay = draw.randrange(2**32), draw.uniform(0, LATEST_KILL_SECONDS)

            def work(pipe: int, store: Path = store, seed: int = seed) -> None:
                work_on(store, seed, pipe)

            kill_once(told.append, work, lines=draw.randrange(MOST_LINES), delay=delay)
            killed += 1
            with Vault.open(store, HANDLER, PASSPHRASE) as vault:
                assert check(vault).findings == ()
                expect_whole(Casebook(vault), told)
        lines += len(told)
        shutil.rmtree(store)
    print(f"kills {killed}, seed {SEED}, told {lines}")
    assert lines > killed  # kills before anything was done would prove nothing
