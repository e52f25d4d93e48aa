"""When something answers in place of the drop: an edge, a limit, a Wi-Fi that wants a login.

A door stands in front of the running site, as an edge does, and answers what is posted by itself. Only
an empty 204 is stored; after everything else her words are there, she is told when to try again and
which other ways there are, nothing says that it was sent, and nothing is sent again until she presses.
"""

import html
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, product

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import Boards, Reader
from tests.browser.visit import Visit
from tests.fault_rows import PAGE
from tests.faults import Act, canned, cut, door, passing_on
from tests.practice import REPO, Practice, running
from tests.site import SHARE, STRINGS, Built
from tests.soak import SOAK

STORY = "mijn woorden"
JSON, HTML = "application/json", "text/html"
WAIT = "retry-after: 86400\r\n"


def half_a_page(_: bytes, line: socket.socket) -> None:
    """Begin a page and close the line before it ends."""
    line.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<!doctype html>")


def early(request: bytes, line: socket.socket) -> None:
    """Say 103 before the answer, as edges do."""
    line.sendall(b"HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n")
    canned("503 Service Unavailable", PAGE, HTML)(request, line)


def no_http(_: bytes, line: socket.socket) -> None:
    """Say what is no HTTP at all."""
    line.sendall(b"\x15\x03\x01\x00\x02\x02\x28" * 40)


# What an edge, a limit or a network says, and which of the page's sentences follows.
EDGES: dict[str, tuple[Act, str]] = {
    "limit": (canned("429 Too Many Requests", '{"error":"busy"}', JSON), "busy"),
    "limit_of_the_edge": (canned("429 Too Many Requests", PAGE, HTML, WAIT), "busy"),
    "firewall": (canned("403 Forbidden", "<html>Request blocked", HTML), "elsewhere"),
    "bad_gateway": (canned("502 Bad Gateway", PAGE, HTML), "busy"),
    "unavailable": (canned("503 Service Unavailable", PAGE, HTML, WAIT), "busy"),
    "gateway_timeout": (canned("504 Gateway Timeout", PAGE, HTML), "busy"),
    "login_page": (canned("200 OK", PAGE, HTML), "elsewhere"),
    "empty_200": (canned("200 OK", "", HTML), "elsewhere"),
    "created": (canned("201 Created", "", "text/plain"), "elsewhere"),
    "early_hints_first": (early, "busy"),
    "packed_by_a_proxy": (
        canned("200 OK", "no gzip", HTML, "content-encoding: gzip\r\n"),
        "unreachable",
    ),
    "two_lengths": (canned("200 OK", PAGE, HTML, "content-length: 0\r\n"), "unreachable"),
    "no_http": (no_http, "unreachable"),
    "sent_to_a_login": (canned("302 Found", "", HTML, "location: /login\r\n"), "unreachable"),
    "refused_by_the_drop": (canned("400 Bad Request", '{"error":"hash"}', JSON), "refused"),
    "cut": (cut, "unreachable"),
    "half_a_page": (half_a_page, "unreachable"),
}
USUAL = ("limit", "firewall", "bad_gateway", "login_page", "sent_to_a_login", "refused_by_the_drop")
# On the other page, and in all languages: each kind somewhere, in a soak each everywhere.
ELSEWHERE = ("limit_of_the_edge", "firewall", "login_page", "bad_gateway")
PAIRS = list(product(SHARE, ELSEWHERE)) if SOAK else list(zip(cycle(SHARE), ELSEWHERE))
BODIES = ["", PAGE, '{"error":"store"}', '{"error":"key_unknown"}', '{"stored":true}', "204"]
STATUSES = [200, 201, 202, 203, 205, 206, 207, 226, 300, 301, 302, 303, 304, 307, 308]
STATUSES += [400, 401, 402, 403, 404, 405, 407, 408, 411, 413, 415, 418, 429, 451]
STATUSES += [500, 501, 502, 503, 504, 508, 511, 520, 599, 999]


class Edge:
    """Hands everything on to the site but what is posted, which it answers by itself as long as it is told to."""

    def __init__(self, address: str, act: Act) -> None:
        self._real = passing_on(address)
        self.act: Act | None = act

    def __call__(self, request: bytes, line: socket.socket) -> None:
        is_ours = self.act is not None and request.startswith(b"POST ")
        (self.act if self.act is not None and is_ours else self._real)(request, line)


@contextmanager
def edge(address: str, act: Act) -> Iterator[tuple[str, Edge]]:
    """Put an edge in front of a site; gives its address."""
    made = Edge(address, act)
    with door(made) as opened:
        yield opened.endpoint, made


def expect_told(visit: Visit, outcome: str) -> None:
    """The sentence of the outcome, the other ways below it, the words in their field, and no word of a success."""
    t, page = STRINGS[visit.language], visit.page
    visit.expect_outcome(outcome)
    status = page.locator(".status:visible")
    expect(status).to_contain_text(t(f"write.outcome.{outcome}"))
    expect(status).to_contain_text(t("write.outcome.ways"))
    footer = page.locator("footer .other-ways li").all_inner_texts()
    assert status.locator(".other-ways li").all_inner_texts() == footer != []
    assert page.locator("#sent").is_hidden()
    assert page.locator("[data-outcome]:visible").count() == 2


