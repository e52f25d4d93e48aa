"""The one encoding that a complaint has (WIRE.md section 5), part of step 6.

Comes in: the bytes of a JSON text. Goes out: its value, if the bytes are what `JSON.stringify`
writes for that value. It refuses to know which fields a complaint has; that is `schema`.
"""

import json
import re
from collections.abc import Iterable
from typing import NoReturn, TypeAlias

from desk.errors import Refused

Value: TypeAlias = "bool | int | str | list[Value] | dict[str, Value] | None"

MAX_DEPTH = 4
MAX_INTEGER = 2**53 - 1
_NAMES = re.compile(r"(?:[a-z][a-z0-9_]{0,39}\n)*")
_INTEGER_CHARACTERS = 17  # of -(2^53-1), the longest; int() itself gives up on thousands of digits


def _integer(digits: str) -> int:
    if len(digits) > _INTEGER_CHARACTERS or abs(int(digits)) > MAX_INTEGER:
        raise Refused("json")
    return int(digits)


def _refuse(_token: str) -> NoReturn:
    raise Refused("json")


_DECODER = json.JSONDecoder(parse_int=_integer, parse_float=_refuse, parse_constant=_refuse)
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def decode(text: bytes) -> tuple[str, Value] | None:
    """The characters of a text, and the value that they are from first to last; `None` if they are none."""
    try:
        characters = text.decode("utf-8")
        value, end = _DECODER.raw_decode(characters)
    # Deep nesting ends in RecursionError. Both errors carry the text, so they end here.
    except (ValueError, RecursionError):
        return None
    return (characters, value) if end == len(characters) else None


def _are_names(names: list[str]) -> bool:
    # One match for all of them is several times cheaper than one each. A name with a line break in
    # it would pass for two names, and betrays itself as a break too many.
    joined = "\n".join([*names, ""])
    return joined.count("\n") == len(names) and _NAMES.fullmatch(joined) is not None


def _is_shallow(values: Iterable[Value], room: int, names: list[str]) -> bool:
    """Whether at most `room` objects and arrays stand in each other; adds their names to `names`."""
    inner: Iterable[Value]
    for value in values:
        if type(value) is dict:
            names += value
            inner = value.values()
        elif type(value) is list:
            inner = value
        else:
            continue
        if room == 0 or not _is_shallow(inner, room - 1, names):
            return False
    return True


def _is_plain(value: Value) -> bool:
    """Hold the nesting and the names of a value against section 5."""
    names: list[str] = []
    return _is_shallow([value], MAX_DEPTH, names) and _are_names(names)


def dumps(value: Value) -> str:
    """Write a value as `JSON.stringify` would; it must keep the rules of WIRE.md section 5."""
    return _ENCODER.encode(value)


def loads(text: bytes) -> tuple[str, Value]:
    """Read a canonical JSON text: its characters and its value. Else `Refused("json")`."""
    decoded = decode(text)
    if decoded is None:
        raise Refused("json")
    characters, value = decoded
    # Writing it again also finds a name that occurs twice, a space, `-0`, and every other way to
    # escape a character, a lone surrogate among them.
    if not _is_plain(value) or dumps(value) != characters:
        raise Refused("json")
    return characters, value
