"""Standard answers, step 7: texts for what many people ask, in their language and in Dutch.

Comes in: the id of an answer and a language. Goes out: two texts with the same holes, the holes filled,
and a text with the Dutch below it. It refuses to repeat a complaint, and to let a text go with a hole in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desk.cases.values import ANSWER_BYTES
from desk.errors import DeskError

FOLDER = Path(__file__).with_name("answers")
DUTCH = "nl"
CHECKED = (
    DUTCH,
    "en",
)  # written side by side; every other text is a translation that nobody has checked
_FALLBACKS = ("en", DUTCH)
_NOTICE = "unchecked"  # the file, in every language but the Dutch, of what stands between a translation and its Dutch
_SOURCE = "# source: "  # in the first line, which is never sent

IDS = (  # in the order in which a screen offers them
    "received",
    "need_more",
    "danger",
    "objection_deadline",
    "municipality_route",
    "police_route",
    "tax_route",
    "operator_problem",
    "data_passed_on",
    "care_complaint",
    "help_lines",
    "referral_offered",
    "referral_made",
    "consent_needed",
    "bundled",
    "we_did",
    "nothing_possible",
    "listened",
    "translated",
    "closing",
    "consent_withdrawn",
    "erased",
)
HOLES = (  # the closed list of what an answer can leave open
    "agreed",
    "done",
    "language",
    "last_day",
    "organisation",
    "person",
    "question",
    "result",
)
_HOLE = re.compile(r"\{(" + "|".join(HOLES) + r")\}")
_CUT = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer as its reader gets it and as a handler reads it; the two have the same holes."""

    id: str
    language: str  # of `text`
    text: str
    dutch: str
    fell_back: bool  # whether there is no text in the language that was asked for
    source: str  # what its facts rest on and when that was read, for whoever sends it

    @property
    def holes(self) -> tuple[str, ...]:
        """What is left to fill in, each once, in the order of the text."""
        return holes(self.text)


@cache
def _read(answer: str, language: str) -> tuple[str, str]:
    """The source of an answer, which is its first line, and its text."""
    source, _, text = (FOLDER / f"{answer}.{language}.txt").read_text("utf-8").partition("\n")
    return source.removeprefix(_SOURCE), text.strip()


def _has(answer: str, language: str) -> bool:
    # The language may come from a complaint: it is compared and never made part of a path.
    return f"{answer}.{language}.txt" in {path.name for path in FOLDER.iterdir()}


def pair(answer: str, language: str) -> Pair:
    """A standard answer in a language of WIRE.md section 5.1, or in English, beside the Dutch.

    Raises `DeskError` for an id that is not in `IDS`.
    """
    if answer not in IDS:
        raise DeskError("there is no such standard answer", "see `desk answers`")
    spoken = next(one for one in (language, *_FALLBACKS) if _has(answer, one))
    (source, text), (_, dutch) = _read(answer, spoken), _read(answer, DUTCH)
    return Pair(answer, spoken, text, dutch, fell_back=spoken != language, source=source)


def languages() -> tuple[str, ...]:
    """Every language that has standard answers, the Dutch first."""
    found = {path.stem.partition(".")[2] for path in FOLDER.iterdir()}
    return (*CHECKED, *sorted(found - set(CHECKED)))


def with_dutch(text: str, dutch: str, language: str) -> str:
    """A translation, that nobody has checked it, in the language of its reader or in English, and the Dutch."""
    spoken = language if _has(_NOTICE, language) else "en"
    return f"{text.strip()}\n\n{_read(_NOTICE, spoken)[1]}\n\n{dutch.strip()}"


@cache
def pieces() -> frozenset[str]:
    """Every line of every answer in every language, cut at its holes."""
    texts = [_read(*path.stem.split("."))[1] for path in FOLDER.iterdir()]
    lines = [line for text in texts for line in text.splitlines()]
    return frozenset(filter(None, (piece.strip() for line in lines for piece in _CUT.split(line))))


def holes(text: str) -> tuple[str, ...]:
    """The holes of `HOLES` in a text, each once and in order; other braces mean nothing."""
    return tuple(dict.fromkeys(_HOLE.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill the holes of an answer; braces in a value mean nothing.

    Raises `DeskError` if one stays open, or if the text is longer than `ANSWER_BYTES` of UTF-8.
    """
    missing = [name for name in holes(text) if not values.get(name, "").strip()]
    if missing:
        raise DeskError(f"the answer still has a hole: {missing[0]}", "fill it in")
    filled = _HOLE.sub(lambda found: values[found[1]].strip(), text)
    if len(filled.encode("utf-8")) > ANSWER_BYTES:
        raise DeskError(f"the answer is longer than {ANSWER_BYTES:,} bytes", "make it shorter")
    return filled
