"""The socket of the daily screen (desk/loopback/server.py), spoken to in raw bytes."""

import socket
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus

import pytest

from desk.loopback.message import MAX_BODY_BYTES, Request, Response, Unclear, first
from desk.loopback.server import HEADERS, Server, refusal

ODD = {
    "no_version": (b"GET /\r\n\r\n", 200),
    "put": (b"PUT / HTTP/1.1\r\n\r\n", 405),
    "head": (b"HEAD / HTTP/1.1\r\n\r\n", 405),
    "options": (b"OPTIONS * HTTP/1.1\r\n\r\n", 405),
    "connect": (b"CONNECT a:1 HTTP/1.1\r\n\r\n", 405),
    "trace": (b"TRACE / HTTP/1.1\r\n\r\n", 405),
    "garbage": (b"\x00\xff\x16\x03\x01\r\n\r\n", 400),
    "long_line": (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
    "many_headers": (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", 431),
    "future": (b"GET / HTTP/7.0\r\n\r\n", 505),
    "no_length": (b"POST / HTTP/1.1\r\n\r\n", 411),
    "two_lengths": (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 411),
    "chunked": (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
    "both": (
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        411,
    ),
    "negative": (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
    "plus": (b"POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\na", 400),
    "too_much": (b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % (MAX_BODY_BYTES + 1), 413),
    "huge": (b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n", 413),
    "broken": (b"GET /broken HTTP/1.1\r\n\r\n", 500),
}


def respond(request: Request) -> Response:
    """Answer what was asked, so that a test can compare; the path /broken has a mistake in it."""
    if request.path == "/broken":
        raise ValueError("the words of a case")
    told = f"{request.method} {request.target} {request.body!r}"
    return Response(HTTPStatus.OK, told.encode("utf-8"), headers=(("X-More", "more"),))


@pytest.fixture
def ticks() -> list[int]:
    """Give a list that grows when the server ticks."""
    return []


@pytest.fixture
def there(ticks: list[int]) -> Iterator[tuple[str, int]]:
    """Give address and port of a running server."""
    server = Server()
    tick = partial(ticks.append, 1)
    thread = threading.Thread(target=partial(server.serve, respond, tick, seconds=0.01))
    thread.start()
    yield server.address
    server.shutdown()
    thread.join()
    server.server_close()


def say(there: tuple[str, int], octets: bytes) -> bytes:
    """Send bytes and give all that comes back until the other side closes."""
    with socket.create_connection(there, timeout=20) as connection:
        connection.sendall(octets)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while piece := connection.recv(65_536):
                answer += piece
        except ConnectionResetError:  # what was not read of a request that was refused
            pass
        return answer


@pytest.mark.parametrize("name", ODD)
def test_every_answer_has_a_status_and_all_headers(there: tuple[str, int], name: str) -> None:
    """Whatever comes in, policy and caching rules stand on what goes out."""
    octets, status = ODD[name]
    head = say(there, octets).partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")

    assert head[0].split()[1] == str(status)
    assert {f"{name}: {value}" for name, value in HEADERS} <= set(head)


def test_the_policy_lets_nothing_in_but_our_style_and_pictures(there: tuple[str, int]) -> None:
    """No script, no picture of others, no frame, no other place for a form, nothing kept by the browser."""
    head = say(there, b"GET / HTTP/1.1\r\n\r\n").decode("ascii")
    policy = (
        "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
    )
    assert policy in head
    assert "Cache-Control: no-store\r\n" in head
    assert "X-Content-Type-Options: nosniff\r\n" in head


def test_an_answer_does_not_say_what_answers(there: tuple[str, int]) -> None:
    """Neither the program nor its version nor the time stands on an answer."""
    for octets, _ in ODD.values():
        head = say(there, octets).partition(b"\r\n\r\n")[0].lower()
        assert b"\r\nserver:" not in head
        assert b"\r\ndate:" not in head
        assert b"python" not in head


def test_a_form_arrives_whole(there: tuple[str, int]) -> None:
    """The body has as many bytes as was said, and further ones are not read."""
    octets = b"POST /a?b HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /"
    assert say(there, octets).endswith(b"\r\n\r\nPOST /a?b b'abc'")


def test_a_form_that_breaks_off_is_refused(there: tuple[str, int]) -> None:
    """Half a form is no form."""
    answer = say(there, b"POST / HTTP/1.1\r\nContent-Length: 30\r\n\r\nhalf")
    assert answer.startswith(b"HTTP/1.0 400 ")


def test_a_method_that_is_not_allowed_names_those_that_are(there: tuple[str, int]) -> None:
    """As HTTP asks of a 405."""
    assert b"\r\nAllow: GET, POST\r\n" in say(there, b"PUT / HTTP/1.1\r\n\r\n")


def test_one_that_says_nothing_does_not_hold_up_the_others(there: tuple[str, int]) -> None:
    """A browser opens connections ahead and leaves them open."""
    idle = [socket.create_connection(there, timeout=20) for _ in range(5)]
    assert say(there, b"GET /a HTTP/1.1\r\n\r\n").endswith(b"GET /a b''")
    for connection in idle:
        connection.close()


def test_nothing_but_the_place_of_a_mistake_is_written(
    there: tuple[str, int], capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither requests nor the words of an error reach the terminal."""
    say(there, b"GET /a HTTP/1.1\r\n\r\n")
    assert b"words" not in say(there, b"GET /broken HTTP/1.1\r\n\r\n")

    written = capfd.readouterr()
    assert written.out == ""
    assert written.err.startswith("desk: the screen broke at test_page_server.py:")
    assert written.err.endswith("(ValueError)\n")


def test_the_server_ticks_by_itself(there: tuple[str, int], ticks: list[int]) -> None:
    """What has to happen without a request happens."""
    waiting = threading.Event()
    for _ in range(500):
        if ticks:
            break
        waiting.wait(0.01)
    assert ticks


def test_a_refusal_tells_nothing_but_the_status() -> None:
    """The page of a refusal is the same for every reason."""
    page = refusal(HTTPStatus.FORBIDDEN).body.decode("ascii")
    assert page.count("403 Forbidden") == 2


def ask(target: str = "/", body: bytes = b"", *headers: tuple[str, str]) -> Request:
    """Make a request with a form."""
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    return Request("POST", target, (kind, *headers), body)


def test_a_form_is_read_as_it_was_typed() -> None:
    """All scripts, several values, empty values; the browser's line ends become plain ones."""
    form = ask(body=b"a=%D0%B4%0D%0Ab%0Ac&b=1&b=2&c=").form
    assert form == {"a": ("д\nb\nc",), "b": ("1", "2"), "c": ("",)}
    assert first(form, "b") == "1"
    assert first(form, "d") == ""


@pytest.mark.parametrize(
    "body",
    [b"a=%FF", b"a=%ED%A0%80", b"a=\xc3\xa9", b"&".join(b"a=1" for _ in range(300))],
    ids=["not_utf8", "surrogate", "not_ascii", "many"],
)
def test_a_form_that_no_browser_sends_is_unclear(body: bytes) -> None:
    """Nothing is guessed about bytes that are no text."""
    with pytest.raises(Unclear):
        assert ask(body=body).form


def test_only_a_form_is_read_as_a_form() -> None:
    """Another kind of body has no fields."""
    assert Request("POST", "/", (("Content-Type", "text/plain"),), b"a=1").form == {}


def test_a_header_given_twice_is_unclear() -> None:
    """Two of a header mean two things to two readers."""
    with pytest.raises(Unclear):
        ask("/", b"", ("Host", "a"), ("host", "b")).header("host")


@pytest.mark.parametrize("target", ["/%FF", "/?a=%FF", "/?\xe9", "http://[::1"])
def test_an_address_that_is_no_text_is_unclear(target: str) -> None:
    """Neither path nor query is guessed."""
    request = ask(target)
    with pytest.raises(Unclear):
        assert request.path + first(request.query, "a")
