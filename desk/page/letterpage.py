"""A letter from a case on the daily screen, in step 7: chosen, filled, shown, recorded.

Comes in: a case, a template, what was filled in. Goes out: the letter to print, or the form with
what was typed and why it is refused. It refuses to send anything.
"""

from http import HTTPStatus

from desk.cases.case import Case
from desk.errors import DeskError
from desk.letters import letter, templates
from desk.loopback.message import Request, Response, first, redirect
from desk.page import forms, problem
from desk.page.casepage import find
from desk.page.forms import Draft
from desk.page.screen import OURS, Screen


def show(screen: Screen, request: Request, subject: str) -> Response:
    """The letters that can be made from a case, and the form of the one that was chosen."""
    return _page(screen, find(screen, subject), first(request.query, "template"), Draft({}))


def draft(screen: Screen, request: Request, subject: str) -> Response:
    """The form as it was typed when the screen was locked."""
    screen.mine.notice = screen.mine.notice or screen.t("page.resumed")
    template = first(request.form, "template")
    return _page(screen, find(screen, subject), template, Draft(request.form))


def make(screen: Screen, request: Request, subject: str) -> Response:
    """Show the letter; with `record` keep it in the thread and go there."""
    case, template = find(screen, subject), first(request.form, "template")
    if first(request.form, "change"):
        return _page(screen, case, template, Draft(request.form))
    today = screen.today()
    try:
        given = forms.given(letter.fields(template), request.form)
        made = letter.make(screen.book, case, template, given, today=today)
        if first(request.form, "record"):
            letter.record(screen.book, case, made, today=today)
    except DeskError as error:
        wrong = problem.problem(screen.t, error)
        return _page(screen, case, template, Draft(request.form, "letter", wrong))
    if first(request.form, "record"):
        screen.mine.notice = screen.t("page.letter.kept")
        return redirect(f"/case/{subject}")
    kept = [(n, value) for n, values in request.form.items() for value in values if n not in OURS]
    return screen.page("letter.html", "case", about="letter", case=case, made=made, kept=kept)


def _page(screen: Screen, case: Case, template: str, current: Draft) -> Response:
    t = screen.t
    offered = [one.id for one in templates.TEMPLATES.values() if case.kind in one.on]
    chosen = templates.TEMPLATES.get(template)
    controls = [
        forms.control(t, "letter", field, draft=current, before=forms.empty, offer=forms.nothing)
        for field in (chosen.fields if chosen else ())
    ]
    return screen.page(
        "letters.html",
        "case",
        about="letter",
        errors=problem.summary(t, "letter", current.problem),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if current.problem else HTTPStatus.OK,
        case=case,
        offered=[(name, t(f"letter.{name}")) for name in offered],
        chosen=chosen.id if chosen else "",
        controls=forms.begun(controls, current),
    )
