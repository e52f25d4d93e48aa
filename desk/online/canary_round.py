"""The canary on the network, from outside: what a browser does in steps 2, 3 and 9, and no more.

Comes in: the address of a site, and its site key as pinned. Goes out: one POST, or what the site
serves. This is the one module beside keys that opens a connection: it holds public keys only, and
refuses to know secret ones and case stores.
"""

from contextlib import closing
from datetime import date
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from desk.errors import DeskError, Refused
from desk.wire import canary, envelope, keylist
from desk.wire.board import signed_file
from desk.wire.board.heading import MAX_BYTES
from desk.wire.canary import Canary
from desk.wire.keylist import KeyList

SECONDS = 60.0
_MAX_LIST_BYTES = 2**20
_STORED, _FOUND, _ABSENT = 204, 200, 404
_REFUSED = range(400, 500)
_UNREACHABLE = "look at the address and at this machine's network"
_MAYBE = "the file is kept, since it may have been stored: take it to the desk like one that was"


class NotStoredError(DeskError):
    """The drop said no: nothing of it is there."""


class UnreachableError(DeskError):
    """Nobody answered: that says nothing about the site."""


class Web:
    """One site; every request is a new connection, and none is led elsewhere."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise DeskError("this is no address of a site", "give https:// and its name")
        self._host, self._port = parts.hostname, parts.port
        self._kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection

    def _ask(
        self, method: str, path: str, *, body: bytes | None = None, most: int
    ) -> tuple[int, bytes]:
        headers = {"x-amz-content-sha256": envelope.name(body)} if body is not None else {}
        if body is not None:
            headers["content-type"] = "application/octet-stream"
        try:
            with closing(self._kind(self._host, self._port, timeout=SECONDS)) as line:
                line.request(method, path, body, headers)
                answer = line.getresponse()
                return answer.status, answer.read(most)
        except (OSError, HTTPException) as error:
            kind = type(error).__name__
            raise UnreachableError(f"the site cannot be reached: {kind}", _UNREACHABLE) from None

    def get(self, path: str, most: int) -> bytes | None:
        """A file of the site, at most so many bytes; `None` if there is none."""
        status, octets = self._ask("GET", path, most=most)
        if status == _ABSENT:
            return None
        if status != _FOUND:
            raise DeskError(f"the site answered {status}", "look at it with a browser")
        return octets

    def drop(self, sealed: bytes) -> None:
        """Hand over a sealed object (WIRE.md section 8); anything but an empty 204 is an error."""
        status, octets = self._ask("POST", "/drop", body=sealed, most=1)
        if status in _REFUSED:
            raise NotStoredError(f"the drop answered {status}: not stored", "send again later")
        if status != _STORED or octets:
            raise DeskError(f"the drop answered {status}")


def keys_of(web: Web, site_key: bytes) -> KeyList:
    """The key list that the site serves, verified; `DeskError` for none and for a stranger's."""
    octets = web.get("/keys.json", _MAX_LIST_BYTES)
    if octets is None:
        raise DeskError("the site serves no key list")
    try:
        return keylist.parse(octets.decode("ascii", "replace"), site_key)
    except Refused:
        hint = "give the public half of the site key of this desk; if it is, the site is not"
        raise DeskError("the key list is not signed by this site key", hint) from None


def board_key(keys: KeyList) -> bytes:
    """The public half of the key that signs boards."""
    return keylist.public_of(keys.of("board")[0])


def _epoch(web: Web, keys: KeyList) -> int:
    """The epoch of the board that is served now; 0 before the first."""
    octets = web.get("/board.bin", MAX_BYTES + 1)
    return signed_file.parse(octets, board_key(keys)).heading.epoch if octets is not None else 0


def send(address: str, out: Path, *, site_key: bytes, today: date) -> Canary:
    """Send a canary and remember it in a new file; without a file nothing is sent.

    The file goes only if the drop refused: a canary that arrived, though the answer to it was lost,
    would else be a complaint to the desk.
    """
    web = Web(address)
    keys = keys_of(web, site_key)
    sealed, made = canary.make(keys, today=today, epoch=_epoch(web, keys))
    canary.write(made, out)
    try:
        web.drop(sealed)
    except NotStoredError:
        out.unlink()
        raise
    except DeskError as error:
        raise DeskError(error.message, _MAYBE) from None
    return made
