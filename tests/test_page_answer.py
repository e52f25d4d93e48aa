"""An answer in another language on the daily screen (desk/page/standard.py, facts.py), asked without a browser."""

import html
import re

import pytest

from desk.letters import answers, states
from desk.page import keys
from tests.screens import CODE, Client, put_case


def test_a_standard_answer_in_a_language_that_nobody_reads_brings_its_dutch(client: Client) -> None:
    """It goes into a field of its own, is counted, and stands below the answer that is sent."""
    book = client.screen.book
    case = put_case(book, story="zqx", reply_language="ar", **CODE)
    path = f"/case/{case.subject}"
    page = client.post(f"{path}/answer", standard="received", language="ar", choose="yes").text
    dutch = re.search(r'<textarea[^>]*name="dutch"[^>]*>(.*?)</textarea>', page, re.S)
    assert dutch
    assert html.unescape(dutch[1]).strip() == answers.pair("received", "nl").text

    client.post(f"{path}/answer", text="نقرأ", language="ar", dutch="Wij lezen.")
    (sent,) = [book.text(one)["text"] for one in case.thread if one.kind == "answered"]
    assert sent == answers.with_dutch("نقرأ", "Wij lezen.", "ar")

    refused = client.post(f"{path}/answer", text="نقرأ", language="ar")
    assert "An answer in a language that you do not read has the Dutch below it" in refused.text


def test_a_handler_sees_what_the_sender_reads_of_a_status(client: Client) -> None:
    """In her language, with the Dutch beside it."""
    case = put_case(client.screen.book, story="zqx", reply_language="ar", **CODE)
    client.post(f"/case/{case.subject}/triage", urgency="normal", status="acting")
    client.get(f"/case/{case.subject}")

    said = states.line("acting", "ar")
    assert f'<span lang="ar" dir="auto">{said.text}</span>' in client.text
    assert f'<span lang="nl" dir="auto">{said.dutch}</span>' in client.text


@pytest.mark.parametrize(
    ("language", "text", "goes"),
    [
        ("en", "نقرأ", False),
        ("nl", "เราอ่าน", False),
        ("en", "We read.", True),
        ("nl", "112", True),
    ],
)
def test_no_answer_goes_without_its_dutch_because_a_wrong_language_was_chosen(
    client: Client, language: str, text: str, goes: bool
) -> None:
    """Its letters say that it is neither Dutch nor English; who reads it says so, and it goes."""
    case = put_case(client.screen.book, story="zqx", reply_language="ar", **CODE)
    path = f"/case/{case.subject}/answer"

    client.post(path, text=text, language=language)
    assert [one.kind for one in case.thread].count("answered") == goes
    client.post(path, text=text, language=language, reads="yes")
    assert [one.kind for one in case.thread].count("answered") == goes + 1


def test_the_room_is_that_of_her_language_where_none_was_chosen(client: Client) -> None:
    """What stands between an answer and its Dutch is as long as in the text that goes."""
    case = put_case(client.screen.book, story="zqx", reply_language="ar", **CODE)
    path = f"/case/{case.subject}/answer"
    rooms = []
    for language in ("", "ar"):
        given = {"text": "ن" * 1700, "dutch": "D" * 250, "language": language}
        page = client.post(path, **given, choose="yes").text
        rooms += re.findall(r'<p role="status"[^>]*>(.*?)</p>', page)
    assert rooms[0] == rooms[1]


def test_english_that_was_chosen_is_not_said_to_be_all_there_is(client: Client) -> None:
    """It stands there only where no text in her language does."""
    for language, said in (("ar", False), ("xx", True)):
        case = put_case(client.screen.book, story="zqx", reply_language=language, **CODE)
        path = f"/case/{case.subject}/answer"
        client.post(path, standard="received", language="en", choose="yes")
        assert ("This answer is not there in her language yet" in client.text) == said


def test_a_form_that_is_unfolded_unasked_shows_its_letters(client: Client) -> None:
    """Of the answer that waits both work at once: to take a standard answer, and to press."""
    case = put_case(client.screen.book, **CODE)
    for target in (f"/case/{case.subject}", f"/case/{case.subject}?open=answer"):
        shown = client.get(target).text
        for letter in (keys.OTHERS["take"], keys.OTHERS["press"]):
            assert shown.count(f' accesskey="{letter}"') == 1, (target, letter)
