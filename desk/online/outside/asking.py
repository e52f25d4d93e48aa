"""Plain requests as browsers send them (steps 2 and 9, from outside), and what came back, unpacked.

Comes in: the address of a site, perhaps a machine to ask, and who is asked as. Goes out: status, headers and bytes.
It sends no cookie, no body and no words of its own, follows nothing, and refuses to know what it should have got.
"""

import ssl
import time
import zlib
from dataclasses import dataclass
from http.client import HTTPException

from desk.online.outside import connecting, heads
from desk.online.outside.connecting import Connection, Patience, Place, SilentError

try:
    import brotli
except (
    ImportError
):  # of the machines that watch, not all have it: it is then said that nobody asked for `br`
    brotli = None

MAX_BYTES = 2**24  # of one file, unpacked
_TRIES = 3  # a server may close what it kept open, and a network hiccups
_BUSY = 429  # what a firewall says that counts requests (functions/firewall.yaml)
PAUSE_S = 60.0  # and how long it is left alone
HAS_BROTLI = brotli is not None
ENCODINGS = ("identity", "gzip", *(("br",) if HAS_BROTLI else ()))


@dataclass(frozen=True, slots=True)
class Reader:
    """As whom a site is asked: a name for us, and the headers that such a browser sends."""

    name: str
    headers: tuple[tuple[str, str], ...]


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


class Line:
    """A connection that is kept open, for one thread."""

    def __init__(self, place: Place, patience: Patience) -> None:
        self._open = Connection(place, connecting.context() if place.is_tls else None)
        self._patience = patience

    def ask(self, method: str, path: str, headers: tuple[tuple[str, str], ...]) -> Answer:
        """One answer to a path of ASCII; `SilentError` when none comes in time, also not at another try.

        `StrangerError` is one of them: somebody answered, and not under the name of the site. Who asks too often waits,
        and gets the answer that says so when it stays the answer.
        """
        began = time.monotonic()
        while True:
            answer = self._tried(method, path, headers)
            waited = time.monotonic() - began
            if answer.status != _BUSY or waited + PAUSE_S > self._patience.busy:
                return answer
            time.sleep(max(0.0, min(PAUSE_S, self._patience.until - time.monotonic())))

    def _tried(self, method: str, path: str, headers: tuple[tuple[str, str], ...]) -> Answer:
        until = self._patience.end()
        for is_last in (False,) * (_TRIES - 1) + (True,):
            try:
                return self._once(method, path, headers, until)
            except ssl.SSLCertVerificationError as error:
                self._open.close()
                raise connecting.stranger(error, self._open.host) from None
            except (OSError, HTTPException, ValueError) as error:  # the last: a size below nothing
                self._open.close()
                if is_last or isinstance(error, TimeoutError):
                    said = f"the site cannot be reached: {type(error).__name__}"
                    hint = "look at the address and at this machine's network"
                    raise SilentError(said, hint) from None
        raise AssertionError

    def _once(
        self, method: str, path: str, headers: tuple[tuple[str, str], ...], until: float
    ) -> Answer:
        line = self._open
        line.wait(until)
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
        return Answer(answer.status, said, octets, heads.wrong(answer) or broken)

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
