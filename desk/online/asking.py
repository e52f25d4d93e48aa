"""Plain requests as browsers send them (steps 2 and 9, from outside), and what came back, unpacked.

Comes in: the address of a site, perhaps a machine to ask, and who is asked as. Goes out: status, headers and bytes.
It sends no cookie, no body and no words of its own, follows nothing, and refuses to know what it should have got.
"""

import socket
import ssl
import zlib
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from desk.errors import DeskError

try:
    import brotli
except (
    ImportError
):  # of the machines that watch, not all have it: it is then said that nobody asked for `br`
    brotli = None

SECONDS = 60.0
MAX_BYTES = 2**26  # of one file, unpacked
_TRIES = 3  # a server may close what it kept open, and a network hiccups
HAS_BROTLI = brotli is not None
ENCODINGS = ("identity", "gzip", *(("br",) if HAS_BROTLI else ()))


@dataclass(frozen=True, slots=True)
class Reader:
    """As whom a site is asked: a name for us, and the headers that such a browser sends."""

    name: str
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A site: whether by TLS, its name, its port, and the machine that is asked (the name, or an IP address)."""

    is_tls: bool
    host: str
    port: int | None
    machine: str

    @property
    def origin(self) -> str:
        """The address as it stands in a manifest."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        end = f":{self.port}" if self.port else ""
        return f"{'https' if self.is_tls else 'http'}://{name}{end}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: names of headers in lower case, in their order; the bytes are unpacked.

    `broken` says why they are not what was sent, or is empty.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    octets: bytes
    broken: str = ""

    def all_of(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for key, value in self.headers if key == name]


class SilentError(DeskError):
    """Nobody answered, or not to the end."""


def place_of(address: str, machine: str = "") -> Place:
    """Where a site is asked; `DeskError` for what is no address of one."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise DeskError("this is no address of a site", "give https:// and its name")
    return Place(parts.scheme == "https", parts.hostname, port, machine or parts.hostname)


class _Connection(HTTPConnection):
    """To one machine, under the name of the site in TLS and in `Host`."""

    def __init__(self, place: Place, context: ssl.SSLContext | None) -> None:
        port = place.port or (443 if place.is_tls else 80)
        super().__init__(place.host, port=port, timeout=SECONDS)
        if place.is_tls:
            self.default_port = 443  # else `Host` names the port
        self._machine, self._context = place.machine, context

    def connect(self) -> None:
        self.sock = socket.create_connection((self._machine, self.port), SECONDS)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._context is not None:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)


class Line:
    """A connection that is kept open, for one thread."""

    def __init__(self, place: Place) -> None:
        self._open = _Connection(place, ssl.create_default_context() if place.is_tls else None)

    def ask(self, method: str, path: str, headers: tuple[tuple[str, str], ...]) -> Answer:
        """One answer; `SilentError` when none comes, also not at another try."""
        for is_last in (False,) * (_TRIES - 1) + (True,):
            try:
                return self._once(method, path, headers)
            except (OSError, HTTPException) as error:
                self._open.close()
                if is_last:
                    said = f"the site cannot be reached: {type(error).__name__}"
                    hint = "look at the address and at this machine's network"
                    raise SilentError(said, hint) from None
        raise AssertionError

    def _once(self, method: str, path: str, headers: tuple[tuple[str, str], ...]) -> Answer:
        line = self._open
        line.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            line.putheader(name, value)
        line.endheaders()
        answer = line.getresponse()
        packed = answer.read(MAX_BYTES + 1)
        if len(packed) > MAX_BYTES:
            line.close()
        said = tuple((name.lower(), value) for name, value in answer.getheaders())
        encoding = ", ".join(value for name, value in said if name == "content-encoding")
        octets, broken = _unpacked(packed, encoding or "identity", method)
        return Answer(answer.status, said, octets, broken)

    def close(self) -> None:
        """End the connection."""
        self._open.close()


def _unpacked(packed: bytes, encoding: str, method: str) -> tuple[bytes, str]:
    """The bytes of an answer, and what is wrong with how they were packed."""
    kind = encoding.strip().lower()
    if len(packed) > MAX_BYTES:
        return b"", "is too large"
    if kind == "identity" or method == "HEAD":
        return packed, ""
    try:
        if kind == "gzip":
            return _gzip(packed)
        if kind == "br" and HAS_BROTLI:
            return _brotli(packed)
    except ValueError:
        return b"", f"cannot be unpacked as {kind}"
    return b"", f"is packed as {kind[:40]!r}, which was not asked for"


def _gzip(packed: bytes) -> tuple[bytes, str]:
    unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        octets = unpacking.decompress(packed, MAX_BYTES)
    except zlib.error:
        raise ValueError from None
    is_whole = unpacking.eof and not unpacking.unused_data
    return octets, "" if is_whole else "is cut off in its packing, or goes on behind it"


def _brotli(packed: bytes) -> tuple[bytes, str]:
    unpacking = brotli.Decompressor()
    try:
        octets: bytes = unpacking.process(packed, output_buffer_limit=MAX_BYTES)
    except brotli.error:
        raise ValueError from None
    return octets, "" if unpacking.is_finished() else "is cut off in its packing"
