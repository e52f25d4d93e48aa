"""Help on the daily screen, in steps 6 and 7: its keys, and the handbook's page about the screen that asked.

Comes in: the name of a screen. Goes out: a page, or a picture on it, also while the screen is locked: nothing of a
case is in them. It refuses every picture that none of these pages names.
"""

from http import HTTPStatus

from desk import handbook
from desk.loopback.message import PNG, Request, Response
from desk.page import guide, keys
from desk.page.screen import MENU, Screen

_WORDS = {
    "letter": "page.letter.title",
    "press": "page.help.keys.press",
    "take": "page.answer.take",
    "lock": "page.lock",
}


def _letters(screen: Screen) -> list[tuple[str, str]]:
    """What each letter does, and the letter."""
    found = [(f"page.nav.{name}", key) for name, _, key in MENU]
    found += [(f"action.{name}", key) for name, key in keys.ACTIONS.items()]
    found += [(_WORDS[name], key) for name, key in keys.OTHERS.items()]
    return [(screen.t(string_id), key) for string_id, key in found]


def show(screen: Screen, _request: Request, name: str = "") -> Response:
    """How the screens work, every key, and the page about one of them."""
    language = screen.language
    if name and name not in guide.SCREENS:
        return _missing(screen)
    return screen.page(
        "help.html",
        "help",
        letters=_letters(screen),
        guide=guide.guide(language, name).nodes if name else (),
        guides=guide.titles(language),
    )


def picture(screen: Screen, _request: Request, language: str, name: str) -> Response:
    """A picture of those that the pages name; the name is looked up, and is no path."""
    path = handbook.picture(language, name) if name in guide.pictures(language) else None
    return Response(HTTPStatus.OK, path.read_bytes(), PNG) if path else _missing(screen)


def _missing(screen: Screen) -> Response:
    return screen.page(
        "missing.html", "missing", about="problem", status=HTTPStatus.NOT_FOUND, typed=()
    )
