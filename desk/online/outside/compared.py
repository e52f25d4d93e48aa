"""One answer of a site held against what its desk signed (steps 2 and 9, from outside): WIRE.md section 6.2.

Comes in: an answer, and what should have come. Goes out: each difference in words. It refuses the network, and to know
who signed.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urljoin

from desk.errors import DeskError
from desk.online.outside.asking import Answer

INDEX, NOT_FOUND = "index.html", "404.html"
_FOUND, _ABSENT, _PART = 200, 404, 206
_GONE = (404, 410)
_MOVED = (301, 302, 303, 307, 308)
TYPES = {
    "css": ("text/css",),
    "csv": ("text/csv",),
    "html": ("text/html",),
    "js": ("text/javascript", "application/javascript"),
    "json": ("application/json",),
    "mp3": ("audio/mpeg",),
    "pdf": ("application/pdf",),
    "svg": ("image/svg+xml",),
    "txt": ("text/plain",),
    "xml": ("application/xml", "text/xml"),
    "yml": ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain"),
}
# Headers of the transport: what they carry changes nothing of a page. Every other that is not signed is a
# difference, such as set-cookie, link, refresh, sourcemap, nel, report-to, server-timing, service-worker-allowed.
_CARRIES = frozenset(
    (
        *("accept-ranges", "age", "alt-svc", "connection", "content-encoding", "content-length"),
        *("content-type", "date", "etag", "keep-alive", "last-modified", "server"),
        *("transfer-encoding", "vary", "via", "x-cache"),
    )
)
_SHOWN = 160  # characters of a name or a value that a host made up
_PLAIN_TYPE = re.compile(r"([a-z0-9.+/-]+)(?:; ?charset=\"?utf-8\"?)?")


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as it was signed: its kind, the path as asked, what was seen, and who saw it where."""

    kind: str
    path: str
    said: str
    reader: str = ""
    machine: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """What the site at `origin` should be: SHA-256 by path, and the headers of every answer."""

    origin: str
    sums: Mapping[str, str]
    default: Mapping[str, str]
    paths: Mapping[str, Mapping[str, str]]

    def headers_at(self, path: str) -> dict[str, str]:
        """All headers of an answer at a path, names in lower case."""
        folder = path.removesuffix(INDEX)
        own = self.paths.get(folder if folder.endswith("/") else path, {})
        return {name.lower(): value for name, value in (*self.default.items(), *own.items())}


