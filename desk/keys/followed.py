"""Which log of manifests the next one follows (WIRE.md section 6.2): what a site key signed, and what was brought.

Comes in: the log that lies beside the key, and the log of the site on a stick. Goes out: the one to go on
from. It refuses two logs that part: a second manifest with one number would be a second site.
"""

from dataclasses import dataclass
from pathlib import Path

from desk.errors import DeskError, Refused
from desk.keys import ceremony, whole
from desk.wire import keylist, manifest
from desk.wire.manifest import Log

_FORKED = (
    "sign nothing, and keep both logs: either somebody else has the site key, or two sticks of it were used "
    "apart; keys/README.md says what then"
)


@dataclass(frozen=True, slots=True)
class Signer:
    """A site key before its words are asked for: public key of 32 bytes, practice or not, and where its log lies."""

    public: bytes
    practice: bool
    log: Path


@dataclass(frozen=True, slots=True)
class Followed:
    """The log to go on from, as bytes and as read; none of both where there was none. `said` is to be shown."""

    octets: bytes
    log: Log | None
    said: tuple[str, ...]


def beside(folder: Path, key_id: str) -> Path:
    """Where the log lies that a site key signed: on the key stick, where the key is whenever it signs."""
    return folder / f"site-{key_id}.manifests"


def earlier(path: Path, signer: Signer) -> Signer:
    """The site key before this one, of its public half; its log lies beside that of this one, if anywhere."""
    half = ceremony.read_public(path)
    if half.entry.use != "site":
        raise DeskError(f"{path.name} is not a site key: its use is {half.entry.use}")
    if half.practice != signer.practice:
        raise DeskError(
            "one of the two site keys is for practice, and the other is not",
            "give --after the public half of the site key that this desk had before",
        )
    place = beside(signer.log.parent, half.entry.id)
    return Signer(keylist.public_of(half.entry), half.practice, place)


def _optional(path: Path) -> bytes:
    try:
        path.lstat()
    except FileNotFoundError:
        return b""
    hint = f"take another copy of {path.name}"
    return whole.read(path, manifest.MAX_BYTES, hint, hint)


def _parsed(octets: bytes, public: bytes) -> Log | None:
    try:
        return manifest.parse_log(octets, public) if octets else None
    except Refused:
        return None


def _known(signer: Signer) -> bytes:
    """What lies beside the key."""
    known = _optional(signer.log)
    if known and _parsed(known, signer.public) is None:
        raise DeskError(
            f"{signer.log.name} beside the site key is not as this key signed it",
            f"bring {manifest.NAME} of the site along, and take {signer.log.name} off the key stick",
        )
    return known


def _refuse_stranger() -> None:
    raise DeskError(
        f"{manifest.NAME} is no log that this site key signed, or it was changed",
        "bring the one that the site serves; if the site key is new, say which was before it: "
        "--after site-ID.pub",
    )


def follow(brought: Path, signer: Signer, after: Signer | None) -> Followed:
    """Hold the log of the site against the one that lies beside the key."""
    carried, known = _optional(brought), _known(signer)
    if after and known:
        raise DeskError("this site key signed before", "leave --after out")
    public = signer.public
    if after and _parsed(carried, public) is None:
        known, public = _known(after), after.public
    if carried and _parsed(carried, public) is None:
        _refuse_stranger()
    octets, said = _longer(known, carried)
    return Followed(octets, _parsed(octets, public), said)


def _longer(known: bytes, carried: bytes) -> tuple[bytes, tuple[str, ...]]:
    if not carried:
        return known, ()
    if not known:
        return carried, ("this key stick does not know the log yet: compare it with the paper",)
    state, number = manifest.parting(known, carried)
    if state == "forked":
        raise DeskError(f"number {number} of the log is another than the one signed here", _FORKED)
    if state == "rolled_back":
        return known, (
            f"the log that was brought ends at number {number}: it goes on from the key's",
        )
    if state == "longer":
        return carried, (
            "the log that was brought goes on from the key's: compare it with the paper",
        )
    return carried, ()
