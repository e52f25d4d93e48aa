"""A daily screen for tests: a small real store, and a browser without a window that asks it in-process."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from desk.cases.book import Casebook
from desk.cases.case import Case
from desk.cases.fields import Given
from desk.loopback.message import FORM, Request, Response
from desk.loopback.presses import SETTLE_SECONDS
from desk.loopback.session import Session
from desk.page.app import respond
from desk.page.screen import Screen
from desk.store.event import Event
from desk.store.vault import new_subject
from desk.work.actions import perform
from tests import samples
from tests.vaults import HANDLER, WORDS

TODAY = date(2026, 11, 23)  # a Monday
HOST, PORT = "127.9.8.7", 40_000
CODE = {"reply_key": "a" * 64, "tag_key": "b" * 64}  # the fields of a sender who holds a code


def put_case(
    book: Casebook, *, flood: str = "", like: str = "", on: str = "2026-11-20", **fields: Any
) -> Case:
    """Put a complaint into a book as an import does, without a seal; `fields` are those of WIRE.md."""
    made = samples.complaint(**{"complaint_id": new_subject()} | fields)
    values: dict[str, Any] = {
        "object": "",
        "key_id": "",
        "complaint": samples.text(made).decode("utf-8"),
        "channel": "form",
        "pseudonym": book.new_pseudonym(),
        "practice": False,
        "flood": flood,
        "like": like,
    }
    subject = new_subject()
    book.add([Event(subject, "received", on, HANDLER, values)])
    return book.cases[subject]


def do(book: Casebook, case: Case, action: str, **given: Given) -> None:
    """Carry out an action as a handler does."""
    perform(book, case, action, given, today=TODAY)


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Client:
    """The one browser of a screen; `last` is what it was answered."""

    screen: Screen
    clock: Clock
    cookie: str = ""
    last: Response = field(default_factory=lambda: Response(200))  # type: ignore[arg-type]

    @property
    def text(self) -> str:
        """The page that is shown."""
        return self.last.body.decode("utf-8")

    @property
    def words(self) -> str:
        """The page as it is read: without tags, white space folded."""
        bare = re.sub(r"<head>.*?</head>|<[^>]*>", " ", self.text, flags=re.S)
        return " ".join(html.unescape(bare).split())

    def ask(
        self,
        method: str,
        target: str,
        form: Mapping[str, str | list[str]] | None = None,
        **headers: str | None,
    ) -> Response:
        """Ask as a browser does; a header given as `None` is left out."""
        session = self.screen.session
        sent: dict[str, str | None] = {"host": session.host, "cookie": self.cookie or None}
        if method == "POST":
            sent |= {"origin": session.origin, "content-type": FORM}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        kept = tuple((name, value) for name, value in sent.items() if value is not None)
        body = urlencode(form or {}, doseq=True).encode("ascii")
        self.last = respond(self.screen, Request(method, target, kept, body))
        return self.last

    def get(self, target: str) -> "Client":
        """Open a page and follow where it leads."""
        self.ask("GET", target)
        return self.follow()

    def post(self, target: str, **form: str | list[str]) -> "Client":
        """Send a form of ours and follow where it leads."""
        self.ask("POST", target, self.token() | form)
        return self.follow()

    def token(self) -> dict[str, str]:
        """The hidden fields of a form that has stood on a page for a while."""
        stamp = self.screen.presses.stamp()
        self.clock.now += SETTLE_SECONDS + 0.1
        return {"form_token": self.screen.session.form, "form_page": stamp}

    def follow(self) -> "Client":
        """Go where the answer leads."""
        while self.last.status == 303:
            self.ask("GET", dict(self.last.headers)["Location"])
        return self

    def enter(self) -> "Client":
        """Open the first address, which gives the cookie."""
        self.ask("GET", self.screen.session.address.removeprefix(self.screen.session.origin))
        self.cookie = dict(self.last.headers)["Set-Cookie"].partition(";")[0]
        return self.get("/")

    def unlock(self) -> "Client":
        """Type the seven words."""
        return self.post("/unlock", handler=HANDLER, passphrase=WORDS)


def make_client(store: Path, language: str = "en", today: date = TODAY) -> Client:
    """Start a screen that nobody has opened yet."""
    clock = Clock()
    screen = Screen(store, Session(HOST, PORT), clock=clock, today=lambda: today, language=language)
    return Client(screen, clock)
