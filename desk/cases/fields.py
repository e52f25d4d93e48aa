"""What a handler fills in for an action, between steps 6 and 7.

Comes in: words from a form or a command line. Goes out: the same words checked and in one form, or
`Refusal` with the field. It refuses to know what an action does with them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from desk.cases.refusals import Refusal
from desk.cases.values import LINE_CHARACTERS, TEXT_CHARACTERS, is_day
from desk.errors import DeskError

if TYPE_CHECKING:
    from desk.cases.book import Casebook

FieldKind = Literal["line", "text", "choice", "many", "day", "yes", "case", "number"]
Given: TypeAlias = "str | tuple[str, ...]"  # several words for the kind "many", else one text
YES, NO = "yes", "no"
_DIGITS = 4
# As people here write a day. Between slashes others write the month first: no day is guessed from those.
_DUTCH = re.compile(r"[0-9]{1,2}([-.])[0-9]{1,2}\1[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in; its label is `field.<name>`, those of choices `choice.<name>.<choice>`.

    `line` is text without a line break, `day` a date, `yes` a box to tick, `case` a case by name or
    subject, `number` a place in a list of the case, counted from 1.
    """

    name: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    required: bool = True


def _line(given: str) -> str:
    line = given.strip()
    if "\n" in line or "\r" in line:
        raise Refusal("line_break")
    if len(line) > LINE_CHARACTERS:
        raise Refusal("too_long")
    return line


def _text(given: str) -> str:
    # A form sends CR LF for each line break.
    text = given.replace("\r\n", "\n").strip()
    if len(text) > TEXT_CHARACTERS:
        raise Refusal("too_long")
    return text


def _day(given: str) -> str:
    day = given.strip()
    if _DUTCH.fullmatch(day):
        day = "-".join(part.zfill(2) for part in reversed(re.split(r"[-.]", day)))
    if day and not is_day(day):
        raise Refusal("not_a_day")
    return day


def day(given: str) -> date:
    """A day that must be given; else `Refusal`."""
    if not (text := _day(given)):
        raise Refusal("missing")
    return date.fromisoformat(text)


def _yes(given: str) -> str:
    if given not in ("", YES, NO):
        raise Refusal("not_a_choice")
    return given or NO


def _number(given: str) -> str:
    digits = given.strip()
    if digits and not (digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS):
        raise Refusal("not_a_number")
    return digits


_ONE: Mapping[str, Callable[[str], str]] = {
    "line": _line,
    "text": _text,
    "day": _day,
    "yes": _yes,
    "number": _number,
}


def _chosen(field: Field, given: Given) -> Given:
    words = (given,) if isinstance(given, str) else given
    chosen = tuple(dict.fromkeys(word for word in words if word))
    if not set(chosen) <= set(field.choices) or (field.kind == "choice" and len(chosen) > 1):
        raise Refusal("not_a_choice")
    return chosen if field.kind == "many" else "".join(chosen)


def _case(book: "Casebook", given: str) -> str:
    if not given.strip():
        return ""
    try:
        return book.find(given).subject
    except DeskError:
        raise Refusal("no_such_case") from None


def _read(book: "Casebook", field: Field, given: Given) -> Given:
    if field.kind in ("choice", "many"):
        return _chosen(field, given)
    if not isinstance(given, str):
        raise Refusal("not_a_choice")
    return _case(book, given) if field.kind == "case" else _ONE[field.kind](given)


def read(
    book: "Casebook", fields: tuple[Field, ...], given: Mapping[str, Given]
) -> dict[str, Given]:
    """Check what was filled in; a field that was not given stays away. Raises `Refusal`."""
    if not given.keys() <= {field.name for field in fields}:
        raise Refusal("unknown_field")  # the name came from outside: it is not repeated
    checked: dict[str, Given] = {}
    for field in fields:
        try:
            if field.name in given:
                checked[field.name] = _read(book, field, given[field.name])
            if field.required and not checked.get(field.name):
                raise Refusal("missing")
        except Refusal as refusal:
            raise Refusal(refusal.reason, field.name) from None
    return checked
