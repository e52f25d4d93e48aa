"""Names by which handlers speak of a case: two Dutch words, drawn at random, between steps 6 and 7.

Comes in: a claim whether a name is taken. Goes out: a name that is not. It refuses to know the case:
a name drawn at random tells nothing of a sender.
"""

import secrets
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from itertools import count

_FILE = "pseudonyms.txt"
_TRIES = 200  # nine of ten names may be taken, and one draw in a thousand million still fails
_NUMBERS = ("twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")

Taken = Callable[[str], bool]


@cache
def word_lists() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The adjectives and the nouns: kind, neutral, no word for a person, a body or a crime."""
    text = files(__package__).joinpath(_FILE).read_text(encoding="ascii")
    adjectives, nouns = text.split("\n\n")
    return tuple(adjectives.split()[1:]), tuple(nouns.split()[1:])


def numbered(name: str, taken: Taken) -> str:
    """The same two words with a number behind them: only for two stores that drew one name."""
    words = (f"{name} {number}" for number in (*_NUMBERS, *map(str, range(11, 100))))
    longer = (f"{name} {number}" for number in count(100))
    return next((new for new in words if not taken(new)), "") or next(
        new for new in longer if not taken(new)
    )


def draw(taken: Taken) -> str:
    """Two words that no case has; a third one, a number, once nearly all of them are taken."""
    adjectives, nouns = word_lists()
    for _ in range(_TRIES):
        first, second = divmod(secrets.randbelow(len(adjectives) * len(nouns)), len(nouns))
        name = f"{adjectives[first]} {nouns[second]}"
        if not taken(name):
            return name
    return numbered(name, taken)
