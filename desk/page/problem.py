"""What went wrong, in the language of the daily screen, for steps 6 and 7.

Comes in: an error of any part of the desk. Goes out: one line that says what to do, and the field to
blame, if one is. It refuses to know requests and pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from desk.cases.refusals import Refusal
from desk.errors import DeskError
from desk.keys.passphrase import WrongPassphrase
from desk.letters.refusals import LetterRefusal
from desk.strings import Strings

Errors = tuple[tuple[str, str], ...]  # the id of a control (or nothing) and what is wrong

# Errors are written in English, once, where they happen. Those that a handler meets at this screen
# are known by how they begin; the words for each are `page.error.<name>`.
KNOWN: Mapping[str, str] = {
    "the case store is in use": "in_use",
    "there is not enough memory for the passphrase": "memory",
    "this cannot be the name of a handler": "handler",
    "no handler": "handler",
    "there is no case store in": "no_store",
    "the case store is damaged": "damaged",
    "this was erased": "erased",
    "an earlier write to the case store failed": "earlier_write",
    "the disk refused": "disk",
    "cannot read": "unreadable",
    "the stick is not there": "no_stick",
    "there is nothing at": "no_stick",
    "there is no sealed complaint here": "no_complaint",
    "this is a copy of another case store": "other_store",
    "the store key was changed in one of the two": "other_key",
    "that copy has another store key": "other_key",
    "the day of this computer does not fit": "doubt",
    "the clock of this computer has another day": "clock",
    "there is no such case": "no_case",
    "there is no such flood": "no_flood",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not done, in words, and the field to blame, if one is."""

    field: str
    text: str


def _known(error: DeskError) -> str:
    found = (name for begin, name in KNOWN.items() if error.message.startswith(begin))
    return next(found, "")


def told(t: Strings, error: DeskError) -> str:
    """What went wrong and what to do, as one line; what is not known to the screen, in English."""
    if isinstance(error, Refusal | LetterRefusal):
        area = "letter.refusal" if t.has(f"letter.refusal.{error.reason}") else "refusal"
        # A set, since one kind of leak may be found in many places.
        leaks = error.leaks if isinstance(error, LetterRefusal) else ()
        kinds = sorted({t(f"leak.{leak.kind}") for leak in leaks})
        more = f" ({'; '.join(kinds)})" if kinds else ""
        return f"{t(f'{area}.{error.reason}')}{more}: {t(f'{area}.{error.reason}.hint')}."
    if isinstance(error, WrongPassphrase):
        slip = t(
            f"page.error.passphrase.{error.slip}",
            count=error.count,
            place=error.place,
            near=error.near,
        )
        return f"{t('page.error.passphrase')} {slip}"
    if name := _known(error):
        return t(f"page.error.{name}")
    return f"{error.message}: {error.hint}." if error.hint else f"{error.message}."


def problem(t: Strings, error: DeskError) -> Problem:
    """An error as a form shows it."""
    field = error.field if isinstance(error, Refusal | LetterRefusal) else ""
    return Problem(field, told(t, error))


def summary(t: Strings, action: str, found: Problem | None) -> Errors:
    """What stands at the head of the page: the field to blame, if one is, and what is wrong."""
    if found is None:
        return ()
    label = f"field.{found.field}"
    name = f"{t(label)}: " if found.field and t.has(label) else ""
    return ((f"{action}-{found.field}" if found.field else "", name + found.text),)
