"""The answer page in Chromium: what stands under a code, how a code may be typed, and that nothing of it stays."""

import pytest
from playwright.sync_api import expect

from tests.browser.reading import ANSWER, CODE, KEYS, Boards, Reader
from tests.browser.visit import caught
from tests.payloads import payloads
from tests.site import SHARE, STRINGS

ANSWERS = {  # language of the answer: text, direction
    "nl": ("Wij bellen de politie.\n\nEn daarna u.", "ltr"),
    "ar": ("Amsterdam: سنتصل بالشرطة غدا.", "rtl"),
    "en": ("سميرة: we call the police.", "ltr"),
    "bg": ("Ще се обадим на полицията.", "ltr"),
}
STATUSES = ("read", "in_contact", "acting", "waiting_body", "waiting_sender", "reporting", "closed")
NOTICES = {"withdraw": 0, "solved": 9, "erase": 9}  # with the epoch in which it is done
FOUR = [CODE[start : start + 4] for start in range(0, 24, 4)]


def in_digits(zero: str) -> str:
    """The code in the script whose zero this is."""
    return CODE.translate({ord("0") + n: ord(zero) + n for n in range(10)})


SPELLINGS = {
    "pasted": "\n " + "\u00a0".join(FOUR[:3]) + "\r\n" + "\t".join(FOUR[3:]) + " \n",
    "dashes": "-".join(FOUR[:3]) + "–" + "—".join(FOUR[3:]),
    "arabic_indic": in_digits("٠"),
    "persian": in_digits("۰"),
    "devanagari": in_digits("०"),
    "thai": in_digits("๐"),
    "fullwidth": in_digits("０"),
    "unseen": "\u2066" + "\u200e\u2212".join(FOUR) + "\u2069",
    "mixed": CODE[:12] + in_digits("٠")[12:18] + "  " + in_digits("๐")[18:],
}
MISTAKES = {
    "digits_too_few": CODE[:-1],
    "digits_too_many": CODE + "0",
    "digits_letters": CODE[:-1] + "x",
    "check_wrong": "7" + CODE[1:],
    "check_swapped": CODE[1] + CODE[0] + CODE[2:],
}
# The password of the derivation is noted, and the derivation refused: quick, and no test needs its result.
NOTE_DERIVED = """window.derived = []; const real = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = function (format, bytes, name, ...more) {
  if (name !== 'PBKDF2') return real.call(this, format, bytes, name, ...more);
  derived.push(new TextDecoder().decode(bytes)); return Promise.reject(new Error('noted')); }"""
TRACES = """async () => [location.href, JSON.stringify(history.state), document.title, document.cookie,
  JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}),
  (await indexedDB.databases()).length, (await caches.keys()).length]"""


@pytest.mark.parametrize("language", ANSWERS)
def test_an_answer_stands_in_the_direction_of_its_language(
    reader: Reader, boards: Boards, language: str
) -> None:
    """Text, line breaks, language and direction are as the desk wrote them, whatever the page's language."""
    text, direction = ANSWERS[language]
    boards.put(boards.make([boards.reply(text, language=language)]))
    reader.language = "en"
    reader.arrive(boards.day(2))
    reader.read()
    shown = reader.page.locator("#answers .answer")
    assert shown.inner_text() == text
    assert shown.get_attribute("lang") == language
    assert shown.evaluate("e => getComputedStyle(e).direction") == direction
    assert (reader.said("state"), reader.said("found")) == ([], [])
    expect(reader.page.locator("#result h2")).to_be_focused()