def headers_of(octets: bytes) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """The two parts of `headers.json`; `DeskError` for what is none."""
    try:
        value = json.loads(octets)
        default, paths = value["default"], value["paths"]
        is_form = len(value) == len(("default", "paths")) and all(
            type(one) is str for rules in (default, *paths.values()) for one in rules.values()
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        is_form = False
    if not is_form:
        raise DeskError("the headers that were signed have not the form of WIRE.md section 6.2")
    return default, paths


def asked_at(path: str) -> str:
    """Where a browser asks for a file."""
    return f"/{path.removesuffix(INDEX) if path == INDEX or path.endswith(f'/{INDEX}') else path}"


def file(signed: Signed, path: str, at: str, answer: Answer) -> Iterator[Difference]:
    """Each difference in the answer for a file of the list that was asked for at `at`."""
    if answer.status != _FOUND:
        kind = "missing" if answer.status in _GONE else "changed"
        yield Difference(kind, at, f"is answered with {answer.status}{_to(answer)}")
        return
    yield from _bytes(signed, path, at, answer)
    yield from headers(signed, path, at, answer)


def absent(signed: Signed, at: str, answer: Answer) -> Iterator[Difference]:
    """Each difference in the answer at a path where nothing is."""
    if answer.status in _MOVED and _leads_on(signed, at, answer):
        yield from _on_the_way(
            signed, at, answer
        )  # with a slash, where the next question finds nothing
        return
    if answer.status != _ABSENT:
        yield Difference(
            "extra", at, f"is answered with {answer.status}{_to(answer)}, and is not listed"
        )
        return
    yield from _bytes(signed, NOT_FOUND, at, answer)
    yield from headers(signed, NOT_FOUND, at, answer)


def folder(signed: Signed, at: str, answer: Answer) -> Iterator[Difference]:
    """A folder without its slash, or with its index, may lead to it by a redirect and no further."""
    if answer.status not in _MOVED or not _leads_on(signed, at, answer):
        yield Difference("changed", at, f"is answered with {answer.status}{_to(answer)}")
        return
    yield from _on_the_way(signed, at, answer)


def beside(signed: Signed, at: str, answer: Answer) -> Iterator[Difference]:
    """What is served beside the list, whose bytes others look at: its headers, or that nothing is there."""
    if answer.status == _ABSENT:
        yield from absent(signed, at, answer)
    elif answer.status != _FOUND or answer.broken:
        said = answer.broken or f"is answered with {answer.status}{_to(answer)}"
        yield Difference("changed", at, said)
    else:
        yield from headers(signed, at, at, answer)


def otherwise(signed: Signed, path: str, at: str, answer: Answer) -> Iterator[Difference]:
    """A page asked for in another spelling: the page, nothing, or a way to the page, and never another page."""
    page, plain = asked_at(path), at.partition("?")[0]
    if answer.status in (_FOUND, _ABSENT):
        wanted = path if answer.status == _FOUND else NOT_FOUND
        yield from _bytes(signed, wanted, at, answer)
        yield from _either(signed, at, plain, page, answer)
    elif answer.status in _MOVED and _leads_on(signed, page, answer):
        yield from _either(signed, at, plain, page, answer, is_way=True)
    else:
        yield Difference("changed", at, f"is answered with {answer.status}{_to(answer)}")


def is_moved(answer: Answer) -> bool:
    """Whether an answer leads elsewhere."""
    return answer.status in _MOVED


def head(signed: Signed, at: str, got: Answer, answer: Answer) -> Iterator[Difference]:
    """The answer to HEAD: that to GET, without its bytes."""
    kept = {*signed.headers_at(at), "content-type"}
    first, second = ([pair for pair in one.headers if pair[0] in kept] for one in (got, answer))
    if answer.octets or answer.broken or answer.status != got.status or first != second:
        yield Difference("changed", at, answer.broken or "answers HEAD otherwise than GET")
    yield from _extra(signed, at, answer)


def part(
    signed: Signed, at: str, whole: bytes, first: int, last: int, answer: Answer
) -> Iterator[Difference]:
    """The answer to a request for a part: those bytes, or all of them."""
    yield from _extra(signed, at, answer, also="content-range")
    wanted = whole[first : last + 1] if answer.status == _PART else whole
    if answer.status not in (_FOUND, _PART) or answer.broken or answer.octets != wanted:
        yield Difference("changed", at, "gives other bytes to who asks for a part")


def _bytes(signed: Signed, path: str, at: str, answer: Answer) -> Iterator[Difference]:
    if answer.broken:
        yield Difference("changed", at, answer.broken)
    elif sha256(answer.octets).hexdigest() != signed.sums.get(path):
        yield Difference("changed", at, "is not the file that was signed")


def headers(signed: Signed, path: str, at: str, answer: Answer) -> Iterator[Difference]:
    """Each header that is another than was signed, is missing, is there twice, or is extra."""
    wanted = signed.headers_at(at)
    for name, value in wanted.items():
        values = answer.all_of(name)
        if not values:
            yield Difference("header missing", at, name)
        elif values != [value]:
            said = (
                f"{name} is there {len(values)} times"
                if len(values) > 1
                else f"{name}: {values[0][:_SHOWN]}"
            )
            yield Difference("header changed", at, said)
    yield from _extra(signed, at, answer)
    types = TYPES.get(path.rpartition(".")[2])
    said = ", ".join(answer.all_of("content-type"))
    found = _PLAIN_TYPE.fullmatch(said.lower())
    if types and (found is None or found[1] not in types):
        yield Difference("header changed", at, f"content-type: {said[:_SHOWN]}")


def _extra(signed: Signed, at: str, answer: Answer, also: str = "") -> Iterator[Difference]:
    allowed = {*signed.headers_at(at), *_CARRIES, also}
    for name in dict.fromkeys(name for name, _ in answer.headers):
        if name not in allowed and not name.startswith("x-amz-"):
            said = f"{name[:_SHOWN]}: {answer.all_of(name)[0][:_SHOWN]}"
            yield Difference("header extra", at, said)


def _on_the_way(signed: Signed, at: str, answer: Answer) -> Iterator[Difference]:
    """What a redirect says besides where it leads: a browser takes a cookie or a policy from it as from a page."""
    if answer.broken:
        yield Difference("changed", at, answer.broken)
    folder = at.removesuffix(INDEX).rstrip("/") + "/"
    yield from _either(signed, at, at, folder, answer, is_way=True)


def _either(
    signed: Signed, at: str, one: str, other: str, answer: Answer, *, is_way: bool = False
) -> Iterator[Difference]:
    """Each header that is neither that of one path nor that of another; on the way to a page it may be missing."""
    yield from _extra(signed, at, answer, also="location" if is_way else "")
    there = signed.headers_at(other)
    for name, value in signed.headers_at(one).items():
        values = answer.all_of(name)
        if (values or not is_way) and values not in ([value], [there.get(name, value)]):
            said = f"{name} is {', '.join(values)[:_SHOWN] or 'missing'}"
            yield Difference("header changed", at, said)


def _to(answer: Answer) -> str:
    found = answer.all_of("location")
    return f" to {found[0][:_SHOWN]}" if found else ""


def _leads_on(signed: Signed, at: str, answer: Answer) -> bool:
    """Whether a redirect leads to the same folder of the same site, written with its slash."""
    folder = at.removesuffix(INDEX).rstrip("/") + "/"
    try:
        targets = [urljoin(f"{signed.origin}{at}", one) for one in answer.all_of("location")]
    except ValueError:  # no address at all
        return False
    return targets == [f"{signed.origin}{folder}"]
