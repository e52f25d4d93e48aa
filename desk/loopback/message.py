"""What crosses between the browser and the daily screen: a request and a response, as values.

Comes in: method, target, headers and body as they arrived. Goes out: the same, taken apart, or
`Unclear`. It refuses to know sockets, who asks and what for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from urllib.parse import parse_qs, unquote, urlsplit

MAX_BODY_BYTES = 1_048_576
MAX_FIELDS = 200
FORM = "application/x-www-form-urlencoded"
HTML = "text/html; charset=utf-8"
CSS = "text/css; charset=utf-8"
PNG = "image/png"
Form = Mapping[str, tuple[str, ...]]


class Unclear(Exception):
    """A request that can be read in more than one way, or not at all."""


def _fields(octets: bytes) -> dict[str, tuple[str, ...]]:
    """A form or a query by name, line ends as `\\n`; `Unclear` if it is not UTF-8."""
    try:
        found = parse_qs(
            octets.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError:  # also of UnicodeDecodeError
        raise Unclear from None
    # A browser sends a line end as CR LF, whatever was typed.
    return {name: tuple(v.replace("\r\n", "\n") for v in values) for name, values in found.items()}


@dataclass(frozen=True)
class Request:
    """One request: `target` as on the request line, headers in the order in which they came."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The one header of this name, `None` if there is none; `Unclear` if there are several."""
        found = [value for given, value in self.headers if given.lower() == name]
        if len(found) > 1:
            raise Unclear
        return found[0].strip() if found else None

    @cached_property
    def path(self) -> str:
        """The path, with its escapes read."""
        try:
            return unquote(urlsplit(self.target).path, errors="strict")
        except ValueError:
            raise Unclear from None

    @cached_property
    def query(self) -> Form:
        """What stands behind the question mark."""
        try:
            return _fields(urlsplit(self.target).query.encode("ascii"))
        except ValueError:
            raise Unclear from None

    @cached_property
    def form(self) -> Form:
        """What was filled in; empty unless it was sent as a form."""
        kind = (self.header("content-type") or "").partition(";")[0].strip().lower()
        return _fields(self.body) if kind == FORM else {}


@dataclass(frozen=True, slots=True)
class Response:
    """One response; the headers that every response carries are the server's."""

    status: HTTPStatus
    body: bytes = b""
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = field(default=())


def first(form: Form, name: str) -> str:
    """The first value of a field, empty if it was not sent."""
    return form.get(name, ("",))[0]


def redirect(path: str, *headers: tuple[str, str]) -> Response:
    """Send the browser on to a page of ours, so that reloading sends nothing twice."""
    return Response(HTTPStatus.SEE_OTHER, headers=(("Location", path), *headers))
