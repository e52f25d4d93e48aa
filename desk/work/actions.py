"""The one table of everything that a handler can do to a case, between steps 6 and 7.

Comes in: the name of an action and what was filled in. Goes out: events in the store, or `Refusal`.
It refuses to know screens: the forms of the page and the command line are both made from the table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from desk.cases import case as lists
from desk.cases import deadlines
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.cases.fields import NO, YES, Field, Given, read
from desk.cases.refusals import Refusal
from desk.store.event import Event
from desk.wire import schema
from desk.work import linking, passing, working
from desk.work.step import Step

COMPLAINT = ("complaint",)
_STATUSES = tuple(status for status in lists.STATUSES if status not in ("new", "closed"))


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its fields, the kinds of case it is for, and what makes its events.

    Its label is `action.<name>`.
    """

    name: str
    fields: tuple[Field, ...]
    perform: Callable[[Step], list[Event]]
    on: tuple[str, ...] = lists.KINDS


_TEXT = Field("text", "text")
_LANGUAGE = Field("language", "line", required=False)
_HOW = Field("how", "choice", lists.HOWS)

ACTIONS = (
    Action("read", (), working.read, COMPLAINT),
    Action(
        "triage",
        (
            Field("urgency", "choice", lists.URGENCIES, required=False),
            Field("status", "choice", _STATUSES, required=False),
            Field("about", "choice", lists.ABOUTS, required=False),
            Field("about_name", "line", required=False),
            Field("municipality", "line", required=False),
            Field("topics", "many", schema.TOPICS, required=False),
            Field("identity", "choice", lists.IDENTITIES, required=False),
            Field("identity_to", "many", schema.RECEIVERS, required=False),
            Field("answerer", "choice", schema.ANSWERERS, required=False),
            Field("assigned", "line", required=False),
        ),
        working.triage,
    ),
    Action("danger", (), working.danger, COMPLAINT),
    Action("note", (_TEXT, Field("basis", "choice", lists.BASES, required=False)), working.note),
    Action(
        "translate",
        (
            _TEXT,
            Field("language", "line"),
            Field("made_by", "choice", lists.MADE_BY),
            Field("who", "line", required=False),
        ),
        working.translate,
        COMPLAINT,
    ),
    Action(
        "answer",
        (
            _TEXT,
            _LANGUAGE,
            Field("dutch", "text", required=False),
            Field("reads", "yes", required=False),
            Field("standard", "line", required=False),
            Field("reports_back", "yes", required=False),
            Field("repeats", "yes", required=False),
        ),
        working.answer,
        COMPLAINT,
    ),
    Action("report_back", (_HOW,), working.report_back, COMPLAINT),
    Action("tried", (_HOW,), working.tried, COMPLAINT),
    Action(
        "refer",
        (
            Field("organisation", "line"),
            Field("receiver", "choice", schema.RECEIVERS, required=False),
            Field("warm", "yes", required=False),
            Field("person", "line", required=False),
            Field("agreed", "line", required=False),
            Field("follow_up", "day", required=False),
        ),
        passing.refer,
        COMPLAINT,
    ),
    Action("referral_done", (Field("number", "number"),), passing.referral_done, COMPLAINT),
    Action(
        "consent",
        (
            Field("purpose", "choice", lists.PURPOSES),
            Field("given", "choice", (YES, NO)),  # never a box: leaving it open would be a no
            _HOW,
            Field("scope", "choice", schema.SCOPES, required=False),
            Field("to", "many", schema.RECEIVERS, required=False),
        ),
        passing.consent,
        COMPLAINT,
    ),
    Action("withdrawal_done", (), working.withdrawal_done, COMPLAINT),
    Action(
        "bundle",
        (Field("bundle", "case", required=False), Field("title", "line", required=False)),
        linking.bundle,
        COMPLAINT,
    ),
    Action("unbundle", (), linking.unbundle, COMPLAINT),
    Action("duplicate", (Field("of", "case"),), linking.duplicate, COMPLAINT),
    Action(
        "release_flood",
        (Field("whole", "yes", required=False),),
        linking.release_flood,
        COMPLAINT,
    ),
    Action(
        "deadline",
        (Field("rule", "choice", deadlines.SET), Field("started", "day")),
        passing.deadline,
    ),
    Action("deadline_met", (Field("number", "number"),), passing.deadline_met),
    Action("unmask", (), working.unmask),
    Action("outcome", (Field("outcomes", "many", lists.OUTCOMES),), working.outcome),
    Action(
        "close",
        (
            Field("outcomes", "many", lists.OUTCOMES, required=False),
            Field("without", "choice", lists.CLOSED_WITHOUT, required=False),
            Field("text", "text", required=False),
        ),
        working.close,
    ),
    Action("reopen", (_TEXT,), working.reopen),
)
_BY_NAME: Mapping[str, Action] = {action.name: action for action in ACTIONS}


def find(name: str) -> Action:
    """The action of a name; else `Refusal`."""
    if name not in _BY_NAME:
        raise Refusal("unknown_action")
    return _BY_NAME[name]


def on(case: Case) -> tuple[Action, ...]:
    """The actions for the kind of a case, in the order of the table."""
    return tuple(action for action in ACTIONS if case.kind in action.on)


def perform(
    book: Casebook, case: Case, name: str, given: Mapping[str, Given], *, today: date
) -> None:
    """Carry out an action: check what was filled in, make its events, and write them as one batch.

    A field that is not in `given` is not touched; a form gives every field that it shows, an empty
    tuple for a list without a tick. Raises `Refusal`, and then nothing is written.
    """
    action = find(name)
    if case.kind not in action.on:
        raise Refusal("other_kind")
    step = Step(book, case, read(book, action.fields, given), today)
    book.add(action.perform(step))
