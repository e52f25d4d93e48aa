"""Shared by the tests of hints: a desk with all that it has, and the play of a hint, line by line.

A play is a list of lines. `! VERB` makes the cause: the verb is refused, with this hint. Any other
line is what the hint advises, and has to succeed: a verb, `$ COMMAND` of the shell, `2 VERB` that does
a part, `tty VERB` that shows words at a terminal. With `(line, words)` words are typed for it.
"""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

from desk import ceremony as putting
from desk import keys
from desk.store import handlers, wrap
from desk.store.vault import Vault
from tests import boards, ceremony, intakes, trusted, verbs
from tests.cases import HANDLER, PASSPHRASE, TODAY
from tests.samples import SEED, complaint, put, sealed

Words = str | Mapping[str, str]
Step = str | tuple[str, Words]
Plays = Mapping[str, Sequence[Step]]

DAYS = (date(2026, 10, 1), date(2026, 12, 31))
BRAM = "bram"
# What asks nobody for a passphrase, or does so at its own terminal.
_UNASKED = re.compile(
    r"(fetch|publish|purge|answers|partners|practice|rehearse|init|handler list"
    r"|key (new|list|rotate)|canary (send|check))\b(?!-)"
)


def make_desk(folder: Path) -> dict[str, str]:
    """Make stores, keys, sticks and a drop; returns where each lies, by the name that plays use."""
    with Vault.open(verbs.make(folder / "store"), HANDLER, PASSPHRASE) as vault:
        book = boards.Casebook(vault)
        intakes.keep_key(book, SEED, TODAY)
        boards.keep_board_key(book)
    both = {HANDLER: PASSPHRASE, BRAM: PASSPHRASE}
    ceremony.make_store(folder / "two", both)
    ceremony.make_store(folder / "other", {HANDLER: PASSPHRASE})
    with Vault.open(folder / "other", HANDLER, PASSPHRASE) as vault:
        intakes.keep_key(boards.Casebook(vault), SEED, TODAY)
    ceremony.make_store(folder / "training", {HANDLER: PASSPHRASE}, practice=True)
    for name in ("stick", "drop", "site", "empty", "late"):
        (folder / name).mkdir()
    for name in ("stick", "drop"):
        for number in range(2):
            put(folder / name / "in", _object(number))
    trusted.folder(folder)
    found = {path.name: str(path) for path in folder.iterdir()}
    found |= {name: str(folder / name) for name in ("none", "copy", "board", "list", "folder")}
    return found | _keys(folder)


def _object(number: int) -> bytes:
    return sealed(complaint(complaint_id=f"{number:032x}", story=f"Verhaal {number}."))


def keys_of_training(folder: Path) -> tuple[Path, Path]:
    """Make a practice intake key; returns both halves."""
    made = keys.make("intake", created=DAYS[0].isoformat(), practice=True)
    secret = keys.write(made, folder, None)
    putting._write_public(made, DAYS, folder)
    return secret, secret.with_suffix(".pub")


def _keys(folder: Path) -> dict[str, str]:
    real = folder / "keys"
    (folder / "toys").mkdir()
    made = {
        use: ceremony.locked_key(real, use, DAYS, PASSPHRASE) for use in ("intake", "board", "site")
    }
    training = keys_of_training(folder / "toys")
    found = {f"{use}_key": str(real / f"{use}-{key.id}.key") for use, key in made.items()}
    ids = {f"{use}_id": key.id for use, key in made.items()}
    toys = {"toy_key": str(training[0]), "toy_half": str(training[1]), "toys": str(folder / "toys")}
    return found | ids | toys | {"keys": str(real)}


@contextmanager
def cheap() -> Iterator[None]:
    """Let Argon2id do the least work there is, for the time of the block."""
    with (
        patch.object(handlers.rekey, "__kwdefaults__", {"work": wrap.MINIMUM}),
        patch.object(handlers.add, "__kwdefaults__", {"work": wrap.MINIMUM}),
    ):
        yield


class Room:
    """A copy of that desk, in which one hint is played."""

    def __init__(self, model: Path, names: Mapping[str, str], folder: Path) -> None:
        shutil.copytree(model, folder, symlinks=True)
        self.names = {
            name: text.replace(str(model), str(folder), 1) for name, text in names.items()
        }
        self.names["here"] = str(folder)

    def play(self, hint: str, steps: Sequence[Step]) -> None:
        """Make the cause and do what the hint says, in order."""
        refused = 0
        for step in steps:
            line, words = (step, PASSPHRASE) if isinstance(step, str) else step
            mark, _, rest = line.partition(" ")
            if mark == "!":
                refused += 1
                self._refused(rest, words, hint)
            else:
                self._done(mark, line, rest, words)
        assert refused and not line.startswith("!"), "a cause, and what is done about it"

    def _argv(self, line: str) -> list[str]:
        return shlex.split(line.format_map(self.names))

    def _run(self, line: str, words: Words) -> verbs.Done:
        argv: list[object] = list(self._argv(line))
        if "--today" not in line:
            argv += ["--today", TODAY.isoformat()]
        if not _UNASKED.match(line):
            argv += ["--passphrase-fd", verbs.FD]
        if isinstance(words, str):
            return verbs.run(*argv, words="\n".join([words] * (4 if words == PASSPHRASE else 1)))
        return verbs.run(*argv, said=words)

    def _refused(self, line: str, words: Words, hint: str) -> None:
        done = self._run(line, words)
        said = re.escape(hint.replace("X", "\0")).replace("\0", ".+")
        assert done.status in (1, 3), (line, done)
        assert re.search(f"^hint: {said}$", done.err, re.M), (line, done.err)

    def _done(self, mark: str, line: str, rest: str, words: Words) -> None:
        if mark == "$":
            subprocess.run(
                rest.format_map(self.names), shell=True, check=True, cwd=self.names["here"]
            )
        elif mark == "tty":
            status, shown = ceremony.at_a_terminal(
                *self._argv(rest), "--today", TODAY.isoformat(), answer=lambda _: PASSPHRASE
            )
            assert status == 0, (line, shown)
        else:
            done = self._run(rest if mark == "2" else line, words)
            assert done.status == (2 if mark == "2" else 0), (line, done)
            assert "hint:" not in done.err, (line, done)
