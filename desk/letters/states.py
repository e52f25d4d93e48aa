"""What a sender reads where the desk is with her case, step 7: the line of a status in her language and in Dutch.

Comes in: a word of WIRE.md section 8 and a language. Goes out: the line as the answer page shows it, and the
Dutch. It refuses to know a case; the texts are those of the site, and a test holds them to it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desk import strings

FOLDER = Path(__file__).with_name("states")
DUTCH = "nl"
_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Line:
    """The line as she reads it, its language, and the Dutch."""

    text: str
    language: str
    dutch: str


@cache
def _texts(language: str) -> dict[str, str]:
    return strings.read(FOLDER / f"{language}.po")


@cache
def languages() -> frozenset[str]:
    """Every language that has the lines."""
    return frozenset(path.stem for path in FOLDER.glob("*.po"))


def line(word: str, language: str) -> Line:
    """The line of a status in a language, or in English where there is none in it."""
    spoken = language if language in languages() else _FALLBACK
    return Line(_texts(spoken)[word], spoken, _texts(DUTCH)[word])
