"""Forms of the daily screen, made from the table of actions, for steps 6 and 7.

Comes in: the fields of an action, and what was typed. Goes out: controls with labels, choices and
what is wrong with them; and the words typed as the action wants them. It refuses to check them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from desk.cases.fields import YES, Field, Given
from desk.cases.values import is_day
from desk.loopback.message import Form
from desk.page.problem import Problem
from desk.strings import Strings

LANGUAGES = ("language", "form_language", "reply_language")  # fields with a language in them
Choices = tuple[tuple[str, str], ...]  # values with their labels
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
    has_focus: bool = False

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
class Draft:
    """What was typed into a form, and why it was not done, if it was tried."""

    form: Form
    action: str = ""
    problem: Problem | None = None


def _choices(t: Strings, field: Field, offer: Offer) -> Choices:
    offered = offer(field)
    if offered is None:
        offered = tuple((value, t.choice(field.name, value)) for value in field.choices)
    if field.kind == "many":
        return offered
    return (("", t("page.choose")), *offered)


def _kind(field: Field, offer: Offer) -> str:
    """How a field is shown: what there is to choose from is chosen, and not typed."""
    if field.kind in ("line", "case", "number"):
        return "line" if offer(field) is None else "choice"
    return field.kind


def as_typed(day: str) -> str:
    """A day `YYYY-MM-DD` as a handler types it, `31-12-2026`; what is no day stays as it was typed."""
    return "-".join(reversed(day.split("-"))) if is_day(day) else day


def control(
    t: Strings, action: str, field: Field, *, draft: Draft, before: Before, offer: Offer
) -> Control:
    """One field of an action as a control, with what was typed or else what stood there before."""
    hint, kind = f"field.{field.name}.hint", _kind(field, offer)
    values = draft.form.get(field.name, ()) if draft.form else before(field)
    wrong = draft.problem if draft.problem and draft.problem.field == field.name else None
    return Control(
        f"{action}-{field.name}",
        field.name,
        kind,
        t(f"field.{field.name}"),
        tuple(map(as_typed, values)) if kind == "day" else values,
        _choices(t, field, offer) if kind in ("choice", "many") else (),
        field.required,
        t(hint) if t.has(hint) else "",
        wrong.text if wrong else "",
    )


def begun(controls: list[Control], draft: Draft) -> list[Control]:
    """The controls, with the focus where work goes on: at what is wrong, or the text being written.

    Else at the first that is not a line or a language filled in already.
    """

    def rank(one: Control) -> tuple[bool, ...]:
        is_written = bool(draft.form) and one.kind == "text"
        is_filled = one.kind == "line" or one.name in LANGUAGES
        return not one.error, not is_written, is_filled and bool(one.value)

    at = min(controls, key=rank, default=None)
    return [replace(one, has_focus=one is at) for one in controls]


def nothing(_field: Field) -> None:
    """Offer no choices but those of the field."""


def languages(t: Strings, *more: str) -> Choices:
    """The languages to choose from by name; those of `more` that have none by their codes."""
    known = t.languages()
    codes = {code for code, _ in known}
    return (*known, *((one, one) for one in more if one and one not in codes))


def empty(_field: Field) -> tuple[str, ...]:
    """Begin with an empty field."""
    return ()


def given(fields: tuple[Field, ...], form: Form) -> dict[str, Given]:
    """What was typed, as an action takes it; a list without a tick is an answer too."""
    found: dict[str, Given] = {}
    for field in fields:
        typed = form.get(field.name, ())
        if field.kind == "many":
            found[field.name] = typed
        elif typed:
            found[field.name] = typed[0]
    return found


def kept(value: object) -> tuple[str, ...]:
    """A value of a case as the values of a control."""
    if isinstance(value, bool):
        return (YES,) if value else ()
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return (str(value),) if value else ()
