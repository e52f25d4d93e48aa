"""The two verifiers held against each other: what one believes of a log, a list or headers, the other believes too.

They share no line. What is changed is signed again where only a signer could change it, so that each rule of WIRE.md
section 6.2 is met and not only the signature. Left out: types of content and packing, which the small one leaves to
the browser, and answers of other kinds than the one to a GET of a listed file.
"""

import importlib.util
import json
from hashlib import sha256
from types import ModuleType

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from desk.errors import DeskError, Refused
from desk.online import trust
from desk.online.outside import believed, compared
from desk.online.outside.asking import Answer
from desk.online.outside.compared import Signed
from desk.wire import manifest
from tests import trusted
from tests.practice import REPO
from tests.soak import count

KEY = SigningKey(trusted.SITE_SEED)
PUBLIC = bytes(KEY.verify_key)
VECTORS = json.loads((REPO / "tests/vectors/manifest.json").read_text("ascii"))
FEW = settings(
    max_examples=count(10_000, 300),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
VALUES = {
    "version": 1,
    "number": 0,
    "issued": "2026-12-01",
    "practice": False,
    "site_url": "https://desk.example",
    "source": "ab" * 20,
    "sums": "cd" * 32,
    "files": 3,
    "previous": manifest.FIRST,
}
# What may stand where a value stood, as it is written.
TOKENS = st.sampled_from(
    (
        *("1", "1.0", "1e0", "true", "false", "null", "0", "-0", "-1", "01", "2", '"1"', "[1]", "{}"),
        *("9007199254740991", "9007199254740992", "99999999999999999999", "NaN", '""', '"\\u0061"'),
        *('"2026-12-32"', '"2026-02-29"', '"2024-02-29"', '"1999-12-31"', '"20261201"', '"2026-W49-2"'),
        *('"https://desk.example/"', '"http://[::1]:80"', '"https://a:123456"', '"HTTPS://a"', '"https://\\u0661"'),
        *('"' + "AB" * 20 + '"', '"' + "ab" * 32 + '"', '"' + "0" * 64 + '"', '"' + "ab" * 20 + '\\n"'),
    )
)  # fmt: skip
SPELT = st.sampled_from(
    (" ", "\t", "\n", ",", '"', "\\", "{", "}", "é", "\u0661", "\x00", "\ufeff", "a")
)


@pytest.fixture(scope="module")
def small() -> ModuleType:
    spec = importlib.util.spec_from_file_location("small_verifier", REPO / "keys" / "verify.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _written(values: dict[str, str]) -> str:
    return "{" + ",".join(f'"{name}":{token}' for name, token in values.items()) + "}"


@st.composite
def texts(draw: st.DrawFn, number: int, previous: str) -> str:
    """What a line signs: right, or with a value, a name, the order or a sign changed."""
    right = VALUES | {"number": number, "previous": previous}
    tokens = {name: json.dumps(value) for name, value in right.items()}
    kind = draw(
        st.sampled_from(("right", "right", "value", "value", "order", "less", "twice", "sign"))
    )
    name = draw(st.sampled_from(sorted(tokens)))
    if kind == "value":
        tokens[name] = draw(TOKENS)
    elif kind == "order":
        tokens = dict(draw(st.permutations(list(tokens.items()))))
    elif kind == "less":
        del tokens[name]
    text = _written(tokens)
    if kind == "twice":
        text = text[:-1] + f',"{name}":{tokens[name]}' + "}"
    if kind == "sign":
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(SPELT) + text[at + draw(st.integers(0, 1)) :]
    return text


@st.composite
def logs(draw: st.DrawFn) -> bytes:
    """Up to three lines, signed by the pinned key or another, bound to each other; then perhaps a byte is changed."""
    lines, previous = list[bytes](), manifest.FIRST
    for number in range(draw(st.integers(1, 3))):
        text = draw(texts(number, previous)).encode("utf-8")
        key = draw(st.sampled_from((KEY, KEY, KEY, SigningKey(b"o" * 32))))
        digits = key.sign(manifest.LABEL + text).signature.hex()
        outer = {"signed": text.decode("utf-8"), "signature": digits}
        line = json.dumps(outer, separators=(",", ":"), ensure_ascii=draw(st.booleans())).encode()
        lines.append(line)
        previous = sha256(line).hexdigest()
    if draw(st.integers(0, 3)) == 0:
        lines = draw(st.permutations(lines))
    octets = b"".join(line + b"\n" for line in lines)
    return _turned(draw, octets)


def _turned(draw: st.DrawFn, octets: bytes) -> bytes:
    """Perhaps with one byte taken out, put in or changed."""
    kind = draw(st.sampled_from(("no", "no", "no", "out", "in", "turn")))
    at = draw(st.integers(0, max(0, len(octets) - 1)))
    put = draw(SPELT).encode("utf-8")
    changed = {
        "no": octets,
        "out": octets[:at] + octets[at + 1 :],
        "in": octets[:at] + put + octets[at:],
    }
    return changed.get(kind, octets[:at] + put + octets[at + 1 :])


@given(octets=logs())
@FEW
def test_both_believe_the_same_logs(small: ModuleType, octets: bytes) -> None:
    """Or neither does; and then both name the same last manifest."""
    try:
        log = manifest.parse_log(octets, PUBLIC)
    except Refused:
        ours = None
    else:
        ours = log.last
    try:
        theirs = small.read_log(octets, PUBLIC)
    except (SystemExit, ValueError, LookupError, TypeError, AttributeError):
        theirs = None
    event("believed" if ours else "refused")
    assert (ours is None) == (theirs is None), octets
    if ours is not None:
        assert {
            name: theirs[name] for name in ("number", "sums", "files", "source", "site_url")
        } == {
            name: getattr(ours, name) for name in ("number", "sums", "files", "source", "site_url")
        }


HEADERS = {"default": {"X-A": "1", "x-b": "2"}, "paths": {"/a/": {"X-a": "3"}}}
PATHS = ("404.html", "a/index.html", "aindex.html", "built.json", "headers.json", "index.html")


@st.composite
def lists(draw: st.DrawFn) -> tuple[bytes, int, bytes]:
    """A list, how many files were signed, and headers; each right or with something changed before it was signed."""
    kinds = ("right", "right", "default", "paths", "more", "value", "text")
    kind, rules = draw(st.sampled_from(kinds)), json.loads(json.dumps(HEADERS))
    if kind in ("default", "paths"):
        rules[kind] = draw(
            st.sampled_from(({}, [], None, "x", {"/a/": 1}, {"/a/": {"b": 1}}, {"X-A": "1"}))
        )
    elif kind == "more":
        rules[draw(st.sampled_from(("path", "Default", "")))] = {}
    elif kind == "value":
        rules["default"]["X-A"] = draw(st.sampled_from((1, None, True, ["1"], {"1": "1"}, "1")))
    headers = json.dumps(rules).encode()
    headers = _turned(draw, headers) if kind == "text" else headers
    built = json.dumps(
        {name: VALUES[name] for name in ("practice", "site_url", "source")}, separators=(",", ":")
    )
    digits = {"headers.json": sha256(headers), "built.json": sha256(built.encode())}
    lines = [f"{digits.get(path, sha256(path.encode())).hexdigest()}  {path}\n" for path in PATHS]
    kind = draw(st.sampled_from(("right", "right", "order", "twice", "less", "turn")))
    at = draw(st.integers(0, len(lines) - 1))
    if kind == "order":
        lines = draw(st.permutations(lines))
    elif kind == "twice":
        lines.insert(at, lines[at])
    elif kind == "less":
        del lines[at]
    octets = "".join(lines).encode("ascii")
    octets = _turned(draw, octets) if kind == "turn" else octets
    files = len(lines) + draw(st.sampled_from((0, 0, 0, 0, -1, 1)))
    return octets, files, headers


@given(made=lists())
@FEW
def test_both_believe_the_same_lists_and_headers(
    small: ModuleType, made: tuple[bytes, int, bytes]
) -> None:
    """With what the manifest says of them: hash, number of files, and what the site is built of."""
    octets, files, headers = made
    last = VALUES | {"sums": sha256(octets).hexdigest(), "files": files}
    built = {name: VALUES[name] for name in ("practice", "site_url", "source")}
    served = believed.Beside(
        {}, {octets: "x"}, b"", headers, json.dumps(built, separators=(",", ":")).encode(), {}
    )
    look = believed.Look(trust.Half(PUBLIC, False), b"", believed.Seen(), trusted.ISSUED)
    try:
        signed = believed.signed(look, served, last, "https://desk.example")
    except DeskError:
        signed = None
    ours = signed is not None and all(line.word == "well" for line in look.lines)
    try:
        sums, _ = small.read_site(last, octets, headers)
        theirs = (
            sums["built.json"]
            == sha256(json.dumps(built, separators=(",", ":")).encode()).hexdigest()
        )
    except (SystemExit, ValueError, LookupError, TypeError, AttributeError):
        theirs = False
    event("believed" if ours else "refused")
    assert ours == theirs, (octets, files, headers)


NAMES = st.sampled_from(
    ("X-A", "x-a", "X-B", "x-b", "Set-Cookie", "Date", "x-amz-id", "Link", "Via", "x")
)
PAIRS = st.lists(st.tuples(NAMES, st.sampled_from(("1", "2", "3", "", "1 ", "a"))), max_size=5)


@given(
    more=PAIRS,
    less=st.sets(st.integers(0, 1), max_size=1),
    status=st.sampled_from((200, 200, 200, 404, 301, 206, 500)),
    body=st.sampled_from((b"a", b"a", b"b", b"")),
    at=st.sampled_from(("/a/", "/b")),
)
@FEW
def test_both_believe_the_same_answers(
    small: ModuleType,
    more: list[tuple[str, str]],
    less: set[int],
    status: int,
    body: bytes,
    at: str,
) -> None:
    """Status, bytes, and every header that is there, twice, another one or missing."""
    path = "a/index.html" if at == "/a/" else "b"
    right = [("X-A", "3" if at == "/a/" else "1"), ("X-B", "2")]
    headers = [pair for number, pair in enumerate(right) if number not in less] + more
    digest = sha256(b"a").hexdigest()
    theirs = small.faults(at, (status, headers, body), digest, HEADERS)
    sent = (("content-type", "text/html"), *((name.lower(), value) for name, value in headers))
    default, paths = HEADERS["default"], HEADERS["paths"]
    signed = Signed("https://desk.example", {path: digest}, default, paths)  # type: ignore[arg-type]
    ours = list(compared.file(signed, path, at, Answer(status, sent, body)))
    event("believed" if not ours else "refused")
    assert bool(ours) == bool(theirs), (ours, theirs)


@pytest.mark.parametrize("one", VECTORS["lists"], ids=lambda one: one["name"])
def test_the_small_verifier_reads_each_list_of_the_vectors(
    small: ModuleType, one: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What section 6.1 refuses, it refuses; a list that holds is read up to the headers, which none of these has."""
    octets = one["sums"].encode("utf-8")
    last = {"sums": sha256(octets).hexdigest(), "files": octets.count(b"\n")}
    with pytest.raises((SystemExit, LookupError, ValueError)) as found:
        small.read_site(last, octets, b"")
    is_read = found.type is KeyError and found.value.args == ("headers.json",)
    is_read = is_read or capsys.readouterr().out == "changed: /headers.json\n"
    assert is_read == (one["expect"] == "ok")
