"""The passphrase of a secret key, for the key ceremony and step 6.

Comes in: a terminal, or a file descriptor with a line per passphrase. Goes out: seven drawn words,
or what was typed. It refuses to know any key, and keeps nothing.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path
from typing import TextIO

from desk.errors import DeskError

WORDS = 7  # of 7,776 each: 90 bits
_LIST = "wordlist_en_eff.txt"

Ask = Callable[[str], str]


def _word_list() -> list[str]:
    import diceware

    path = Path(diceware.__file__).parent / "wordlists" / _LIST
    # Each line holds five dice and a word: "11111 abacus".
    return [line.split()[-1] for line in path.read_text("utf-8").splitlines() if line.strip()]


def draw() -> str:
    """Draw seven words from the EFF list with the platform's randomness, joined by spaces."""
    words = _word_list()
    return " ".join(secrets.choice(words) for _ in range(WORDS))


@contextmanager
def terminal() -> Iterator[TextIO]:
    """What a person sees and no file keeps, whatever the output is sent to."""
    try:
        screen = open("/dev/tty", "w", encoding="utf-8")  # noqa: SIM115 (closed below)
    except OSError:
        hint = "run this at a terminal"
        raise DeskError("there is no terminal to show a secret on", hint) from None
    with screen:
        yield screen


@contextmanager
def shown_once(of: str = "this key") -> Iterator[str]:
    """Draw a passphrase; show it on the terminal, never in a file, when the block has succeeded.

    `of` says in the text what the words are the passphrase of.
    """
    passphrase = draw()
    with terminal() as screen:
        yield passphrase
        screen.write(
            f"\nThe passphrase of {of}, shown now and never again:\n\n"
            f"    {passphrase}\n\n"
            "Write the seven words on paper and check them letter by letter. Without them nobody\n"
            "can open it, and nobody can make them again. Keep the paper away from the\n"
            "computer. Then close this window, so that the words are gone from the screen.\n\n"
        )


def typed(prompt: str) -> str:
    """Ask at the terminal, without showing what is typed."""
    return getpass(prompt)


def from_descriptor(number: int) -> Ask:
    """Read one passphrase a line from an open file descriptor.

    Not from an argument or the environment: other programs can read those.
    """
    try:
        lines = os.fdopen(number, encoding="utf-8", errors="replace", closefd=False)
    except OSError:
        raise DeskError(f"the file descriptor {number} is not open for reading") from None
    return lambda _prompt: lines.readline().rstrip("\n")
