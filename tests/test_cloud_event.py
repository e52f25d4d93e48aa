"""Step 3: the event of a function URL, of any shape: read as the drop reads a request, or refused.

Pure: nothing is started. The real client of Lambda's runtime stands in `test_cloud_runtime.py`.
"""

import base64
import json
import logging
import math
import os
import random
from collections.abc import Callable
from typing import Any

import pytest

from functions.cloud import handler
from functions.cloud.event import request_of, response_of
from functions.drop import STORED, Answer, answer, refuse
from functions.errors import StoreError
from functions.receive import respond
from functions.shape import Refusal, Request
from tests.runtime_api import event_of
from tests.soak import SOAK, count
from tests.stores import ACCEPTED, headers_for, make_object

# The handler switches off every log of its process when it is imported, and this one is also others'.
logging.disable(logging.NOTSET)
BODY = make_object()
Event = dict[str, Any]


class Kept:
    """A store in memory: what the handler does with a real one stands elsewhere."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put(self, name: str, body: bytes) -> bool:
        self.objects[name] = body
        return True


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Put a store in memory behind the handler, which accepts `stores.KEY_ID`."""
    store = Kept()
    monkeypatch.setattr(handler, "_decide", lambda request: answer(request, store, ACCEPTED))
    monkeypatch.setattr(handler, "_headers", {"content-security-policy": "default-src 'none'"})
    return store


def sound(**headers: str) -> Event:
    return event_of(BODY, headers_for(BODY) | headers)


def code(result: dict[str, Any]) -> str:
    """The code of an answer; empty for one without a body."""
    return json.loads(result["body"])["error"] if "body" in result else ""


def test_a_sound_event_is_stored(kept: Kept) -> None:
    """204, no body, the headers of the site, and the object under its name."""
    found = handler.handle(sound(), None)
    own = {"content-security-policy": "default-src 'none'", "cache-control": "no-store"}
    assert found == {"statusCode": 204, "headers": own}
    assert kept.objects == {headers_for(BODY)["x-amz-content-sha256"]: BODY}


def changed(path: str, value: Any) -> Event:
    """A sound event with one field of another value; None takes it away."""
    event = sound()
    inner = event
    *folders, name = path.split("/")
    for folder in folders:
        inner = inner[folder]
    inner.pop(name, None)
    if value is not None:
        inner[name] = value
    return event


HASH = headers_for(BODY)["x-amz-content-sha256"]
TEXT = base64.b64encode(BODY).decode("ascii")
# The last three letters stand for one byte here: four of their bits are no byte's.
LAST = TEXT[-3]
LOOSE = TEXT[:-3] + chr(ord(LAST) + 1) + TEXT[-2:]
TYPE = "application/octet-stream"
REFUSED: dict[str, tuple[str, Any, str]] = {
    "method_get": ("requestContext/http/method", "GET", "method"),
    "method_small": ("requestContext/http/method", "post", "method"),
    "method_missing": ("requestContext/http/method", None, "method"),
    "method_a_list": ("requestContext/http/method", ["POST"], "method"),
    "http_missing": ("requestContext/http", None, "method"),
    "http_text": ("requestContext/http", "POST", "method"),
    "context_missing": ("requestContext", None, "method"),
    "context_a_number": ("requestContext", 7, "method"),
    "headers_missing": ("headers", None, "type"),
    "headers_a_list": ("headers", [["content-length", "16384"]], "type"),
    "length_empty": ("headers/content-length", "", "length_missing"),
    "length_twice": ("headers/content-length", "16384,16384", "length_missing"),
    "length_a_number": ("headers/content-length", 16384, "length_missing"),
    "length_a_plus": ("headers/content-length", "+16384", "length_missing"),
    "length_other_digits": ("headers/content-length", "١٦٣٨٤", "length_missing"),
    "length_of_many_digits": ("headers/content-length", "9" * 5_000, "too_large"),
    "length_one_more": ("headers/content-length", "16385", "too_large"),
    "length_one_less": ("headers/content-length", "16383", "size"),
    "a_coding": ("headers/transfer-encoding", "chunked", "length_missing"),
    "a_coding_of_nothing": ("headers/transfer-encoding", "", "length_missing"),
    "type_missing": ("headers/content-type", None, "type"),
    "type_twice": ("headers/content-type", f"{TYPE},{TYPE}", "type"),
    "type_with_a_parameter": ("headers/content-type", f"{TYPE}; a=b", "type"),
    "type_a_list": ("headers/content-type", [TYPE], "type"),
    "hash_missing": ("headers/x-amz-content-sha256", None, "hash"),
    "hash_twice": ("headers/x-amz-content-sha256", f"{HASH},{HASH}", "hash"),
    "hash_large": ("headers/x-amz-content-sha256", HASH.upper(), "hash"),
    "body_missing": ("body", None, "incomplete"),
    "body_a_list": ("body", [TEXT], "incomplete"),
    "body_empty": ("body", "", "incomplete"),
    "body_one_byte_less": ("body", base64.b64encode(BODY[1:]).decode(), "incomplete"),
    "body_huge": ("body", TEXT * 300, "incomplete"),
    "body_not_base64": ("body", "!" + TEXT[1:], "incomplete"),
    "body_in_the_other_alphabet": ("body", "_" + TEXT[1:], "incomplete"),
    "body_with_a_line": ("body", TEXT[:76] + "\n" + TEXT[77:], "incomplete"),
    "body_without_padding": ("body", TEXT.rstrip("=") + "A" * TEXT.count("="), "incomplete"),
    "body_in_loose_bits": ("body", LOOSE, "incomplete"),
    "body_half_a_letter": ("body", "\ud800" + TEXT[1:], "incomplete"),
    "flag_missing": ("isBase64Encoded", None, "incomplete"),
    "flag_false": ("isBase64Encoded", False, "incomplete"),
    "flag_text": ("isBase64Encoded", "true", "incomplete"),
    "flag_one": ("isBase64Encoded", 1, "incomplete"),
}


