"""Who may talk to the daily screen, and when it is locked (desk/loopback/session.py, door.py, app.py)."""

from pathlib import Path

import pytest

from desk.page.screen import IDLE_SECONDS
from tests.screens import HANDLER, Client, make_client
from tests.vaults import WORDS, make_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty case store."""
    return make_store(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def client(store: Path) -> Client:
    """Give a browser that has not opened the first address."""
    return make_client(store)


@pytest.fixture
def inside(client: Client) -> Client:
    """Give a browser with the cookie, before a locked screen."""
    return client.enter()


@pytest.fixture
def unlocked(inside: Client) -> Client:
    """Give an open screen."""
    inside.unlock()
    assert inside.screen.is_open
    return inside


@pytest.fixture(autouse=True)
def _close(client: Client) -> object:
    yield
    client.screen.lock()


def test_the_first_address_lets_one_browser_in(client: Client) -> None:
    """It gives a cookie that no script reads and no other site sends, and leads to the page."""
    client.enter()
    assert client.last.status == 200
    assert "The desk is locked" in client.words


def test_an_open_screen_says_when_files_are_damaged(tmp_path: Path) -> None:
    """On every page, not in `desk check` only: nobody looks there without a reason."""
    store = make_store(tmp_path)
    client = make_client(store).enter().unlock()
    words = "1 file of this case store is damaged"
    assert words not in client.words
    client.screen.lock()
    next((store / "batches").rglob("*.batch")).write_bytes(b"x")
    client.unlock()
    assert words in client.words
    client.screen.lock()
    assert words not in client.get("/").words


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: Client) -> None:
    """Its attributes say so."""
    answer = client.ask("GET", f"/?token={client.screen.session.start}")
    cookie = dict(answer.headers)["Set-Cookie"]
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Strict")
    assert dict(answer.headers)["Location"] == "/"


def test_the_first_address_works_once(client: Client) -> None:
    """Who finds it later, in a history or on a screen, finds nothing."""
    target = f"/?token={client.screen.session.start}"
    assert client.ask("GET", target).status == 303
    assert client.ask("GET", target).status == 403
    assert client.ask("GET", "/?token=").status == 403


def test_secrets_have_256_bits_and_are_new_each_time(store: Path) -> None:
    """Token, cookie and form token are drawn apart, for each screen."""
    drawn = [make_client(store).screen.session for _ in range(3)]
    secrets = {value for s in drawn for value in (s.start, s.cookie, s.form)}
    assert len(secrets) == 9
    assert all(len(value) >= 43 for value in secrets)
    assert not any(value in repr(drawn) for value in secrets)


@pytest.mark.parametrize("token", ["wrong", "", "é"])
def test_another_token_is_refused(client: Client, token: str) -> None:
    """And leaves the right one as it was."""
    assert client.ask("GET", f"/?token={token}").status in (400, 403)
    assert client.enter().last.status == 200


FOREIGN = {
    "other_host": {"host": "desk.example:40000"},
    "name_of_this_machine": {"host": "localhost:40000"},
    "other_port": {"host": "127.9.8.7:40001"},
    "no_port": {"host": "127.9.8.7"},
    "no_host": {"host": None},
    "other_origin": {"origin": "http://127.9.8.7:40001"},
    "no_origin_told": {"origin": "null"},
    "other_site": {"sec_fetch_site": "cross-site"},
    "neighbour": {"sec_fetch_site": "same-site"},
    "no_cookie": {"cookie": None},
    "wrong_cookie": {"cookie": "desk=" + "a" * 43},
    "empty_cookie": {"cookie": "desk="},
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_from_elsewhere_is_refused(inside: Client, method: str, name: str) -> None:
    """Whoever leads a browser here under another name, or from another page, gets no page."""
    form = {"form_token": inside.screen.session.form}
    answer = inside.ask(method, "/", form, **FOREIGN[name])
    assert answer.status == 403
    assert b"locked" not in answer.body


def test_two_cookies_of_one_name_are_refused(inside: Client) -> None:
    """Another program on this machine can set a second one."""
    assert inside.ask("GET", "/", cookie=f"{inside.cookie}; desk=other").status == 403
    assert inside.ask("GET", "/", cookie=f"other=1; {inside.cookie}").status == 200


def test_a_header_given_twice_is_not_guessed_at(inside: Client) -> None:
    """Of two hosts neither counts."""
    assert inside.ask("GET", "/", HOST=inside.screen.session.host).status == 400


UNTOLD = {
    "no_token": ({}, {}),
    "wrong_token": ({"form_token": "a" * 43}, {}),
    "not_a_form": (None, {"content_type": "text/plain"}),
    "nothing_told": (None, {"origin": None}),
}


@pytest.mark.parametrize("name", UNTOLD)
def test_a_form_that_is_not_ours_is_refused(unlocked: Client, name: str) -> None:
    """Without our token, or without a word on where it came from, nothing is done."""
    form, headers = UNTOLD[name]
    token = {"form_token": unlocked.screen.session.form} if form is None else form
    assert unlocked.ask("POST", "/lock", token, **headers).status == 403
    assert unlocked.screen.is_open


def test_a_form_may_tell_where_it_came_from_in_either_way(unlocked: Client) -> None:
    """Browsers differ in which of the two headers they send."""
    token = {"form_token": unlocked.screen.session.form}
    answer = unlocked.ask("POST", "/lock", token, origin=None, sec_fetch_site="same-origin")
    assert answer.status == 303
    assert not unlocked.screen.is_open


def test_the_seven_words_open_the_screen(inside: Client) -> None:
    """Spaces around and between them do not matter."""
    typed = "  " + WORDS.replace(" ", "   ") + " "
    inside.post("/unlock", handler=HANDLER, passphrase=typed)
    assert inside.screen.is_open


@pytest.mark.parametrize(("handler", "passphrase"), [(HANDLER, "x"), ("other", "x"), ("../a", "")])
def test_a_wrong_passphrase_is_told_and_leaves_it_locked(
    inside: Client, handler: str, passphrase: str
) -> None:
    """The page says what to do; the words typed are not on it, and it does not say that they are."""
    inside.post("/unlock", handler=handler, passphrase=passphrase + "secret")
    assert inside.last.status == 403
    assert 'role="alert"' in inside.text
    assert "secret" not in inside.text
    assert "What you typed is still there" not in inside.words
    assert not inside.screen.is_open


def test_ten_minutes_without_use_lock_the_screen(unlocked: Client) -> None:
    """It lets go of the store by itself, without waiting for a request."""
    unlocked.clock.now += IDLE_SECONDS - 1
    unlocked.screen.tick()
    assert unlocked.screen.is_open
    unlocked.clock.now += 1
    unlocked.screen.tick()
    assert not unlocked.screen.is_open
    assert "The desk is locked" in unlocked.get("/").words


def test_a_request_after_ten_minutes_finds_it_locked(unlocked: Client) -> None:
    """Also when it comes before the clock has struck."""
    unlocked.clock.now += IDLE_SECONDS
    assert "The desk is locked" in unlocked.get("/").words


def test_use_keeps_the_screen_open(unlocked: Client) -> None:
    """Each page that is asked for counts."""
    for _ in range(5):
        unlocked.clock.now += IDLE_SECONDS - 1
        unlocked.get("/help")
    assert unlocked.screen.is_open


def test_a_stranger_does_not_keep_the_screen_open(unlocked: Client) -> None:
    """Only the one browser counts."""
    unlocked.clock.now += IDLE_SECONDS - 1
    unlocked.ask("GET", "/help", cookie=None)
    unlocked.clock.now += 1
    unlocked.screen.tick()
    assert not unlocked.screen.is_open


def test_a_locked_screen_lets_others_open_the_store(unlocked: Client) -> None:
    """The store is free again for the command line."""
    unlocked.post("/lock")
    other = make_client(unlocked.screen.store).enter().unlock()
    assert other.screen.is_open
    other.screen.lock()


def test_a_second_tab_that_unlocks_is_led_on(unlocked: Client) -> None:
    """The form of a tab that was left at the locked page."""
    assert "Inbox" in unlocked.post("/unlock", handler=HANDLER, passphrase="x").words


def test_a_form_that_is_soon_typed_again_is_not_kept(unlocked: Client) -> None:
    """Only where somebody may have written for long."""
    unlocked.post("/lock")
    unlocked.post("/search", words="secret")
    assert unlocked.screen.interrupted is None
    unlocked.unlock()
    assert "secret" not in unlocked.text


def test_a_store_in_use_is_told(unlocked: Client) -> None:
    """A second screen on the same store stays locked, and says why."""
    other = make_client(unlocked.screen.store).enter().unlock()
    assert "open in another window" in other.words
    assert not other.screen.is_open


def test_the_language_changes_and_stays(inside: Client) -> None:
    """Dutch and English, on the locked page too; another language changes nothing."""
    assert "De balie is op slot" in inside.get("/?language=nl").words
    assert "De balie is op slot" in inside.get("/").words
    assert "De balie is op slot" in inside.get("/?language=xx").words
    assert "The desk is locked" in inside.get("/?language=en").words


def test_an_unknown_page_says_so(unlocked: Client) -> None:
    """With the way back."""
    assert unlocked.get("/nothing").last.status == 404
    assert 'href="/"' in unlocked.text


def test_a_practice_store_is_marked_on_the_locked_page(tmp_path: Path) -> None:
    """Nobody types the words of the real store into practice without seeing it."""
    client = make_client(make_store(tmp_path, practice=True)).enter()
    assert "PRACTICE" in client.words
