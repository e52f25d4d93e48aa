"""A complaint from the form to the desk, in a real browser: every script, every field, and nothing left behind."""

from bisect import bisect_left
from itertools import cycle, product
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import Visit
from tests.practice import Practice, running
from tests.site import LANGUAGES
from tests.soak import SOAK

ROOM = 15_234  # WIRE.md section 4
PIECES = ("a", "я", "سس سس", "ก", "好", "🙂")
STORIES = {
    "nl": 'Zij kwamen binnen zonder te vragen.\nIk zei: "nee" \\ en toch.',
    "bg": "Влязоха без да питат. Ѝ казах не.",
    "ar": "دخلوا دون أن يسألوا، الساعة ٣.\nقلت لا.",
    "th": "พวกเขาเข้ามาโดยไม่ถาม น้ำใจ",
    "zh": "他们没有问就进来了。𠮷野家",
    "emoji": "👩🏽‍🦱 e\u0301 a\u0308\u0323 🏳️‍🌈 ᚠ \u200d",
    "one": "x",
}


@pytest.fixture
def at_desk(fresh: Practice, page: Page):
    """Give a visit to an app with an empty store of its own."""
    with running(fresh) as address:
        yield Visit(page, address)


EACH = list(product(STORIES, LANGUAGES)) if SOAK else list(zip(STORIES, cycle(("nl", "ar"))))


@pytest.mark.parametrize(("script", "language"), EACH)
def test_story_arrives(at_desk: Visit, fresh: Practice, script: str, language: str) -> None:
    """A story arrives at `desk open --json` code point for code point, in a body of 16,384 bytes."""
    at_desk.language = language
    at_desk.open_form()
    at_desk.write(STORIES[script])
    at_desk.send()
    at_desk.expect_sent()
    (complaint,) = fresh.complaints()
    assert complaint["story"] == STORIES[script]
    assert complaint["form_language"] == language
    assert [len(body) for body in at_desk.posts()] == [16_384]
    assert at_desk.troubles == []


