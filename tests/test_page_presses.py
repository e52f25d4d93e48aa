"""A form of the daily screen acts once, and not before it has stood there (desk/loopback/presses.py)."""

from pathlib import Path

import pytest

from desk.loopback.presses import AGAIN_SECONDS, SETTLE_SECONDS
from tests import intakes
from tests.screens import Client, make_client, put_case
from tests.vaults import make_store


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """Give an open screen with one case."""
    store = make_store(tmp_path)
    with intakes.opened(store) as book:
        put_case(book)
    return make_client(store).enter().unlock()


def notes(client: Client) -> int:
    """How many notes stand in the one case."""
    (case,) = client.screen.book.cases.values()
    return sum(entry.kind == "noted" for entry in case.thread)


def path(client: Client) -> str:
    """Where a note is sent to."""
    return f"/case/{next(iter(client.screen.book.cases))}/note"


def test_a_form_is_refused_until_it_has_stood_there(client: Client) -> None:
    """What was typed is shown again; a moment later it is taken."""
    token = {"form_token": client.screen.session.form, "form_page": client.screen.presses.stamp()}
    client.clock.now += SETTLE_SECONDS - 0.05
    client.ask("POST", path(client), {**token, "text": "words"})
    assert (notes(client), "Nothing was done" in client.words) == (0, True)
    assert "words" in client.text
    client.clock.now += 0.1
    client.ask("POST", path(client), {**token, "text": "words"})
    assert (notes(client), client.last.status) == (1, 303)


def test_a_second_press_gets_the_answer_of_the_first_and_does_nothing(client: Client) -> None:
    """With the same notice; later the form says that it was sent, and gives its words back."""
    form = {**client.token(), "text": "words"}
    for _ in range(3):
        client.ask("POST", path(client), form)
        assert client.last.status == 303
        assert "Note" in client.follow().words
        assert client.screen.t("page.done", case="", action="").strip()[:4] in client.words
    assert notes(client) == 1
    client.clock.now += AGAIN_SECONDS
    client.ask("POST", path(client), form)
    assert (client.last.status, "was sent already" in client.words) == (409, True)
    assert "words" in client.text
    assert notes(client) == 1


@pytest.mark.parametrize("stamp", ["", "1", "x.1", "1.x", "1.", "-1.0", "1" * 99 + ".0"])
def test_a_form_without_a_stamp_of_ours_is_unclear(client: Client, stamp: str) -> None:
    """400, and nothing is done."""
    form = {"form_token": client.screen.session.form, "form_page": stamp, "text": "words"}
    assert client.ask("POST", path(client), form).status == 400
    assert notes(client) == 0


def test_no_answer_is_kept_over_a_lock(client: Client) -> None:
    """A code that was drawn stands on it."""
    said = {"channel": "telephone", "story": "Told.", "form_language": "en", "code": "new"}
    form = {**client.token(), **said, "consent": "store"}
    client.ask("POST", "/add", form)
    assert 'class="code"' in client.text
    client.post("/lock").unlock()
    client.ask("POST", "/add", form)
    assert (client.last.status, 'class="code"' in client.text) == (409, False)