UNSAID: dict[str, tuple[Any, bool, int, str]] = {
    "an_object": (TEXT, True, 204, ""),
    "one_byte_more": (base64.b64encode(BODY + b"x").decode(), True, 413, "too_large"),
    "one_byte_less": (base64.b64encode(BODY[1:]).decode(), True, 400, "size"),
    "six_megabytes": ("A" * 6_000_000, True, 413, "too_large"),
    "no_body": (None, True, 411, "length_missing"),
    "an_empty_body": ("", True, 411, "length_missing"),
    "no_base64": ("!" + TEXT[1:], True, 411, "length_missing"),
    "loose_bits": (LOOSE, True, 411, "length_missing"),
    "text": (TEXT, False, 411, "length_missing"),
}


@pytest.mark.parametrize("name", UNSAID)
def test_a_body_whose_length_nobody_said_is_counted(kept: Kept, name: str) -> None:
    """An edge may keep the content-length for itself: only where there are no bytes, nothing tells it."""
    body, is_base64, status, expected = UNSAID[name]
    event = changed("headers/content-length", None) | {"body": body, "isBase64Encoded": is_base64}
    found = handler.handle(event, None)
    assert (found["statusCode"], code(found)) == (status, expected)
    assert kept.objects == ({HASH: BODY} if status == 204 else {})


def test_a_coding_of_the_transfer_is_refused_also_without_a_length(kept: Kept) -> None:
    """As the app does: the size of an object is said, or can be counted, but is not worked out."""
    event = changed("headers/content-length", None)
    event["headers"]["transfer-encoding"] = "chunked"
    assert code(handler.handle(event, None)) == "length_missing"
    assert kept.objects == {}


@pytest.mark.parametrize("name", REFUSED)
def test_an_event_that_says_another_thing_is_refused(kept: Kept, name: str) -> None:
    """Each field missing, given twice, or of another type: a code of the list, and nothing kept."""
    path, value, expected = REFUSED[name]
    found = handler.handle(changed(path, value), None)
    refusal = next(one for one in Refusal if one.code == expected)
    assert (found["statusCode"], code(found)) == (refusal.status, expected)
    assert found["headers"]["content-type"] == "application/json"
    assert ("allow" in found["headers"]) == (expected == "method")
    assert kept.objects == {}


@pytest.mark.parametrize(
    "event",
    [{}, None, [], "text", 7, True, {"rawPath": None}, {"rawPath": ["/drop"]}, {"detail": {}}],
    ids=str,
)
def test_what_is_no_event_of_a_function_url_is_not_here(kept: Kept, event: Any) -> None:
    """A test event of the console, a timer's, or none: 404 without a body."""
    found = handler.handle(event, None)
    assert (found["statusCode"], "body" in found, kept.objects) == (404, False, {})


@pytest.mark.parametrize("path", ["/", "/drop/", "//drop", "/Drop", "/drop/x", "/nl/drop", "drop"])
def test_only_one_path_is_the_drop(kept: Kept, path: str) -> None:
    """The edge sends nothing else here; what comes all the same is not taken."""
    found = handler.handle(event_of(BODY, headers_for(BODY), path=path), None)
    assert (found["statusCode"], kept.objects) == (404, {})


def test_a_query_changes_nothing(kept: Kept) -> None:
    """As in the app: it is not read."""
    event = event_of(BODY, headers_for(BODY), query="a=b")
    assert handler.handle(event, None)["statusCode"] == 204


@pytest.mark.parametrize(
    "error", [StoreError("x"), ValueError("x"), RecursionError("x"), OSError()]
)
def test_nothing_escapes(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], error: Exception
) -> None:
    """Whatever breaks, the sender hears `store`, and nobody else hears anything."""

    def broken(_request: Request) -> Answer:
        raise error

    monkeypatch.setattr(handler, "_decide", broken)
    found = handler.handle(sound(), None)
    assert (found["statusCode"], code(found)) == (503, "store")
    assert capfd.readouterr() == ("", "")


