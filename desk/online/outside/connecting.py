"""A connection to a site as a browser makes one (steps 2 and 9, from outside), and how long it is waited for.

Comes in: the address of a site, perhaps a machine to ask. Goes out: a connection on which nobody can keep who asks. It
believes no certificate that this machine does not trust for that name, and refuses to know what is asked.
"""

import socket
import ssl
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any  # of the two methods that are handed on as they come
from urllib.parse import urlsplit

from desk.errors import DeskError
from desk.online.outside.heads import Response

SECONDS = 60.0  # of silence


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds one answer may take from its first word to its last byte, with every try; when looking ends.

    Without an end a host that drips a byte now and then would keep who watches it for days. `until` is a moment of
    `time.monotonic`. `busy` is how long who says 429 is asked again: a firewall looks five minutes back.
    """

    answer: float = 120.0
    busy: float = 900.0
    until: float = float("inf")

    def end(self) -> float:
        """The moment at which an answer that is asked for now is no longer waited for."""
        return min(time.monotonic() + self.answer, self.until)


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


class SilentError(DeskError):
    """Nobody answered, or not to the end."""


class StrangerError(SilentError):
    """Somebody answered who does not show that the name is theirs."""


# X509_V_ERR_*: what OpenSSL has against a certificate.
_NOT_THE_NAME, _NOT_THE_DAY = (62, 64), (9, 10)


def stranger(error: ssl.SSLCertVerificationError, host: str) -> StrangerError:
    """What is wrong with the certificate that was shown, and what to do."""
    said = (
        f"the certificate of {host} is signed by nobody whom this machine trusts (an authority of "
        "your own: name its file in SSL_CERT_FILE)"
    )
    if error.verify_code in _NOT_THE_NAME:
        said = f"the certificate that was shown is not for {host}"
    elif error.verify_code in _NOT_THE_DAY:
        said = f"the certificate of {host} is not valid today"
    hint = "look at the address and at this machine's clock; else mend the certificate, or somebody stands between"
    return StrangerError(said, hint)


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


class _Timed(socket.socket):
    """A connection on which nothing is waited for beyond `until`, however often a byte comes."""

    until = float("inf")

    def recv_into(self, *given: Any, **named: Any) -> int:
        self.settimeout(_left(self.until))
        return super().recv_into(*given, **named)


class _TimedTLS(ssl.SSLSocket):
    """The same under TLS, which asks its own `read`."""

    until = float("inf")

    def recv_into(self, *given: Any, **named: Any) -> int:
        self.settimeout(_left(self.until))
        return super().recv_into(*given, **named)


def _left(until: float) -> float:
    """Seconds that may be waited for the next byte; `TimeoutError` if there are none."""
    left = min(until - time.monotonic(), SECONDS)
    if left <= 0:
        raise TimeoutError
    return left


def context() -> ssl.SSLContext:
    """What this machine trusts (`SSL_CERT_FILE` if it is set), and that a certificate is for the name."""
    context = ssl.create_default_context()
    context.sslsocket_class = _TimedTLS
    return context


def _reached(machine: str, port: int, until: float) -> _Timed:
    """A connection to the first address of a machine that takes it; `OSError` if none does."""
    failed: OSError = TimeoutError()
    for family, kind, protocol, _, at in socket.getaddrinfo(machine, port, type=socket.SOCK_STREAM):
        found = _Timed(family, kind, protocol)
        try:
            found.settimeout(_left(until))
            found.connect(at)
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            found.close()
            failed = error
        else:
            return found
    raise failed


class Connection(HTTPConnection):
    """To one machine, under the name of the site in TLS and in `Host`."""

    sock: socket.socket | None
    until = float("inf")
    response_class = Response

    def __init__(self, place: Place, context: ssl.SSLContext | None) -> None:
        port = place.port or (443 if place.is_tls else 80)
        super().__init__(place.host, port=port)
        if place.is_tls:
            self.default_port = 443  # else `Host` names the port
        self._machine, self._context = place.machine, context

    def connect(self) -> None:
        self.sock = found = _reached(self._machine, self.port, self.until)
        if self._context is not None:
            found.settimeout(_left(self.until))  # of the whole handshake
            self.sock = self._context.wrap_socket(found, server_hostname=self.host)

    def wait(self, until: float) -> None:
        """From now on wait for nothing beyond that moment."""
        self.until = until
        if self.sock is None:
            self.connect()
        if isinstance(self.sock, (_Timed, _TimedTLS)):
            self.sock.until = until
