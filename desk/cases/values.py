"""What a value in an event may be, between steps 6 and 7: rules for texts, dates and numbers.

Comes in: a value. Goes out: whether it keeps the rule. It refuses to know kinds of events.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from desk.wire.board.heading import MAX_N, MIN_N
from desk.wire.canon import Value

LINE_CHARACTERS = 500  # the longest line that a sender can write, WIRE.md section 5
TEXT_CHARACTERS = 40_000
# Four slots of the reply board take so much; what is longer could never be published.
ANSWER_BYTES = 3_800
_EPOCHS = 2**32  # WIRE.md section 7.2
LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")  # WIRE.md section 5.1
_DAY_CHARACTERS = 10
_DAY = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")

# Gives something true for what keeps the rule, and may raise `TypeError` for what is no text. Asked
# of each value of each event, so most are methods that run in C, which take `Any`.
Rule = Callable[[Any], object]


def is_day(text: str) -> bool:
    """Whether a text is a date of the calendar, `YYYY-MM-DD` in ASCII."""
    # A hundred thousand events are of a few hundred days. No more than a day's length is remembered.
    return len(text) == _DAY_CHARACTERS and _is_day(text)


@lru_cache(maxsize=1_024)
def _is_day(text: str) -> bool:
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def matches(pattern: str) -> Rule:
    """A text that is all of a pattern."""
    return re.compile(pattern).fullmatch


def string(most: int) -> Rule:
    """A text of at most so many characters."""
    return lambda value: isinstance(value, str) and len(value) <= most


def one_of(*allowed: str) -> Rule:
    """A text out of a closed list."""
    return frozenset(allowed).__contains__


def some_of(allowed: tuple[str, ...]) -> Rule:
    """Different texts out of a closed list."""
    return lambda value: (
        isinstance(value, list)
        and all(isinstance(item, str) and item in allowed for item in value)
        and len({str(item) for item in value}) == len(value)
    )


def is_line(value: Value) -> bool:
    """Whether a value is one line of text."""
    return isinstance(value, str) and len(value) <= LINE_CHARACTERS and "\n" not in value


def is_date(value: Value) -> bool:
    """Whether a value is a date."""
    return isinstance(value, str) and is_day(value)


def is_date_or_empty(value: Value) -> bool:
    """Whether a value is a date or empty."""
    return value == "" or is_date(value)


def is_yes_or_no(value: Value) -> bool:
    """Whether a value is true or false."""
    return isinstance(value, bool)


def is_epoch(value: Value) -> bool:
    """Whether a value can be the number of a board (WIRE.md section 7.2)."""
    return type(value) is int and 1 <= value < _EPOCHS


def is_size(value: Value) -> bool:
    """Whether a value says how many slots a board has, as a power of two."""
    return type(value) is int and MIN_N <= value <= MAX_N


def is_anything(value: Value) -> bool:
    """Whatever a value is."""
    return True


is_text = string(TEXT_CHARACTERS)
is_subject = matches("[0-9a-f]{32}")
is_id = matches("[0-9a-f]{16}")
is_object = matches("[0-9a-f]{64}|")  # empty when a handler entered the complaint


def list_of(rule: Rule) -> Rule:
    """A list in which every value keeps a rule."""
    return lambda value: isinstance(value, list) and all(map(rule, value))
