"""The head of an answer as it came over the wire (steps 2 and 9, from outside), and where browsers read another one.

Comes in: an answer of Python's HTTP. Goes out: why its head cannot be believed, or nothing. Python ends a head at a
line that is no header, where a browser reads on, and unpacks chunks in HTTP/1.0, where a browser shows them. It
refuses to know what was asked.
"""

import re
from http.client import HTTPResponse
from typing import Any

# A status line, headers and an empty line, each ended by CRLF (RFC 9112, sections 2.1 and 5).
_HEAD = re.compile(
    rb"HTTP/1\.[01] \d{3}[^\r\n\0]*\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*\r\n)*\r\n"
)
_FRAMES = ("content-length", "transfer-encoding", "content-encoding")  # each once, if at all
_HTTP_1_1 = 11


class _Lines:
    """Hands on what it reads line by line, and keeps it."""

    # Any: of HTTPResponse's own file.
    def __init__(self, file: Any) -> None:
        self._file, self.kept = file, b""

    def readline(self, most: int) -> bytes:
        line: bytes = self._file.readline(most)
        self.kept += line
        return line

    def close(self) -> None:
        """As Python does at what is no status line."""
        self._file.close()


class Response(HTTPResponse):
    """An answer that keeps the bytes of its head."""

    head = b""
    fp: Any

    def begin(self) -> None:
        if self.head:
            return
        file, self.fp = self.fp, _Lines(self.fp)
        lines = self.fp
        try:
            super().begin()
        finally:
            self.head, self.fp = lines.kept, file if self.fp else None


def wrong(answer: HTTPResponse) -> str:
    """Why a browser could read another answer than we do; empty for none."""
    if isinstance(answer, Response) and not _HEAD.fullmatch(answer.head):
        return "has a line in its head that is no header"
    said = {name: answer.headers.get_all(name) or [] for name in _FRAMES}
    if any(len(values) > 1 for values in said.values()):
        return "says twice how long it is or how it is packed"
    chunked = [value.lower() for value in said["transfer-encoding"]]
    if chunked and (
        chunked != ["chunked"] or answer.version != _HTTP_1_1 or said["content-length"]
    ):
        return "comes in chunks in a way that browsers read otherwise"
    if any(not re.fullmatch("[0-9]{1,15}", value) for value in said["content-length"]):
        return "says its length in no number"
    return ""
