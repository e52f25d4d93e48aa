"""A hand on the keyboard of a display: keys as the X server gives them to whichever window has the focus.

What Playwright and WebDriver press goes to the page alone. A browser with windows takes some keys for
itself before the page sees them; only keys that come through the display show which.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL, c_char_p, c_int, c_ulong, c_void_p
from ctypes.util import find_library

_PRESS, _RELEASE = 1, 0
_SAME_SCREEN, _LEFT = -1, 1
_NOW = c_ulong(0)


def _library(name: str) -> CDLL:
    found = find_library(name)
    if found is None:
        raise RuntimeError(f"there is no lib{name}: run python -m tests.browsers")
    return CDLL(found)


class Hand:
    """Presses keys and clicks on one display, by XTEST."""

    def __init__(self, display: str) -> None:
        self._x, self._test = _library("X11"), _library("Xtst")
        self._x.XOpenDisplay.restype, self._x.XOpenDisplay.argtypes = c_void_p, [c_char_p]
        self._x.XStringToKeysym.restype = c_ulong
        opened = self._x.XOpenDisplay(display.encode("ascii"))
        if not opened:
            raise RuntimeError(f"display {display} cannot be opened")
        self._display = c_void_p(opened)
        self._x.XAutoRepeatOff(self._display)  # a key that is released late was pressed once

    def _code(self, key: str) -> int:
        keysym = c_ulong(self._x.XStringToKeysym(key.encode("ascii")))
        return int(self._x.XKeysymToKeycode(self._display, keysym)) & 0xFF

    def press(self, *keys: str) -> None:
        """Press keys together, the last one last, by their X names: `Alt_L`, `Shift_L`, `a`."""
        codes = [self._code(key) for key in keys]
        for code in codes:
            self._test.XTestFakeKeyEvent(self._display, code, _PRESS, _NOW)
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._display, code, _RELEASE, _NOW)
        self._x.XSync(self._display, 0)

    def click(self, x: int, y: int) -> None:
        """Click at a place of the display, in pixels."""
        place = (c_int(_SAME_SCREEN), c_int(x), c_int(y), _NOW)
        self._test.XTestFakeMotionEvent(self._display, *place)
        for way in (_PRESS, _RELEASE):
            self._test.XTestFakeButtonEvent(self._display, _LEFT, way, _NOW)
        self._x.XSync(self._display, 0)

    def close(self) -> None:
        """Let go of the display."""
        self._x.XCloseDisplay(self._display)


@contextmanager
def hand(display: str) -> Iterator[Hand]:
    """Give a hand on a display for the time of the block."""
    made = Hand(display)
    try:
        yield made
    finally:
        made.close()
