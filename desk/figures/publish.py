"""The making of a report from the store to the files, after step 7.

Comes in: the cases, and the desk's texts. Goes out: files for the public, after their numbers are in
the ledger. It refuses to publish what no reader has agreed to, and never puts one file over another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.figures import ledger, render, report, rows, signoff, texts
from desk.figures.report import Report
from desk.figures.rows import Row
from desk.figures.texts import Texts
from desk.folder import read_plain, write_new
from desk.strings import LANGUAGES, Strings

_READABLE = 0o644  # the report is for the public


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that keeps every rule, with its texts: ready to be read."""

    report: Report
    texts: Texts

    def files(self, *, is_draft: bool) -> dict[str, str]:
        """The files by name: to be read before they are published, or for the public."""
        strings = {language: Strings(language) for language in LANGUAGES}
        return render.pages(self.report, strings, self.texts, is_draft=is_draft)


def all_rows(book: Casebook) -> Iterator[Row]:
    """The rows of the cases there are and of those that are erased; also for `month.months`."""
    yield from rows.of_cases(book.cases.values())
    yield from rows.of_log(book.logged("erased"))


def draft(book: Casebook, year: int, given: Texts, *, today: date) -> Draft:
    """Draft the report of a year that is over; `DeskError` if a number or a text is not fit."""
    published = ledger.read(book.logged(ledger.PUBLISHED))
    made = report.draft(all_rows(book), year, published)
    report.check(made, published, today=today)
    texts.check(given, made)
    return Draft(made, given)


def sign_off(book: Casebook, drafted: Draft, reader: str, *, today: date) -> None:
    """Record that a reader, of a role in `signoff.READERS`, has read this draft and agrees."""
    by = book.vault.handler
    book.add([signoff.event(drafted.report, drafted.texts, reader, on=today, by=by)])


def publish(book: Casebook, drafted: Draft, folder: Path, *, today: date) -> list[Path]:
    """Write the numbers into the ledger, then the files into a folder; returns their paths.

    Raises `DeskError` while no reader has agreed. Again is the same: nothing is written twice.
    """
    made = drafted.report
    signoff.demand(made, drafted.texts, book.logged(signoff.READ))
    files = drafted.files(is_draft=False)
    # First the ledger: a number that is in it and on no page harms nobody, the reverse does.
    if ledger.first(ledger.read(book.logged(ledger.PUBLISHED)), made.year) is None:
        book.add([ledger.event(made.numbers, on=today, by=book.vault.handler)])
    return write(files, folder)


def write(files: Mapping[str, str], folder: Path) -> list[Path]:
    """Write files into a folder, where nothing else of these names may lie; else `DeskError`."""
    try:
        return _write(files, folder)
    except OSError as error:
        hint = "give an empty folder that can be written to"
        raise DeskError(f"cannot write the report: {error.strerror}", hint) from None


def _write(files: Mapping[str, str], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = {folder / name: text.encode("utf-8") for name, text in files.items()}
    for path, octets in paths.items():
        if path.exists() and read_plain(path, len(octets) + 1) != octets:
            raise DeskError(f"there is another {path.name} in the folder", "give an empty folder")
    for path, octets in paths.items():
        if not path.exists():
            write_new(path, octets, _READABLE)
    return list(paths)
