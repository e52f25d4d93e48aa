"""Sticks on the daily screen, in step 6: complaints in, another handler's work in.

Comes in: the folder as which a stick appears. Goes out: what was read, in a few lines.
It refuses to know what is in a complaint or a copy.
"""

import os
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path

from desk.errors import DeskError
from desk.intake import intake
from desk.loopback.message import Form, Request, Response, first
from desk.page.problem import Errors
from desk.page.screen import Screen
from desk.store import copy
from desk.store.union import Tally

PLACES = (Path("/media"), Path("/run/media"), Path("/mnt"))
_Deed = Callable[[Screen, Path], list[str]]


def find(places: Sequence[Path] = PLACES) -> str:
    """The first mounted folder where sticks appear (some systems put them below a user's name)."""
    for place in places:
        for path in (*sorted(place.glob("*")), *sorted(place.glob("*/*"))):
            if os.path.ismount(path):
                return str(path)
    return ""


def _page(
    screen: Screen, name: str, form: Form, *, lines: Sequence[str] = (), errors: Errors = ()
) -> Response:
    path = first(form, "path") or find()
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return screen.page(f"{name}.html", name, errors=errors, status=status, path=path, lines=lines)


def given(screen: Screen, form: Form) -> Path:
    """The folder or file that was typed; `DeskError` unless this user can look into it."""
    typed = first(form, "path").strip()
    if not typed:
        raise DeskError(screen.t("page.stick.missing"))
    # Of a name that no disk can hold `exists` says no, where other calls raise.
    if not os.path.exists(typed) or not os.access(typed, os.R_OK):
        raise DeskError("the stick is not there", "plug it in, and give the folder it appears as")
    return Path(typed)


def _do(screen: Screen, name: str, request: Request, *, deed: _Deed) -> Response:
    try:
        lines = deed(screen, given(screen, request.form))
    except DeskError as error:
        return _page(screen, name, request.form, errors=(("path", screen.told(error)),))
    return _page(screen, name, request.form, lines=lines)


def show_import(screen: Screen, request: Request) -> Response:
    """The form that reads a stick."""
    return _page(screen, "import", request.query)


def do_import(screen: Screen, request: Request) -> Response:
    """Read every sealed complaint on a stick; reading it again finds nothing new."""
    return _do(screen, "import", request, deed=_import)


def _import(screen: Screen, stick: Path) -> list[str]:
    tally = intake.take(
        screen.book, [stick], today=screen.today(), report=lambda _progress: screen.touch()
    )
    return [line.strip() for line in tally.lines(screen.t)]


def do_merge(screen: Screen, request: Request) -> Response:
    """Take in what another handler of this desk wrote."""
    return _do(screen, "import", request, deed=_merge)


def _merge(screen: Screen, stick: Path) -> list[str]:
    tally = copy.merge(screen.book.vault, stick)
    screen.reload()
    return copied(screen, "page.import.merged", tally)


def copied(screen: Screen, string_id: str, tally: Tally) -> list[str]:
    """How much was copied, and how many damaged files were left out."""
    refused = len(tally.refused)
    lines = [screen.t("page.stick.refused", count=refused)] if refused else []
    return [screen.t(string_id, count=tally.batches), *lines]
