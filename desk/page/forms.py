"""Forms of the daily screen, made from the table of actions, for steps 6 and 7.

Comes in: the fields of an action, and what was typed. Goes out: controls with labels, choices and
what is wrong with them; and the words typed as the action wants them. It refuses to check them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desk.cases.fields import YES, Field, Given
from desk.cases.refusals import Refusal
from desk.errors import DeskError
from desk.letters.refusals import LetterRefusal
from desk.page.message import Form
from desk.strings import Strings

Choices = tuple[tuple[str, str], ...]  # values with their labels
Errors = tuple[tuple[str, str], ...]  # the id of a control (or nothing) and what is wrong
Offer = Callable[[Field], Choices | None]  # choices that depend on the case, or nothing
Before = Callable[[Field], tuple[str, ...]]  # what stands in a field before anybody typed


@dataclass(frozen=True, slots=True)
class Control:
    """One field as a page shows it; `values` holds several for the kind `many`, else one."""

    id: str
    name: str
    kind: str
    label: str
    values: tuple[str, ...] = ()
    choices: Choices = ()
    required: bool = True
    hint: str = ""
    error: str = ""

    @property
    def value(self) -> str:
        """The one value."""
        return "".join(self.values[:1])

    @property
    def described(self) -> str:
        """Ids of what stands beside the field."""
        parts = (("hint", self.hint), ("error", self.error))
        return " ".join(f"{self.id}-{part}" for part, text in parts if text)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something was not done, in words, and the field to blame, if one is."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a form, and why it was not done, if it was tried."""

    form: Form
    action: str = ""
    problem: Problem | None = None


def word(t: Strings, field: str, value: str) -> str:
    """The words for a value of a closed list; a value of a later version is shown as it is."""
    string_id = f"choice.{field}.{value}"
    return t(string_id) if t.has(string_id) else value


def told(t: Strings, error: DeskError) -> str:
    """What went wrong and what to do, as one line.

    What a handler meets daily has words in each language; other errors are in English.
    """
    reason, leaks = getattr(error, "reason", ""), getattr(error, "leaks", ())
    area = "letter.refusal" if isinstance(error, LetterRefusal) else "refusal"
    if reason and t.has(f"{area}.{reason}"):
        # A set, since one kind of leak may be found in many places.
        kinds = sorted({t(f"leak.{leak.kind}") for leak in leaks})
        more = f" ({'; '.join(kinds)})" if kinds else ""
        return f"{t(f'{area}.{reason}')}{more}: {t(f'{area}.{reason}.hint')}."
    return f"{error.message}: {error.hint}." if error.hint else f"{error.message}."


def problem(t: Strings, error: DeskError) -> Problem:
    """An error as the form shows it."""
    field = error.field if isinstance(error, Refusal | LetterRefusal) else ""
    return Problem(field, told(t, error))


def summary(t: Strings, action: str, found: Problem | None) -> Errors:
    """What stands at the head of the page: the field to blame, if one is, and what is wrong."""
    if found is None:
        return ()
    label = f"field.{found.field}"
    name = f"{t(label)}: " if found.field and t.has(label) else ""
    return ((f"{action}-{found.field}" if found.field else "", name + found.text),)


def _choices(t: Strings, field: Field, offer: Offer) -> Choices:
    offered = offer(field)
    if offered is None:
        offered = tuple((value, word(t, field.name, value)) for value in field.choices)
    if field.kind == "many":
        return offered
    return (("", t("page.choose")), *offered)


def _kind(field: Field, offer: Offer) -> str:
    """How a field is shown: what there is to choose from is chosen, and not typed."""
    if field.kind in ("line", "case", "number"):
        return "line" if offer(field) is None else "choice"
    return field.kind


def control(
    t: Strings, action: str, field: Field, *, draft: Draft, before: Before, offer: Offer
) -> Control:
    """One field of an action as a control, with what was typed or else what stood there before."""
    hint, kind = f"field.{field.name}.hint", _kind(field, offer)
    wrong = draft.problem if draft.problem and draft.problem.field == field.name else None
    return Control(
        f"{action}-{field.name}",
        field.name,
        kind,
        t(f"field.{field.name}"),
        draft.form.get(field.name, ()) if draft.form else before(field),
        _choices(t, field, offer) if kind in ("choice", "many") else (),
        field.required,
        t(hint) if t.has(hint) else "",
        wrong.text if wrong else "",
    )


def nothing(_field: Field) -> None:
    """Offer no choices but those of the field."""


def empty(_field: Field) -> tuple[str, ...]:
    """Begin with an empty field."""
    return ()


def given(fields: tuple[Field, ...], form: Form) -> dict[str, Given]:
    """What was typed, as an action takes it; a box that was left open is an answer too."""
    found: dict[str, Given] = {}
    for field in fields:
        typed = form.get(field.name, ())
        if field.kind == "many":
            found[field.name] = typed
        elif typed:
            found[field.name] = typed[0]
        elif field.kind == "yes":
            found[field.name] = "no"
    return found


def kept(value: object) -> tuple[str, ...]:
    """A value of a case as the values of a control."""
    if isinstance(value, bool):
        return (YES,) if value else ()
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return (str(value),) if value else ()