def test_an_answer_is_text_and_nothing_else(reader: Reader, boards: Boards) -> None:
    """Markup, scripts and addresses in an answer are shown as they were written, and do nothing."""
    hostile = [text for text in payloads() if "<" in text and "\x00" not in text][:30]
    text = " ".join(hostile).encode()[:3_800].decode(errors="ignore")
    boards.put(boards.make([boards.reply(text)]))
    reader.arrive(boards.day(2))
    reader.read()
    shown = reader.page.locator("#answers .answer")
    assert shown.evaluate("e => [e.textContent, e.childElementCount]") == [text, 0]
    assert {request.url for request in reader.requests if "203.0.113.9" in request.url} == set()
    assert reader.troubles == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_status_and_notice_has_its_words(
    reader: Reader, boards: Boards, language: str
) -> None:
    """The words of the page's own language stand there, by day, and never the word on the board."""
    statuses = [boards.reply(word, kind="status", language="") for word in STATUSES]
    notices = [boards.reply(n, kind="notice", language="", due=due) for n, due in NOTICES.items()]
    boards.put(boards.make([*statuses, *notices]))
    reader.language = language
    reader.arrive(boards.day(2))
    reader.read()
    t = STRINGS[language]
    expected = [t(f"answer.status.{word}") for word in STATUSES]
    expected += [t(f"answer.notice.{word}") for word in NOTICES]
    assert reader.page.locator("#answers article p:last-child").all_inner_texts() == expected
    assert len(set(expected)) == len(expected)


@pytest.mark.parametrize("language", SHARE)
def test_a_notice_says_how_many_boards_are_left(
    reader: Reader, boards: Boards, language: str
) -> None:
    """What is due on board 9 has two boards to go on board 7 and one on board 8: each has its own words."""
    notices = [
        boards.reply(n, kind="notice", language="", due=9) for n in NOTICES if n != "withdraw"
    ]
    reader.language = language
    reader.arrive(boards.day(2))
    shown = {}
    for epoch, read in ((7, reader.read), (8, reader.read_again)):
        boards.put(boards.make(notices, epoch=epoch))
        read()
        shown[epoch] = reader.page.locator("#answers article p:last-child").all_inner_texts()
    t = STRINGS[language]
    assert shown[7] == [t("answer.notice.solved"), t("answer.notice.erase")]
    assert shown[8] == [t("answer.notice.solved-soon"), t("answer.notice.erase-soon")]


def test_received_is_told_from_the_acknowledgement(reader: Reader, boards: Boards) -> None:
    """Without an answer the page still says that the complaint arrived, and when to look again."""
    boards.put(boards.make(receipts=[KEYS]))
    reader.arrive(boards.day(2))
    reader.read()
    assert reader.said("found") == ["acknowledged", "nothing"]
    next_board = reader.page.locator("#next-board").get_attribute("datetime")
    assert next_board == boards.day(8).isoformat()


def test_several_answers_stand_by_their_day(reader: Reader, boards: Boards) -> None:
    """The oldest comes first, also when a long one lies in four slots."""
    long = "Ζ€👩🏽‍🦱 " * 180
    later = boards.reply("later", written=boards.day(1))
    boards.put(boards.make([later, boards.reply(long)]))
    reader.arrive(boards.day(2))
    reader.read()
    shown = reader.page.locator("#answers .answer").evaluate_all(
        "all => all.map(e => e.textContent)"
    )
    assert shown == [long, "later"]


def test_a_code_typed_in_any_way_is_the_same_code(reader: Reader, boards: Boards) -> None:
    """Pasted, with spaces or dashes, in the digits of six scripts: the same 24 digits are derived from."""
    reader.page.add_init_script(NOTE_DERIVED)
    reader.arrive(boards.day(2))
    for typed in SPELLINGS.values():
        reader.page.locator("#code").fill("")
        reader.page.locator("#code").focus()
        reader.page.keyboard.insert_text(typed)
        reader.page.locator("#read").press("Enter")
        expect(reader.page.locator("[data-state=failed]")).to_be_visible()
        reader.page.locator("#retype").press("Enter")
    assert reader.page.evaluate("derived") == [CODE] * len(SPELLINGS)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_mistake_in_the_code_is_said_before_anything_is_fetched(
    reader: Reader, boards: Boards, language: str
) -> None:
    """A wrong digit, a swap or a missing digit: what to do stands at the field, which keeps what was typed."""
    reader.language = language
    reader.arrive(boards.day(2))
    for name, typed in MISTAKES.items():
        reader.page.locator("#code").fill(typed)
        reader.page.locator("#read").press("Enter")
        problem = name.partition("_")[0]
        shown = reader.page.locator("#look .field-error:visible")
        assert shown.all_inner_texts() == [STRINGS[language](f"write.problem.{problem}")], name
        expect(reader.page.locator("#code")).to_be_focused()
        assert reader.page.locator("#code").input_value() == typed
    assert reader.fetched() == 0


