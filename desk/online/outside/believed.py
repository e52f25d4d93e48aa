"""What a site says of itself, and whether it is to be believed (steps 2 and 9, from outside): keys, board, log, list.

Comes in: whom to ask, and what was seen before. Goes out: a line for each check, and what the site should be.
A process without the network looks at signatures. It refuses to know the files of the site.
"""

import base64
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import Any  # of what the verifier answers: JSON

from desk.errors import DeskError, Refused
from desk.online import trust
from desk.online.outside import asking, compared
from desk.online.outside.asking import Answer
from desk.online.outside.compared import Difference, Signed
from desk.online.outside.questions import Who
from desk.online.status import Line
from desk.wire import sums

OLD_AFTER_DAYS = 100  # WIRE.md section 6.2
_FOUND, _ABSENT = 200, 404


@dataclass(slots=True)
class Seen:
    """What earlier runs saw: the newest key list and board, and the last good days of each check."""

    issued: str = ""
    epoch: int = 0
    well: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Look:
    """One look: what it began with, and what it found."""

    half: trust.Half
    kept: bytes  # the log of the last time
    seen: Seen
    today: date
    lines: list[Line] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    log: bytes = b""  # to be kept

    def say(self, name: str, is_well: bool, said: str) -> bool:
        self.lines.append(Line(name, "well" if is_well else "wrong", said))
        return is_well


@dataclass(frozen=True, slots=True)
class Beside:
    """What is served beside the files of the list, by who got it: each distinct answer with its first reader."""

    log: dict[bytes, str]
    sums: dict[bytes, str]
    keys: bytes
    headers: bytes
    built: bytes
    boards: dict[bytes, str]  # no bytes for none


def whole(error: DeskError) -> str:
    return f"{error.message}: {error.hint}" if error.hint else error.message


def _octets(answer: Answer, at: str) -> bytes:
    """What is served there; none for none. `DeskError` for an answer that is no file."""
    if answer.status == _ABSENT:
        return b""
    if answer.status != _FOUND or answer.broken:
        said = answer.broken or f"is answered with {answer.status}"
        raise DeskError(f"{at} {said}", "look at it with a browser")
    return answer.octets


def beside(who: Who) -> Beside:
    """Fetch what everything is held against, as everybody; the board, once as each program."""
    log, listed, boards = dict[bytes, str](), dict[bytes, str](), dict[bytes, str]()
    each = len(who.everybody) // len({one.name.split(",")[0] for one in who.everybody})
    for place in who.places:
        line = asking.Line(place, who.patience)
        for number, reader in enumerate(who.everybody):
            asked = [("/manifests.jsonl", log), ("/SHA256SUMS", listed)]
            asked += [("/board.bin", boards)] if number % each == 0 else []
            for at, found in asked:
                octets = _octets(line.ask("GET", at, reader.headers), at)
                found.setdefault(octets, f"{reader.name}, of {place.machine}")
        line.close()
    first, line = who.everybody[0], asking.Line(who.places[0], who.patience)
    keys, headers, built = (
        _octets(line.ask("GET", at, first.headers), at)
        for at in ("/keys.json", "/headers.json", "/built.json")
    )
    line.close()
    return Beside(log, listed, keys, headers, built, boards)


def keys(look: Look, served: Beside) -> None:
    """The key list and the boards, as `desk canary watch` has them."""
    boards = [octets for octets in served.boards if octets]
    try:
        answer = trust.ask(
            {
                "site_key": look.half.fingerprint,
                "keys": served.keys.decode("ascii", "replace"),
                "issued_at_least": look.seen.issued,
                "boards": [base64.b64encode(one).decode("ascii") for one in boards],
                "purge_list": None,
            }
        )
    except DeskError as error:
        look.say("key list", False, whole(error))
        return
    issued, until = answer["issued"], answer["until"]
    is_real = answer["practice"] is look.half.practice
    is_come = date.fromisoformat(issued) <= look.today + timedelta(days=1)
    mark = "" if is_real else ", of practice for real or the other way round"
    mark += "" if is_come else ", a day that has not come"
    if look.say("key list", is_real and is_come, f"signed on {issued}{mark}"):
        look.seen.issued = issued
    look.say("form", look.today.isoformat() <= until, f"the last intake key ends on {until}")
    _boards(look, answer["boards"], has_none=b"" in served.boards)


