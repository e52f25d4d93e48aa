"""A complaint told to a handler, entered on the daily screen beside steps 1 to 6.

Comes in: what was filled in. Goes out: a new case, and a reply code that is shown once; or the form
with what was typed. It refuses to keep the code.
"""

from functools import partial
from http import HTTPStatus

from desk.cases.fields import Field
from desk.errors import DeskError
from desk.intake import added
from desk.loopback.message import Request, Response, redirect
from desk.page import forms, problem
from desk.page.forms import Draft
from desk.page.screen import Screen
from desk.strings import Strings
from desk.wire import code


def show(screen: Screen, _request: Request) -> Response:
    """The empty form."""
    return _page(screen, Draft({}))


def draft(screen: Screen, request: Request) -> Response:
    """The form as it was typed when the screen was locked."""
    screen.mine.notice = screen.mine.notice or screen.t("page.resumed")
    return _page(screen, Draft(request.form))


def add(screen: Screen, request: Request) -> Response:
    """Make the case; a code that was drawn stands on the answer and nowhere else."""
    given = forms.given(added.FIELDS, request.form)
    try:
        made = added.add(screen.book, given, today=screen.today())
    except DeskError as error:
        return _page(screen, Draft(request.form, "add", problem.problem(screen.t, error)))
    if made.code:
        return screen.page("code.html", "add", case=made.case, code=code.group(made.code))
    screen.mine.notice = screen.t("page.add.done", case=made.case.pseudonym)
    return redirect(f"/case/{made.case.subject}")


def _offer(t: Strings, field: Field) -> forms.Choices | None:
    return forms.languages(t) if field.name in forms.LANGUAGES else None


def _page(screen: Screen, current: Draft) -> Response:
    t = screen.t
    controls = [
        forms.control(t, "add", field, draft=current, before=forms.empty, offer=partial(_offer, t))
        for field in added.FIELDS
    ]
    return screen.page(
        "add.html",
        "add",
        errors=problem.summary(t, "add", current.problem),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if current.problem else HTTPStatus.OK,
        controls=forms.begun(controls, current),
    )
