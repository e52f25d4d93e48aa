"""The frozen list of tables that a yearly report may hold, after step 7.

Comes in: statistics rows. Goes out: exact counts for each row of each table. It refuses to know
what may be published of them; that is `suppress`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from desk.cases import case
from desk.figures.rows import Row
from desk.wire import schema

TOTAL = "total"  # the one number of a report that stands outside its tables
NOT_STATED = "not_stated"  # the last row of every table
LANGUAGE_GROUPS = ("nl", "en", "europe", "other")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its rows in the order in which they are shown, and how a complaint falls in them.

    A complaint stands in exactly one row, unless the table `overlaps`: then in one or more, and in
    `not_stated` only if in no other.
    """

    name: str
    cells: tuple[str, ...]
    overlaps: bool
    of: Callable[[Row], tuple[str, ...]]


# No table crosses two questions, and none has a month or a place: small towns have few complainants.
TABLES = (
    Table("topics", (*schema.TOPICS, NOT_STATED), True, lambda row: row.topics),
    Table("about", (*case.ABOUTS, NOT_STATED), False, lambda row: (row.about,)),
    Table("role", (*schema.ROLES, NOT_STATED), False, lambda row: (row.role,)),
    Table("outcomes", (*case.OUTCOMES, NOT_STATED), True, lambda row: row.outcomes),
    Table("language", (*LANGUAGE_GROUPS, NOT_STATED), False, lambda row: (row.language,)),
)
BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}


def count(table: Table, rows: Iterable[Row]) -> dict[str, int]:
    """Complaints in each row of a table; what is on no list counts as not stated."""
    found: Counter[str] = Counter()
    for row in rows:
        known = {cell for cell in table.of(row) if cell in table.cells}
        found.update(known or {NOT_STATED})
    return {cell: found[cell] for cell in table.cells}
