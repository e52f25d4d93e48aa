"""What waits for the next board as people read it, between steps 7 and 8.

Comes in: all cases and the day. Goes out: rows with the two words of a case and no text of anybody.
It refuses to know codes: nothing in a row can be read on a board.
"""

from dataclasses import dataclass
from datetime import date

from desk import terminal
from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.outgoing import boards, outbox
from desk.outgoing.boards import Made
from desk.outgoing.outbox import Waiting
from desk.strings import Strings
from desk.wire import canon
from desk.wire.canon import Value


@dataclass(frozen=True, slots=True)
class Row:
    """A reply that is live: `what` is a language for an answer, else the word that is shown."""

    case: Case
    kind: str
    what: str
    written: date
    boards: int
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """All that is live on a day, what no board carried first; how many are acknowledged anew."""

    rows: tuple[Row, ...]
    receipts: int
    refused: tuple[Case, ...]
    last: Made | None
    is_published: bool


def _row(one: Waiting) -> Row:
    reply = one.outgoing.reply
    what = reply.language if reply.kind == "answer" else reply.text
    boards_seen, urgent = one.outgoing.boards, one.outgoing.is_urgent
    return Row(one.case, reply.kind, what, reply.written, boards_seen, urgent)


def of(book: Casebook, today: date) -> Summary:
    """What a board made on this day would have to carry."""
    known = boards.ledger(book)
    epoch = known.last.epoch + 1 if known.last else 1
    box = outbox.of(book, known.carried, epoch=epoch, published=today)
    rows = sorted(map(_row, box.replies), key=lambda row: (row.boards > 0, row.written))
    fresh = sum(one.receipt.boards == 0 for one in box.receipts)
    return Summary(tuple(rows), fresh, box.refused, known.last, not known.waits)


def line(row: Row, say: Strings) -> str:
    """One reply in one line."""
    words = {"answer": "", "status": "choice.status.", "notice": "outbox.word."}[row.kind]
    word = say(f"{words}{row.what}") if words else say.choice("language", row.what)
    carried = say("outbox.carried", count=row.boards) if row.boards else say("outbox.fresh")
    return say(
        f"outbox.{row.kind}",
        case=row.case.pseudonym,
        what=word,
        day=row.written,
        carried=carried,
    )


def lines(summary: Summary, say: Strings) -> list[str]:
    """What waits, as printed; nothing in it is hidden."""
    found = [
        *heads(summary, say),
        *(line(row, say) for row in summary.rows),
        *(say("outbox.refused", case=case.pseudonym) for case in summary.refused),
    ]
    return [terminal.clean(text) for text in found]


def heads(summary: Summary, say: Strings) -> list[str]:
    """The last board, and the numbers of what waits."""
    found = [say("outbox.count", replies=len(summary.rows), receipts=summary.receipts)]
    if summary.last is None:
        return [say("outbox.no_board"), *found]
    day, epoch = summary.last.heading.published, summary.last.epoch
    state = "outbox.published" if summary.is_published else "outbox.unpublished"
    return [say(state, epoch=epoch, day=day), *found]


def json_text(summary: Summary) -> str:
    """The same for another program."""
    rows: list[Value] = [
        {
            "case": row.case.pseudonym,
            "kind": row.kind,
            "what": row.what,
            "written": row.written.isoformat(),
            "boards": row.boards,
            "urgent": row.is_urgent,
        }
        for row in summary.rows
    ]
    refused: list[Value] = [case.pseudonym for case in summary.refused]
    last = summary.last.epoch if summary.last else 0
    values: dict[str, Value] = {"last": last, "published": summary.is_published}
    rest: dict[str, Value] = {"receipts": summary.receipts, "replies": rows, "refused": refused}
    return terminal.escape_json(canon.dumps(values | rest))
