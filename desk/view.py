"""A complaint as a handler reads it in step 6, on a terminal or as JSON Lines.

Comes in: a checked complaint. Goes out: text in which nothing the sender wrote can act on the
terminal or look like ours. It refuses to know files and keys.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desk import canon, labels, terminal
from desk.canon import Value
from desk.wire import Complaint

SHORT = 12  # digits of a name that are shown
_LABEL_COLUMNS = 20


@dataclass(frozen=True, slots=True)
class Opened:
    """One opened complaint: name (64 hex digits) and key id (16) of its object, and the rest.

    `same_as` is the name of an object opened before with the same complaint in it, or empty.
    """

    name: str
    key_id: str
    complaint: Complaint
    same_as: str = ""


def _several(name: str, values: Value) -> str:
    words = labels.VALUES[name]
    return ", ".join(words[str(item)] for item in values) if isinstance(values, list) else ""


def _pass_on(value: Value) -> str:
    if not isinstance(value, dict):
        return ""
    scope = labels.VALUES["scope"][str(value["scope"])]
    receivers = _several("to", value["to"])
    return f"{scope}; to: {receivers}" if receivers else scope


def _consent(value: Value) -> str:
    if not isinstance(value, dict):
        return ""
    words = labels.VALUES["consent"]
    return ", ".join(f"{words[name]}: {'yes' if value[name] else 'no'}" for name in words)


def _told(name: str, value: Value) -> str | None:
    """A field with fixed values, in plain English; `None` if the sender wrote it herself."""
    match name:
        case "topics" | "withdraw":
            return _several(name, value)
        case "pass_on":
            return _pass_on(value)
        case "consent":
            return _consent(value)
        case "reply_key":
            return labels.HAS_CODE
        case "complaint_id" | "form_language" | "reply_language":
            return str(value)
    words = labels.VALUES.get(name)
    return words[str(value)] if words else None


def _field(label: str, name: str, value: Value, columns: int) -> Iterator[str]:
    told = _told(name, value)
    if told is not None:
        yield f"{label + ':':<{_LABEL_COLUMNS}} {told}"
        return
    yield f"{label}:"
    yield from terminal.fold(str(value), columns)


def _unknown(values: Mapping[str, Value], columns: int) -> Iterator[str]:
    for name, value in values.items():
        if name not in labels.FIELDS and name not in labels.NOT_SHOWN:
            yield f"{name} ({labels.UNKNOWN}):"
            yield from terminal.fold(canon.dumps(value), columns)


def _fields(values: Mapping[str, Value], columns: int) -> Iterator[str]:
    for name, label in labels.FIELDS.items():
        # The story is the last and longest; what this version does not know stands before it.
        if name == "story":
            yield from _unknown(values, columns)
        if name in values:
            yield from _field(label, name, values[name], columns)
        elif name == "reply_key":
            yield f"{label + ':':<{_LABEL_COLUMNS}} {labels.NO_CODE}"


def page(opened: Opened, columns: int, *, practice: bool) -> str:
    """One complaint to read; what the sender wrote stands on lines of at most `columns`."""
    lines = [f"=== complaint {opened.name[:SHORT]}, sealed to key {opened.key_id} ==="]
    if practice:
        lines.append(f"*** {labels.PRACTICE} ***")
    if opened.same_as:
        lines.append(f"*** {labels.SAME} {opened.same_as[:SHORT]} ***")
    lines.extend(_fields(opened.complaint.values, columns))
    return "\n".join((*lines, "", ""))


def json_line(opened: Opened, *, practice: bool) -> str:
    """One complaint as a line of JSON, the complaint in it code point for code point."""
    head: dict[str, Value] = {"name": opened.name, "key_id": opened.key_id}
    if practice:
        head["practice"] = True
    if opened.same_as:
        head["same_as"] = opened.same_as
    # The text is canonical JSON and holds no line break, so it can stand in the line as it is.
    start = canon.dumps(head).removesuffix("}")
    return f'{start},"complaint":{terminal.escape_json(opened.complaint.text)}}}\n'
