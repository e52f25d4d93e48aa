"""What a host can do to a signed site: each attack, what `desk verify` says of it, and what the small verifier says."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from tests.spoiler import Asked, Given, Spoil

ONE_ANSWER = "it asks once for each file, as itself"
LISTED_ALONE = "it asks for what is listed, and for one path that is not"
AS_LISTED = "it asks for a file where it is listed, by GET"
TYPES = "it leaves types to nosniff, which it holds"
NO_BOARD = "it reads no board"
PYTHONS = "it sees a head as Python's own reader gives it"


@dataclass(frozen=True)
class Attack:
    """`named` stands in verify.txt; `small` in what the small verifier prints, or `why` it does not."""

    name: str
    spoil: Spoil
    named: str
    small: str = ""
    why: str = ""


def at(path: str, change: Callable[[Given], object], **when: str) -> Spoil:
    """Change the answer at a path, for who sends what `when` says (`machine`, or a header with `_` for `-`)."""

    def spoil(asked: Asked, given: Given) -> None:
        sent = asked.headers | {"machine": asked.machine}
        if asked.path == path and all(
            v in sent.get(k.replace("_", "-"), "") for k, v in when.items()
        ):
            change(given)

    return spoil


def turn(given: Given) -> None:
    """Change one byte."""
    given.octets = given.octets[:-1] + bytes([given.octets[-1] ^ 1]) if given.octets else b""


def header(name: str, value: str) -> Callable[[Given], object]:
    return lambda given: given.headers.update({name: value})


def more(name: str, value: str) -> Callable[[Given], object]:
    return lambda given: given.more.append((name, value))


def become(status: int, octets: bytes = b"", **headers: str) -> Callable[[Given], None]:
    def change(given: Given) -> None:
        given.status, given.octets = status, octets
        given.headers |= {name.replace("_", "-"): value for name, value in headers.items()}

    return change


def _loosen(given: Given) -> None:
    policy = given.headers["content-security-policy"]
    given.headers["content-security-policy"] = policy.replace(
        "script-src 'self'", "script-src 'self' 'unsafe-inline'"
    )


def _cut(given: Given) -> None:
    given.cut = 4


def _mark(asked: Asked, given: Given) -> None:
    if asked.path == "/nl/search.json":
        given.headers["etag"] = sha256(asked.headers.get("user-agent", "").encode()).hexdigest()


def _greedy(asked: Asked, given: Given) -> None:
    if asked.path == "/assets/x1/icon.svg" and "range" in asked.headers:
        turn(given)


def raw(lines: bytes, *less: str) -> Callable[[Given], None]:
    """Lines of the head as they are, in the place of these headers."""

    def change(given: Given) -> None:
        given.lines = lines
        for name in less:
            del given.headers[name]

    return change


def _hide(given: Given) -> None:
    given.hidden = b"<title>x</title><p>Another page<template>"


def _signed_length(given: Given) -> None:
    given.length = "+{}"  # Python takes it; a browser takes it for no number, and reads on


def _marked(asked: Asked, given: Given) -> None:
    if asked.path.startswith("/nl/write/?fbclid="):
        turn(given)


def _sounding(asked: Asked, given: Given) -> None:
    if asked.path == "/nl/sound/door.mp3" and asked.headers.get("range") == "bytes=0-":
        turn(given)


EXTRA = {
    "set-cookie": "a=b",
    "link": "</x.js>; rel=preload; as=script",
    "refresh": "9; url=https://other.example/",
    "sourcemap": "/x.map",
    "server-timing": "a;dur=1",
    "nel": "{}",
    "report-to": "{}",
    "service-worker-allowed": "/",
    "x-anything": "a",
}

ATTACKS = (
    Attack(
        "phone",
        at("/nl/write/", turn, user_agent="Android"),
        "changed: /nl/write/ is not the file",
        why=ONE_ANSWER,
    ),
    Attack(
        "language",
        at("/en/write/", turn, accept_language="ro"),
        "changed: /en/write/ is not the file",
        why=ONE_ANSWER,
    ),
    Attack(
        "machine",
        at("/nl/p/0/", turn, machine="127.0.0.2"),
        "changed: /nl/p/0/ is not the file",
        why=ONE_ANSWER,
    ),
    Attack(
        "packed",
        at("/assets/x1/write.js", turn, accept_encoding="br"),
        "changed: /assets/x1/write.js",
        why=ONE_ANSWER,
    ),
    Attack("byte", at("/nl/p/1/", turn), "changed: /nl/p/1/ is not the file", "changed: /nl/p/1/"),
    Attack(
        "cut",
        at("/assets/x1/site.css", _cut),
        "changed: /assets/x1/site.css",
        "changed: /assets/x1/site.css",
    ),
    Attack("missing", at("/nl/p/2/", become(404)), "missing: /nl/p/2/", "missing: /nl/p/2/"),
    Attack(
        "moved",
        at("/nl/p/3/", become(302, location="https://other.example/")),
        "changed: /nl/p/3/ is answered with 302 to https://other.example/",
        "missing: /nl/p/3/",
    ),
    Attack(
        "bare",
        at("/nl/write", become(301, location="https://other.example/nl/write/")),
        "changed: /nl/write is answered with 301 to https://other.example",
        why=AS_LISTED,
    ),
    Attack(
        "index", at("/en/write/index.html", turn), "changed: /en/write/index.html", why=AS_LISTED
    ),
    Attack(
        "policy",
        at("/nl/p/4/", _loosen),
        "header changed: /nl/p/4/ content-security-policy",
        "/nl/p/4/ Content-Security-Policy",
    ),
    Attack(
        "dropped",
        at("/nl/p/5/", lambda given: given.headers.pop("x-content-type-options")),
        "header missing: /nl/p/5/ x-content-type-options",
        "/nl/p/5/ X-Content-Type-Options is missing",
    ),
    Attack(
        "twice",
        at("/nl/p/6/", more("Referrer-Policy", "unsafe-url")),
        "header changed: /nl/p/6/ referrer-policy is there 2 times",
        "/nl/p/6/ Referrer-Policy",
    ),
    *(
        Attack(
            name,
            at("/nl/p/7/", more(name, value)),
            f"header extra: /nl/p/7/ {name}",
            f"/nl/p/7/ {name} is extra",
        )
        for name, value in EXTRA.items()
    ),
    Attack(
        "type",
        at("/nl/p/8/", header("content-type", "text/plain")),
        "header changed: /nl/p/8/ content-type: text/plain",
        why=TYPES,
    ),
    Attack(
        "charset",
        at("/nl/m/x/", header("content-type", "text/html; charset=utf-16")),
        "header changed: /nl/m/x/ content-type",
        why=TYPES,
    ),
    Attack(
        "worker",
        at("/sw.js", become(200, b"x", content_type="text/javascript")),
        "extra: /sw.js",
        why=LISTED_ALONE,
    ),
    Attack(
        "map",
        at("/assets/x1/write.js.map", become(200, b"{}")),
        "extra: /assets/x1/write.js.map",
        why=LISTED_ALONE,
    ),
    Attack(
        "linked",
        at("/nl/caf%C3%A9/", become(200, b"x")),
        "extra: /nl/caf%C3%A9/",
        why=LISTED_ALONE,
    ),
    Attack("mark", _mark, "header changed: /nl/search.json etag differs", why=ONE_ANSWER),
    Attack(
        "part",
        _greedy,
        "changed: /assets/x1/icon.svg gives other bytes to who asks for a part",
        why=AS_LISTED,
    ),
    Attack(
        "line",
        at("/nl/p/9/", raw(b"no header\r\nSet-Cookie: a=b\r\n")),
        "changed: /nl/p/9/ has a line in its head that is no header",
        "header: /nl/p/9/ a head that browsers read otherwise",
    ),
    Attack(
        "chunk",
        at("/nl/p/10/", _hide),
        "changed: /nl/p/10/ comes in chunks in a way that browsers read otherwise",
        "header: /nl/p/10/ a head that browsers read otherwise",
    ),
    Attack(
        "length",
        at("/sitemap.xml", _signed_length),
        "changed: /sitemap.xml says its length in no number",
        "header: /sitemap.xml a head that browsers read otherwise",
    ),
    Attack(
        "encoding",
        at("/data/places.csv", more("Content-Encoding", "x-none")),
        "changed: /data/places.csv",
        "header: /data/places.csv content-encoding is extra",
    ),
    Attack(
        "return",
        at(
            "/nl/p/11/",
            raw(b"x-amz-a: b\rX-Content-Type-Options: nosniff\r\n", "x-content-type-options"),
        ),
        "changed: /nl/p/11/ has a line in its head that is no header",
        why=PYTHONS,
    ),
    Attack(
        "way",
        at("/nl/p/12", more("Set-Cookie", "a=b")),
        "header extra: /nl/p/12 set-cookie",
        why=AS_LISTED,
    ),
    Attack(
        "way_policy",
        at("/nl/door", header("referrer-policy", "unsafe-url")),
        "header changed: /nl/door referrer-policy is unsafe-url",
        why=AS_LISTED,
    ),
    Attack(
        "board",
        at("/board.bin", more("Set-Cookie", "a=b")),
        "header extra: /board.bin set-cookie",
        why=NO_BOARD,
    ),
    *(
        Attack(
            name,
            at(name, more("Clear-Site-Data", '"cache"')),
            f"header extra: {name} clear-site-data",
            f"header: {name} clear-site-data is extra",
        )
        for name in ("/SHA256SUMS", "/manifests.jsonl")
    ),
    Attack("front", at("/index.html", turn), "changed: /index.html", why=AS_LISTED),
    Attack("query", _marked, "changed: /nl/write/?fbclid=", why=AS_LISTED),
    Attack("escaped", at("/en/writ%65/", turn), "changed: /en/writ%65/", why=AS_LISTED),
    Attack(
        "sound",
        _sounding,
        "changed: /nl/sound/door.mp3 gives other bytes to who asks for a part",
        why=AS_LISTED,
    ),
)
