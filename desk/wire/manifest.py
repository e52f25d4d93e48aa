"""The manifest of a site and the log of all before it: WIRE.md section 6.2.

Comes in: the bytes of a log and the pinned site key, or what a new line is to say and the site seed. Goes out:
the manifests, the bytes of a log one line longer, or `Refused`. It refuses to know the site and its files.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Literal

from nacl.signing import SigningKey

from desk.errors import Refused
from desk.wire import canon, days, signature, sums
from desk.wire.canon import Value

NAME = "manifests.jsonl"  # on the site
VERSION = 1
LABEL = b"balie/1 manifest\n"
MAX_BYTES = 4 * 2**20  # of a log, and of a list of files
OLD_AFTER_DAYS = 100
Parting = Literal["same", "longer", "rolled_back", "forked"]
Age = Literal["fresh", "old", "not_come"]
FIRST = "0" * 64  # what the first line names as the one before it
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_HASH = re.compile(r"[0-9a-f]{64}")
_SOURCE = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})?")
_SITE_URL = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Built:
    """What a site says of itself in `built.json`: for practice or not, its address, and its commit or nothing."""

    practice: bool
    site_url: str
    source: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One line of a log; `issued` is a date as text, `sums` and `previous` are SHA-256 in hexadecimal."""

    number: int
    issued: str
    practice: bool
    site_url: str
    source: str
    sums: str
    files: int
    previous: str


@dataclass(frozen=True, slots=True)
class Log:
    """A log that holds: all its lines, the first of them of an earlier site key as often as `earlier` says."""

    manifests: tuple[Manifest, ...]
    earlier: int

    @property
    def last(self) -> Manifest:
        """The manifest in force."""
        return self.manifests[-1]


def _require(holds: bool) -> None:
    if not holds:
        raise Refused("manifest")


def _object(octets: bytes, names: Sequence[str]) -> dict[str, Value]:
    """A JSON object with exactly these names in this order, in the one encoding of section 5."""
    try:
        _, value = canon.loads(octets)
    except Refused:
        raise Refused("manifest") from None
    if not isinstance(value, dict) or list(value) != list(names):
        raise Refused("manifest")
    return value


def _text(value: Value, form: re.Pattern[str]) -> str:
    if not isinstance(value, str) or form.fullmatch(value) is None:
        raise Refused("manifest")
    return value


def _count(value: Value, least: int) -> int:
    if type(value) is not int or value < least:
        raise Refused("manifest")
    return value


def _day(value: Value) -> str:
    found = days.parse(value) if isinstance(value, str) else None
    if found is None:
        raise Refused("manifest")
    return found.isoformat()


def _built(value: dict[str, Value]) -> Built:
    practice = value["practice"]
    if not isinstance(practice, bool):
        raise Refused("manifest")
    return Built(practice, _text(value["site_url"], _SITE_URL), _text(value["source"], _SOURCE))


def read_built(octets: bytes) -> Built:
    """What `built.json` says; else `Refused("manifest")`."""
    return _built(_object(octets, list(Built.__dataclass_fields__)))


def read_sums(octets: bytes) -> dict[str, str]:
    """SHA-256 in hexadecimal by path, of the list of a site; else `Refused("manifest")`."""
    _require(len(octets) <= MAX_BYTES)
    return sums.read(octets, "manifest")


def _signed(line: bytes) -> tuple[bytes, bytes]:
    """What a line signs, and its signature of 64 bytes, which nobody has looked at."""
    outer = _object(line, ("signed", "signature"))
    text = outer["signed"]
    if not isinstance(text, str):
        raise Refused("manifest")
    return text.encode("utf-8"), bytes.fromhex(_text(outer["signature"], _SIGNATURE))


def _manifest(text: bytes) -> Manifest:
    value = _object(text, ("version", *Manifest.__dataclass_fields__))
    _require(_count(value["version"], VERSION) == VERSION)
    number, files = _count(value["number"], 0), _count(value["files"], 1)
    issued, built = _day(value["issued"]), _built(value)
    listed, previous = _text(value["sums"], _HASH), _text(value["previous"], _HASH)
    return Manifest(number, issued, **asdict(built), sums=listed, files=files, previous=previous)


def _lines(octets: bytes) -> list[bytes]:
    _require(len(octets) <= MAX_BYTES)
    _require(octets.endswith(b"\n"))
    return octets[:-1].split(b"\n")


def parse_log(octets: bytes, site_key: bytes) -> Log:
    """The log that a pinned site key (32 bytes) vouches for; else `Refused("manifest")`."""
    found: list[Manifest] = []
    earlier, previous = 0, FIRST
    for number, line in enumerate(_lines(octets)):
        text, digits = _signed(line)
        made = _manifest(text)
        _require(made.number == number and made.previous == previous)
        _require(not found or made.practice == found[0].practice)
        if not signature.holds(site_key, LABEL + text, digits):
            _require(earlier == number)  # behind the first line of the pinned key is no other
            earlier += 1
        found.append(made)
        previous = sha256(line).hexdigest()
    _require(earlier < len(found))
    return Log(tuple(found), earlier)


def parting(earlier: bytes, later: bytes) -> tuple[Parting, int | None]:
    """What a log that holds is to one that a reader has, and the number of the line where they part."""
    before, now = _lines(earlier), _lines(later)
    for number, (one, other) in enumerate(zip(before, now, strict=False)):
        if one != other:
            return "forked", number
    if len(now) < len(before):
        return "rolled_back", len(now) - 1
    return ("longer" if len(now) > len(before) else "same"), None


def age(manifest: Manifest, today: date) -> Age:
    """Whether a manifest may still stand for its site on the reader's day."""
    issued = date.fromisoformat(manifest.issued)
    if issued > today + timedelta(days=1):
        return "not_come"
    return "old" if today > issued + timedelta(days=OLD_AFTER_DAYS) else "fresh"


def follow(log: bytes, built: Built, octets: bytes, issued: date) -> Manifest:
    """What the line after those of `log`, empty for none, says of a site with the list `octets`."""
    lines = _lines(log) if log else []
    previous = sha256(lines[-1]).hexdigest() if lines else FIRST
    return Manifest(
        number=len(lines),
        issued=issued.isoformat(),
        **asdict(built),
        sums=sha256(octets).hexdigest(),
        files=len(read_sums(octets)),
        previous=previous,
    )


def sign(log: bytes, manifest: Manifest, site_seed: bytes) -> bytes:
    """The bytes of a log with one line more, by the site key's 32-byte seed; refuses what `parse_log` would."""
    text = canon.dumps({"version": VERSION} | asdict(manifest))
    key = SigningKey(site_seed)
    digits = key.sign(LABEL + text.encode("utf-8")).signature.hex()
    longer = log + canon.dumps({"signed": text, "signature": digits}).encode("utf-8") + b"\n"
    parse_log(longer, bytes(key.verify_key))
    return longer
