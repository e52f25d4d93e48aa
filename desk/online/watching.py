"""Step 9 seen from outside, by a timer: whether list, form, board and canaries are as they must be.

Comes in: a folder of the watching machine with the files of canaries, and the address of a site. Goes
out: a line for each check, in `status.txt` there, replaced at once and whole. It tells days and no
times, and refuses to tell an address, a code or a key.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from desk.errors import DeskError, Refused
from desk.folder import folder_of, lock, make_readable, read_plain, stage
from desk.online.canary_round import UnreachableError, Web, board_key, keys_of
from desk.wire import canary, keylist
from desk.wire.board import signed_file
from desk.wire.board.heading import MAX_BYTES, Heading
from desk.wire.canary import Canary
from desk.wire.keylist import KeyList

Word = Literal["well", "wrong", "unseen"]

STATUS, SEEN = "status.txt", "seen.json"
CANARIES = "*.canary"
FRESH_CANARY = timedelta(days=35)  # a canary a month, and a few days to send it
WELL, WRONG, UNSEEN = 0, 1, 2  # exit codes of `desk canary watch`
_SAID = {WELL: "all well", WRONG: "something is wrong", UNSEEN: "could not look"}
_READABLE = 0o644
_MAX_BYTES = 2**20
_PATIENCE = 30.0  # while another run looks
_NEVER = "never"


@dataclass(frozen=True, slots=True)
class Line:
    """One check: its name, how it ended, and what was seen."""

    name: str
    word: Word
    said: str


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


def code_of(lines: list[Line]) -> int:
    """0 if all is well, 1 if anything is wrong, 2 if it could not be looked at."""
    words = {line.word for line in lines}
    return WRONG if "wrong" in words else UNSEEN if "unseen" in words else WELL


def text_of(lines: list[Line], seen: Seen, today: date) -> str:
    """The status file: the day, the result, then each check with the last day on which it was well."""
    width = max(len(line.name) for line in lines)
    rows = [
        f"{line.name:{width}}  {line.word:6}  {seen.well.get(line.name, _NEVER):10}  {line.said}"
        for line in lines
    ]
    result = f"{today}  {_SAID[code_of(lines)]}; last all well: {seen.well.get('', _NEVER)}"
    return "\n".join((result, "", f"{'check':{width}}  now     last well", *rows, ""))


def _note(lines: list[Line], seen: Seen, today: date) -> None:
    """The last good day of each check that is still made, and of all of them together."""
    names = {line.name for line in lines} | {""} if code_of(lines) != UNSEEN else set(seen.well)
    kept = {name: day for name, day in seen.well.items() if name in names}
    well = {line.name: today.isoformat() for line in lines if line.word == "well"}
    all_well = {"": today.isoformat()} if code_of(lines) == WELL else {}
    seen.well = kept | well | all_well


def _read(folder: Path) -> Seen:
    try:
        return Seen(**json.loads(read_plain(folder / SEEN, _MAX_BYTES)))
    except FileNotFoundError:
        return Seen()
    except (OSError, ValueError, TypeError):
        raise DeskError(f"{SEEN} is damaged", "move it away, then look again") from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other run looks into this folder for the time of the block."""
    try:
        descriptor = folder_of(folder)
    except OSError as error:
        raise DeskError(f"cannot look into the folder of canaries: {error.strerror}") from None
    try:
        if not lock(descriptor, _PATIENCE):
            raise DeskError("another watch holds the folder of canaries")
        yield
    finally:
        os.close(descriptor)


def _replace(folder: Path, name: str, text: str, mode: int) -> None:
    path = folder / name
    part = stage(path, text.encode("utf-8"))
    make_readable(part, mode)
    os.replace(part, path)


def watch(folder: Path, address: str, *, site_key: bytes, today: date) -> tuple[int, str]:
    """Look once, write both files, and return the exit code with the text of the status.

    Raises `DeskError` when the folder cannot be used: then nothing was looked at.
    """
    with _alone(folder):
        seen = _read(folder)
        lines = look(folder, Web(address), seen, site_key=site_key, today=today)
        _note(lines, seen, today)
        text = text_of(lines, seen, today)
        try:
            _replace(folder, SEEN, f"{json.dumps(asdict(seen), indent=1)}\n", 0o600)
            _replace(folder, STATUS, text, _READABLE)
        except OSError as error:
            raise DeskError(f"cannot write {STATUS}: {error.strerror}") from None
    return code_of(lines), text
