"""An answer in another language on the daily screen (desk/page/standard.py, facts.py), asked without a browser."""

import html
import re

from desk.letters import answers, states
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
