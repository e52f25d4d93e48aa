"""Canaries that the desk knows, beside step 6: imported and acknowledged like others, counted nowhere.

Comes in: the file of a canary. Goes out: its mark in the log. It refuses to keep its code.
"""

from datetime import date
from pathlib import Path

from desk.cases import codes
from desk.cases.book import Casebook
from desk.store.event import LOG, Event
from desk.wire import canary, code
from desk.wire.board.slots import CodeKeys


def know(book: Casebook, file: Path, *, today: date) -> bool:
    """Note a canary, before or after it is imported; false if it was known."""
    sent = canary.read(file)
    mark = codes.mark_of_keys(CodeKeys(*code.derive(sent.code)))
    if book.is_canary(mark):
        return False
    values = {"code": mark.hex(), "object": sent.object}
    book.add([Event(LOG, "canary", today.isoformat(), book.vault.handler, values)])
    return True
