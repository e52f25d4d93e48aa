"""The manifest of a site, signed on the computer without a network: WIRE.md section 6.2.

Comes in: a finished site or four small files of it, and the site key. Goes out: all that is going to be signed, as
lines to look at; then a log one line longer. It refuses to sign what it did not show.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from desk.errors import DeskError, Refused
from desk.folder import part_of
from desk.keys import ceremony, followed, secret_keys, whole
from desk.keys.followed import Followed, Signer
from desk.keys.passphrase import Ask
from desk.wire import envelope, keylist, manifest, sums
from desk.wire.manifest import Built, Manifest

_BUILT, _KEYS, _INDEX = "built.json", "keys.json", "index.html"
_MOST_SMALL_BYTES = 2**20
_BESIDE = (sums.NAME, manifest.NAME, "_headers", "board.bin", "board.probe", "uploaded.json")
_AGAIN = "sign nothing of it; copy it again from where it was built, or build it again"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is about to be signed, and the log that it goes on from; `is_signed` if that ends with it already."""

    folder: Path
    signer: Signer
    octets: bytes
    manifest: Manifest
    is_signed: bool
    lines: tuple[str, ...]


def draft(folder: Path, site_key: Path, after: Path | None, today: date, *, told: bool) -> Draft:
    """Look at a site; `told` says that a person gave the day, and not the clock."""
    signer = _signer(site_key)
    octets, built = _site(folder, signer)
    earlier = followed.earlier(after, signer) if after else None
    before = followed.follow(folder / manifest.NAME, signer, earlier)
    _refuse_day(before, today, told=told)
    made = manifest.follow(before.octets, built, octets, today)
    signed = _again(before, made)
    lines = _lines(signed or made, before, signer)
    return Draft(folder, signer, before.octets, signed or made, signed is not None, lines)


def _signer(site_key: Path) -> Signer:
    use, public, practice = secret_keys.described(site_key)
    if use != "site":
        raise DeskError(f"{site_key.name} is not a site key: its use is {use}")
    place = followed.beside(site_key.parent, envelope.key_id(public))
    return Signer(public, practice, place)


def _site(folder: Path, signer: Signer) -> tuple[bytes, Built]:
    """The list of a site and what it says of itself; both as the list has them, with a key list of this key."""
    hint = f"give the folder of the site, or one with its {sums.NAME}, {_BUILT}, {_KEYS} and {manifest.NAME}"
    octets = whole.read(folder / sums.NAME, manifest.MAX_BYTES, hint, _AGAIN)
    small = {
        name: whole.read(folder / name, _MOST_SMALL_BYTES, hint, _AGAIN) for name in (_BUILT, _KEYS)
    }
    try:
        listed, built = manifest.read_sums(octets), manifest.read_built(small[_BUILT])
    except Refused:
        raise DeskError(f"{sums.NAME} or {_BUILT} is not as it was built", _AGAIN) from None
    for name, content in small.items():
        if listed.get(name) != sha256(content).hexdigest():
            raise DeskError(f"{name} is another than {sums.NAME} says", _AGAIN)
    if (folder / _INDEX).exists():  # the whole site was brought
        beside = (*_BESIDE, part_of(folder / manifest.NAME).name)
        whole.require(folder, listed, beside, _AGAIN)
    _refuse_keys(small[_KEYS], built, signer)
    return octets, built


def _refuse_keys(text: bytes, built: Built, signer: Signer) -> None:
    if built.practice != signer.practice:
        kinds = ("real", "for practice")
        raise DeskError(
            f"the site is {kinds[built.practice]}, and the site key is {kinds[signer.practice]}",
            "give the site key that signed the key list of this site",
        )
    try:
        keylist.parse(text.decode("utf-8"), signer.public)
    except (Refused, UnicodeDecodeError):
        raise DeskError(
            f"{_KEYS} of the site is not signed by this site key",
            "give the site key that signed the key list of this site",
        ) from None


def _refuse_day(before: Followed, today: date, *, told: bool) -> None:
    if before.log and before.log.last.issued > today.isoformat() and not told:
        raise DeskError(
            f"the last manifest is of {before.log.last.issued}, and the clock says {today}",
            "look at a calendar; set the clock, or say the day with --today",
        )


def _again(before: Followed, made: Manifest) -> Manifest | None:
    """The last manifest if it says the same on the same day: what was stopped goes on, and signs nothing twice."""
    last = before.log.last if before.log else None
    same = last and (last.issued, last.sums, last.site_url, last.source, last.practice)
    return (
        last
        if same == (made.issued, made.sums, made.site_url, made.source, made.practice)
        else None
    )


def _lines(made: Manifest, before: Followed, signer: Signer) -> tuple[str, ...]:
    lines = [ceremony.PRACTICE] if signer.practice else []
    lines += [
        f"site         {made.site_url}",
        f"built of     {made.source or 'no commit that is known'}",
        f"files        {made.files}",
        f"{sums.NAME}   {made.sums}",
        f"manifest     number {made.number}, of {made.issued}",
        f"follows      {made.previous if made.number else 'nothing: it begins a new log'}",
    ]
    last = before.log.last if before.log else None
    if last and last.site_url != made.site_url:
        lines.append(f"! the address before was {last.site_url}")
    return (*lines, *(f"! {line}" for line in before.said))


def sign(made: Draft, site_key: Path, ask: Ask) -> list[str]:
    """Sign what was shown, and put the log beside the key and then into the folder; returns lines to print.

    Beside the key first: what was signed is known there before anybody can carry it away.
    """
    octets = made.octets
    if not made.is_signed:
        site = secret_keys.read(site_key, ask)
        if site.use != "site" or site.public != made.signer.public:
            raise DeskError(f"{site_key.name} is another file than before", "begin again")
        try:
            octets = manifest.sign(octets, made.manifest, site.seed)
        except Refused:
            raise DeskError("the log is full: some 7,000 manifests fit in it") from None
    whole.put(made.signer.log, octets)
    whole.put(made.folder / manifest.NAME, octets)
    done = "signed before on this day; the same again" if made.is_signed else "signed"
    return [
        f"{done}: number {made.manifest.number} of the site key {envelope.key_id(made.signer.public)}",
        f"log          {made.folder / manifest.NAME}",
        "write the number and the digits on paper; copy the log into the folder of the site, and put the site up",
    ]
