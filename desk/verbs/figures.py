"""The verbs for figures, after step 7: the report of a year for the public, and months for the desk.

Comes in: arguments. Goes out: files, or lines that stay at the desk. It refuses to publish what no
reader has agreed to.
"""

from desk.errors import TYPE_CHECKING, DeskError
from desk.verbs import given, opening
from desk.verbs.parser import ALL

if TYPE_CHECKING:
    import argparse
    from datetime import date
    from pathlib import Path
    from typing import Any

    from desk.cases.book import Casebook

_MAX_TEXTS_BYTES = 2**20


def _read(path: "Path") -> bytes:
    from desk.folder import read_plain

    try:
        return read_plain(path, _MAX_TEXTS_BYTES)
    except OSError as error:
        hint = "give the file in which the desk says who should act"
        raise DeskError(f"cannot read the texts: {error.strerror}", hint) from None


def _day(arguments: "argparse.Namespace", book: "Casebook") -> "date":
    """The day of a report: --today never ends a year that the clock says still runs."""
    from datetime import UTC, datetime

    return book.days.sure(min(given.today(arguments), given.dutch_day(datetime.now(UTC))))


def _report(arguments: "argparse.Namespace") -> int:
    from pathlib import Path

    from desk.figures import publish, texts

    said = texts.parse(_read(Path(arguments.texts)))
    out = Path(arguments.out)
    with opening.book(arguments) as book:
        today = _day(arguments, book)
        drafted = publish.draft(book, arguments.year, said, today=today)
        if arguments.read_by:
            publish.sign_off(book, drafted, arguments.read_by, today=today)
        if arguments.publish:
            paths = publish.publish(book, drafted, out, today=today)
        else:
            paths = publish.write(drafted.files(is_draft=True), out)
    print("\n".join(map(str, paths)))
    return ALL


def _figures(arguments: "argparse.Namespace") -> int:
    from desk.figures import month, publish

    with opening.book(arguments) as book:
        found = month.months(publish.all_rows(book), arguments.year)
    print("\n".join(month.lines(found, given.say(arguments))))
    return ALL


# Any: argparse's own list of verbs.
def add(verbs: "Any") -> None:
    """Add the verbs."""
    report = given.add_verb(
        verbs, "report", _report, "draft the report of a year, sign it off, publish"
    )
    report.add_argument("--texts", metavar="FILE", required=True, help="what the desk says in it")
    report.add_argument("--out", metavar="DIR", required=True, help="an empty folder for the files")
    report.add_argument("--read-by", metavar="ROLE", help="record that a reader agrees")
    report.add_argument("--publish", action="store_true", help="write its numbers into the ledger")
    figures = given.add_verb(verbs, "figures", _figures, "the months of a year, for the desk alone")
    for verb in (report, figures):
        verb.add_argument("year", metavar="YEAR", type=int)
