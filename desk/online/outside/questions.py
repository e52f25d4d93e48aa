"""What is asked of a site from outside (steps 2 and 9): each file, other spellings of its pages, and what must not be.

Comes in: what was signed, and whom to ask. Goes out: questions, one after the other. What runs in a browser or
seals is asked for as everybody; any other file as each program, in a language drawn anew each time. It refuses the
network.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desk.online.outside import compared
from desk.online.outside.asking import Reader
from desk.online.outside.compared import INDEX, NOT_FOUND, Signed
from desk.online.outside.connecting import Patience, Place

_RUNS = (".js", ".css", ".svg", ".json")
_NEVER = ("keys.json", "headers.json", "built.json", "index.html", NOT_FOUND)
IN_PARTS = (".mp3", ".pdf")  # what browsers themselves ask for in parts
_WRITTEN_TWICE = 40  # pages that are asked for with their index and without their slash too
# Served by others than the build, which has no line for them: WIRE.md section 6.2.
BESIDE = frozenset({"/SHA256SUMS", "/manifests.jsonl", "/board.bin", "/board.probe", "/drop"})
# What a host could lay there unlisted, and a browser or a program finds by its name.
PROBES = (
    "/sw.js",
    "/service-worker.js",
    "/serviceworker.js",
    "/worker.js",
    "/ngsw-worker.js",
    "/firebase-messaging-sw.js",
    "/manifest.json",
    "/manifest.webmanifest",
    "/site.webmanifest",
    "/robots.txt",
    "/favicon.ico",
    "/apple-touch-icon.png",
    "/.well-known/security.txt",
    "/.well-known/change-password",
    "/.well-known/assetlinks.json",
    "/.well-known/apple-app-site-association",
    "/crossdomain.xml",
    "/clientaccesspolicy.xml",
    "/index.htm",
    "/index.php",
    "/admin/",
    "/.git/HEAD",
    "/.htaccess",
)


@dataclass(frozen=True, slots=True)
class Who:
    """Whom to ask: machines, and as whom. `whole` asks for every file as everybody.

    `programs` has for each program its readers, drawn anew without end; `drawn` those of all programs.
    """

    places: Sequence[Place]
    everybody: Sequence[Reader]
    programs: Sequence[Iterator[Reader]]
    drawn: Iterator[Reader]
    whole: bool
    patience: Patience


@dataclass(frozen=True, slots=True)
class Question:
    """One request: the file, where it is asked for, of which machine and as whom; `kind` says what must come."""

    kind: str
    path: str
    at: str
    place: Place
    reader: Reader


def seals(signed: Signed, path: str) -> bool:
    """Whether a file runs in a browser, is what everything else is held against, or is a page that seals."""
    at = compared.asked_at(path)
    return path.endswith(_RUNS) or path in _NEVER or at in signed.paths


def files(signed: Signed, who: Who) -> Iterator[Question]:
    """Every file of the list: what is altered for one program alone is always met."""
    for path in signed.sums:
        if path == NOT_FOUND:
            continue
        at = compared.asked_at(path)
        for place in who.places:
            is_for_all = who.whole or seals(signed, path)
            for reader in who.everybody if is_for_all else map(next, who.programs):
                yield Question("file", path, at, place, reader)


def spellings(signed: Signed, who: Who) -> Iterator[Question]:
    """Pages at their index and without their slash, all that seal and some drawn anew; parts and heads."""
    pages = [path for path in signed.sums if path == INDEX or path.endswith(f"/{INDEX}")]
    sealing = [path for path in pages if seals(signed, path)]
    others = [path for path in pages if not seals(signed, path)]
    drawn = secrets.SystemRandom().sample(others, min(_WRITTEN_TWICE, len(others)))
    for place in who.places:
        for path in others + sealing if who.whole else drawn + sealing:
            yield Question("spelling", path, f"/{path}", place, next(who.drawn))
            if path != INDEX:
                bare = compared.asked_at(path).rstrip("/")
                yield Question("bare", path, bare, place, next(who.drawn))
        for path in sealing:
            for at in _written_otherwise(compared.asked_at(path)):
                yield Question("otherwise", path, at, place, next(who.drawn))
        for path in filter(lambda one: seals(signed, one) and one != NOT_FOUND, signed.sums):
            yield Question("head", path, compared.asked_at(path), place, next(who.drawn))
            yield Question("part", path, compared.asked_at(path), place, next(who.drawn))
        for path in filter(lambda one: one.endswith(IN_PARTS), signed.sums):
            yield Question("part", path, compared.asked_at(path), place, next(who.drawn))


def _written_otherwise(at: str) -> Iterator[str]:
    """Addresses that lead to a page and of which none stands in one: with a query, an escaped sign, a large letter."""
    yield f"{at}?{secrets.token_hex(4)}"
    yield f"{at}?fbclid={secrets.token_urlsafe(16)}"  # as links in messages are marked
    if at != "/":
        yield f"{at[:-2]}%{ord(at[-2]):02X}/"
        yield f"/{at}"
        yield f"{at}."
        yield at.upper()


def served_beside(who: Who) -> Iterator[Question]:
    """What is no file of the list, as each program: others look at its bytes, and here at its headers."""
    for at in ("/SHA256SUMS", "/manifests.jsonl", "/board.bin"):
        for place in who.places:
            for reader in map(next, who.programs):
                yield Question("beside", NOT_FOUND, at, place, reader)


def absent(signed: Signed, who: Who, linked: Iterable[str]) -> Iterator[Question]:
    """Paths where nothing may be: any, those that a program looks for, and those to which pages lead unlisted."""
    listed = {compared.asked_at(path) for path in signed.sums} | {
        f"/{path}" for path in signed.sums
    }
    listed |= {at.rstrip("/") for at in listed} | BESIDE
    maps = [f"/{path}.map" for path in signed.sums if path.endswith((".js", ".css"))]
    tops = {f"/{path.partition('/')[0]}/" for path in signed.sums if "/" in path} | {"/"}
    anywhere = [
        f"{top}{secrets.token_hex(6)}{end}" for top in sorted(tops) for end in (".html", "/")
    ]
    paths = [*PROBES, *maps, *(f"{top}sw.js" for top in sorted(tops)), *anywhere, *linked]
    for place in who.places:
        for path in dict.fromkeys(one for one in paths if one not in listed):
            yield Question("absent", NOT_FOUND, path, place, next(who.drawn))
    for reader in who.everybody:
        for place in who.places:
            yield Question("absent", NOT_FOUND, f"/{secrets.token_hex(6)}/", place, reader)