def test_a_store_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is there before the sender's page gives up; the thread may go on."""
    waiting: list[Callable[[], None]] = []

    class Slow:
        def __init__(self, target: Callable[[], None], daemon: bool) -> None:
            assert daemon
            waiting.append(target)

        def start(self) -> None:
            """Begin, and never come back."""

        def join(self, seconds: float) -> None:
            assert seconds < 10

    monkeypatch.setattr(handler, "Thread", Slow)
    found = handler.handle(sound(), None)
    assert (found["statusCode"], code(found), len(waiting)) == (503, "store", 1)


@pytest.mark.parametrize("refusal", Refusal)
def test_the_app_for_own_servers_says_the_same(refusal: Refusal) -> None:
    """Two fronts, one answer; what a connection needs, Lambda sees to by itself."""
    theirs, ours = respond(refuse(refusal)), response_of(refuse(refusal), {})
    of_the_connection = {"connection", "content-length"}
    heads = {k: v for k, v in theirs.headers.items() if k not in of_the_connection}
    assert ours == {
        "statusCode": theirs.status_code,
        "headers": heads,
        "body": theirs.body.decode(),
    }


@pytest.mark.parametrize("refusal", Refusal)
def test_each_refusal_is_said_as_lambda_wants_it(refusal: Refusal) -> None:
    """Status, body and headers; the body of an answer is JSON with one word of the list."""
    found = response_of(refuse(refusal), {})
    assert (found["statusCode"], code(found)) == (refusal.status, refusal.code)
    assert json.loads(json.dumps(found)) == found
    assert "body" not in response_of(STORED, {})


# Below: any event at all. One thing in ten or so of a sound event is exchanged for something else.
SCRAPS = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1 << 80,
        1.5,
        math.inf,
        math.nan,
        "",
        "POST",
        "/drop",
        "16384",
        ",",
    ),
    *("a,b", "\x00", "\ud800", "é", "\r\nx: y", "A" * 21_848, "=" * 21_848, "9" * 5_000, [], {}),
    *(["POST"], {"method": "POST"}, [[[[]]]], {"": {"": {}}}, TEXT, TEXT[:-4], HASH, TYPE, {1: 2}),
)


def any_event(rng: random.Random) -> Any:
    """A sound event with some of its parts exchanged, doubled, renamed or taken away."""
    if rng.random() < 0.02:
        return rng.choice(SCRAPS)
    event = event_of(BODY, headers_for(BODY))
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3, 8))):
        places = [event, event.get("headers"), event.get("requestContext")]
        places += [one.get("http") for one in places if isinstance(one, dict)]
        inner = rng.choice([one for one in places if isinstance(one, dict) and one] or [event])
        name = rng.choice([*inner] or ["body"])
        match rng.randrange(5):
            case 0:
                inner.pop(name, None)
            case 1:
                inner[str(name).title()] = inner.get(name)
            case 2:
                inner[name] = f"{inner.get(name)},{inner.get(name)}"
            case 3 if isinstance(inner.get(name), str) and inner[name]:
                at = rng.randrange(len(inner[name]))
                inner[name] = inner[name][:at] + chr(rng.randrange(0x250)) + inner[name][at + 1 :]
            case _:
                inner[name] = rng.choice(SCRAPS)
    return event


def judged(event: Any, store: Kept) -> int:
    """The status of an answer that keeps to the contract; only a whole, sound object is stored."""
    store.objects.clear()
    found = handler.handle(event, None)
    json.dumps(found, allow_nan=False)
    status = found["statusCode"]
    assert status in {204, 404} | {one.status for one in Refusal} - {429, 503}, event
    assert found["headers"]["cache-control"] == "no-store"
    assert (status == 204) == (store.objects == {HASH: BODY}), event
    assert store.objects in ({}, {HASH: BODY})
    if status not in {204, 404}:
        assert (status, code(found)) in {(one.status, one.code) for one in Refusal}
    return int(status)


@pytest.mark.soak
def test_any_event_at_all_is_answered(kept: Kept, capfd: pytest.CaptureFixture[str]) -> None:
    """A million in a soak: none raises, none is stored but a sound one, every answer is of the list."""
    seed = int.from_bytes(os.urandom(8), "big") if SOAK else 14
    rng = random.Random(seed)
    seen: dict[int, int] = {}
    for _ in range(count(1_000_000, 3_000)):
        status = judged(any_event(rng), kept)
        seen[status] = seen.get(status, 0) + 1
    assert seen.keys() == {204, 404, 400, 405, 411, 413, 415}, (seed, seen)
    assert capfd.readouterr() == ("", "")


def test_what_the_event_says_is_what_the_request_says() -> None:
    """A header given once reaches the checks as it is."""
    found = request_of(sound())
    assert found is not None
    assert found.body == BODY
    assert (found.head.method, found.head.length) == ("POST", "16384")
    assert (found.head.content_type, found.head.declared_sha256) == (TYPE, HASH)
