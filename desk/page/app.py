"""The daily screen of steps 6 and 7 as one function: a request in, a response out.

Comes in: a request. Goes out: a page, a way on, or a refusal that tells nothing. Who asks is
settled first, then whether the screen is open, then what is asked for. It refuses to know sockets.
"""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TypeAlias

from desk.errors import DeskError
from desk.loopback.message import CSS, Request, Response, Unclear, first, redirect
from desk.loopback.presses import stamp_of
from desk.loopback.server import refusal
from desk.page import (
    adding,
    casepage,
    door,
    helppage,
    inboxpage,
    keys,
    letterpage,
    lists,
    office,
    outbox,
    paper,
    stick,
)
from desk.page.screen import OURS, Screen
from desk.strings import LANGUAGES

View: TypeAlias = Callable[..., Response]  # the screen, the request, and the parts of the path
_SUBJECT = "([0-9a-f]{32})"
_ACTION = "([a-z_]{1,40})"
_FLOOD = "([0-9a-f]{1,64})"
_STYLE = Path(__file__).with_name("desk.css")
_CASE = f"/case/{_SUBJECT}"
_HARMLESS = ("/lock", "/search")  # pressed twice or at once, they do no more
# What is shown also while the screen is locked: nothing of a case is in it.
_HELP: tuple[tuple[str, View], ...] = (
    ("/help", helppage.show),
    ("/help/([a-z]{1,20})", helppage.show),
    ("/help/picture/(nl|en)/([a-z0-9-]{1,60})[.]png", helppage.picture),
)
_ROUTES: Mapping[str, tuple[tuple[str, View], ...]] = {
    "GET": (
        ("/", inboxpage.show),
        ("/search", lists.show_search),
        ("/agenda", lists.show_agenda),
        ("/bundles", lists.show_bundles),
        ("/import|/merge", stick.show_import),
        ("/outbox|/board", outbox.show),
        ("/add", adding.show),
        ("/figures", office.show_figures),
        ("/retention", office.show_retention),
        *_HELP,
        (_CASE, casepage.show),
        (f"{_CASE}/letter", letterpage.show),
        (f"{_CASE}/dossier", paper.show),
        (f"{_CASE}/text/([0-9a-f]{{64}})/([0-9]{{1,9}})", casepage.text),
        (f"{_CASE}/{_ACTION}", casepage.reopen),
    ),
    "POST": (
        ("/search", lists.search),
        ("/import", stick.do_import),
        ("/merge", stick.do_merge),
        ("/outbox", outbox.do_copy),
        ("/board", outbox.do_board),
        ("/add", adding.add),
        ("/retention", office.run_retention),
        ("/day", office.confirm_day),
        (f"/flood/{_FLOOD}/release", inboxpage.release_flood),
        (f"/flood/{_FLOOD}/aside", inboxpage.set_aside),
        (f"{_CASE}/letter", letterpage.make),
        (f"{_CASE}/dossier", paper.unmask),
        (f"{_CASE}/{_ACTION}", casepage.act),
    ),
    # What was being written when the screen locked itself: shown again, and not carried out.
    "RESUME": (
        ("/add", adding.draft),
        (f"{_CASE}/letter", letterpage.draft),
        (f"{_CASE}/{_ACTION}", casepage.draft),
    ),
}


def respond(screen: Screen, request: Request) -> Response:
    """Answer one request of whoever it was."""
    try:
        if not screen.session.is_ours(request):
            return refusal(HTTPStatus.FORBIDDEN)
        if request.path == "/" and "token" in request.query:
            return _begin(screen, request)
        if not screen.session.is_known(request):
            return refusal(HTTPStatus.FORBIDDEN)
        if request.method == "POST" and not screen.session.may_post(request):
            return refusal(HTTPStatus.FORBIDDEN)
        return _answer(screen, request)
    except Unclear:
        return refusal(HTTPStatus.BAD_REQUEST)


def _begin(screen: Screen, request: Request) -> Response:
    if screen.session.is_known(request):  # opened twice by one browser
        return redirect("/")
    if request.method != "GET" or not screen.session.begin(first(request.query, "token")):
        return refusal(HTTPStatus.FORBIDDEN)
    return redirect("/", screen.session.set_cookie())


def _answer(screen: Screen, request: Request) -> Response:
    if request.path == "/desk.css":
        return Response(HTTPStatus.OK, _STYLE.read_bytes(), CSS)
    if request.path == "/favicon.ico":  # browsers ask, whatever the page says
        return Response(HTTPStatus.NO_CONTENT)
    screen.begin()
    if _asks_to_lock(request):
        return door.lock(screen, request)
    screen.tick()
    screen.touch()
    if (language := first(request.query, "language")) in LANGUAGES:
        screen.language = language
    screen.how = keys.how(request.header("user-agent") or "")
    return _unless_locked(screen, request)


