"""Reading again what was proven before it was sealed (STORE.md section 4), in steps 6 and 7.

Comes in: a text out of the case store. Goes out: its values, each of a type that WIRE.md section 5
allows, or `Refused`. That there is no other text for them it does not ask: `canon` did when they came in.
"""

import re

from desk.errors import Refused
from desk.wire import canon, envelope, schema
from desk.wire.canon import Value
from desk.wire.envelope import Complaint

_HALF = re.compile(rb"\\u[dD]")


def _is_whole(value: Value) -> bool:
    """Whether no text in a value, names among them, holds half a character."""
    texts: list[str] = []
    left = [value]
    for one in left:  # grows while it is read, since nesting may go deep
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, dict):
            texts += one
            left += one.values()
        elif isinstance(one, list):
            left += one
    try:
        "".join(texts).encode("utf-8")
    except UnicodeEncodeError:  # it carries the text, so it ends here
        return False
    return True


def value(text: bytes) -> Value:
    """The value of a text that `canon.loads` read before it was sealed, at half the cost.

    Whatever the text is, what comes out is a JSON value of section 5, without numbers that it does
    not allow and without half characters; else `Refused("json")`. Not asked again: whether the text
    is the only one for its value, how names look, and how deep it goes.
    """
    decoded = canon.decode(text)
    # Half a character has no bytes: it could come in by its number alone, behind a backslash.
    has_half = b"\\" in text and _HALF.search(text)
    if decoded is None or (has_half and not _is_whole(decoded[1])):
        raise Refused("json")
    return decoded[1]


def complaint(text: str) -> Complaint:
    """Read a complaint that `parse_complaint` read before, out of what the desk sealed itself.

    Whatever the text is, its fields are those of a complaint, or it is `Refused`. Not asked again:
    whether it is the only text that these fields have.
    """
    try:
        octets = text.encode("utf-8")
    except UnicodeEncodeError:  # it carries the text, so it ends here
        octets = b""
    fields = value(octets)
    if not isinstance(fields, dict):
        raise Refused("json")
    # The tables leave a field alone that they do not know, whatever its name and what is in it.
    return Complaint(text, fields) if schema.check(fields) else envelope.parse_complaint(octets)
