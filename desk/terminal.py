"""Text made fit to be shown, part of step 6: everything decrypted is hostile until it passed here.

Comes in: any text. Goes out: the same text without a character that a terminal may obey or hide,
by Unicode category. It refuses to know what the text means. Right-to-left text keeps its order of
writing; it cannot reorder what stands around it, since every bidi control is shown as a mark and
every line of it begins after a margin of our own.
"""

import json
import unicodedata
from collections.abc import Iterator

MARGIN = "  | "
_HIDDEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
_KEPT = frozenset("\n\t")
_JOINERS = frozenset("\u200c\u200d")
_TAB = " " * 4


def is_hidden(character: str) -> bool:
    """Whether a character on its own is obeyed or not shown by a terminal."""
    return character not in _KEPT and unicodedata.category(character) in _HIDDEN


def _joins(text: str, index: int) -> bool:
    """Whether the joiner at `index` stands between letters or emoji, where it shapes them."""
    around = (text[index - 1] if index else "", text[index + 1 : index + 2])
    return all(
        side and not side.isascii() and unicodedata.category(side)[0] in "LMS" for side in around
    )


def clean(text: str) -> str:
    """Replace every character that a terminal may obey or hide by a mark such as `<U+001B>`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"<U+{ord(character):04X}>"
        if is_hidden(character) and not (character in _JOINERS and _joins(text, index))
        else character
        for index, character in enumerate(text)
    )


def escape_json(text: str) -> str:
    r"""Escape in a JSON text, as `\uXXXX`, what `clean` would mark; it parses to the same value.

    A joiner is always escaped: nobody reads JSON for its shapes.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        json.dumps(character)[1:-1] if is_hidden(character) else character for character in text
    )


def _columns(character: str) -> int:
    if unicodedata.category(character)[0] == "M" or character in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(line: str, columns: int) -> int:
    """How many characters of a line fit; at the last space if there is one, so words stay whole."""
    used = space = 0
    for index, character in enumerate(line):
        used += _columns(character)
        if used > columns:
            return space or max(index, 1)
        if character == " ":
            space = index + 1
    return len(line)


def fold(text: str, columns: int) -> Iterator[str]:
    """Clean a text and break it into lines behind a margin, so that none can look like ours."""
    for line in clean(text).replace("\t", _TAB).split("\n"):
        rest = line
        while len(rest) > (end := _cut(rest, columns - len(MARGIN))):
            yield MARGIN + rest[:end].rstrip(" ")
            rest = rest[end:]
        yield MARGIN + rest
