"""The letters of the daily screen, in steps 6 and 7: which there are, and how this browser wants them.

Comes in: what a browser calls itself. Goes out: one word for how its letters are pressed. It refuses
to keep the name: it tells nothing else that the screen needs.
"""

from collections.abc import Mapping

# No D, E or F: Chromium keeps Alt with those for itself (`tests/browser/test_desk_letters.py`).
ACTIONS: Mapping[str, str] = {
    "danger": "q",
    # The four that a day is made of come first; the others in the order of the table.
    "answer": "w",
    "refer": "v",
    "bundle": "u",
    "close": "c",
    "triage": "t",
    "note": "k",
    "deadline": "z",
    "outcome": "x",
}
OTHERS: Mapping[str, str] = {"letter": "y", "press": "j", "take": "p", "lock": "l"}
# How a browser is known; the first that fits counts, since Chromium names half of the others too.
_KNOWN = (("Firefox/", "firefox"), ("Chrome/", "chrome"))


def how(agent: str) -> str:
    """How letters are pressed in a browser of this name: `page.keys.<how>`, both ways in doubt.

    The screen runs on Linux only (`desk/loopback/server.py`), where Firefox wants Shift and others not.
    """
    return next((word for mark, word in _KNOWN if mark in agent), "both")
