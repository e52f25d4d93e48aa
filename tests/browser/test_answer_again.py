"""Writing again under a code, in Chromium: what arrives at the desk, and that no word is lost on the way."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.reading import CODE, KEYS, Boards, Reader
from tests.browser.visit import caught
from tests.site import STRINGS

WORDS = "Het is weer gebeurd. دخلوا مرة أخرى."
OTHER_CODE = "0" * 22 + "98"
# What she asks and ticks, and what arrives besides the fields that every follow-up has.
ASKED: dict[str, tuple[str, list[str], dict[str, Any]]] = {
    "write": (WORDS, [], {"story": WORDS}),
    "withdraw": ("", ["quote", "act"], {"withdraw": ["act", "quote"]}),
    "solved": ("", [], {}),
    "erase": (WORDS, [], {"story": WORDS}),
}


@pytest.fixture
def writer(reader: Reader, boards: Boards) -> Reader:
    """Give a reader who has read her code and is about to write, with an empty store behind her."""
    for path in (boards.desk.drop / "in").glob("*"):
        path.unlink()
    boards.put(boards.make())
    reader.arrive(boards.day(2))
    reader.read()
    reader.page.locator("#again").click()
    return reader


def send(writer: Reader) -> None:
    writer.page.locator("#send").press("Enter")


@pytest.mark.parametrize("ask", ASKED)
def test_what_she_asks_arrives_under_her_code(writer: Reader, boards: Boards, ask: str) -> None:
    """Each of the four arrives as WIRE.md 5.4 says, one object of the one size, with the keys of her code."""
    words, ticked, expected = ASKED[ask]
    page = writer.page
    page.locator(f"#ask-{ask}").check()
    assert page.locator("#for-later").is_visible() == (ask in ("solved", "erase"))
    for purpose in ticked:
        page.locator(f"#withdraw-{purpose}").check()
    page.locator("#words").fill(words)
    send(writer)
    writer.expect_sent()
    (arrived,) = boards.desk.complaints()
    assert len(arrived.pop("complaint_id")) == 32
    keys = {"reply_key": KEYS.reply_key.hex(), "tag_key": KEYS.tag_key.hex()}
    assert arrived == {"schema": 2, "form_language": "nl", "ask": ask} | keys | expected
    assert [len(body) for body in writer.posts()] == [16_384]
    assert CODE not in writer.words()  # who sits there next finds neither it nor what was read


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_missing_is_said_at_the_field(
    reader: Reader, boards: Boards, language: str
) -> None:
    """No words, no consent ticked, or more words than fit: said in place, and nothing is sent."""
    boards.put(boards.make())
    reader.language = language
    reader.arrive(boards.day(2))
    reader.read()
    page = reader.page
    page.locator("#again").click()
    t, shown = STRINGS[language], page.locator("#follow .field-error:visible")
    send(reader)
    assert shown.all_inner_texts() == [t("write.problem.words")]
    page.locator("#words").fill("ж" * 8_000)
    send(reader)
    assert shown.all_inner_texts() == [t("write.problem.room")]
    page.locator("#words").fill("")
    page.locator("#ask-withdraw").check()
    send(reader)
    assert shown.all_inner_texts() == [t("write.problem.withdraw")]
    assert reader.posts() == []


def test_a_lost_connection_keeps_the_words_and_sends_the_same_bytes_again(
    writer: Reader, boards: Boards
) -> None:
    """Not stored: her words are still there, and one press sends the same object."""
    page = writer.page
    page.locator("#words").fill(WORDS)
    page.route("**/drop", lambda route: route.abort())
    send(writer)
    writer.expect_outcome("unreachable")
    assert page.locator("#words").input_value() == WORDS
    page.unroute("**/drop")
    send(writer)
    writer.expect_sent()
    first, second = writer.posts()
    assert first == second
    assert [one["story"] for one in boards.desk.complaints()] == [WORDS]


def test_an_old_key_is_renewed_without_losing_a_word(writer: Reader, boards: Boards) -> None:
    """The drop does not know the key any more: the page fetches the list, seals anew and sends."""
    page = writer.page
    page.locator("#words").fill(WORDS)
    unknown = '{"error":"key_unknown"}'
    page.route(
        "**/drop", lambda r: r.fulfill(status=400, body=unknown, content_type="application/json")
    )
    send(writer)
    writer.expect_outcome("key_unknown")
    page.unroute("**/drop")
    page.locator("#renew").click()
    writer.expect_sent()
    assert writer.fetched("/keys.json") == 1
    first, second = writer.posts()
    assert first != second
    assert [one["story"] for one in boards.desk.complaints()] == [WORDS]


def test_words_under_way_cannot_change_and_are_not_cleared(writer: Reader, boards: Boards) -> None:
    """Until the answer is there the field is fast, a second press sends nothing, and no hours take anything."""
    held: list[Route] = []
    page = writer.page
    page.clock.install(time=f"{boards.day(2)}T12:00:00Z")
    page.locator("#words").fill(WORDS)
    page.route("**/drop", lambda route: held.append(route))
    page.locator("#send").dblclick()
    expect(page.locator("[data-outcome=sending]")).to_be_visible()
    assert page.locator("#words").get_attribute("readonly") is not None
    request = caught(page, held)
    page.clock.fast_forward("10:00:00")
    request.abort()
    page.locator("#cover").click()
    writer.expect_outcome("unreachable")
    assert page.locator("#words").input_value() == WORDS
    assert len(writer.posts()) == 1


def test_words_written_under_one_code_never_go_under_another(
    writer: Reader, boards: Boards
) -> None:
    """Stored but never told, then another code is read: its words are new ones, with an id of their own."""
    page = writer.page
    page.locator("#words").fill(WORDS)
    page.route("**/drop", lambda route: (route.fetch(), route.abort()))
    send(writer)
    writer.expect_outcome("unreachable")
    page.unroute("**/drop")
    page.locator("#back").click()
    writer.read_again(OTHER_CODE)
    page.locator("#again").click()
    assert page.locator("#words").input_value() == ""
    page.locator("#words").fill("iets anders")
    send(writer)
    writer.expect_sent()
    arrived = boards.desk.complaints()
    assert {one["story"] for one in arrived} == {WORDS, "iets anders"}
    assert len({one["complaint_id"] for one in arrived}) == 2
    assert len({one["tag_key"] for one in arrived}) == 2


def test_reading_the_same_code_again_keeps_her_words(writer: Reader) -> None:
    """She goes back to the code and reads once more: what she was writing still stands there."""
    page = writer.page
    page.locator("#words").fill(WORDS)
    page.locator("#back").click()
    writer.read_again(" ".join(CODE))
    page.locator("#again").click()
    assert page.locator("#words").input_value() == WORDS


def expect_wrong(page: Page, field: str, *, is_wrong: bool) -> None:
    """What eyes and ears get: the sentence before the field, and the field's own state and description."""
    expect(page.locator(".field-error:visible")).to_have_count(int(is_wrong))
    expect(page.locator(field)).to_have_attribute("aria-invalid", str(is_wrong).lower())
    assert ("problem-" in (page.locator(field).get_attribute("aria-describedby") or "")) == is_wrong


