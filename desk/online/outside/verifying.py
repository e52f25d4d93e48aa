"""A live site held against what its desk signed (steps 2 and 9, from outside, by a timer): `desk verify`.

Comes in: the address of a site, and a folder with the public half of its site key. Goes out: a line for each check and
for each difference, in `verify.txt` there; and the log of manifests, kept for the next time. It sends nothing but plain
GETs and HEADs, and refuses to know a secret.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desk.errors import DeskError
from desk.folder import read_plain
from desk.online import status, trust
from desk.online.outside import asking, believed, connecting, rounds
from desk.online.outside.believed import Look, Seen
from desk.online.outside.compared import Difference
from desk.online.outside.connecting import Place, SilentError, StrangerError
from desk.online.outside.questions import Who
from desk.online.outside.tally import Found
from desk.online.status import Line
from desk.terminal import clean

STATUS, SEEN, LOG = "verify.txt", "verify.json", "manifests.jsonl"
_SHOWN = 60  # differences in the status file; --json has all
_MAX_BYTES = 2**22


@dataclass(frozen=True, slots=True)
class Told:
    """How a look ended: the exit code, the text of the status file, and the same as JSON."""

    code: int
    text: str
    record: dict[str, Any]  # Any: JSON


_GROUPS = {
    "files": ("changed", "missing"),
    "headers": ("header changed", "header missing", "header extra"),
    "extra": ("extra",),
}


def _round(look: Look, found: Found) -> None:
    for name, kinds in _GROUPS.items():
        count = sum(kind in kinds for kind, _ in found.named)
        if found.is_stopped and not count:
            look.lines.append(Line(name, "unseen", "not all was asked for"))
        else:
            look.say(name, not count, f"{count} differences, below" if count else "as signed")
    if found.silent:
        first = found.silent[0]
        said = f"{len(found.silent)} of {found.requests} requests without an answer, {first} first"
        said += (
            f"; stopped after {len(found.in_a_row)} addresses in a row" if found.is_stopped else ""
        )
        look.lines.append(Line("answers", "unseen", said))
    look.differences += found.differences


def _look(look: Look, who: Who) -> Found:
    origin = who.places[0].origin
    try:
        served = believed.beside(who)
    except StrangerError as error:
        look.say("site", False, believed.whole(error))
        return Found()
    except SilentError as error:
        look.lines.append(Line("site", "unseen", error.message))
        return Found()
    except DeskError as error:
        look.say("site", False, believed.whole(error))
        return Found()
    look.say("site", True, "answers")
    believed.keys(look, served)
    last = believed.log(look, served, origin)
    signed = believed.signed(look, served, last, origin) if last else None
    if signed is None:
        return Found()
    found = rounds.go(signed, who)
    _round(look, found)
    return found


def _grouped(differences: list[Difference]) -> Iterator[tuple[Difference, int]]:
    """Each difference once, with how many saw it."""
    counts: dict[tuple[str, str, str], list[Difference]] = {}
    for one in differences:
        counts.setdefault((one.kind, one.path, one.said), []).append(one)
    for same in counts.values():
        yield same[0], len(same)


def _row(one: Difference, count: int) -> str:
    seen = f"{count} answers, first as {one.reader}" if count > 1 else f"as {one.reader}"
    return clean(f"{one.kind}: {one.path} {one.said} ({seen}, of {one.machine})")


def _below(look: Look, found: Found) -> str:
    """What stands below the checks: each difference, and how much was asked."""
    grouped = sorted(_grouped(look.differences), key=lambda pair: (pair[0].kind, pair[0].path))
    rows = [_row(one, count) for one, count in grouped[:_SHOWN]]
    if len(grouped) > _SHOWN:
        rows.append(f"and {len(grouped) - _SHOWN} more: --json has all that were kept")
    if found.more:
        rows.append(f"and {found.more} that were not kept, each at a path that is named")
    packed = (
        "" if asking.HAS_BROTLI else "; br was not asked for, since brotli is not installed here"
    )
    asked = f"{found.requests} requests, {found.octets} bytes, {found.seconds:.0f} s{packed}"
    return "\n".join((*rows, asked, ""))


def _read(folder: Path) -> tuple[Seen, bytes]:
    try:
        kept = read_plain(folder / LOG, _MAX_BYTES + 1) if (folder / LOG).exists() else b""
        if not (folder / SEEN).exists():
            return Seen(), kept
        return Seen(**json.loads(read_plain(folder / SEEN, _MAX_BYTES))), kept
    except (OSError, ValueError, TypeError):
        raise DeskError(f"{SEEN} or {LOG} is damaged", "move it away, then look again") from None


def verify(folder: Path, who: Who, *, today: date) -> Told:
    """Look at a site once, and write what was found into the folder.

    Raises `DeskError` when the folder cannot be used: then nothing was looked at.
    """
    half = trust.half(folder, "the folder")
    with status.alone(folder):
        seen, kept = _read(folder)
    look = Look(half, kept, seen, today)
    found = _look(look, who)
    seen.well = status.well_days(look.lines, seen.well, today)
    text = f"{status.text_of(look.lines, seen.well, today)}\n{_below(look, found)}"
    with status.alone(folder):
        try:
            if look.log:
                status.replace(folder, LOG, look.log, status.READABLE)
            status.replace(folder, SEEN, f"{json.dumps(asdict(seen), indent=1)}\n".encode(), 0o600)
            status.replace(folder, STATUS, text.encode("utf-8"), status.READABLE)
        except OSError as error:
            raise DeskError(f"cannot write {STATUS}: {error.strerror}") from None
    checks = [asdict(line) for line in look.lines]
    differences = [asdict(one) for one in look.differences]
    code = status.code_of(look.lines)
    record = {"day": today.isoformat(), "code": code, "checks": checks, "differences": differences}
    asked = {"more": found.more, "requests": found.requests, "seconds": found.seconds}
    return Told(code, text, record | asked)


def places(address: str, machines: list[str]) -> list[Place]:
    """Where to ask: the machines given, or the one of that name."""
    return [connecting.place_of(address, one) for one in machines or [""]]
