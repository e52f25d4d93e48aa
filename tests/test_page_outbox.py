"""The outbox on the daily screen (desk/page/outbox.py): what waits, and the board onto a stick."""

import re
from pathlib import Path

import pytest

from desk.wire.board import heading
from tests import boards
from tests.screens import Client, do, put_case


@pytest.fixture
def client(client: Client) -> Client:
    """Give an open screen whose store holds the board key."""
    boards.keep_board_key(client.screen.book)
    return client


def test_what_waits_is_listed_without_its_words(client: Client) -> None:
    """The case by its two words, the kind and the day."""
    case = put_case(client.screen.book, **boards.fields("a"))
    do(client.screen.book, case, "answer", text="Geheim woord")
    client.get("/outbox")
    assert f"{case.pseudonym}: answer (Dutch), 23 November 2026; not on a board yet" in client.words
    assert "Geheim" not in client.text
    assert "No board has been made yet" in client.words


def test_a_board_is_made_written_again_and_then_the_next(client: Client, tmp_path: Path) -> None:
    """The same as the command: one board for a number, until a handler says that it is published."""
    (tmp_path / "stick").mkdir()
    stick = tmp_path / "stick" / "board.bin"
    assert "Board 1 is made" in client.post("/board", path=str(tmp_path / "stick")).words
    first = stick.read_bytes()
    assert heading.whole(first).epoch == 1
    stick.unlink()
    again = client.post("/board", path=str(tmp_path / "stick"))
    assert ("Board 1 of 23 November 2026 is written again" in again.words, stick.read_bytes()) == (
        True,
        first,
    )
    assert 'name="published" value="1"' in again.text
    early = client.post("/board", path=str(tmp_path / "stick"), published="1")
    assert (early.last.status, "not later" in early.words) == (422, True)
    client.screen.today = lambda: boards.week(2)
    client.post("/board", path=str(tmp_path / "stick"), published="1")
    assert heading.whole(stick.read_bytes()).epoch == 2


def test_enter_makes_no_board(client: Client) -> None:
    """Enter in the field of the folder presses the first button of a form: that writes our work again."""
    form = client.get("/outbox").text.partition('<form method="post" action="/outbox"')[2]
    first = re.findall(r"<button[^>]*>[^<]*", form.partition("</form>")[0])[0]
    assert first == '<button class="press">Write to the stick'


@pytest.mark.parametrize("path", ["", "/nowhere/at/all"])
def test_no_board_is_made_for_a_stick_that_is_not_there(client: Client, path: str) -> None:
    """A number is not used up by a mistyped path."""
    client.post("/board", path=path)
    assert client.last.status == 422
    assert not list(client.screen.book.logged("board_made"))


def test_the_address_of_the_form_leads_back_to_it(client: Client) -> None:
    """Whoever reloads the page finds the form."""
    assert "The weekly reply board" in client.get("/board").words
