"""The dossier of a case on the daily screen, in steps 6 and 7: everything that is known, to print.

Comes in: the subject of a case. Goes out: a page that prints well, names kept back unless they are
asked for, which is recorded. It refuses to write a file.
"""

from desk.letters import dossier
from desk.loopback.message import Request, Response
from desk.page.casepage import find
from desk.page.screen import Screen
from desk.work import actions


def show(screen: Screen, _request: Request, subject: str) -> Response:
    """The dossier with the names masked."""
    return _page(screen, subject, unmask=False)


def unmask(screen: Screen, _request: Request, subject: str) -> Response:
    """The dossier with the names; that somebody looked is kept in the case."""
    actions.perform(screen.book, find(screen, subject), "unmask", {}, today=screen.today())
    return _page(screen, subject, unmask=True)


def _page(screen: Screen, subject: str, *, unmask: bool) -> Response:
    case = find(screen, subject)
    paper = dossier.of(screen.book, case, screen.t, unmask=unmask)
    day = screen.t.day(screen.clock_day())
    return screen.page(
        "dossier.html", "case", case=case, paper=paper, printed_on=day, unmasked=unmask
    )