@pytest.mark.parametrize("piece", PIECES if SOAK else PIECES[::2])
def test_longest_story_arrives(at_desk: Visit, fresh: Practice, piece: str) -> None:
    """The longest story that fits arrives whole, in the same number of bytes as the shortest."""
    at_desk.open_form()
    at_desk.go_to("story")

    def is_too_long(length: int) -> bool:
        at_desk.page.locator("#story").fill(piece * length)
        return at_desk.page.locator("#overflow").is_visible()

    size = len(piece.encode())
    lengths = range((ROOM - 400) // size, ROOM // size + 1)  # the rest of the JSON takes some of it
    story = piece * lengths[bisect_left(lengths, True, key=is_too_long) - 1]
    at_desk.write(story)
    at_desk.send()
    at_desk.expect_sent()
    (complaint,) = fresh.complaints()
    assert complaint["story"] == story
    assert [len(body) for body in at_desk.posts()] == [16_384]


def test_every_field_arrives(at_desk: Visit, fresh: Practice) -> None:
    """Each choice and each text stands in the complaint under its name."""
    page = at_desk.page
    at_desk.open_form()
    at_desk.go_to("role")
    page.locator("#role-permission").check()
    at_desk.go_to("wish")
    page.locator("#wish-act").check()
    at_desk.go_to("topics")
    for topic in ("operator", "check"):
        page.locator(f"#topics-{topic}").check()
    at_desk.go_to("place")
    page.locator("#municipality").fill("'s-Hertogenbosch")
    page.locator("#period-half_year").check()
    at_desk.go_to("story")
    page.locator("#story").fill("x")
    at_desk.go_to("sharing")
    page.locator("#scope-details").check()
    page.locator("#to-ombudsman").check()
    for purpose in ("store", "act", "count", "quote"):
        page.locator(f"#consent_{purpose}").check()
    at_desk.go_to("reach")
    page.locator("#address_as").fill("Sam, hen/hun")
    page.locator("#answerer-woman").check()
    page.locator("#reply_language").select_option("pt-BR")
    page.locator("#contact").fill("alleen 's avonds")
    at_desk.go_to("check")
    at_desk.send()
    at_desk.expect_sent()
    (complaint,) = fresh.complaints()
    assert len(complaint.pop("complaint_id")) == 32
    assert complaint == {
        "schema": 1,
        "form_language": "nl",
        "role": "permission",
        "wish": "act",
        "topics": ["check", "operator"],
        "municipality": "'s-Hertogenbosch",
        "period": "half_year",
        "pass_on": {"scope": "details", "to": ["ombudsman"]},
        "consent": {"store": True, "act": True, "count": True, "quote": True},
        "address_as": "Sam, hen/hun",
        "answerer": "woman",
        "reply_language": "pt-BR",
        "contact": "alleen 's avonds",
        "story": "x",
    }


KEPT = """async () => [localStorage.length, sessionStorage.length, document.cookie,
    (await indexedDB.databases()).length, (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length, history.state]"""
NOTHING = [0, 0, "", 0, 0, 0, None]


def test_nothing_is_stored(at_desk: Visit) -> None:
    """On a reading page, while she writes and after sending: no cookie, no storage, no cache, no worker that stays.

    After sending no word is in the page either.
    """
    at_desk.open("door/")
    assert at_desk.page.evaluate(KEPT) == NOTHING
    at_desk.open_form()
    at_desk.write("CANARY word")
    assert at_desk.page.evaluate(KEPT) == NOTHING
    at_desk.send()
    at_desk.expect_sent()
    assert at_desk.page.evaluate(KEPT) == NOTHING
    assert at_desk.page.context.cookies() == []
    assert "CANARY" not in at_desk.page.evaluate(
        "document.documentElement.outerHTML + [...document.querySelectorAll('input,textarea')].map(f => f.value)"
    )


def test_nothing_leaves_before_sealing(at_desk: Visit, fresh: Practice) -> None:
    """Until she presses send the page posts nothing and asks for nothing but files of the site, by their bare names.

    Nothing that leaves ever holds a word of hers.
    """
    at_desk.open_form()
    at_desk.write("CANARY word")
    assert at_desk.posts() == []
    for request in at_desk.requests:
        asked = urlsplit(request.url)
        assert (asked.query, asked.fragment) == ("", "")
        assert (fresh.site / asked.path.strip("/")).exists(), request.url
    at_desk.send()
    at_desk.expect_sent()
    assert len(at_desk.posts()) == 1
    for request in at_desk.requests:
        assert b"CANARY" not in (request.post_data_buffer or b"")
        assert "CANARY" not in request.url + str(request.headers)


def test_no_third_party_request(at_desk: Visit) -> None:
    """Every request of the whole visit goes to the site itself."""
    for path in ("", "door/", "routes/", "privacy/", "leaving/"):
        at_desk.open(path)
    at_desk.open_form()
    at_desk.write("x")
    at_desk.send()
    at_desk.expect_sent()
    assert {request.url.split("/")[2] for request in at_desk.requests} == {at_desk.address[7:]}
    assert at_desk.troubles == []


def test_room_is_measured_and_nothing_is_cut(at_desk: Visit, fresh: Practice) -> None:
    """Beyond the limit the page says what does not fit; the rest follows in a second complaint if she wants."""
    page = at_desk.page
    story = "Влязоха без да питат. " * 500
    at_desk.open_form()
    at_desk.go_to("story")
    expect(page.locator("#room")).to_have_text("100%")
    page.locator("#story").fill(story)
    expect(page.locator("#room")).to_have_text("0%")
    rest = page.locator("#overflow-text").inner_text()
    assert story.strip().endswith(rest.strip())
    page.locator("#next").press("Enter")
    expect(page.locator("#problem-story-room")).to_be_visible()
    assert page.locator("#story").input_value() == story
    page.locator("#later").press("Enter")
    at_desk.write(page.locator("#story").input_value())
    at_desk.send()
    at_desk.expect_sent()
    page.locator("#second").click()
    at_desk.write(page.locator("#story").input_value())
    at_desk.send()
    expect(page.locator("#sent")).to_be_visible()
    complaints = fresh.complaints()
    assert len(complaints) == 2
    assert {c["story"] for c in complaints} == {
        story[: len(story) - len(rest_of(complaints, story))],
        rest_of(complaints, story),
    }
    assert len({c["complaint_id"] for c in complaints}) == 2


def rest_of(complaints: list, story: str) -> str:
    """The one of both stories that is the tail of the whole."""
    first = next(c["story"] for c in complaints if story.startswith(c["story"]))
    return story[len(first) :]


def test_two_texts_two_complaints(at_desk: Visit, fresh: Practice) -> None:
    """Two complaints in one visit have ids of their own, and the first leaves nothing in the second."""
    for story in ("eerste", "tweede"):
        at_desk.open_form()
        at_desk.write(story)
        at_desk.send()
        at_desk.expect_sent()
    complaints = fresh.complaints()
    assert {c["story"] for c in complaints} == {"eerste", "tweede"}
    assert len({c["complaint_id"] for c in complaints}) == 2