def test_what_she_mended_is_called_wrong_no_more(writer: Reader) -> None:
    """At once, not at the next press: a word written, a choice made, or another thing asked for."""
    page = writer.page
    for mend in (lambda: page.locator("#words").press("x"), page.locator("#ask-solved").check):
        send(writer)
        expect_wrong(page, "#words", is_wrong=True)
        mend()
        expect_wrong(page, "#words", is_wrong=False)
        page.locator("#words").fill("")
        page.locator("#ask-write").check()
    page.locator("#ask-withdraw").check()
    send(writer)
    expect_wrong(page, "#withdraw-act", is_wrong=True)
    page.locator("#withdraw-quote").check()
    expect_wrong(page, "#withdraw-act", is_wrong=False)


@pytest.mark.parametrize("typed", ["12", "7" + CODE[1:]], ids=["digits", "check"])
def test_a_mended_code_is_called_wrong_no_more(reader: Reader, boards: Boards, typed: str) -> None:
    """With its last digit right the field is, and not only after the next press."""
    reader.arrive(boards.day(2))
    field = reader.page.locator("#code")
    field.fill(typed)
    reader.page.locator("#read").press("Enter")
    expect(field).to_be_focused()
    field.fill(CODE[:-1])
    assert reader.page.locator("#problem-digits").is_visible() == (len(typed) == len("12"))
    field.press("End")
    field.press(CODE[-1])
    expect_wrong(reader.page, "#code", is_wrong=False)


def test_an_emptied_page_calls_nothing_wrong(reader: Reader, boards: Boards) -> None:
    """Left, it forgets what was wrong with a code; another code begins without the mistakes of the first."""
    page = reader.page
    boards.put(boards.make())
    reader.arrive(boards.day(2))
    page.locator("#code").fill("12")
    page.locator("#read").press("Enter")
    expect_wrong(page, "#code", is_wrong=True)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    page.locator("#restart").press("Enter")
    expect(page.locator("#code")).to_be_focused()
    expect_wrong(page, "#code", is_wrong=False)
    reader.read()
    page.locator("#again").press("Enter")
    send(reader)
    expect_wrong(page, "#words", is_wrong=True)
    page.locator("#back").press("Enter")
    reader.read_again(OTHER_CODE)
    page.locator("#again").press("Enter")
    expect_wrong(page, "#words", is_wrong=False)
