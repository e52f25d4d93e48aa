"""Step 9 seen from outside, by a timer: whether list, form, board and canaries are as they must be.

Comes in: a folder of the watching machine with the files of canaries, and the address of a site. Goes
out: a line for each check, in `status.txt` there, replaced at once and whole. It tells days and no
times, and refuses to tell an address, a code or a key.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

from desk.errors import DeskError, Refused
from desk.folder import read_plain
from desk.online import status
from desk.online.canary_round import UnreachableError, Web, board_key, keys_of
from desk.online.status import Line, Word
from desk.wire import canary, keylist
from desk.wire.board import signed_file
from desk.wire.board.heading import MAX_BYTES, Heading
from desk.wire.canary import Canary
from desk.wire.keylist import KeyList

STATUS, SEEN = "status.txt", "seen.json"
CANARIES = "*.canary"
FRESH_CANARY = timedelta(days=35)  # a canary a month, and a few days to send it
_MAX_BYTES = 2**20


@dataclass(slots=True)
class Seen:
    """What earlier runs saw: the newest list and board, canaries that came back, the last good days.

    `back` has the number of the board by the name of the canary's object, `well` a day by the check.
    """

    issued: str = ""
    epoch: int = 0
    back: dict[str, int] = field(default_factory=dict)
    well: dict[str, str] = field(default_factory=dict)


def _list(keys: KeyList, seen: Seen) -> Line:
    if keys.issued < seen.issued:
        said = f"signed on {keys.issued}, and one of {seen.issued} was there before"
        return Line("key list", "wrong", said)
    seen.issued = keys.issued
    return Line("key list", "well", f"signed on {keys.issued}")


def _form(keys: KeyList, today: date) -> Line:
    last = max(entry.not_after for entry in keys.of("intake"))
    if keylist.pick(keys, today=today, built=date.fromisoformat(keys.issued)) is None:
        return Line("form", "wrong", f"closed: the last intake key ended on {last}")
    if today.isoformat() > last:
        return Line("form", "wrong", f"closes soon: the last intake key ended on {last}")
    return Line("form", "well", f"open, with keys to {last}")


def _board(heading: Heading | None, seen: Seen, today: date) -> Line:
    if heading is None:
        word: Word = "wrong" if seen.epoch else "well"
        return Line("board", word, "none any more" if seen.epoch else "none yet")
    said = f"number {heading.epoch} of {heading.published}, the next is due on {heading.next_board}"
    if heading.epoch < seen.epoch:
        return Line("board", "wrong", f"{said}; number {seen.epoch} was there before")
    seen.epoch = heading.epoch
    return Line("board", "wrong" if today > heading.next_board else "well", said)


def _whole(error: DeskError) -> str:
    """What is wrong with what to do about it, on one line."""
    return f"{error.message}: {error.hint}" if error.hint else error.message


@dataclass(frozen=True, slots=True)
class _Site:
    """What the site serves: its list, and its board with what can be read of it."""

    keys: KeyList
    octets: bytes | None
    heading: Heading | None


def _returned(path: Path, site: _Site, seen: Seen) -> Line:
    """One canary: back for good once a board acknowledged it, since boards forget."""
    name = f"canary {path.stem}"
    try:
        sent = canary.read(path)
        if sent.object not in seen.back and site.octets is not None:
            key = board_key(site.keys)
            finding, epoch = canary.check(sent, site.octets, board_key=key)
            if finding == "overdue":
                return Line(name, "wrong", f"not on board {epoch}, and it should be")
            if finding == "found":
                seen.back[sent.object] = epoch
    except DeskError as error:
        return Line(name, "wrong", _whole(error))
    if sent.object in seen.back:
        return Line(name, "well", f"came back on board {seen.back[sent.object]}")
    return Line(name, "well", f"waits; on board {sent.epoch + canary.EPOCHS} at the latest")


def _round(sent: list[Canary], today: date) -> Line:
    """Whether one was sent of late: what is not sent cannot be missed."""
    newest = max((one.sent for one in sent), default="")
    if newest < (today - FRESH_CANARY).isoformat():
        said = f"the newest canary was sent on {newest}" if newest else "no canary was sent"
        return Line("round", "wrong", f"{said}: send one")
    return Line("round", "well", f"the newest canary was sent on {newest}")


def _sent(paths: list[Path]) -> Iterator[Canary]:
    """The canaries that can be read; of the others their own line tells."""
    for path in paths:
        with suppress(DeskError):
            yield canary.read(path)


def _served(web: Web, site_key: bytes, seen: Seen, today: date) -> tuple[_Site | None, list[Line]]:
    try:
        keys = keys_of(web, site_key)
    except UnreachableError:
        raise
    except DeskError as error:
        return None, [Line("key list", "wrong", _whole(error))]
    lines = [_list(keys, seen), _form(keys, today)]
    try:
        octets = web.get("/board.bin", MAX_BYTES + 1)
        heading = signed_file.parse(octets, board_key(keys)).heading if octets is not None else None
    except UnreachableError:
        raise
    except DeskError as error:
        said = "not signed by this desk" if isinstance(error, Refused) else _whole(error)
        return None, [*lines, Line("board", "wrong", said)]
    return _Site(keys, octets, heading), [*lines, _board(heading, seen, today)]


def look(folder: Path, web: Web, seen: Seen, *, site_key: bytes, today: date) -> list[Line]:
    """Every check once; what was seen is noted in `seen`. An unreachable site is one line, unseen."""
    paths = sorted(folder.glob(CANARIES))
    sent = list(_sent(paths))
    seen.epoch = max(
        [seen.epoch, *(one.epoch for one in sent)]
    )  # what was served when one was sent
    try:
        site, lines = _served(web, site_key, seen, today)
    except UnreachableError as error:
        return [Line("site", "unseen", error.message)]
    back = [_returned(path, site, seen) for path in paths] if site is not None else []
    return [Line("site", "well", "answers"), *lines, *back, _round(sent, today)]


def _read(folder: Path) -> Seen:
    try:
        return Seen(**json.loads(read_plain(folder / SEEN, _MAX_BYTES)))
    except FileNotFoundError:
        return Seen()
    except (OSError, ValueError, TypeError):
        raise DeskError(f"{SEEN} is damaged", "move it away, then look again") from None


def watch(folder: Path, address: str, *, site_key: bytes, today: date) -> tuple[int, str]:
    """Look once, write both files, and return the exit code with the text of the status.

    Raises `DeskError` when the folder cannot be used: then nothing was looked at.
    """
    with status.alone(folder):
        seen = _read(folder)
        lines = look(folder, Web(address), seen, site_key=site_key, today=today)
        seen.well = status.well_days(lines, seen.well, today)
        text = status.text_of(lines, seen.well, today)
        kept = f"{json.dumps(asdict(seen), indent=1)}\n"
        try:
            status.replace(folder, SEEN, kept.encode("utf-8"), 0o600)
            status.replace(folder, STATUS, text.encode("utf-8"), status.READABLE)
        except OSError as error:
            raise DeskError(f"cannot write {STATUS}: {error.strerror}") from None
    return status.code_of(lines), text
