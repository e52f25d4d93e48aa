"""Presses that nobody meant, on the daily screen of steps 6 and 7: double clicks, Enter held down.

Comes in: the stamp of the form that was pressed. Goes out: whether it may act, the answer that its
first press got, or that it came too soon. It refuses to know what a form does. There is no script
on the page that could hold a press back, so it is decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from desk.loopback.message import Form, Response, Unclear, first

STAMP_FIELD = "form_page"  # name of the hidden field: the number of a form, and when it was shown
# Longer than two clicks of one double click are apart (half a second on most desktops), shorter
# than anybody reads what a button does.
SETTLE_SECONDS = 0.8
AGAIN_SECONDS = 10.0  # in which a second press of one form gets the answer of the first
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which form was pressed, and the moment of the screen's clock, in seconds, when it was shown."""

    number: int
    shown: float


def stamp_of(form: Form) -> Stamp:
    """The stamp in a form that was sent; `Unclear` if it is none of ours."""
    number, _, shown = first(form, STAMP_FIELD).partition(".")
    if not all(one.isascii() and one.isdigit() and len(one) <= _DIGITS for one in (number, shown)):
        raise Unclear
    return Stamp(int(number), int(shown) / 1_000)


@dataclass(slots=True)
class Presses:
    """The forms that one screen has shown; `clock` gives seconds since any moment."""

    clock: Callable[[], float]
    _shown: int = 0
    _used: set[int] = field(default_factory=set)
    _last: tuple[Stamp, Response, float, str] | None = field(default=None, repr=False)

    def stamp(self) -> str:
        """The stamp of a form that is being shown."""
        self._shown += 1
        return f"{self._shown}.{int(self.clock() * 1_000)}"

    def is_too_soon(self, stamp: Stamp) -> bool:
        """Whether a form was pressed before anybody could have meant it."""
        return self.clock() - stamp.shown < SETTLE_SECONDS

    def is_used(self, stamp: Stamp) -> bool:
        """Whether a form was pressed before."""
        return stamp.number in self._used

    def use(self, stamp: Stamp) -> None:
        """Note that a form is pressed, before anything is done."""
        self._used.add(stamp.number)
        self._last = None

    def keep(self, stamp: Stamp, answer: Response, notice: str) -> None:
        """Keep the answer for a second press: what a browser shows is the answer to that one.

        `notice` is what the page says to which the answer leads.
        """
        self._last = stamp, answer, self.clock(), notice

    def answer(self, stamp: Stamp) -> tuple[Response, str] | None:
        """The answer that the first press of a form got, a few moments ago, and its notice."""
        self.forget_old()
        last = self._last
        return (last[1], last[3]) if last and last[0] == stamp else None

    def forget_old(self) -> None:
        """Let an answer go after a while: a code may stand on it."""
        if self._last and self.clock() - self._last[2] >= AGAIN_SECONDS:
            self._last = None

    def forget(self) -> None:
        """Let the answer go at once."""
        self._last = None
