"""Marks of a person in requests, and where they may not be found: address, agent, path, query, body, hash.

What is sent comes from an address of its own in 127.0.0.0/8, so that it can be looked for. `asked` is every
kind of request; who is sought is sought in every file of a folder, the objects in the drop set aside.
"""

import os
import secrets
import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests import stores

AGENT, PATH, QUERY, FORWARDED = (
    "mark-agent-4d1c",
    "mark-path-77e0",
    "mark-query-09ab",
    "203.0.113.77",
)
ADDRESS = "127.77.3.5"
SERVER_NAME = "mark-name-3e71.example"  # what a handshake asks for
_BODY = b"mark-body-5f2e"


def marked_object() -> bytes:
    """An object with a mark in what would be sealed."""
    return stores.make_object()[:1_000] + _BODY + os.urandom(15_384 - len(_BODY))


@dataclass
class Sender:
    """Who sends from that address, and remembers the names of what was sent."""

    port: int
    names: list[str] = field(default_factory=list)

    def connect(self) -> socket.socket:
        return socket.create_connection(
            ("127.0.0.1", self.port), timeout=30, source_address=(ADDRESS, 0)
        )

    def request(self, target: str = "/drop") -> bytes:
        """A marked POST with a new object."""
        body = marked_object()
        self.names.append(stores.name_of(body))
        more = {"user-agent": AGENT, "x-forwarded-for": FORWARDED, "cookie": "a=mark-cookie-1"}
        return stores.post(body, more | {"referer": f"https://a.example/{PATH}"}, path=target)

    def ask(self, octets: bytes) -> int:
        """The status of the answer; 0 if the connection ended without one."""
        with self.connect() as connection:
            try:
                connection.sendall(octets)
                return stores.read_reply(connection).status
            except ConnectionError:
                return 0

    def drop(self) -> int:
        return self.ask(self.request())

    def all_kinds(self) -> list[int]:
        """Stored, refused, lost, too large, not HTTP, broken off: each once."""
        head = f"host: localhost\r\nuser-agent: {AGENT}\r\n\r\n"
        targets = (f"/{PATH}?{QUERY}", f"//{PATH}", f"/%ff{PATH}", f"/{PATH}/../..")
        sent = [f"GET {target} HTTP/1.1\r\n{head}".encode("latin-1") for target in targets]
        sent += [self.request(), self.request(f"/drop?{QUERY}"), self.request(f"/{PATH}")]
        sent += [self.request().replace(b"16384", b"16385"), self.request().replace(b"octet", b"x")]
        sent += [
            f"{PATH} {QUERY}\r\n\r\n".encode(),
            b"\x16\x03\x01" + secrets.token_bytes(64) + b"\r\n\r\n",
        ]
        self.break_off()
        return [self.ask(octets) for octets in sent if b"16385" not in octets]

    def break_off(self) -> None:
        """Send half of a request and reset the connection."""
        with self.connect() as connection:
            connection.sendall(self.request()[:9_000])
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    def marks(self) -> list[bytes]:
        """All that may be found nowhere."""
        told = (AGENT, PATH, QUERY, FORWARDED, ADDRESS, "mark-cookie-1", *self.names)
        return [_BODY, *(mark.encode() for mark in told)]


def handshakes(port: int) -> None:
    """Begin TLS from that address for a name that is not served, as a browser or a certifier; then noise."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    for protocol in ("h2", "acme-tls/1"):
        context.set_alpn_protocols([protocol])
        for name in (SERVER_NAME, "localhost"):
            with Sender(port).connect() as line, suppress(OSError):
                context.wrap_socket(line, server_hostname=name).close()
    for noise in (
        b"GET / HTTP/1.1\r\nhost: " + SERVER_NAME.encode() + b"\r\n\r\n",
        b"\x16\x03\x01\0\5",
    ):
        with Sender(port).connect() as line, suppress(OSError):
            line.sendall(noise)
            line.recv(100)


def found(marks: Iterable[bytes], folders: Iterable[Path], aside: Path) -> list[str]:
    """Marks that stand in the text or the name of a file, but for those in `aside`."""
    seen = []
    sought = list(marks)
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_relative_to(aside) or path.is_symlink():
                continue
            octets = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
            seen += [f"{path.name}: {mark!r}" for mark in sought if mark in octets]
    return seen
