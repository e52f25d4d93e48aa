"""Shared by the tests of hints: a desk with all that it has, and the play of a hint, line by line.

A play is a list of lines. `! VERB` makes the cause: the verb is refused, with this hint. Any other
line is what the hint advises, and has to succeed: a verb, `$ COMMAND` of the shell, `2 VERB` that does
a part, `tty VERB` that shows words at a terminal. With `(line, words)` words are typed for it.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch

from desk import strings
from desk.cases.book import Casebook
from desk.keys import ceremony as putting
from desk.keys import secret_keys, shares
from desk.online import trust
from desk.store import create, handlers, wrap
from desk.store.vault import Vault
from desk.wire import verifier
from tests import boards, ceremony, intakes, trusted, verbs
from tests.cases import HANDLER, TODAY, receive
from tests.letter_samples import ALL, STORY, passes
from tests.samples import SEED, complaint, put, sealed
from tests.vaults import WORDS

Words = str | Mapping[str, str]
Step = str | tuple[str, Words]
Plays = Mapping[str, Sequence[Step]]

DAYS = (date(2026, 10, 1), date(2026, 12, 31))
NAMED, HEARD, POURED, FOREIGN = "blauwe zwaan", "gouden pad", "zwarte meeuw", "bruine beer"
AGREED = {"consent": ALL}
TWINS = ("cd" * 16, "cd" * 15 + "ef")
CLOSED_DOOR = "http://127.0.0.1:9"  # the port of `discard`, where nobody listens
_READ = cache(strings.read)  # the words of a language, once and not for each verb
AGES_AGO = (date(2020, 1, 1), date(2020, 3, 31))
BRAM = "bram"
MANY = "\n".join([WORDS] * 4)  # for as many as are asked
# What asks nobody for a passphrase, or does so at its own terminal.
_UNASKED = re.compile(
    r"(fetch|verify|publish|purge|answers|partners|practice|rehearse|init|handler list"
    r"|key (new|list|rotate)|canary (send|watch)|bundle check)\b(?!-)"
)


def make_desk(folder: Path) -> dict[str, str]:
    """Make stores, keys, sticks and a drop; returns where each lies, by the name that plays use."""
    with Vault.open(verbs.make(folder / "store"), HANDLER, WORDS) as vault:
        book = Casebook(vault)
        intakes.keep_key(book, SEED, TODAY)
        boards.keep_board_key(book)
        _receive(book)
        store_id = vault.store_id
    both = {HANDLER: WORDS, BRAM: WORDS}
    ceremony.make_store(folder / "two", both)
    ceremony.make_store(folder / "other", {HANDLER: WORDS})
    with intakes.opened(folder / "other") as book:
        intakes.keep_key(book, SEED, TODAY)
    ceremony.make_store(folder / "fresh", {HANDLER: WORDS})
    with Vault.open(folder / "fresh", HANDLER, WORDS) as vault:
        boards.keep_board_key(Casebook(vault))
        boards.put_cases(Casebook(vault), "fresh")
        fresh_id = vault.store_id
    ceremony.make_store(folder / "training", {HANDLER: WORDS}, practice=True)
    for name in ("stick", "drop", "site", "empty", "late"):
        (folder / name).mkdir()
    for name in ("stick", "drop"):
        for number in range(2):
            put(folder / name / "in", _object(number))
    trusted.folder(folder)
    found = {path.name: str(path) for path in folder.iterdir()}
    found |= {name: str(folder / name) for name in ("none", "copy", "board", "list", "folder")}
    ids = {"store_id": store_id, "fresh_id": fresh_id, "url": "", "away": CLOSED_DOOR}
    ids |= {"pin": str(next((folder / "trust").glob("site-*.pub")))}
    return found | ids | _keys(folder)


def _receive(book: Casebook) -> None:
    """Cases of somebody who gave a name, of a professional, and of a flood with a code."""
    told: dict[str, object] = {"story": STORY} | boards.fields("named")
    told |= {"municipality": "Zwolle", "address_as": "Anna", "contact": "bel 06-48210099"}
    receive(book, told | passes("name", "municipality", "help") | AGREED, pseudonym=NAMED)
    receive(book, {"role": "professional"} | AGREED, pseudonym=HEARD)
    foreign = told | {"address_as": "Анна"} | passes("name", "municipality", "help") | AGREED
    receive(book, foreign, pseudonym=FOREIGN)
    for subject in TWINS:
        receive(book, subject=subject)
    receive(book, boards.fields("poured"), pseudonym=POURED, flood="6f" * 16)


class _Site(SimpleHTTPRequestHandler):
    """The files of a site, and a drop that takes everything."""

    def do_POST(self) -> None:
        self.send_response(503 if "localhost" in self.headers["Host"] else 204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: str) -> Iterator[str]:
    """Serve a folder on this machine; gives its address."""
    handler = partial(_Site, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _object(number: int) -> bytes:
    return sealed(complaint(complaint_id=f"{number:032x}", story=f"Verhaal {number}."))


def keys_of_training(folder: Path) -> tuple[Path, Path]:
    """Make a practice intake key; returns both halves."""
    made = secret_keys.make("intake", created=DAYS[0].isoformat(), practice=True)
    secret = secret_keys.write(made, folder, None)
    putting._write_public(made, DAYS, folder)
    return secret, secret.with_suffix(".pub")


def _sheets(key: secret_keys.SecretKey) -> dict[str, str]:
    """The sheets of a key, and some that are not typed as they are printed."""
    first, second, _ = shares.split(key.seed)
    typed = {
        "sheet1": first,
        "sheet2": second,
        "slip": ("x", *first[1:]),
        "muddled": first[::-1],
        "stranger": shares.split(SEED)[0],
    }
    return {name: " ".join(words) for name, words in typed.items()}


def _keys(folder: Path) -> dict[str, str]:
    real = folder / "keys"
    (folder / "toys").mkdir()
    made = {use: ceremony.locked_key(real, use, DAYS, WORDS) for use in ("intake", "board", "site")}
    training = keys_of_training(folder / "toys")
    found = {f"{use}_key": str(real / f"{use}-{key.id}.key") for use, key in made.items()}
    ids = {f"{use}_id": key.id for use, key in made.items()}
    toys = {"toy_key": str(training[0]), "toy_half": str(training[1]), "toys": str(folder / "toys")}
    aged = ceremony.locked_key(folder / "aged", "intake", AGES_AGO, WORDS)
    found |= {"aged": str(folder / "aged"), "aged_id": aged.id} | _sheets(made["intake"])
    put(folder / "post" / "in", sealed(complaint(), seed=made["intake"].seed))
    return found | ids | toys | {"keys": str(real), "post": str(folder / "post")}


def _verified(request: Mapping[str, Any]) -> Any:  # Any: JSON
    return json.loads(json.dumps(verifier._answer(json.loads(json.dumps(request)))))


@contextmanager
def cheap() -> Iterator[None]:
    """Let Argon2id do the least work there is, and verify here, for the time of the block.

    That the verifier is a process of its own is seen in test_publish_trust.py.
    """
    with (
        patch.object(handlers.rekey, "__kwdefaults__", {"work": wrap.MINIMUM}),
        patch.object(handlers.add, "__kwdefaults__", {"work": wrap.MINIMUM}),
        patch.object(trust, "ask", _verified),
        patch.object(strings, "read", _READ),
        patch.object(create.create, "__kwdefaults__", {"work": wrap.MINIMUM}),
    ):
        yield


class Room:
    """A copy of that desk, in which one hint is played."""

    def __init__(self, model: Path, names: Mapping[str, str], folder: Path) -> None:
        folder.mkdir()
        self._model = model
        self.names = {
            name: text.replace(str(model), str(folder), 1) for name, text in names.items()
        }
        self.names["here"] = str(folder)

    def _furnish(self, steps: Sequence[Step]) -> None:
        """Copy what the steps name, and nothing else of that desk."""
        here = Path(self.names["here"])
        said = " ".join(one if isinstance(one, str) else one[0] for one in steps)
        paths = [Path(path) for name, path in self.names.items() if f"{{{name}}}" in said]
        inside = {path.relative_to(here).parts[0] for path in paths if here in path.parents}
        for name in inside & set(os.listdir(self._model)):
            shutil.copytree(self._model / name, here / name, symlinks=True)

    def play(self, hint: str, steps: Sequence[Step]) -> None:
        """Make the cause and do what the hint says, in order."""
        self._furnish(steps)
        if any("{url}" in str(step) or "{trouble}" in str(step) for step in steps):
            with served(self.names["site"]) as self.names["url"]:
                # The same site, and a drop in trouble.
                self.names["trouble"] = self.names["url"].replace("127.0.0.1", "localhost")
                self._play(hint, steps)
        else:
            self._play(hint, steps)

    def _play(self, hint: str, steps: Sequence[Step]) -> None:
        refused = 0
        for step in steps:
            line, words = (step, WORDS) if isinstance(step, str) else step
            mark, _, rest = line.partition(" ")
            if mark.endswith("!"):
                refused += 1
                self._refused(mark, rest, words, hint)
            else:
                self._done(mark, line, rest, words)
        assert refused
        assert not mark.endswith("!")  # what is advised comes last

    def hear(self, said: str, steps: Sequence[Step]) -> None:
        """Hear an advice with `? VERB`, do it, and hear it no more when the last verb runs."""
        heard = re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(said)))
        self._furnish(steps)
        for line in map(str, steps[:-1]):
            mark, _, rest = line.partition(" ")
            if mark == "?":
                done = self._run(rest, WORDS)
                assert heard.search(done.out + done.err), (line, done)
            else:
                self._done(mark, line, rest, WORDS)
        done = self._run(str(steps[-1]), WORDS)
        assert done.status == 0, done
        assert not heard.search(done.out + done.err), done

    def _argv(self, line: str) -> list[str]:
        argv = shlex.split(line.format_map(self.names))
        by_clock = "--by-clock" in argv  # of this machine
        if by_clock:
            argv.remove("--by-clock")
        return argv if by_clock or "--today" in argv else [*argv, "--today", TODAY.isoformat()]

    def _run(self, line: str, words: Words) -> verbs.Done:
        argv = [verbs.FD if one == "FD" else one for one in self._argv(line)]
        if not _UNASKED.match(line):
            argv += ["--passphrase-fd", verbs.FD]
        if isinstance(words, str):
            return verbs.run(*argv, words=words.format_map(self.names) if words != WORDS else MANY)
        return verbs.run(*argv, said=words)

    def _at_a_terminal(self, mark: str, line: str) -> verbs.Done:
        """Everything that is asked is typed; with `mute!` no words are typed back."""

        def answer(question: str) -> str:
            if mark == "mute!" and question.endswith("from your paper: "):
                return ""
            asked = re.search(r"sheet (\d)", question)
            return self.names[f"sheet{asked[1]}"] if asked else WORDS

        argv = self._argv(line)
        back = "\0" if mark == "mute!" else ceremony.ASKED_BACK
        with patch.object(ceremony, "ASKED_BACK", back):
            status, shown = ceremony.at_a_forked_terminal(argv, answer)
        return verbs.Done(status, "", shown)

    def _alone(self, line: str) -> verbs.Done:
        """In a process of its own, without any terminal."""
        command = [sys.executable, "-m", "desk", *self._argv(line)]
        done = subprocess.run(
            command,
            cwd=ceremony.ROOT,
            start_new_session=True,
            capture_output=True,
            text=True,
            check=False,
        )
        return verbs.Done(done.returncode, done.stdout, done.stderr)

    def _refused(self, mark: str, line: str, words: Words, hint: str) -> None:
        if mark == "alone!":
            done = self._alone(line)
        else:
            typed = mark in ("tty!", "mute!")
            done = self._at_a_terminal(mark, line) if typed else self._run(line, words)
        said = re.escape(hint.replace("X", "\0")).replace("\0", ".+")
        assert done.status in (1, 2, 3), (line, done)
        assert re.search(f"^hint: {said}$", done.err, re.M), (line, done.err)

    def _done(self, mark: str, line: str, rest: str, words: Words) -> None:
        if mark == "$":
            subprocess.run(
                rest.format_map(self.names), shell=True, check=True, cwd=self.names["here"]
            )
        elif mark == "tty":
            done = self._at_a_terminal(mark, rest)
            assert done.status == 0, (line, done)
        else:
            done = self._run(rest if mark == "2" else line, words)
            assert done.status == (2 if mark == "2" else 0), (line, done)
            assert "hint:" not in done.err, (line, done)
