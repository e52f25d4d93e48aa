"""The rows of `server_corpus.yml` as bytes, and what a server answers to them: statuses, until it is silent."""

import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests import stores

FILE = Path(__file__).with_name("server_corpus.yml")
FRONTS = ("alone", "caddy", "nginx")
_KNOWN = {"name", "line", "more", "drop", "before", "after", "body", "expect"}
_LONG = "a" * 40_000
_SILENCE_SECONDS = 0.4
_PATIENCE_SECONDS = 20.0


@dataclass(frozen=True)
class Row:
    """One request with an object of its own, and what becomes of it: stored, refused or either."""

    name: str
    octets: bytes
    object: bytes
    ends: bool  # the sender says that nothing more comes
    expect: str


def _body(kind: str, octets: bytes) -> bytes:
    chunk = b"%x\r\n%s\r\n0\r\n" % (len(octets), octets)
    return {
        "whole": octets,
        "none": b"",
        "short": octets[:8_000],
        "long": octets + b"noise",
        "chunked": chunk + b"\r\n",
        "chunked_trailer": chunk + b"content-length: 5\r\n\r\n",
    }[kind]


def _row(record: dict[str, Any]) -> Row:
    assert record.keys() <= _KNOWN, record
    octets = stores.make_object()
    fields = {"host": "localhost"} | stores.headers_for(octets)
    head = [record.get("line", "POST /drop HTTP/1.1")]
    head += [
        f"{name}: {value}" for name, value in fields.items() if name not in record.get("drop", ())
    ]
    name = stores.name_of(octets)
    more = record.get("more", "").replace("%HASH%", name).replace("%LONG%", _LONG)
    text = "\r\n".join(head) + "\r\n" + more.replace("%HASH_CAPITALS%", name.upper()) + "\r\n"
    kind = record.get("body", "whole")
    around = [record.get(side, "").encode("latin-1") for side in ("before", "after")]
    sent = around[0] + text.encode("latin-1") + _body(kind, octets) + around[1]
    return Row(record["name"], sent, octets, kind == "short", record["expect"])


def rows() -> list[Row]:
    """Every row of the file, each with another object."""
    return [_row(record) for record in yaml.safe_load(FILE.read_text("utf-8"))]


def _received(connection: socket.socket) -> Iterator[bytes]:
    connection.settimeout(_PATIENCE_SECONDS)
    try:
        while octets := connection.recv(65_536):
            yield octets
            connection.settimeout(_SILENCE_SECONDS)
    except TimeoutError:
        return
    except ConnectionError:
        return


def ask(port: int, row: Row) -> list[int]:
    """Send a row on a connection of its own; the statuses of what comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        try:
            connection.sendall(row.octets)
            if row.ends:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # refused before it was whole
        answer = b"".join(_received(connection))
    return [int(status) for status in re.findall(rb"^HTTP/1\.[01] (\d{3})", answer, re.M)]


def ask_all(port: int, asked: list[Row]) -> dict[str, list[int]]:
    """Send every row, many at once; the statuses by name."""
    with ThreadPoolExecutor(16) as pool:
        told = pool.map(lambda row: ask(port, row), asked)
        return dict(zip([row.name for row in asked], told, strict=True))
