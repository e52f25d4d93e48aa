"""What leaves the daily screen, in steps 7 and 8: the weekly board, and our work for other handlers.

Comes in: the folder as which a stick appears. Goes out: files on it, and what was written in a few
lines. It refuses to know codes and keys, and where boards are served.
"""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path

from nacl.utils import random

from desk.errors import DeskError
from desk.figures import rows
from desk.loopback.message import Form, Request, Response, first
from desk.outgoing import boardmaking, preview
from desk.outgoing.boardmaking import Order
from desk.page import stick
from desk.page.problem import Errors
from desk.page.screen import Screen
from desk.store import copy
from desk.wire.board import file

SHOWN = 200  # replies listed; the rest are counted
BOARD = "board.bin"
_EPOCH_DIGITS = 10
_Deed = Callable[[Screen, Path, Form], list[str]]


def _page(screen: Screen, form: Form, *, told: Sequence[str] = (), errors: Errors = ()) -> Response:
    summary = preview.of(screen.book, screen.today())
    waits = summary.last is not None and not summary.is_published
    return screen.page(
        "outbox.html",
        "outbox",
        errors=errors,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        path=first(form, "path") or stick.find(),
        lines=told,
        heads=preview.heads(summary, screen.t),
        waiting=[preview.line(row, screen.t) for row in summary.rows[:SHOWN]],
        unpublished=summary.last.epoch if summary.last and waits else 0,
    )


def _do(screen: Screen, request: Request, deed: _Deed) -> Response:
    try:
        told = deed(screen, stick.given(screen, request.form), request.form)
    except DeskError as error:
        return _page(screen, request.form, errors=(("path", screen.told(error)),))
    return _page(screen, request.form, told=told)


def show(screen: Screen, request: Request) -> Response:
    """What waits for the next board, and the form that writes a stick."""
    return _page(screen, request.query)


def do_copy(screen: Screen, request: Request) -> Response:
    """Write to a stick what others of this desk may not have yet."""
    return _do(screen, request, _copy)


def _copy(screen: Screen, path: Path, _form: Form) -> list[str]:
    tally = copy.outbox(screen.book.vault, path)
    return stick.copied(screen, "page.outbox.written", tally)


def do_board(screen: Screen, request: Request) -> Response:
    """Make the weekly board and write it to a stick, or write the last one again."""
    return _do(screen, request, _board)


def _board(screen: Screen, path: Path, form: Form) -> list[str]:
    if not path.is_dir():
        raise DeskError("the stick is not there", "plug it in, and give the folder it appears as")
    said = first(form, "published")
    is_number = said.isascii() and said.isdigit() and len(said) <= _EPOCH_DIGITS
    order = Order(
        today=screen.today(),
        row=rows.kept,
        rng=random,
        published=int(said) if is_number else 0,
    )
    board = boardmaking.make(screen.book, order)
    file.write(path / BOARD, board.octets)
    return boardmaking.lines(board, screen.t)
