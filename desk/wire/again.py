"""Reading again what was proven before it was sealed (STORE.md section 4), in steps 6 and 7.

Comes in: a text out of the case store. Goes out: its values, each of a type that WIRE.md section 5
allows, or `Refused`. That there is no other text for them it does not ask: `canon` did when they came in.
"""

from collections.abc import Mapping

from desk.errors import Refused
from desk.wire import canon, envelope, schema
from desk.wire.canon import Value
from desk.wire.envelope import Complaint


def value(text: bytes) -> Value:
    """The value of a text that `canon.loads` read before it was sealed, at half the cost.

    Whatever the text is, what comes out is a JSON value of section 5, without numbers that it does
    not allow and without half characters; else `Refused("json")`. Not asked again: whether the text
    is the only one for its value, how names look, and how deep it goes.
    """
    # By its number a half character could come in. Numbers are rare, so such a text is proven.
    if b"\\u" in text:
        return canon.loads(text)[1]
    decoded = canon.decode(text)
    if decoded is None or decoded[2] != len(decoded[0]):
        raise Refused("json")
    return decoded[1]


def _is_known(fields: Mapping[str, Value]) -> bool:
    """Whether every field stands in the table of a complaint, or in that of a follow-up."""
    table = schema.AGAIN if schema.is_follow_up(fields) else schema.RULES
    return fields.keys() <= table.keys()


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
    if not _is_known(fields):
        return envelope.parse_complaint(octets)
    schema.check(fields)
    return Complaint(text, fields)
