"""A release of the site as it is uploaded (step 1): a folder and the headers beside it in, files out.

Every file has its sum, its type and how long it may be kept, from the headers that the build wrote. What
is no release, is not as it was built, or was not signed, is refused. It knows no bucket.
"""

import base64
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from functions import content_types, site_headers
from functions.cloud import log
from functions.cloud.log import NAME, SUMS
from functions.cloud.refused import Refused, real_keys
from functions.errors import SetupError
from functions.site_headers import Policy

# Of others, or for other hosts: the board and its probe are the publisher's, `_headers` is Cloudflare's.
BOARD = frozenset({"board.bin", "board.probe"})
LIST = "uploaded.json"  # what the upload keeps in the bucket
_UNLISTED = BOARD | {"_headers", SUMS, NAME}
_ANEW = "build it anew: make release"
# What the edge hands on (`Folders` in functions/template.yaml): a file of any other name would be its page for 404.
_PLAIN = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")


@dataclass(frozen=True)
class File:
    """A file of the site: where it lies, its SHA-256 in hex, and two headers."""

    path: Path
    sum: str
    content_type: str
    cache_control: str

    @property
    def said(self) -> list[str]:
        """All that makes it what it is, as the list in the bucket has it."""
        return [self.sum, self.content_type, self.cache_control]

    @property
    def checksum(self) -> str:
        """The sum as S3 wants it."""
        return base64.b64encode(bytes.fromhex(self.sum)).decode("ascii")

    def octets(self) -> bytes:
        """Its bytes, as they were built. Raises `Refused` if they are not."""
        found = self.path.read_bytes()
        if sha256(found).hexdigest() != self.sum:
            raise Refused(f"{self.path.name} is not as it was built", _ANEW)
        return found


def read(site: Path) -> dict[str, File]:
    """Every file of the release in the folder `site` by its key. Raises `Refused`."""
    sums = _sums(site)
    real_keys(site / "keys.json")
    log.require_signed(site)
    policy = _policy(site)
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*")}
    links = {key for key, path in found.items() if path.is_symlink()}  # a build makes none
    here = {key for key, path in found.items() if not path.is_dir()} | links
    if strange := sorted(((here ^ set(sums)) - _UNLISTED) | links):
        raise Refused(f"{strange[0]} was added to the site or taken from it since", _ANEW)
    sums |= {key: sha256((site / key).read_bytes()).hexdigest() for key in log.LAST}
    files = {
        key: File(site / key, found, _type(key), _cache_control(policy, key))
        for key, found in sums.items()
    }
    for file in files.values():
        file.octets()
    return files


def _sums(site: Path) -> dict[str, str]:
    try:
        lines = (site / SUMS).read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise Refused(f"{site.name} is no release: {SUMS} is not there", _ANEW) from None
    return {key: found for found, _, key in (line.partition("  ") for line in lines)}


def _policy(site: Path) -> Policy:
    beside = site.with_name(f"{site.name}.headers.json")
    try:
        return site_headers.parse(beside.read_text("utf-8"))
    except (OSError, SetupError):
        raise Refused(f"{beside.name} cannot be used", _ANEW) from None


def _type(key: str) -> str:
    if not _PLAIN.fullmatch(key):
        raise Refused(f"the edge finds no file of the name {key!r}", "give it plain letters")
    found = content_types.of(key)
    if found is None:
        said = f"nobody has said of which type {key} is"
        raise Refused(said, "add its ending to functions/content_types.py")
    return found


def _cache_control(policy: Policy, key: str) -> str:
    found = dict(policy.at(f"/{key}")).get("cache-control")
    if not found:
        raise Refused(f"the headers do not say how long {key} may be kept", _ANEW)
    return found
