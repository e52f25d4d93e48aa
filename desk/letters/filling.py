"""Words and values made one text, in step 7, with the places of both.

Comes in: the words of a template of ours, and values. Goes out: the text, and which spans of it
stand in the template. A value is never read as a template, and a missing one is an error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from desk import terminal
from desk.leak.known import Span
from desk.letters.refusals import LetterRefusal

# Characters that Unicode promises never to assign stand around values while a template is filled;
# `checked` lets none of them into a value.
_USES = ("free", "public", "fixed", "about")
_MARKS: Mapping[str, str] = dict(zip(_USES, "\ufdd0\ufdd1\ufdd2\ufdd3", strict=True))
_END = "\ufdd4"
_PIECE = re.compile(r"([\ufdd0-\ufdd3])([^\ufdd0-\ufdd4]*)\ufdd4|([^\ufdd0-\ufdd4]+)")
# Plain text leaves the desk, so nothing is escaped.
_ENVIRONMENT = SandboxedEnvironment(
    undefined=StrictUndefined,
    autoescape=False,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a letter: `free`, `public`, `fixed` or `about` as the leak check takes it."""

    text: str
    use: str = "free"


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled text, with the spans of it that are ours, name a receiver, or say who did it."""

    text: str
    fixed: tuple[Span, ...]
    public: tuple[Span, ...]
    about: tuple[Span, ...] = ()


def checked(name: str, text: str) -> str:
    """A value without anything hidden in it; else `LetterRefusal` with the name of its field."""
    if terminal.clean(text) != text:
        raise LetterRefusal("hidden", name)
    return text


def _marked(value: Value) -> str:
    # An empty value stays empty, so that a template can ask for it.
    return f"{_MARKS[value.use]}{value.text}{_END}" if value.text else ""


def fill(
    template: str, values: Mapping[str, Value], choices: Mapping[str, str] | None = None
) -> Filled:
    """Fill a template of ours; `choices` are words of closed lists that it only compares."""
    marked = {name: _marked(value) for name, value in values.items()}
    rendered = _ENVIRONMENT.from_string(template).render({**marked, **(choices or {})})
    text = ""
    spans: dict[str, list[Span]] = {use: [] for use in _USES}
    uses = {mark: use for use, mark in _MARKS.items()}
    for piece in _PIECE.finditer(rendered):
        words = piece[3] or piece[2]
        spans[uses.get(piece[1] or "", "fixed")].append((len(text), len(text) + len(words)))
        text += words
    return Filled(text, tuple(spans["fixed"]), tuple(spans["public"]), tuple(spans["about"]))
