"""One case on the daily screen, in steps 6 and 7: what was told, what was done, what can be done.

Comes in: the subject of a case, and forms made from the table of actions. Goes out: the case, or
the same form with what was typed and what is wrong with it. It refuses to know any action's rules.
"""

from dataclasses import replace
from functools import partial
from http import HTTPStatus

from desk.cases import deadlines, inbox
from desk.cases.case import Case
from desk.cases.fields import Field
from desk.errors import DeskError
from desk.intake import floods
from desk.loopback.message import Form, Request, Response, first, redirect
from desk.page import facts, forms, keys, problem, standard, thread
from desk.page.forms import Choices, Control, Draft
from desk.page.problem import Problem
from desk.page.screen import Screen
from desk.page.words import PART_CHARACTERS
from desk.work import actions, partners

_FIRST = ("language", "standard")
# Buttons beside what they are about.
_WITHOUT_FIELDS = ("danger", "read", "withdrawal_done", "unbundle", "unmask")
# Forms that have a page of their own in the handbook.
_HELPED = {"answer": "answer", "refer": "partners"}


def find(screen: Screen, subject: str) -> Case:
    """The case of a subject; else `DeskError`."""
    case = screen.book.get(subject)
    if case is None:
        raise DeskError("there is no such case", "it may have been erased")
    return case


def show(screen: Screen, request: Request, subject: str) -> Response:
    """The page of a case; `open` names the form that is unfolded."""
    return page(screen, find(screen, subject), Draft({}, first(request.query, "open")))


def act(screen: Screen, request: Request, subject: str, action: str) -> Response:
    """Carry out an action, or show its form again with all that was typed."""
    case, form = find(screen, subject), request.form
    if first(form, "choose"):
        form = standard.fill(case, form)
    if first(form, "choose") or first(form, "measure"):
        return page(screen, case, Draft(form, action))
    wrong = _attempt(screen, case, action, form)
    if wrong is not None:
        return page(screen, case, Draft(form, action, wrong))
    return _after(screen, case, action)


def _attempt(screen: Screen, case: Case, action: str, form: Form) -> Problem | None:
    """Why an action was not carried out, if it was not."""
    hole = standard.hole(screen.t, form) if action == "answer" else ""
    if hole:
        return Problem("text", screen.t("page.answer.hole", hole=hole))
    try:
        given = forms.given(actions.find(action).fields, form)
        actions.perform(screen.book, case, action, given, today=screen.today())
    except DeskError as error:  # a full disk, for one: what was typed must not be lost to it
        return problem.problem(screen.t, error)
    return None


def _after(screen: Screen, case: Case, action: str) -> Response:
    if action == "unmask":
        screen.mine.unmasked = case.subject
    screen.mine.notice = screen.t(
        "page.done", case=case.pseudonym, action=screen.t(f"action.{action}")
    )
    return redirect("/" if action in ("close", "duplicate") else f"/case/{case.subject}")


def reopen(_screen: Screen, _request: Request, subject: str, action: str) -> Response:
    """Where a form was sent to is no page of its own: reloading it leads to the form."""
    return redirect(f"/case/{subject}?open={action}")


def draft(screen: Screen, request: Request, subject: str, action: str) -> Response:
    """A form that came when the screen was locked: shown as it was typed, and not carried out."""
    screen.mine.notice = screen.mine.notice or screen.t("page.resumed")
    return page(screen, find(screen, subject), Draft(request.form, action))


def text(screen: Screen, request: Request, *place: str) -> Response:
    """One text of a case, a part at a time."""
    subject, batch, number = place
    case = find(screen, subject)
    entries = [e for e in case.thread if (e.place.batch, str(e.place.number)) == (batch, number)]
    if not entries:
        raise DeskError("there is no such text in this case")
    whole = thread.whole(screen.book, entries[0])
    asked = first(request.query, "part")
    last = max(0, len(whole) - 1) // PART_CHARACTERS + 1
    number_asked = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    at = min(max(number_asked, 1), last)
    shown = whole[(at - 1) * PART_CHARACTERS : at * PART_CHARACTERS]
    return screen.page("text.html", "case", case=case, shown=shown, at=at, last=last)


