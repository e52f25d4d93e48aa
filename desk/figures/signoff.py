"""The reader's sign-off, after step 7: somebody from sex work reads a report before the public does.

Comes in: a report with its texts. Goes out: the event that says it was read, and whether it was. It
refuses to know who the reader is: only the role and the day are kept.
"""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from desk.errors import DeskError
from desk.figures import ledger
from desk.figures.report import Report
from desk.figures.texts import Texts, needed
from desk.store.event import LOG, Event
from desk.strings import LANGUAGES
from desk.wire import canon
from desk.wire.canon import Value

READ = "report_read"
READERS = ("sex_worker", "representative")  # of an organisation of sex workers


def fingerprint(report: Report, texts: Texts) -> str:
    """What was read, as 64 hex digits: every number and every text of a report."""
    said: Value = [[lang, name, texts[lang][name]] for lang in LANGUAGES for name in needed(report)]
    numbers: Value = [report.year, *ledger.entries(report.numbers)]
    return sha256(canon.dumps([numbers, said]).encode("utf-8")).hexdigest()


def event(report: Report, texts: Texts, reader: str, *, on: date, by: str) -> Event:
    """The `report_read` event: a reader of this role has read exactly this and agrees."""
    if reader not in READERS:
        raise DeskError("a report is not signed off in this role", f"one of {', '.join(READERS)}")
    read: dict[str, Value] = {
        "year": report.year,
        "reader": reader,
        "draft": fingerprint(report, texts),
    }
    return Event(LOG, READ, on.isoformat(), by, read)


def demand(report: Report, texts: Texts, log: Iterable[Event]) -> None:
    """Refuse a report that no reader has agreed to, word for word; else `DeskError`."""
    draft = fingerprint(report, texts)
    for found in log:
        agrees = found.kind == READ and found.values.get("reader") in READERS
        if agrees and found.values.get("draft") == draft:
            return
    raise DeskError(
        f"nobody from sex work has read the report of {report.year} as it is now",
        "have it read and record it; a change of a number or a word needs a new reading",
    )
