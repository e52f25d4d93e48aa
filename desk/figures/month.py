"""Figures for inside the desk, after step 7: exact, by month, and never to be published.

Comes in: rows. Goes out: counts for each month, or for the quarter of a case that is erased. It
refuses to write a file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desk.figures import tables
from desk.figures.rows import Row, threads
from desk.strings import Strings

_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Month:
    """Exact counts of a month (`2026-05`), or of what is erased of a quarter (`2026-Q2`)."""

    name: str
    total: int
    counts: Mapping[str, Mapping[str, int]]  # by table and row, without rows that are empty


def months(rows: Iterable[Row], year: int) -> list[Month]:
    """The months of a year that had complaints, in order, each thread once."""
    of_year = [row for row in threads(rows) if row.year == str(year)]
    found = []
    for name in sorted({row.month or row.quarter for row in of_year}):
        inside = [row for row in of_year if (row.month or row.quarter) == name]
        counts = {
            table.name: {cell: n for cell, n in tables.count(table, inside).items() if n}
            for table in tables.TABLES
        }
        found.append(Month(name, len(inside), counts))
    return found


def lines(found: Iterable[Month], words: Strings) -> Iterator[str]:
    """Months to read on a terminal, under the words that keep them inside."""
    yield words("figures.internal")
    for month in found:
        yield ""
        yield words("figures.month", name=words.month(month.name), count=month.total)
        for table, counts in month.counts.items():
            yield f"  {words(f'figures.{table}')}"
            for cell, number in counts.items():
                yield f"    {words(f'figures.{table}.{cell}'):<{_COLUMNS}} {number:>6}"