def test_the_board_is_fetched_once_whatever_she_finds(reader: Reader, boards: Boards) -> None:
    """An answer, a damaged file or none: one request each time, and no other."""
    whole = boards.make([boards.reply()])
    boards.put(whole)
    reader.arrive(boards.day(2))
    before = len(reader.requests)
    reader.read()
    assert (reader.fetched(), len(reader.requests) - before) == (1, 1)
    boards.put(whole[:-1])
    reader.read_again()
    assert (reader.fetched(), len(reader.requests) - before) == (2, 2)
    boards.take_away()
    reader.read_again()
    assert (reader.fetched(), len(reader.requests) - before) == (3, 3)


def test_a_code_is_nowhere_but_in_its_field(reader: Reader, boards: Boards) -> None:
    """After reading and writing back no request, address, storage, title, message or element holds the code."""
    boards.put(boards.make([boards.reply()]))
    reader.arrive(boards.day(2))
    empty = reader.page.evaluate(TRACES)
    reader.read(" ".join(FOUR))
    reader.page.locator("#again").click()
    reader.page.locator("#words").fill("Dank u.")
    reader.page.locator("#send").click()
    reader.expect_sent()
    assert reader.page.evaluate(TRACES) == empty
    assert reader.troubles == []
    said = [f"{r.url} {r.headers} {r.post_data_buffer or b''!r}" for r in reader.requests]
    elements = reader.page.evaluate("document.documentElement.outerHTML")
    for secret in (
        CODE,
        " ".join(FOUR),
        FOUR[3] + FOUR[4],
        KEYS.tag_key.hex(),
        KEYS.reply_key.hex(),
    ):
        assert not any(secret in text for text in [*said, elements])


def expect_empty(reader: Reader) -> None:
    """Say that neither code nor answer nor words are left anywhere in the page."""
    words = reader.words()
    for secret in (CODE, ANSWER, "mijn woorden"):
        assert secret not in words
    assert reader.page.locator("#answers").evaluate("e => e.childNodes.length") == 0


def read_and_begin_to_write(reader: Reader, boards: Boards) -> None:
    boards.put(boards.make([boards.reply()]))
    reader.page.clock.install(time=f"{boards.day(2)}T12:00:00Z")
    reader.open("answer/")
    reader.read()
    assert reader.answers() == [ANSWER]
    reader.page.locator("#again").click()
    reader.page.locator("#words").fill("mijn woorden")


def test_the_clear_button_empties_the_page(reader: Reader, boards: Boards) -> None:
    """One press, and code, answer and words are gone; typing the code again is the only way back."""
    read_and_begin_to_write(reader, boards)
    reader.page.locator("#back").click()
    reader.page.locator("#clear").press("Enter")
    expect(reader.page.locator("#cleared")).to_be_visible()
    expect_empty(reader)
    reader.page.locator("#restart").press("Enter")
    expect(reader.page.locator("#code")).to_be_focused()
    assert reader.page.locator("#code").input_value() == ""


def test_leaving_empties_the_page(reader: Reader, boards: Boards, elsewhere: str) -> None:
    """On the way out everything is gone at once, and Back shows an empty page."""
    read_and_begin_to_write(reader, boards)
    reader.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect_empty(reader)
    reader.page.locator("#restart").click()
    reader.read()
    reader.page.goto(elsewhere)
    reader.page.go_back()
    expect(reader.page.locator("#look")).to_be_visible()
    expect_empty(reader)


def test_what_was_asked_for_before_leaving_is_not_shown_afterwards(
    reader: Reader, boards: Boards
) -> None:
    """She leaves while the board is on its way; a browser that kept the page shows no answer on her return."""
    boards.put(boards.make([boards.reply()]))
    reader.arrive(boards.day(2))
    page, held = reader.page, []
    page.route("**/board.bin", lambda route: held.append(route))
    page.locator("#code").fill(CODE)
    with page.expect_request("**/board.bin", timeout=40_000):
        page.locator("#read").click()
    request = caught(page, held)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    request.continue_()
    page.wait_for_function(
        "() => document.getElementById('fetched').hidden"
    )  # the reading has ended
    expect(page.locator("#cleared")).to_be_visible()
    expect_empty(reader)
