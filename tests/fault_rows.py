"""What can go wrong with the bucket, a row each: what the door in front of the real server does meanwhile.

Wherever the real server can be brought to refuse or to store, it does so itself: it gets a request
that was changed on its way, or its answer is. The rest is canned, since no server fails on demand.
"""

import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults import (
    Act,
    _reset,
    canned,
    cut,
    drip,
    early,
    half_an_answer,
    hang,
    passed_on,
    passing_on,
    reset_request,
    s3_error,
)

PAGE = "<!doctype html><title>Welcome</title><p>Log in to this network<br>"
CLOSED_PAGE = (
    "<html><body>Request blocked</body></html>"  # an XML parser reads it without complaint
)
_BY_ITSELF = 'ETag: "5d41402abc4b2a76b9719d911017c592"\r\n'  # as web servers give every page
_CHECKSUM = re.compile(rb"x-amz-checksum-sha256: [^\r]+\r\n", re.I)  # older servers say none
_ETAG = re.compile(rb"etag: [^\r]+\r\n", re.I)
_GIVEN_UP_SECONDS = 3.5  # later than the store waits for any byte


@dataclass(frozen=True)
class Row:
    """A fault: what is done to each request, given the real server; what the sender hears; how many try."""

    act: Callable[[str], Act]
    status: int = 503
    code: str = "store"
    senders: int = 2


def _always(act: Act, **more: int) -> Row:
    return Row(lambda _: act, **more)  # type: ignore[arg-type]


def _once(act: Act) -> Callable[[str], Act]:
    """Do it to the first request only."""

    def make(endpoint: str) -> Act:
        acts = [act]
        real = passing_on(endpoint)
        return lambda request, line: (acts.pop() if acts else real)(request, line)

    return make


def _rewritten(pattern: bytes, new: bytes) -> Callable[[str], Act]:
    """Change the head of each request on its way, and let the real server judge it."""

    def make(endpoint: str) -> Act:
        def act(request: bytes, line: socket.socket) -> None:
            line.sendall(passed_on(endpoint, re.sub(pattern, new, request, count=1)))

        return act

    return make


def _answer_changed(change: Callable[[bytes], bytes], *, is_reset: bool) -> Callable[[str], Act]:
    """Let the real server store it, and change what it answers on its way back."""

    def make(endpoint: str) -> Act:
        def act(request: bytes, line: socket.socket) -> None:
            line.sendall(change(passed_on(endpoint, request)))
            if is_reset:
                _reset(line)

        return act

    return make


def _late(endpoint: str) -> Act:
    """Store it, and answer when nobody waits any more."""

    def act(request: bytes, line: socket.socket) -> None:
        answer = passed_on(endpoint, request)
        time.sleep(_GIVEN_UP_SECONDS)
        line.sendall(answer)

    return act


def _half_a_request(endpoint: str) -> Act:
    """Hand on half of the body and end the line to the real server there."""

    def act(request: bytes, line: socket.socket) -> None:
        line.sendall(passed_on(endpoint, request[: len(request) // 2]))

    return act


def _minutes_ago(minutes: int) -> bytes:
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(time.time() - 60 * minutes)).encode()


@early
def reset_at_once(_: bytes, line: socket.socket) -> None:
    """Reset the line when the head has come."""
    _reset(line)


S3: dict[str, Row] = {
    "status_500": _always(s3_error("500 Internal Server Error", "InternalError")),
    "status_503": _always(s3_error("503 Slow Down", "SlowDown")),
    "status_503_wait": _always(canned("503 Slow Down", "", more="retry-after: 86400\r\n")),
    "status_404": _always(s3_error("404 Not Found", "NoSuchBucket")),
    "status_501": _always(s3_error("501 Not Implemented", "NotImplemented")),
    "conflict_once": Row(
        _once(s3_error("409 Conflict", "ConditionalRequestConflict")), status=204, code=""
    ),
    "conflict_always": _always(s3_error("409 Conflict", "ConditionalRequestConflict")),
    "hang": _always(hang, senders=1),
    "drip": _always(drip, senders=1),
    "late": Row(_late, senders=1),
    "cut": _always(cut),
    "reset_at_once": _always(reset_at_once),
    "reset_in_the_request": _always(reset_request),
    "half_a_request": Row(_half_a_request, senders=1),
    "reset_in_the_answer": Row(
        _answer_changed(lambda answer: answer[: len(answer) // 2], is_reset=True)
    ),
    "half_an_answer": _always(half_an_answer),
    "no_head_in_the_answer": Row(_answer_changed(lambda _: b"HTTP/1.1 200 OK\r\n", is_reset=False)),
    "no_checksum_in_the_answer": Row(
        _answer_changed(lambda answer: _CHECKSUM.sub(b"", answer), is_reset=False),
        status=204,
        code="",
    ),
    "no_word_of_the_bytes": Row(
        _answer_changed(lambda answer: _ETAG.sub(b"", _CHECKSUM.sub(b"", answer)), is_reset=False)
    ),
    "another_checksum": _always(
        canned("200 OK", "", more=f"{_BY_ITSELF}x-amz-checksum-sha256: AAAA\r\n")
    ),
    "unreadable_header": _always(
        canned("200 OK", "", more=f"{_BY_ITSELF}x-amz-object-size: many\r\n")
    ),
    "page_200": _always(canned("200 OK", PAGE, "text/html")),
    "closed_page_200": _always(canned("200 OK", CLOSED_PAGE, "text/html")),
    "page_200_with_etag": _always(canned("200 OK", PAGE, "text/html", more=_BY_ITSELF)),
    "closed_page_200_with_etag": _always(canned("200 OK", CLOSED_PAGE, "text/html", _BY_ITSELF)),
    "empty_200": _always(canned("200 OK", "", "text/html")),
    "empty_200_with_etag": _always(canned("200 OK", "", "text/html", _BY_ITSELF)),
    "empty_204": _always(canned("204 No Content", "", "text/html")),
    "page_302": _always(canned("302 Found", PAGE, "text/html", "location: /login\r\n")),
    "redirect_301": _always(canned("301 Moved", "", more="location: http://127.0.0.1:1/\r\n")),
    "redirect_307": _always(canned("307 Moved", "", more="location: http://127.0.0.1:1/\r\n")),
    "other_region": _always(s3_error("301 Moved Permanently", "PermanentRedirect")),
    "page_401": _always(canned("401 Unauthorized", PAGE, "text/html")),
    "page_403": _always(canned("403 Forbidden", CLOSED_PAGE, "text/html")),
    "page_404": _always(canned("404 Not Found", PAGE, "text/html")),
    "page_409": _always(canned("409 Conflict", PAGE, "text/html")),
    "page_412": _always(canned("412 Precondition Failed", PAGE, "text/html")),
    "closed_page_412": _always(canned("412 Precondition Failed", CLOSED_PAGE, "text/html")),
    "page_502": _always(canned("502 Bad Gateway", PAGE, "text/html")),
    "page_504": _always(canned("504 Gateway Timeout", PAGE, "text/html")),
    "clock_behind": Row(_rewritten(rb"(?i)(?<=x-amz-date: )\w+", _minutes_ago(16))),
    "clock_ahead": Row(_rewritten(rb"(?i)(?<=x-amz-date: )\w+", _minutes_ago(-16))),
    "credentials_expired": _always(s3_error("400 Bad Request", "ExpiredToken")),
    "credentials_unknown": Row(_rewritten(rb"(?<=Credential=)[\w-]+", b"nobody")),
    "signature_wrong": Row(_rewritten(rb"(?<=Signature=)\w{64}", b"0" * 64)),
}
