"""The agenda of the daily screen with many cases: no term of the law is hidden behind our promises."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import intakes
from tests.cases import event, received
from tests.screens import Client, make_client
from tests.vaults import make_store

CASES, TERMS, FOLLOW_UPS = 300, 14, 30


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Give an open screen on 300 cases that are new, of which 14 have a term for an objection."""
    store = make_store(tmp_path_factory.mktemp("agenda"))
    with intakes.opened(store) as book:
        events = [received(book) for _ in range(CASES)]
        subjects = [one.subject for one in events]
        term = {"rule": "objection", "started": "2026-11-16", "last_day": "2026-12-28"}
        events += [event("deadline_set", subject, **term) for subject in subjects[-TERMS:]]
        events += [event("referred", subject) for subject in subjects[:FOLLOW_UPS]]
        book.add(events)
    return make_client(store).enter().unlock()


def test_every_term_of_the_law_stands_on_the_agenda(client: Client) -> None:
    """And every follow-up; our own promises are a line for each day, with the way to the rest."""
    page = client.get("/agenda")
    assert page.words.count("Term: Objection to a decision") == TERMS
    assert page.words.count("Follow up: o ") == FOLLOW_UPS
    assert "Our own promise" not in page.words
    days = re.findall(r'href="/agenda\?day=([\d-]+)">(\d+) promises of our own', page.text)
    assert [day for day, _ in days] == sorted({day for day, _ in days})
    assert sum(int(count) for _, count in days) == CASES - FOLLOW_UPS - TERMS  # those were read


def test_the_promises_of_a_day_are_all_behind_its_line(client: Client) -> None:
    """In parts, the last of which ends."""
    day, count = re.findall(
        r'href="/agenda\?day=([\d-]+)">(\d+) promises', client.get("/agenda").text
    )[0]
    seen: list[str] = []
    for part in range(1, int(count) // 200 + 2):
        page = client.get(f"/agenda?day={day}&part={part}").text
        seen += re.findall(r'href="/case/([0-9a-f]{32})"', page)
    assert len(seen) == int(count)
    assert "Everything that runs" in client.words
    for strange in ("2026-01-01", "%3Cb%3E", "x"):
        assert "Nothing falls due." in client.get(f"/agenda?day={strange}").words


def test_every_loud_term_stands_in_the_inbox(client: Client, tmp_path: Path) -> None:
    """However many there are: who sends cannot fill that section."""
    store = make_store(tmp_path)
    with intakes.opened(store) as book:
        events = [received(book) for _ in range(40)]
        events += [event("deadline_set", one.subject) for one in events]
        book.add(events)
    page = make_client(store).enter().unlock()
    section = page.text.partition('<section id="deadline"')[2].partition("</section>")[0]
    assert section.count("Objection to a decision") == 40


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        ("2027-05-07", "By a royal decree this day may count as a holiday"),
        ("2029-05-11", "For 2029 we know of no royal decree"),
    ],
)
def test_a_last_day_that_is_in_doubt_says_why_wherever_it_is_shown(
    tmp_path: Path, last_day: str, words: str
) -> None:
    """On the case, in the inbox and on the agenda."""
    store = make_store(tmp_path)
    started = (date.fromisoformat(last_day) - timedelta(weeks=6)).isoformat()
    with intakes.opened(store) as book:
        case = received(book)
        term = {"rule": "objection", "started": started, "last_day": last_day}
        book.add([case, event("deadline_set", case.subject, **term)])
    client = make_client(store).enter().unlock()
    for path in ("/", "/agenda", f"/case/{case.subject}"):
        assert words in client.get(path).words, path
