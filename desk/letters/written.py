"""What was written later under a code, in steps 6 and 7: every field but the story, in words.

Comes in: the values of a complaint or a follow-up. Goes out: labels and values to show, who she is
masked unless it was asked for. It refuses to know what the values change in a case.
"""

from collections.abc import Iterator, Mapping

from desk.strings import Strings
from desk.wire import canon
from desk.wire.canon import Value

MASK = "•••"
MASKED = ("address_as", "contact")
_NOT_SHOWN = ("schema", "complaint_id", "form_language", "reply_key", "tag_key", "story", "ask")


def _pass_on(t: Strings, value: Mapping[str, Value]) -> str:
    to = value.get("to")
    receivers = [t.choice("to", str(one)) for one in to] if isinstance(to, list) else []
    return ", ".join((t.choice("scope", str(value.get("scope", ""))), *receivers))


def _consent(t: Strings, value: Mapping[str, Value]) -> str:
    said = {
        name: t("dossier.yes" if given is True else "dossier.no") for name, given in value.items()
    }
    return ", ".join(f"{t.choice('consent', name)}: {word}" for name, word in said.items())


def _value(t: Strings, name: str, value: Value) -> str:
    if isinstance(value, dict) and name in ("pass_on", "consent"):
        return _pass_on(t, value) if name == "pass_on" else _consent(t, value)
    if isinstance(value, list):
        return ", ".join(t.choice(name, str(one)) for one in value)
    return t.choice(name, value) if isinstance(value, str) else canon.dumps(value)


def _label(t: Strings, name: str) -> str:
    if name == "pass_on":
        return t.choice("purpose", name)
    return t(f"field.{name}") if t.has(f"field.{name}") else name


def fields(t: Strings, values: Mapping[str, Value], *, unmask: bool) -> Iterator[tuple[str, str]]:
    """Labels and values, in the order in which they were written; a later version's by their names."""
    for name, value in values.items():
        if name not in _NOT_SHOWN:
            is_open = unmask or name not in MASKED
            yield _label(t, name), _value(t, name, value) if is_open else MASK