def _boards(look: Look, boards: list[dict[str, Any]], *, has_none: bool) -> None:
    if has_none or not boards:
        is_well = not look.seen.epoch and not boards
        look.say("board", is_well, "none yet" if is_well else "none any more, or not for everybody")
        return
    if any(one["check"] for one in boards):
        look.say("board", False, "not signed by this desk, or not whole")
        return
    oldest = min(boards, key=lambda one: int(one["epoch"]))
    said = f"number {oldest['epoch']} of {oldest['published']}, the next is due on {oldest['next']}"
    is_old = oldest["epoch"] < look.seen.epoch
    said += f"; number {look.seen.epoch} was there before" if is_old else ""
    is_late = look.today.isoformat() > oldest["next"]
    look.say("board", not is_old and not is_late, said)
    look.seen.epoch = max(look.seen.epoch, *(int(one["epoch"]) for one in boards))


def _read_log(look: Look, octets: bytes, before: bytes) -> dict[str, Any]:
    public, log, seen = (
        base64.b64encode(one).decode("ascii") for one in (look.half.public, octets, before)
    )
    asked = {"site_key": public, "log": log, "seen": seen, "today": look.today.isoformat()}
    return trust.ask(asked)


def log(look: Look, served: Beside, origin: str) -> dict[str, Any] | None:
    """The manifest in force, if the log of each reader holds and goes on where ours ended."""
    last, before = None, look.kept
    for number, (octets, reader) in enumerate(served.log.items()):
        try:
            last = _read_log(look, octets, before)
        except DeskError as error:
            look.say("log", False, f"{whole(error)} (seen by {reader})")
            return None
        if last["parted"] in ("forked", "rolled_back"):
            how = last["parted"].replace("_", " ")
            than = "what another reader got" if number else "the copy in this folder"
            look.say("log", False, f"{how} at number {last['at']}, held against {than} ({reader})")
            return None
        if number:
            look.say(
                "log", False, f"a longer one than another reader got at the same time ({reader})"
            )
            return None
        before = octets
    if last is None:
        return None
    look.log = before
    look.say("log", True, f"{last['number'] + 1} manifests, each bound to the one before")
    _manifest(look, last, origin)
    return last


def _manifest(look: Look, last: dict[str, Any], origin: str) -> None:
    wrong = []
    if last["age"] != "fresh":
        day = date.fromisoformat(last["issued"]) + timedelta(days=OLD_AFTER_DAYS)
        wrong.append(
            "of a day that has not come" if last["age"] == "not_come" else f"old since {day}"
        )
    if last["practice"] is not look.half.practice:
        wrong.append("of practice for real, or the other way round")
    if last["site_url"] != origin:
        wrong.append(f"of {last['site_url']}, and this is {origin}")
    source = (
        f", built of {last['source'][:12]}" if last["source"] else ", built of an unknown source"
    )
    said = f"number {last['number']}, signed on {last['issued']}{source}"
    look.say("manifest", not wrong, "; ".join((said, *wrong)))


def signed(look: Look, served: Beside, last: dict[str, Any], origin: str) -> Signed | None:
    """What the site should be, if its list and headers are those that were signed."""
    for octets, reader in served.sums.items():
        if sha256(octets).hexdigest() != last["sums"]:
            look.say("list", False, f"/SHA256SUMS is not the list that was signed ({reader})")
            return None
        try:
            listed = sums.read(octets, "manifest")
        except Refused:
            look.say("list", False, "/SHA256SUMS breaks a rule of WIRE.md section 6.1")
            return None
    if len(listed) != last["files"]:
        look.say("list", False, f"{len(listed)} files, and {last['files']} were signed")
        return None
    if sha256(served.headers).hexdigest() != listed.get("headers.json"):
        look.say("list", False, "/headers.json is not the file that was signed")
        return None
    try:
        headers = compared.headers_of(served.headers)
    except DeskError as error:
        look.say("list", False, whole(error))
        return None
    wrong = _built_otherwise(served.built, listed.get("built.json"), last)
    said = f"; /built.json and the manifest differ in {', '.join(wrong)}" if wrong else ""
    look.say("list", not wrong, f"{len(listed)} files{said}")
    return Signed(origin, listed, *headers)


def _built_otherwise(octets: bytes, digits: str | None, last: dict[str, Any]) -> list[str]:
    """In what the `built.json` that was signed, if that is what is served, is not what the manifest says."""
    wanted = {name: last[name] for name in ("practice", "site_url", "source")}
    text = json.dumps(wanted, separators=(",", ":")).encode("ascii")
    if digits == sha256(text).hexdigest():
        return []
    try:
        said = json.loads(octets) if digits == sha256(octets).hexdigest() else {}
        wrong = [name for name, value in wanted.items() if said and said.get(name) != value]
    except (ValueError, AttributeError, RecursionError):
        wrong = []
    return wrong or ["its bytes"]
