"""Whether an answer repeats a complaint, in step 7: whoever has a copy of the board may read it.

Comes in: a case and the text of an answer. Goes out: yes or no. It refuses to judge the words of
standard answers, which are the same for everybody.
"""

from collections.abc import Iterator
from datetime import date

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.leak.known import Span
from desk.leak.leak import LeakSource, leaks
from desk.letters import answers
from desk.letters.untold import names, stories


def _standard(text: str) -> Iterator[Span]:
    """Where words of standard answers stand, with the blanks behind them."""
    for piece in answers.pieces():
        start = text.find(piece)
        if start >= 0:
            rest = text[start + len(piece) :]
            yield start, len(text) - len(rest.lstrip())


def repeats(book: Casebook, case: Case, text: str, *, today: date) -> bool:
    """Whether a text says what she is called, a number of hers, or six words as she told them."""
    fixed, years = list(_standard(text)), (today.year - 1, today.year)
    who = leaks(text, LeakSource(names=names(book, case), years=years), fixed=fixed)
    told = leaks(text, LeakSource(texts=stories(book, case), years=years), fixed=fixed)
    # Words of her story with a capital are no names here: "Morgen", "Politie".
    is_named = any(leak.kind in ("name", "number") for leak in who)
    return is_named or any(leak.kind in ("phrase", "number") for leak in told)
