"""A complaint as a handler reads it in step 6, on a terminal or as JSON Lines.

Comes in: a checked complaint, and the words of a language. Goes out: text in which nothing the
sender wrote can act on the terminal or look like ours. It refuses to know files and keys.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desk import terminal
from desk.errors import TYPE_CHECKING
from desk.wire import canon, schema
from desk.wire.canon import Value
from desk.wire.envelope import Complaint

if TYPE_CHECKING:
    from desk.strings import Strings

SHORT = 12  # digits of a name that are shown
_LABEL_COLUMNS = 34
_LABELS: Mapping[str, str] = {  # ids of words by field, in the order in which they are shown
    "ask": "field.ask",
    "withdraw": "field.withdraw",
    "role": "field.role",
    "wish": "field.wish",
    "topics": "field.topics",
    "municipality": "field.municipality",
    "period": "field.period",
    "pass_on": "field.scope",
    "consent": "field.consent",
    "address_as": "field.address_as",
    "answerer": "field.answerer",
    "reply_language": "field.reply_language",
    "contact": "field.contact",
    "form_language": "field.form_language",
    "reply_key": "page.fact.code",
    "complaint_id": "field.complaint_id",
    "story": "field.story",
}
_NOT_SHOWN = frozenset(("schema", "tag_key"))  # without meaning to a reader
_CHOSEN = frozenset(("ask", "role", "wish", "period", "answerer"))
_OURS = frozenset(("complaint_id", "form_language", "reply_language"))  # written by the form


@dataclass(frozen=True, slots=True)
class Opened:
    """One opened complaint: name (64 hex digits) and key id (16) of its object, and the rest.

    `same_as` is the name of an object opened before with the same complaint in it, or empty;
    `practice` says that the key is no real one.
    """

    name: str
    key_id: str
    complaint: Complaint
    same_as: str = ""
    practice: bool = False


def is_known(name: str) -> bool:
    """Whether this version knows a field of a complaint or a follow-up."""
    return name in _LABELS or name in _NOT_SHOWN


def _several(say: "Strings", name: str, values: Value) -> list[str]:
    return [say.choice(name, str(item)) for item in values] if isinstance(values, list) else []


def _pass_on(say: "Strings", value: Value) -> str:
    if not isinstance(value, dict):
        return ""
    scope = say.choice("scope", str(value["scope"]))
    return " · ".join((scope, *_several(say, "to", value["to"])))


def _consent(say: "Strings", value: Value) -> str:
    if not isinstance(value, dict):
        return ""
    said = {True: say("page.yes"), False: say("page.no")}
    return ", ".join(
        f"{say.choice('consent', name)}: {said[value[name] is True]}" for name in schema.CONSENTS
    )


def _told(say: "Strings", name: str, value: Value) -> str | None:
    """A field with fixed values, in plain words; `None` if the sender wrote it herself."""
    match name:
        case "topics" | "withdraw":
            return ", ".join(_several(say, name, value))
        case "pass_on":
            return _pass_on(say, value)
        case "consent":
            return _consent(say, value)
        case "reply_key":
            return say("page.yes")
    if name in _OURS:
        return str(value)
    return say.choice(name, str(value)) if name in _CHOSEN else None


def _line(label: str, told: str) -> str:
    return f"{label + ':':<{_LABEL_COLUMNS}} {told}"


def _field(say: "Strings", name: str, value: Value, columns: int) -> Iterator[str]:
    label, told = say(_LABELS[name]), _told(say, name, value)
    if told is not None:
        yield _line(label, told)
        return
    yield f"{label}:"
    yield from terminal.fold(str(value), columns)


def _unknown(say: "Strings", values: Mapping[str, Value], columns: int) -> Iterator[str]:
    for name, value in values.items():
        if not is_known(name):
            yield f"{name} ({say('page.case.unknown')}):"
            yield from terminal.fold(canon.dumps(value), columns)


def _fields(say: "Strings", values: Mapping[str, Value], columns: int) -> Iterator[str]:
    for name, label in _LABELS.items():
        # The story is the last and longest; what this version does not know stands before it.
        if name == "story":
            yield from _unknown(say, values, columns)
        if name in values:
            yield from _field(say, name, values[name], columns)
        elif name == "reply_key":
            yield _line(say(label), say("page.fact.no_code"))


def page(opened: Opened, say: "Strings", columns: int) -> str:
    """One complaint to read; what the sender wrote stands on lines of at most `columns`."""
    lines = [say("open.head", name=opened.name[:SHORT], key=opened.key_id)]
    if opened.practice:
        lines.append(say("open.practice"))
    if opened.same_as:
        lines.append(say("open.same", name=opened.same_as[:SHORT]))
    lines.extend(_fields(say, opened.complaint.values, columns))
    return "\n".join((*lines, "", ""))


def json_line(opened: Opened) -> str:
    """One complaint as a line of JSON, the complaint in it code point for code point."""
    head: dict[str, Value] = {"name": opened.name, "key_id": opened.key_id}
    if opened.practice:
        head["practice"] = True
    if opened.same_as:
        head["same_as"] = opened.same_as
    # The text is canonical JSON and holds no line break, so it can stand in the line as it is.
    start = canon.dumps(head).removesuffix("}")
    return f'{start},"complaint":{terminal.escape_json(opened.complaint.text)}}}\n'
