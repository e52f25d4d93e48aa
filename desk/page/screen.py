"""The state of the daily screen, in steps 6 and 7: locked or open, in which language, for how long.

Comes in: a store, a passphrase, the time since some moment. Goes out: pages. It refuses to know
what is asked for, and keeps nothing when it is locked but what the handler was typing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path
from threading import Lock, local

from desk.cases.book import Casebook
from desk.errors import DeskError
from desk.loopback.message import Request, Response
from desk.loopback.presses import STAMP_FIELD, Presses
from desk.loopback.session import FORM_FIELD, Session
from desk.page import guide, keys
from desk.page.problem import Errors, told
from desk.page.words import words
from desk.store import handlers
from desk.store.daycheck import DoubtfulDay
from desk.store.door import read_identity
from desk.store.vault import Vault
from desk.strings import Strings
from desk.work.search import Search

IDLE_SECONDS = 600
OURS = (FORM_FIELD, STAMP_FIELD)  # fields of a form that nobody filled in
# Name of the screen, its path, and the key that opens it together with the browser's own.
MENU = (
    ("inbox", "/", "i"),
    ("search", "/search", "s"),
    ("agenda", "/agenda", "a"),
    ("import", "/import", "m"),
    ("add", "/add", "n"),
    ("outbox", "/outbox", "o"),
    ("bundles", "/bundles", "b"),
    ("figures", "/figures", "g"),
    ("retention", "/retention", "r"),
    ("help", "/help", "h"),
)


@dataclass(slots=True)
class Sitting:
    """What is known from one lock of the screen to the next; a lock empties it for whoever has it."""

    book: Casebook | None = None
    search: Search | None = None
    notice: str = ""  # what is to be said once, on the next page
    sought: str = ""  # the words of the last search; kept here since an address is kept longer
    unmasked: str = ""  # the case whose name is shown on the next page

    def end(self) -> None:
        """Let go of the store and all that was read from it; waits for nobody."""
        book, self.book, self.search = self.book, None, None
        self.notice = self.sought = self.unmasked = ""
        if book is not None:
            book.close()


class Screen:
    """One store on one screen: `clock` gives seconds since any moment, `today` the day.

    Each thread works in the sitting that it began in (`begin`). So the screen can be locked while a
    request hangs: that one is left with an empty sitting, which nobody sees any more.
    """

    menu = MENU
    letters = keys.OTHERS
    help_letter = MENU[-1][2]

    def __init__(
        self,
        store: Path,
        session: Session,
        *,
        clock: Callable[[], float],
        today: Callable[[], date],
        language: str,
    ) -> None:
        self.store = store
        self.session = session
        self.language = language
        self.how = keys.how("")  # letters are pressed in the browser that asked last
        self._today = today
        self.interrupted: Request | None = None  # a form that came when the screen was locked
        self.practice = read_identity(store).practice
        self.presses = Presses(clock)
        self._clock = clock
        self._words = words()
        self._last = clock()
        self._sitting = Sitting()
        self._mine = local()
        self._swap = Lock()

    @property
    def t(self) -> Strings:
        """The words of the language in use."""
        return self._words.languages[self.language]

    def begin(self) -> None:
        """From here on this thread works in the sitting that it finds."""
        self._mine.sitting = self._sitting

    @property
    def mine(self) -> Sitting:
        """What this thread works in: an empty one when the screen was locked meanwhile."""
        found: Sitting = getattr(self._mine, "sitting", self._sitting)
        return found

    @property
    def is_broken_off(self) -> bool:
        """Whether the screen was locked by another since this thread began."""
        return self.mine is not self._sitting

    @property
    def is_open(self) -> bool:
        """Whether cases can be read."""
        return self.mine.book is not None

    @property
    def book(self) -> Casebook:
        """All cases; only asked for when the screen is open."""
        book = self.mine.book
        if book is None:
            raise LookupError("the screen is locked")
        return book

    def clock_day(self) -> date:
        """The day of the clock, right or wrong: for what is only printed."""
        return self._today()

    def today(self) -> date:
        """The day on which something is done or counted; `DoubtfulDay` if it cannot be right."""
        return self.book.days.sure(self.clock_day())

    @property
    def sure_day(self) -> date | None:
        """The day, for lists that are shown also when it is in doubt."""
        try:
            return self.today()
        except DoubtfulDay:
            return None

    @property
    def doubt(self) -> date | None:
        """The day of the last work, when the clock does not fit it."""
        book = self.mine.book
        return book.days.last if book and self.sure_day is None else None

    @property
    def damaged(self) -> int:
        """How many files of the open store could not be read whole."""
        book = self.mine.book
        return len(book.vault.faults) if book else 0

    @property
    def search(self) -> Search:
        """The words of all cases, read from the store when they are first asked for."""
        found = self.mine.search
        if found is None:
            found = self.mine.search = Search(self.book)
        return found

    def handlers(self) -> list[str]:
        """Names of the handlers who can open the store."""
        return handlers.names(self.store)

    def told(self, error: DeskError) -> str:
        """What went wrong and what to do, as one line in the language of the screen."""
        return told(self.t, error)

    def unlock(self, handler: str, passphrase: str) -> None:
        """Open the store; takes as long as the passphrase does. `DeskError` if it stays shut."""
        here, vault = self.mine, Vault.open(self.store, handler, passphrase)
        try:
            book = Casebook(vault)
            with self._swap:
                if here is not self._sitting:
                    raise DeskError("the screen was locked meanwhile", "unlock it again")
                here.book = book
        except BaseException:
            vault.close()
            raise
        self.touch()

    def reload(self) -> None:
        """Fold the events again, after another copy of the store was merged."""
        here = self.mine
        here.book, here.search = Casebook(self.book.vault), None

    def lock(self) -> None:
        """Let go of the store and all that was read from it, at once, whoever works with it."""
        with self._swap:
            over, self._sitting = self._sitting, Sitting()
        self.presses.forget()
        self.begin()
        over.end()

    def touch(self) -> None:
        """Somebody is there; not whoever comes back from a request that a lock broke off."""
        if not self.is_broken_off:
            self._last = self._clock()

    def tick(self) -> bool:
        """Lock after ten minutes in which nobody asked for anything; whether that was now."""
        self.begin()
        self.presses.forget_old()
        is_late = self.is_open and self._clock() - self._last >= IDLE_SECONDS
        if is_late:
            self.lock()
        return is_late

    def page(
        self,
        template: str,
        here: str,
        *,
        about: str = "",
        errors: Errors = (),
        status: HTTPStatus = HTTPStatus.OK,
        **values: object,
    ) -> Response:
        """A page; `here` is its name in the menu, `about` what its help is about, where that is another.

        What is to be said once is said on it.
        """
        notice, self.mine.notice = self.mine.notice, ""
        common = {"screen": self, "here": here, "errors": errors, "notice": notice}
        common["guided"] = next((one for one in (about, here) if one in guide.SCREENS), "")
        return Response(status, self._words.render(template, self.language, {**common, **values}))
