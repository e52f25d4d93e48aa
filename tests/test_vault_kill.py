"""The case store is killed at random moments while a handler works in it.

After each kill, every event that was told as kept is there, every erasure that was told as done is
done, no batch is there in part, and nothing is left over.
"""

import os
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from desk.errors import DeskError
from desk.store import batch, copy, disk, handlers
from desk.store.check import check, keys_left
from desk.store.vault import Vault, new_subject
from tests.kills import kill_once
from tests.soak import count
from tests.vaults import CHEAP, HANDLER, erase, event, make_store, opened

KILLS = count(5_000, 30)
KILLS_OF_ONE_STORE = 12  # then a new one, so that checking it stays quick
SEED = 20261122
MOST_LINES = 4  # that the process tells before the clock of the kill begins
LATEST_KILL_SECONDS = 0.02
LARGE, SMALL = 256, 3


@dataclass
class Told:
    """What the killed process had told: texts kept per subject, and what may have happened."""

    kept: dict[str, list[str]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    begun: set[str] = field(default_factory=set)  # erasures announced before they began
    words: list[str] = field(default_factory=lambda: ["0"])
    elsewhere: tuple[str, str] = ("", "")  # subject and text that only the copy has
    lines: int = 0

    def take(self, line: str) -> None:
        """Take in one line of the process."""
        what, *rest = line.split(" ")
        self.lines += 1
        if what == "kept":
            for subject in rest[1:]:
                self.kept.setdefault(subject, []).append(rest[0])
        elif what == "erased":
            self.erased.add(rest[0])
        elif what == "erasing":
            self.begun.add(rest[0])
        elif what == "words":
            self.words.append(rest[0])
        elif what == "merged":
            self.kept.setdefault(self.elsewhere[0], []).append(self.elsewhere[1])


class Handler:
    """Works in a store until it is killed, and tells through a pipe what was done."""

    def __init__(self, vault: Vault, other: Path, *, seed: int, pipe: int) -> None:
        self.vault, self.other, self.pipe = vault, other, pipe
        self.draw = random.Random(seed)
        self.subjects = sorted(
            subject
            for subject in vault.subjects()
            if int(subject, 16) and not vault.is_erased(subject)
        )

    def tell(self, *words: str) -> None:
        os.write(self.pipe, (" ".join(words) + "\n").encode("ascii"))

    def keep(self, subjects: list[str]) -> None:
        """Keep one batch; its text tells how many events must be there together."""
        text = f"{new_subject()}/{len(subjects)}"
        self.vault.append([event(subject, text) for subject in subjects])
        self.tell("kept", text, *subjects)

    def add(self, number: int) -> None:
        fresh = [new_subject() for _ in range(number)]
        self.keep(fresh)
        self.subjects += fresh[:SMALL]

    def erase(self) -> None:
        subject = self.subjects.pop(self.draw.randrange(len(self.subjects)))
        self.tell("erasing", subject)
        erase(self.vault, subject)
        self.tell("erased", subject)

    def rekey(self) -> None:
        words = new_subject()
        self.tell("words", words)
        handlers.rekey(self.vault, {HANDLER: words}, work=CHEAP)

    def merge(self) -> None:
        try:
            copy.merge(self.vault, self.other)
        except DeskError as refused:
            if "store key was changed" not in refused.message:
                raise
        else:
            self.tell("merged")

    def act(self) -> None:
        dice = self.draw.random()
        if dice < 0.04 and self.other.exists():
            self.merge()
        elif dice < 0.08:
            self.rekey()
        elif dice < 0.2 and len(self.subjects) > SMALL:
            self.erase()
        elif dice < 0.3:
            self.add(LARGE)
        elif dice < 0.5 or not self.subjects:
            self.add(SMALL)
        else:
            self.keep(self.draw.sample(self.subjects, min(SMALL, len(self.subjects))))


def reopened(store: Path, told: Told) -> Vault:
    """Open the store with the last words told that fit, which must be one of the last two."""
    for words in told.words[:-3:-1]:
        try:
            vault = opened(store, HANDLER, words)
        except DeskError:
            continue
        told.words = [words]
        return vault
    raise AssertionError("neither the old nor the new words open the store")


def check_after_kill(vault: Vault, told: Told) -> None:
    """Hold what was told against what is there."""
    assert check(vault).findings == ()
    found: dict[str, list[str]] = {}
    for place, one in vault.events():
        if "text" in one.values:
            text = str(one.values["text"])
            found.setdefault(one.subject, []).append(text)
            whole = batch.parse(disk.batch_path(vault.path, place.batch).read_bytes())
            assert len(whole.offsets) - 1 == int(text.split("/")[1])
    gone = {subject for subject in told.begun if vault.is_erased(subject)}
    assert told.erased <= gone
    assert keys_left(vault, gone) == frozenset()
    for subject, kept in told.kept.items():
        assert subject in gone or set(kept) <= set(found[subject])
    # What was under way and was not told may be there, whole; from now on it counts as told.
    told.kept = found
    told.begun = gone


def work_in_copy(other: Path, told: Told) -> None:
    """Keep something in a copy, for a later merge."""
    told.elsewhere = (new_subject(), f"{new_subject()}/1")
    with opened(other, HANDLER, told.words[-1]) as vault:
        vault.append([event(*told.elsewhere)])


def round_of_kills(folder: Path, draw: random.Random, kills: int) -> int:
    """Kill one store so many times; the number of lines that were told."""
    store, other, told = make_store(folder), folder / "other", Told()
    with opened(store) as vault:
        handlers.rekey(vault, {HANDLER: "0"}, work=CHEAP)
    for _ in range(kills):
        seed = draw.randrange(2**32)

        def work(pipe: int, seed: int = seed) -> None:
            with reopened(store, told) as vault:
                handler = Handler(vault, other, seed=seed, pipe=pipe)
                handler.tell("ready")
                while True:
                    handler.act()

        delay = draw.uniform(0, LATEST_KILL_SECONDS)
        kill_once(told.take, work, lines=draw.randrange(MOST_LINES), delay=delay)
        with reopened(store, told) as vault:
            check_after_kill(vault, told)
        if draw.random() < 0.2:
            shutil.rmtree(other, ignore_errors=True)
            shutil.copytree(store, other)
            work_in_copy(other, told)
    return told.lines


def test_nothing_told_is_lost_and_nothing_is_there_in_part(tmp_path: Path) -> None:
    """However the kill falls: small and large batches, new subjects, erasures, keys, merges."""
    draw = random.Random(SEED)
    lines = 0
    for number in range(0, KILLS, KILLS_OF_ONE_STORE):
        kills = min(KILLS_OF_ONE_STORE, KILLS - number)
        lines += round_of_kills(tmp_path / str(number), draw, kills)
        shutil.rmtree(tmp_path / str(number))
    print(f"kills {KILLS}, seed {SEED}, told {lines}")
    # Kills that came before anything was done would prove nothing.
    assert lines > KILLS
