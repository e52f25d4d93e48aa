"""The daily screen while a request hangs: the button and the idle clock lock it at once (desk/page)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from desk.errors import DeskError
from desk.loopback.message import FORM, Request
from desk.loopback.presses import SETTLE_SECONDS, STAMP_FIELD
from desk.loopback.server import Server
from desk.loopback.session import Session
from desk.page.app import at_once, respond
from desk.page.screen import IDLE_SECONDS, Screen
from desk.store.event import LOG, Event
from desk.store.vault import Vault
from tests import sticks
from tests.samples import put, sealed
from tests.screens import HANDLER, TODAY, Client, Clock, make_client
from tests.vaults import WORDS, make_store

SECONDS = 60  # within which anything here has to have happened, on a slow machine
TICK = 0.02


class Browser:
    """One browser of a running screen, that asks over its socket."""

    def __init__(self, screen: Screen, clock: Clock) -> None:
        self._screen, self._clock = screen, clock
        self._cookie = screen.session.set_cookie()[1].partition(";")[0]

    def ask(self, method: str, target: str, **form: str) -> tuple[int, str]:
        """Ask once; returns the status, and the page or where it leads."""
        session, stamp = self._screen.session, self._screen.presses.stamp()
        self._clock.now += SETTLE_SECONDS + 0.1  # the form has stood there for a while
        body = urlencode({"form_token": session.form, STAMP_FIELD: stamp, **form})
        headers = {"Cookie": self._cookie, "Origin": session.origin, "Content-Type": FORM}
        connection = HTTPConnection(session.host, timeout=SECONDS)
        connection.request(method, target, body if method == "POST" else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("location") or answer.read().decode("utf-8")


@contextmanager
def running(store: Path, clock: Clock) -> Iterator[tuple[Screen, Browser]]:
    """Run a screen on a real socket for the time of the block."""
    server = Server()
    screen = Screen(
        store, Session(*server.address), clock=clock, today=lambda: TODAY, language="en"
    )
    serve = partial(
        server.serve,
        partial(respond, screen),
        screen.tick,
        at_once=partial(at_once, screen),
        seconds=TICK,
    )
    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield screen, Browser(screen, clock)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        screen.lock()


def until(holds: object) -> None:
    """Wait for something that another thread does."""
    waiting = threading.Event()
    for _ in range(int(SECONDS / TICK)):
        if holds():  # type: ignore[operator]
            return
        waiting.wait(TICK)
    raise AssertionError("it did not happen")


def locks_by_hand(_clock: Clock, browser: Browser) -> None:
    assert browser.ask("POST", "/lock") == (303, "/")


def locks_by_itself(clock: Clock, _browser: Browser) -> None:
    clock.now += IDLE_SECONDS


@pytest.mark.parametrize("lock", [locks_by_hand, locks_by_itself], ids=lambda f: f.__name__)
def test_a_stick_that_hangs_does_not_keep_the_screen_open(tmp_path: Path, lock: object) -> None:
    """The driver of a real stick stops in the middle of an import: locked, unlocked again, used again.

    What was under way gets no page of a case, writes nothing more, and is taken in by the next import.
    """
    store, clock = make_store(tmp_path), Clock()
    with sticks.hanging(tmp_path) as (stick, driver), running(store, clock) as (screen, browser):
        put(stick / "in", sealed())
        unlocking = {"handler": HANDLER, "passphrase": WORDS}
        assert browser.ask("POST", "/unlock", **unlocking) == (303, "/")
        book = screen._sitting.book
        assert book is not None
        driver.stop()
        answers: list[tuple[int, str]] = []
        hangs = threading.Thread(
            target=lambda: answers.append(browser.ask("POST", "/import", path=str(stick)))
        )
        hangs.start()
        hangs.join(1)
        assert hangs.is_alive(), f"the stick does not hang: {answers}"
        lock(clock, browser)  # type: ignore[operator]
        until(lambda: not screen._sitting.book)
        assert (book.cases, book.vault.lock.key, book.vault._ring.keys) == ({}, b"", {})
        assert "The desk is locked" in browser.ask("GET", "/")[1]
        assert browser.ask("POST", "/unlock", **unlocking) == (303, "/")
        driver.go_on()
        hangs.join(SECONDS)
        assert answers == [(303, "/")]
        assert "New" in browser.ask("GET", "/")[1]
    with Vault.open(store, HANDLER, WORDS) as vault:
        assert not [event for _, event in vault.events() if event.kind == "imported"]


def unlocked(tmp_path: Path) -> Client:
    return make_client(make_store(tmp_path)).enter().unlock()


def test_only_our_browser_locks_at_once(tmp_path: Path) -> None:
    """A page of somebody else neither locks the screen nor lets two requests run side by side."""
    client = unlocked(tmp_path)
    session = client.screen.session
    body = urlencode({"form_token": session.form}).encode("ascii")
    known = (("host", session.host), ("origin", session.origin), ("content-type", FORM))
    cookie = ("cookie", session.set_cookie()[1].partition(";")[0])
    assert at_once(client.screen, Request("POST", "/lock", known, body)) is None
    twice = (*known, cookie, ("host", "elsewhere"))
    assert at_once(client.screen, Request("POST", "/lock", twice, body)) is None
    assert at_once(client.screen, Request("POST", "/add", (*known, cookie), body)) is None
    assert client.screen.is_open
    assert at_once(client.screen, Request("POST", "/lock", (*known, cookie), body)) is not None
    assert not client.screen.is_open


def test_words_under_way_when_the_screen_is_locked_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that a lock broke off is shown again after the passphrase, and was not carried out."""
    client = unlocked(tmp_path)

    def locked_meanwhile(*_: object, **__: object) -> None:
        other = threading.Thread(target=client.screen.lock)
        other.start()
        other.join()
        raise DeskError("the case store is closed", "open it again")

    monkeypatch.setattr("desk.page.adding.added.add", locked_meanwhile)
    told = {"channel": "phone", "story": "words that took long", "language": "nl"}
    client.post("/add", **told)
    assert "The desk is locked" in client.words
    assert "words that took long" in client.unlock().text


def test_a_store_that_is_closed_while_it_is_written_to_is_let_go_afterwards(tmp_path: Path) -> None:
    """Half a write would be damage: it is finished, then the keys go and others can open the store."""
    store = make_store(tmp_path)
    vault = Vault.open(store, HANDLER, WORDS)
    with vault.writing():
        vault.close()
        with pytest.raises(DeskError, match="in use"):
            Vault.open(store, HANDLER, WORDS)
    assert (vault.lock.key, vault._ring.keys) == (b"", {})
    with pytest.raises(DeskError, match="closed"):
        vault.append([Event(LOG, "imported", TODAY.isoformat(), HANDLER, {})])
    Vault.open(store, HANDLER, WORDS).close()
