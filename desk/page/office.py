"""The desk's own housekeeping on the daily screen, after step 7: figures and keeping.

Comes in: a request. Goes out: exact figures that stay inside, and what is due to be erased. It refuses to
publish anything.
"""

from desk.cases import fields
from desk.figures import month, publish, rows
from desk.loopback.message import Request, Response, first, redirect
from desk.outgoing import retention
from desk.page.screen import Screen
from desk.store import daycheck


def show_figures(screen: Screen, request: Request) -> Response:
    """Counts by month of one year, this year if none is asked for."""
    asked, this = first(request.query, "year"), screen.today().year
    year = int(asked) if len(asked) == 4 and asked.isascii() and asked.isdigit() else this
    months = month.months(publish.all_rows(screen.book), year)
    return screen.page("figures.html", "figures", months=months, year=year, this=this)


def show_retention(screen: Screen, _request: Request) -> Response:
    """What a run would erase today; nothing is erased by looking."""
    plan = retention.plan(screen.book, screen.today())
    return screen.page("retention.html", "retention", lines=plan.lines(screen.t), due=len(plan.due))


def run_retention(screen: Screen, request: Request) -> Response:
    """Erase what is due, if the handler said so with a tick."""
    if first(request.form, "sure") != "yes":
        screen.mine.notice = screen.t("page.retention.unsure")
        return redirect("/retention")
    erased = retention.run(screen.book, today=screen.today(), row=rows.kept)
    screen.mine.notice = screen.t("page.retention.done", count=len(erased))
    return redirect("/retention")


def confirm_day(screen: Screen, request: Request) -> Response:
    """A person says which day it is, after a long rest or a wrong clock; work goes on from there."""
    day = fields.day(first(request.form, "day"))
    screen.book.add([daycheck.confirm(day, clock=screen.clock_day(), by=screen.book.vault.handler)])
    screen.mine.notice = screen.t("page.day.done")
    return redirect("/")
