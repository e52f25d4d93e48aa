"""Shared by the tests of the keys in the desk's life: a cheap Argon2id, a terminal, stores and folders."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk import cli
from desk.keys import ceremony, secret_keys
from desk.keys.passphrase import Ask
from desk.store import create as making
from desk.store import handlers, wrap
from desk.store.vault import Vault
from desk.wire.keylist import Use

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2027, 1, 1)
_THE_END = "that was all: "
ASKED_BACK = "from your paper: "

# The first terminal that the leader of a session opens becomes its own.
_OWN_TERMINAL = (
    "import os, sys; os.open(os.ttyname(0), os.O_RDWR); "
    "from tests.ceremony import cheap; cheap(); "
    "from desk.cli import main; sys.exit(main(sys.argv[1:]))"
)


def cheap() -> None:
    """Let Argon2id do the least work there is, in this process only."""
    secret_keys.write.__defaults__ = (secret_keys.MINIMUM,)
    for function in (making.create, handlers.add, handlers.rekey, wrap.lock):
        function.__kwdefaults__ = {"work": wrap.MINIMUM}


@contextmanager
def cheaply() -> Iterator[None]:
    """`cheap` for the time of the block: what follows in this process pays the whole price again."""
    functions = (making.create, handlers.add, handlers.rekey, wrap.lock)
    before = secret_keys.write.__defaults__, [one.__kwdefaults__ for one in functions]
    cheap()
    try:
        yield
    finally:
        secret_keys.write.__defaults__ = before[0]
        for function, work in zip(functions, before[1], strict=True):
            function.__kwdefaults__ = work


@dataclass(frozen=True)
class Done:
    """What a verb did: its exit code, what it printed, and what only the terminal showed."""

    status: int
    printed: str
    shown: str


def desk(*arguments: object, typed: Sequence[str] = (), said: bool = False) -> Done:
    """Run a verb of the tool in a process with a terminal of its own, typing the lines given.

    With `said`, words for the verb stand in the last line.
    """
    controller, terminal = pty.openpty()
    reading, writing = os.pipe()
    os.write(writing, "".join(line + "\n" for line in typed).encode())
    os.close(writing)
    command = [sys.executable, "-c", _OWN_TERMINAL, *map(str, arguments)]
    if typed:
        command += ["--passphrase-fd", str(reading)]
        command += ["--words-fd", str(reading)] * said
    with subprocess.Popen(
        command,
        cwd=ROOT,
        start_new_session=True,
        pass_fds=(reading,),
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        os.close(terminal)
        os.close(reading)
        assert process.stdout is not None
        with ThreadPoolExecutor(1) as reader:  # what is printed, while the terminal asks
            printed = reader.submit(process.stdout.read)
            shown = "".join(_answered(controller))
    os.close(controller)
    return Done(process.returncode, printed.result().decode(), shown)


def _answered(controller: int) -> Iterator[str]:
    """What a terminal shows; seven words that are asked back are typed as they were shown."""
    shown = ""
    for octets in _until_closed(controller):
        yield octets
        shown += octets
        if shown.endswith(ASKED_BACK):
            os.write(controller, f"{words_on(shown)}\n".encode())
            shown = ""


def at_a_terminal(
    *arguments: object, answer: Callable[[str], str], program: str = _OWN_TERMINAL
) -> tuple[int, str]:
    """Run a verb as a person does: `answer` gets each question, and what it returns is typed.

    Seven words that are asked back are typed as they were shown. Returns the exit code and
    everything that the terminal showed.
    """
    controller, terminal = pty.openpty()
    command = [sys.executable, "-c", program, *map(str, arguments)]
    streams = {"stdin": terminal, "stdout": terminal, "stderr": terminal}
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True, **streams) as process:
        os.close(terminal)
        shown = _conversation(controller, answer)
    return process.returncode, shown


def at_a_forked_terminal(argv: Sequence[str], answer: Callable[[str], str]) -> tuple[int, str]:
    """The same in a fork of this process, which has nothing to load first."""
    child, controller = pty.fork()
    if child == 0:
        status = 99  # a child that came back here would run the rest of the tests
        with suppress(BaseException):
            sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 (the process ends)
            sys.stdout, sys.stderr = (
                open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
                for number in (1, 2)
            )
            cheap()
            status = cli.main(list(argv))
            sys.stderr.flush()
            # What a terminal has not shown when its last process ends may be lost.
            print(_THE_END, end="", flush=True)
            sys.stdin.readline()
        os._exit(status)
    shown, _, _ = _conversation(controller, answer).partition(_THE_END)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown


def _conversation(controller: int, answer: Callable[[str], str]) -> str:
    """Answer every question at a terminal until it is closed; what it showed."""
    shown = asked = ""
    for octets in _until_closed(controller):
        shown += octets
        asked += octets
        if asked.endswith(": "):
            typed = words_on(asked) if asked.endswith(ASKED_BACK) else answer(asked)
            os.write(controller, f"{typed}\n".encode())
            asked = ""
    os.close(controller)
    return shown.replace("\r\n", "\n")


def _until_closed(controller: int) -> Iterator[str]:
    while True:
        try:
            yield os.read(controller, 65_536).decode()
        except OSError:  # the process has ended, and with it the other end
            return


def words_on(shown: str) -> str:
    """The seven words that a terminal showed."""
    return shown.split("never again:")[1].split("\r\n\r\n")[1].strip()


def typing(lines: Iterable[str]) -> Ask:
    """Answer each question with the next line, and with an empty one when there are no more."""
    rest = iter(lines)
    return lambda prompt: next(rest, "")


def locked_key(
    folder: Path, use: Use, days: tuple[date, date], words: str
) -> secret_keys.SecretKey:
    """A real key in its folder, locked with cheap work: both halves."""
    folder.mkdir(parents=True, exist_ok=True)
    key = secret_keys.make(use, created=days[0].isoformat(), practice=False)
    secret_keys.write(key, folder, words, secret_keys.MINIMUM)
    ceremony._write_public(key, days, folder)
    return key


@contextmanager
def opened(path: Path, name: str, words: str) -> Iterator[Vault]:
    """An opened store, closed at the end of the block."""
    with Vault.open(path, name, words) as vault:
        yield vault


def make_store(path: Path, people: dict[str, str], *, practice: bool = False) -> Path:
    """A store that each of the people can open with their words."""
    (first, words), *others = people.items()
    making.create(path, first, words, practice=practice, work=wrap.MINIMUM)
    with Vault.open(path, first, words) as vault:
        for name, passphrase in others:
            handlers.add(vault, name, passphrase, work=wrap.MINIMUM)
    return path