def _unless_locked(screen: Screen, request: Request) -> Response:
    """The answer, or the locked page when somebody locked the screen before there was one."""
    response = None
    try:
        response = _open(screen, request) if screen.is_open else _locked(screen, request)
    except Exception:
        # A lock takes the cases away under the hands of whatever runs; all else is a mistake of ours.
        if not screen.is_broken_off:
            raise
    if response is not None and not screen.is_broken_off:
        return response
    if response is None or response.status is not HTTPStatus.SEE_OTHER:
        _keep_words(screen, request)
    return redirect("/")


def _asks_to_lock(request: Request) -> bool:
    return request.method == "POST" and request.path == "/lock"


def at_once(screen: Screen, request: Request) -> Response | None:
    """Lock, if that was asked by our browser, whatever else is under way; `None` for all else."""
    try:
        answer = respond(screen, request) if _asks_to_lock(request) else None
    except Unclear:
        return None
    return answer if answer is not None and answer.status is HTTPStatus.SEE_OTHER else None


def _locked(screen: Screen, request: Request) -> Response:
    if request.method == "POST" and request.path == "/unlock":
        return door.unlock(screen, request)
    if request.method == "POST":
        _keep_words(screen, request)
        return redirect("/")
    if any(re.fullmatch(pattern, request.path) for pattern, _ in _HELP):
        return _route(screen, request, "GET")
    return door.show(screen, request)


def _keep_words(screen: Screen, request: Request) -> None:
    """Whoever wrote for long finds the screen locked; the words come back after the passphrase."""
    is_words = any(re.fullmatch(pattern, request.path) for pattern, _ in _ROUTES["RESUME"])
    if request.method == "POST" and is_words:
        screen.interrupted = request


def _open(screen: Screen, request: Request) -> Response:
    waiting = screen.interrupted
    if request.path == "/unlock":  # another tab was faster, or a second click
        return redirect("/resume" if waiting else "/")
    if request.path == "/resume":
        return redirect("/") if waiting is None else _route(screen, waiting, "RESUME")
    screen.interrupted = None
    if request.method == "POST" and request.path not in _HARMLESS:
        return _pressed(screen, request)
    return _route(screen, request, request.method)


def _pressed(screen: Screen, request: Request) -> Response:
    """Let a form act once, and only after it has stood there for a moment."""
    presses, stamp = screen.presses, stamp_of(request.form)
    if presses.is_used(stamp):
        if (found := presses.answer(stamp)) is None:
            return _told(screen, request, screen.t("page.sent"))
        answer, screen.mine.notice = found
        return answer
    if presses.is_too_soon(stamp):
        return _too_soon(screen, request)
    presses.use(stamp)
    answer = _route(screen, request, "POST")
    if not screen.is_broken_off:  # what came after a lock is kept for nobody
        presses.keep(stamp, answer, screen.mine.notice)
    return answer


def _too_soon(screen: Screen, request: Request) -> Response:
    """Show the page again that was pressed too soon, with what was typed on it, if anything was."""
    screen.mine.notice = screen.t("page.too_soon")
    if any(re.fullmatch(pattern, request.path) for pattern, _ in _ROUTES["RESUME"]):
        return _route(screen, request, "RESUME")
    is_page = any(re.fullmatch(pattern, request.path) for pattern, _ in _ROUTES["GET"])
    return redirect(request.path if is_page else "/")


def _route(screen: Screen, request: Request, kind: str) -> Response:
    for pattern, view in _ROUTES[kind]:
        if found := re.fullmatch(pattern, request.path):
            return _seen(screen, request, view, found.groups())
    return _missing(screen)


def _missing(screen: Screen) -> Response:
    return screen.page(
        "missing.html", "missing", about="problem", status=HTTPStatus.NOT_FOUND, typed=()
    )


def _seen(screen: Screen, request: Request, view: View, parts: tuple[str, ...]) -> Response:
    try:
        return view(screen, request, *parts)
    except DeskError as error:
        return _failed(screen, request, error)


def _failed(screen: Screen, request: Request, error: DeskError) -> Response:
    return _told(screen, request, screen.told(error))


def _told(screen: Screen, request: Request, error: str) -> Response:
    """A page of its own for what no form can show; what was typed stands on it, to be copied."""
    typed = [(name, text) for name, texts in request.form.items() for text in texts if text.strip()]
    return screen.page(
        "missing.html",
        "missing",
        about="problem",
        errors=(("", error),),
        status=HTTPStatus.CONFLICT,
        typed=[(name, text) for name, text in typed if name not in OURS],
    )
