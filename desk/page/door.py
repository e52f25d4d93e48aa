"""The locked page of the daily screen, before step 6: a name and a passphrase, or nothing.

Comes in: a request of the one browser. Goes out: the form that unlocks, or the page after it. It
refuses to know cases.
"""

from http import HTTPStatus

from desk.errors import DeskError
from desk.loopback.message import Request, Response, first, redirect
from desk.page.screen import Screen


def show(screen: Screen, _request: Request) -> Response:
    """The locked page; of a form that came too late it says that nothing of it is lost."""
    waiting = screen.interrupted is not None
    handlers = screen.handlers()
    return screen.page(
        "unlock.html", "unlock", handlers=handlers, chosen=handlers[:1], waiting=waiting
    )


def unlock(screen: Screen, request: Request) -> Response:
    """Try a passphrase; a form that was interrupted comes back filled in, and is not sent."""
    handler, passphrase = first(request.form, "handler"), first(request.form, "passphrase")
    try:
        screen.unlock(handler, passphrase)
    except DeskError as error:
        return screen.page(
            "unlock.html",
            "unlock",
            errors=(("passphrase", screen.told(error)),),
            status=HTTPStatus.FORBIDDEN,
            handlers=screen.handlers(),
            chosen=[handler],
            waiting=screen.interrupted is not None,
            typed=(),  # no word of a passphrase comes back
        )
    return redirect("/resume" if screen.interrupted else "/")


def lock(screen: Screen, _request: Request) -> Response:
    """Lock at once."""
    screen.lock()
    return redirect("/")
