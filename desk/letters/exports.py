"""Cases as rows for another program, step 7: JSON or CSV that nothing in them can make act.

Comes in: cases. Goes out: a row for each, and files that only their owner can read. Rows hold no
story and no name, and no day but its week, unless stories are asked for by name.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from desk import terminal
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.errors import DeskError
from desk.folder import write_new
from desk.letters.weeks import week
from desk.wire import canon
from desk.wire.canon import Value

Row: TypeAlias = Mapping[str, str]
Form = Literal["csv", "json"]
COLUMNS = (
    "case",
    "kind",
    "received_week",
    "closed_week",
    "reported_back_week",
    "channel",
    "language",
    "role",
    "wish",
    "topics",
    "about",
    "municipality",
    "urgency",
    "status",
    "outcomes",
    "practice",
    "canary",
)
STORY = "story"
_NAMES: Mapping[Form, str] = {"csv": "cases-{day}.csv", "json": "cases-{day}.json"}
_MARK = "\ufeff"
# A spreadsheet takes a cell for a formula if it begins so, also behind blanks and quotes; one that
# expects semicolons or tabs cuts our cells where these stand, and lines where they break.
_FORMULA = re.compile(r"((?:^|[;,\t\r\n|])[\s\"'‘’“”«»`´]*)([=+\-@＝＋－＠﹢﹣﹦﹫⁺⁻⁼₊₋₌−])")


def row(case: Case) -> Row:
    """A case as text by column; several values stand with a space between them."""
    return {
        "case": case.pseudonym,
        "kind": case.kind,
        "received_week": week(case.received_on),
        "closed_week": week(case.closed_on),
        "reported_back_week": week(case.reported_back),
        "channel": case.channel,
        "language": case.language,
        "role": case.role,
        "wish": case.wish,
        "topics": " ".join(case.topics),
        "about": case.about,
        "municipality": case.municipality,
        "urgency": case.urgency,
        "status": case.status,
        "outcomes": " ".join(case.outcomes),
        "practice": "yes" if case.practice else "no",
        "canary": "yes" if case.canary else "no",  # of the desk itself: nobody complained
    }


def rows(cases: Iterable[Case]) -> list[Row]:
    """A row for each case, without a word of a story."""
    return [row(case) for case in cases]


def rows_with_stories(book: Casebook, cases: Iterable[Case]) -> list[Row]:
    """The same rows with one column more: what the sender wrote, empty for a bundle."""
    return [{**row(case), STORY: _story(book, case)} for case in cases]


def _story(book: Casebook, case: Case) -> str:
    return str(book.complaint(case).values["story"]) if case.kind == "complaint" else ""


def cell(value: str) -> str:
    """A value that no spreadsheet takes for a formula, with hidden characters as marks.

    The apostrophe that is set before a formula is what spreadsheets themselves use for "as text".
    """
    return _FORMULA.sub(r"\1'\2", terminal.clean(value))


def _quoted(value: str) -> str:
    doubled = cell(value).replace('"', '""')
    return f'"{doubled}"'


def csv_text(table: Sequence[Row]) -> str:
    """Rows as RFC 4180 has them: every cell quoted, lines end in CR LF, first the columns."""
    columns = (*COLUMNS, STORY) if any(STORY in found for found in table) else COLUMNS
    lines = [",".join(map(_quoted, columns))]
    lines += [",".join(_quoted(found[name]) for name in columns) for found in table]
    return "".join(f"{line}\r\n" for line in lines)


def json_text(table: Sequence[Row]) -> str:
    """Rows as one JSON array, a row on each line; hidden characters are escaped."""
    values: list[dict[str, Value]] = [dict(found) for found in table]
    lines = ",\n".join(terminal.escape_json(canon.dumps(value)) for value in values)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def write(folder: Path, table: Sequence[Row], form: Form, *, today: date) -> Path:
    """Write rows to `cases-<day>.csv` or `.json`, mode 0600, never over another file."""
    path = folder / _NAMES[form].format(day=today.isoformat())
    # Excel takes a file without this mark for one of an old code page, and garbles every accent.
    text = f"{_MARK}{csv_text(table)}" if form == "csv" else json_text(table)
    try:
        write_new(path, text.encode("utf-8"))
    except OSError as error:
        hint = "move the other file away, or give another folder"
        raise DeskError(f"cannot write {path.name}: {error.strerror}", hint) from None
    return path
