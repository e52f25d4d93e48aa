"""The passphrase of a secret key, for the key ceremony and step 6.

Comes in: a terminal, or a file descriptor with a line per passphrase. Goes out: seven drawn words,
or what was typed, and what may be wrong with it. It refuses to know any key, and keeps nothing.
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


def normal(text: str) -> str:
    """Seven words as a passphrase has them: in small letters, one space between them."""
    return " ".join(text.lower().split())


class WrongPassphrase(DeskError):
    """Words that open nothing; `slip` names the first thing about them that cannot be right.

    One of `count` (how many were typed), `word` (its `place` from 1, and the `near`est word of the
    list) or `other`. What was typed is not in it.
    """

    def __init__(self, message: str, text: str) -> None:
        words, known = normal(text).split(), _word_list()
        self.count, self.place, self.near = len(words), 0, ""
        self.slip = "other" if self.count == WORDS else "count"
        unknown = next((n for n, word in enumerate(words, 1) if word not in known), 0)
        if self.slip == "other" and unknown:
            self.slip, self.place = "word", unknown
            self.near = _nearest(words[unknown - 1], known)
        super().__init__(message, self._hint())

    def _hint(self) -> str:
        return {
            "count": f"a passphrase has seven words, and {self.count} were typed",
            "word": f"word {self.place} is not in the list; the nearest one is {self.near}",
            "other": "all seven are words of the list: are they of this key or handler, in order?",
        }[self.slip]


def _nearest(word: str, known: list[str]) -> str:
    from difflib import get_close_matches  # not needed by a verb that opens something

    return get_close_matches(word, known, n=1, cutoff=0)[0]


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

    Then it is asked back from the paper, until it is typed as it was shown. `of` says in the text
    what the words are the passphrase of. Raises `DeskError` when nobody types it.
    """
    passphrase = draw()
    with terminal() as screen:
        yield passphrase
        screen.write(
            f"\nThe passphrase of {of}, shown now and never again:\n\n"
            f"    {passphrase}\n\n"
            "Write the seven words on paper and check them letter by letter. Without them nobody\n"
            "can open it, and nobody can make them again. Keep the paper away from the\n"
            "computer.\n\n"
        )
        screen.flush()
        _ask_back(passphrase, screen)
        screen.write(
            "They are right. Close this window, so that the words are gone from the screen.\n\n"
        )


def _ask_back(passphrase: str, screen: TextIO) -> None:
    """Ask for the words on the paper; a wrong one is named by its place."""
    shown = passphrase.split()
    while True:
        words = normal(typed("Type the seven words from your paper: ")).split()
        if words == shown:
            return
        if not words:
            hint = "if they are not on paper, remove what was made just now, and make it again"
            raise DeskError("the seven words were not typed back", hint)
        if len(words) != WORDS:
            screen.write(f"Those were {len(words)} words. Look at the paper and at the screen.\n")
        else:
            wrong = [str(n) for n in range(1, WORDS + 1) if words[n - 1] != shown[n - 1]]
            screen.write(f"Not as shown: word {', '.join(wrong)}. Correct the paper.\n")
        screen.flush()


def typed(prompt: str) -> str:
    """Ask at the terminal, without showing what is typed; a window that is closed types nothing."""
    try:
        return getpass(prompt)
    except EOFError:
        return ""


def typed_openly(prompt: str) -> str:
    """Ask at the terminal and show what is typed."""
    try:
        return input(prompt)
    except EOFError:
        return ""


def from_descriptor(number: int) -> Ask:
    """Read one passphrase a line from an open file descriptor.

    Not from an argument or the environment: other programs can read those.
    """
    try:
        lines = os.fdopen(number, encoding="utf-8", errors="replace", closefd=False)
    except OSError:
        raise DeskError(f"the file descriptor {number} is not open for reading") from None
    return lambda _prompt: lines.readline().rstrip("\n")
