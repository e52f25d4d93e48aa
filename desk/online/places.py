"""The places that the online half talks to, in steps 4, 5 and 8: `s3://BUCKET`, or a folder.

It holds what a bucket and a folder have in common, so that neither needs to know the verbs that use
them.
"""

from dataclasses import dataclass

SCHEME = "s3://"
BOARD = "board.bin"  # beside the pages of the site
PROBE, PROBE_OCTETS = "board.probe", b"balie/1 probe\n"  # beside the board, for a moment


@dataclass(frozen=True, slots=True)
class Served:
    """The board that stands there, and the mark by which the store knows it, if it has one."""

    octets: bytes
    version: str = ""


def bucket_in(place: str) -> str | None:
    """The name of the bucket in `s3://BUCKET`; `None` for a folder."""
    return place.removeprefix(SCHEME).rstrip("/") if place.startswith(SCHEME) else None
