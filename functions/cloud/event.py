"""Step 3, the event of a function URL (payload 2.0): what Lambda hands over in, a request or an answer out.

Pure. An event is JSON of a shape that others decide, so nothing of it is taken for granted: a field
that is missing, or of another type, is empty. Of address, user agent, cookies and query it reads nothing.
"""

import base64
from typing import Any

from functions.drop import Answer
from functions.shape import Head, Refusal, Request

DROP_PATH = "/drop"  # WIRE.md section 8

Event = Any  # whatever JSON says, also a list or nothing; each use looks at the type first


def request_of(event: Event) -> Request | None:
    """Return the request in an event; None for one that is not for the drop.

    Lambda sends what is no text in base64, so a body that is said to be text is none.
    """
    if not isinstance(event, dict) or event.get("rawPath") != DROP_PATH:
        return None
    body = _body(event)
    return Request(_head(event, body), body)


def response_of(answer: Answer, headers: dict[str, str]) -> dict[str, object]:
    """Return an answer as Lambda wants it; `headers` are those of every answer."""
    own = {"cache-control": "no-store"}
    said: dict[str, object] = {}
    if answer.body:
        own["content-type"] = "application/json"
        said["body"] = answer.body.decode("ascii")
    if answer.status == Refusal.METHOD.status:
        own["allow"] = "POST"
    return {"statusCode": answer.status, "headers": headers | own, **said}


def _head(event: dict[str, Event], body: bytes) -> Head:
    """Return what the event says before its body.

    Whether an edge hands on a content-length is its own business, and a body comes here whole: where none
    is said, its bytes are counted. One that is said counts as it is.
    """
    headers = _dict(event.get("headers"))

    def only(name: str) -> str:
        """Lambda joins what was given twice with a comma, which none of our values holds."""
        value = headers.get(name)
        return value if isinstance(value, str) and "," not in value else ""

    counted = str(len(body)) if body else ""
    length = only("content-length") if "content-length" in headers else counted
    method = _dict(_dict(event.get("requestContext")).get("http")).get("method")
    return Head(
        method=method if isinstance(method, str) else "",
        length="" if "transfer-encoding" in headers else length,
        content_type=only("content-type"),
        declared_sha256=only("x-amz-content-sha256"),
    )


def _dict(value: Event) -> dict[str, Event]:
    return value if isinstance(value, dict) else {}


def _body(event: dict[str, Event]) -> bytes:
    """Return the bytes of the body; none if they are not there in their one encoding."""
    text = event.get("body")
    if event.get("isBase64Encoded") is not True or not isinstance(text, str):
        return b""
    try:
        body = base64.b64decode(text, validate=True)
    except ValueError:  # no base64, or letters that it has not
        return b""
    # Python passes over bits that no byte needs; WIRE.md section 1 does not.
    return body if base64.b64encode(body) == text.encode("ascii") else b""