def page(screen: Screen, case: Case, current: Draft) -> Response:
    """The page of a case with the form of one action as it was typed."""
    t, book = screen.t, screen.book
    unmasked, screen.mine.unmasked = screen.mine.unmasked == case.subject, ""
    story, unknown = thread.story(book, case)
    return screen.page(
        "case.html",
        "case",
        about=_HELPED.get(current.action, "case"),
        errors=problem.summary(t, current.action, current.problem),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if current.problem else HTTPStatus.OK,
        case=case,
        unfolded=current.action or _next(case),
        urgency=deadlines.urgency(case),
        marks=inbox.marks(case),
        may_be_danger=_may_be_danger(case),
        loud=facts.loud(t, case, screen.sure_day),
        facts=facts.of(t, book, case, unmasked=unmasked),
        consents=facts.consents(t, case),
        unmasked=unmasked,
        unread=case.status == "new" or bool(case.wrote_again or case.asked_off),
        story=story,
        unknown=unknown,
        reused=floods.has_reused_id(book, case),
        translations=thread.translations(t, book, case),
        steps=thread.steps(t, book, case, unmasked=unmasked),
        members=book.members(case) if case.kind == "bundle" else [],
        forms=_forms(screen, case, current, unmasked=unmasked),
        keys=keys.ACTIONS,
        help=standard.help_for(case, current),
        region=partners.near(case.municipality),
    )


def _may_be_danger(case: Case) -> bool:
    # A canary is nobody's: it would be in danger on its own page alone.
    is_open = case.kind == "complaint" and not (case.is_closed or case.canary)
    return is_open and case.urgency != "danger"


def _next(case: Case) -> str:
    """The form that is unfolded unasked: somebody who can read an answer waits for one."""
    waits = case.has_code and not case.is_closed and (not case.answered_on or case.wrote_again)
    return "answer" if waits else ""


def _forms(
    screen: Screen, case: Case, current: Draft, *, unmasked: bool
) -> list[tuple[str, list[Control]]]:
    offered = [action for action in actions.on(case) if _fits(case, action.name)]
    names = list(keys.ACTIONS)
    offered.sort(key=lambda a: names.index(a.name) if a.name in keys.ACTIONS else len(names))
    hidden = () if unmasked or not case.about_name else ("about_name",)
    return [(action.name, _controls(screen, case, action, current, hidden)) for action in offered]


def _fits(case: Case, action: str) -> bool:
    """Whether a form is of any use now; the rules themselves are the action's own."""
    return {
        **dict.fromkeys(_WITHOUT_FIELDS, False),
        "answer": case.has_code,
        "reopen": case.is_closed,
        "close": not case.is_closed,
        "release_flood": bool(case.flood),
        "referral_done": any(not referral.done_on for referral in case.referrals),
        "deadline_met": bool(deadlines.running(case)),
    }.get(action, True)


def _controls(
    screen: Screen, case: Case, action: actions.Action, current: Draft, hidden: tuple[str, ...]
) -> list[Control]:
    # A field that is not shown is not given, and then not touched: a masked name stays as it is.
    fields = [field for field in action.fields if field.name not in hidden]
    # A first sorting says how urgent it is; afterwards what is left open stays as it was.
    fields = [
        replace(field, required=True) if field.name == "urgency" and not case.is_sorted else field
        for field in fields
    ]
    draft = current if current.action == action.name else Draft({})
    controls = [
        forms.control(
            screen.t,
            action.name,
            field,
            draft=draft,
            before=partial(_before, case, action.name),
            offer=partial(_offer, screen, case, action.name),
        )
        # A standard answer is chosen first, in a language, and then changed.
        for field in sorted(fields, key=lambda field: field.name not in _FIRST)
    ]
    return forms.begun(controls, draft) if current.action == action.name else controls


def _before(case: Case, action: str, field: Field) -> tuple[str, ...]:
    """What stands in a field before anybody typed."""
    if field.name == "urgency" and not case.is_sorted:
        return ()
    if action == "triage":
        return forms.kept(getattr(case, field.name))
    if field.name == "outcomes":
        return tuple(case.outcomes)
    return (case.reply_language,) if (action, field.name) == ("answer", "language") else ()


def _offer(screen: Screen, case: Case, action: str, field: Field) -> Choices | None:
    """Choices that come from the case itself."""
    if field.name == "bundle":
        return tuple((b.subject, b.title) for b in screen.book.bundles() if not b.is_closed)
    if action == "referral_done":
        return _numbered(
            [r.organisation for r in case.referrals], [r.done_on for r in case.referrals]
        )
    if action == "deadline_met":
        names = [
            f"{facts.rule(screen.t, d.rule)}, {screen.t.day(d.last_day)}" for d in case.deadlines
        ]
        return _numbered(names, [d.met_on for d in case.deadlines])
    if field.name in forms.LANGUAGES:
        return forms.languages(screen.t, case.reply_language)
    if field.name == "rule":
        return tuple((rule, facts.rule_from(screen.t, rule)) for rule in field.choices)
    if field.name == "standard":
        return standard.choices(screen.t)
    return None


def _numbered(names: list[str], done: list[str]) -> Choices:
    pairs = enumerate(zip(names, done, strict=True), 1)
    return tuple((str(number), name) for number, (name, over) in pairs if not over)
