"""Words for a verb, in steps 6 and 7: what somebody told, names, notes and codes.

Comes in: what is typed at a prompt, or a line of JSON from standard input or a descriptor. Goes out:
words by field. It refuses words in arguments: other programs of the machine and the shell's history
keep those, and no erasure reaches them.
"""

import sys

from desk.errors import TYPE_CHECKING, DeskError
from desk.verbs import given

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from desk.cases.fields import Field

# Lines that hold a code of a list, or a handler: no words of anybody.
_CODES = frozenset(("language", "form_language", "reply_language", "standard", "assigned"))
_END = "."
_HINT = (
    "leave the words out: they are asked for, or read as JSON from standard input or from "
    "--words-fd N; and take this line out of the history of the shell"
)


def is_said(field: "Field") -> bool:
    """Whether a field holds words that somebody said or wrote."""
    return field.kind in ("line", "text") and field.name not in _CODES


def refuse(words: "Sequence[str] | str | None") -> None:
    """Refuse words that were typed as arguments; they are not repeated."""
    if words:
        raise DeskError("words may not stand on the command line", _HINT)


def _typed(label: str, *, several: bool) -> str:
    """What is typed at the terminal; the question goes where no output is kept."""
    more = f" (end with a line that has only a full stop {_END})" if several else ""
    print(f"{label}{more}: ", end="", file=sys.stderr, flush=True)
    return "\n".join(_lines()) if several else sys.stdin.readline().rstrip("\n")


def _lines() -> "Iterator[str]":
    while (line := sys.stdin.readline()) and line.rstrip("\n") != _END:
        yield line.rstrip("\n")


def _parsed(line: str, names: "Sequence[str]") -> dict[str, str]:
    import json

    hint = 'one line, such as {"' + names[0] + '":"..."}'
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):  # they carry the text
        raise DeskError("the words are no JSON", hint) from None
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise DeskError("the words are no JSON object of texts", hint)
    if not found.keys() <= set(names):
        raise DeskError("there are words for no field of this verb", f"one of: {', '.join(names)}")
    return {name: str(text) for name, text in found.items()}


def ask(
    arguments: "argparse.Namespace", fields: "Sequence[Field]", wanted: "Sequence[str]"
) -> dict[str, str]:
    """The words of fields: those `wanted` are asked for at a terminal; else any come as JSON.

    Nothing is read where nothing is wanted and no descriptor is given.
    """
    from desk.strings import Strings

    number: int | None = arguments.words_fd
    if number is None and not wanted:
        return {}
    if number is None and sys.stdin.isatty():
        say, kinds = Strings(arguments.language), {field.name: field.kind for field in fields}
        return {
            name: _typed(say(f"field.{name}"), several=kinds[name] == "text") for name in wanted
        }
    line = given.reader(arguments, 0 if number is None else number)("")
    return _parsed(line, [field.name for field in fields]) if line.strip() else {}