@pytest.mark.parametrize("kind", EDGES if SOAK else USUAL)
def test_whatever_answers_for_the_drop_the_form_keeps_her_words(
    page: Page, fresh: Practice, kind: str
) -> None:
    """Not sent, and said so; one request for one press; when the edge is gone the same bytes are stored."""
    act, outcome = EDGES[kind]
    with running(fresh) as address, edge(address, act) as (seen, between):
        visit = Visit(page, seen)
        visit.open_form()
        visit.write(STORY)
        visit.send()
        expect_told(visit, outcome)
        assert page.locator("#story").input_value() == STORY
        expect(page.locator("#review")).to_contain_text(STORY)
        assert (len(visit.posts()), fresh.names()) == (1, set())
        between.act = None
        visit.send()
        visit.expect_sent()
    assert len(set(visit.posts())) == 1
    assert len(fresh.names()) == 1


@pytest.mark.parametrize(("language", "kind"), PAIRS)
def test_the_answer_page_keeps_her_words_too(
    page: Page, boards: Boards, kind: str, language: str
) -> None:
    """In every language: the same sentences, the same ways, and what she wrote under her code is there."""
    act, outcome = EDGES[kind]
    boards.put(boards.make())
    with edge(boards.address, act) as (seen, _):
        reader = Reader(page, seen, language)
        reader.arrive(boards.day(2))
        reader.read()
        page.locator("#again").click()
        page.locator("#words").fill(STORY)
        page.locator("#send").press("Enter")
        expect_told(reader, outcome)
        assert page.locator("#words").input_value() == STORY
        assert len(reader.posts()) == 1


def test_the_form_says_it_in_every_language(built_site: Built) -> None:
    """Each sentence, and below them the ways of the footer, with what they belong to."""
    for language in SHARE:
        t, text = (
            STRINGS[language],
            built_site.files[f"{language}/write/index.html"].decode("utf-8"),
        )
        for outcome in {outcome for _, outcome in EDGES.values()}:
            said = html.escape(t(f"write.outcome.{outcome}"), quote=False)
            assert f'<p data-outcome="{outcome}" class="warning" hidden>{said}</p>' in text
            assert re.search(
                f'<div data-outcome="[a-z_ ]*\\b{outcome}\\b[a-z_ ]*" hidden><p>', text
            )
        ways = re.findall(r'<ul class="other-ways">.*?</ul>', text, re.S)
        assert len({re.sub(r"\s", "", one) for one in ways}) == 1


def test_only_an_empty_204_is_stored(page: Page) -> None:
    """Every status that there is, with every body that an edge may find: one pair of all means stored."""
    module = (REPO / "overrides" / "assets" / "drop.mjs").read_text("utf-8")
    files = {b"/": ("<!doctype html>", HTML), b"/drop.mjs": (module, "text/javascript")}
    wanted: list[tuple[int, str]] = [(204, ""), *((s, b) for s in STATUSES for b in BODIES)]
    answers = iter(wanted)

    def act(request: bytes, line: socket.socket) -> None:
        method, path, _ = request.split(b" ", 2)
        if method == b"POST":
            status, body = next(answers)
            canned(f"{status} Said", body, JSON, "location: /\r\n")(request, line)
        else:
            text, kind = files.get(path, ("", HTML))
            canned("200 OK", text, kind)(request, line)

    code = """count => import('/drop.mjs').then(async ({drop}) => { const said = [];
        for (let i = 0; i < count; i += 1) said.push(await drop(new Uint8Array(16384), '0'.repeat(64)));
        return said; })"""
    with door(act) as opened:
        page.goto(f"{opened.endpoint}/")
        said = page.evaluate(code, len(wanted))
    assert [pair for pair, outcome in zip(wanted, said, strict=True) if outcome == "stored"] == [
        (204, "")
    ]
    outcomes = dict(zip(wanted, said, strict=True))
    assert {outcomes[status, PAGE] for status in (200, 201, 403, 404, 451)} == {"elsewhere"}
    assert {outcomes[status, PAGE] for status in (429, 500, 502, 503, 504)} == {"busy"}


def test_a_site_that_had_answers_does_not_believe_that_there_are_none(
    reader: Reader, boards: Boards
) -> None:
    """A page that knows of a board is told 404: by whoever, it is not said that there are no answers yet."""

    def newer(route) -> None:
        answer = route.fetch()
        text = re.sub('data-epoch="[0-9]*"', 'data-epoch="3"', answer.text())
        route.fulfill(response=answer, body=text)

    boards.take_away()
    reader.page.route("**/answer/", newer)
    reader.arrive(boards.day(2))
    reader.read()
    assert reader.said("state") == ["damaged"]
