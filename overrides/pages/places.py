"""The list of all municipalities (step 1): names and other names in, a page by letter out.

It works without a script: a letter leads to all names of that letter, places too. The filter only hides
what does not match; it reads the text and the code of each line and the names of places, and sends nothing.
"""

import re
import unicodedata
from functools import lru_cache
from html import escape
from itertools import groupby

from overrides.facts.data import Data, Municipality
from overrides.pages import names
from overrides.pages.wording import Voice
from overrides.words.errors import SiteError

PATH = "places/"


def slugs(municipalities: dict[str, Municipality]) -> dict[str, str]:
    """The last part of each address by code; two alike would overwrite each other."""
    found = {code: slug(here.name) for code, here in municipalities.items()}
    if len(set(found.values())) != len(found):
        raise SiteError(
            "two municipalities get one address", "tell them apart by name in municipalities.csv"
        )
    return found


@lru_cache(maxsize=1024)
def slug(name: str) -> str:
    """`'s-Gravenhage` becomes `s-gravenhage`, `Súdwest-Fryslân` becomes `sudwest-fryslan`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")


def body(voice: Voice, data: Data, slugs_by_code: dict[str, str]) -> str:
    """The page between its heading and its foot."""
    groups = {
        initial: list(members)
        for initial, members in groupby(
            data.municipalities.values(), key=lambda here: names.letter(here.name)
        )
    }
    letters = names.by_letter(data)
    jumps = "".join(f'<li><a href="{one.lower()}/">{one}</a></li>' for one in letters)
    lists = "".join(
        f'<section><h2 id="{initial}">{initial}</h2>'
        f"<ul>{''.join(_line(here, slugs_by_code) for here in members)}</ul></section>"
        for initial, members in groups.items()
    )
    # Who writes with other letters is told before she types, not when nothing is found.
    is_latin = voice.t.letters.script == "Latn"
    hint = "" if is_latin else f'<span class="hint" id="written">{voice("places.latin")}</span>'
    described = "" if is_latin else ' aria-describedby="written"'
    # Without a script the field would do nothing, so the script shows it.
    return (
        f"<p>{voice('places.lead')}</p>"
        f'<p><a href="#coverage">{voice("coverage.title")}</a></p>'
        f'<p><a href="../home-work/">{voice("home.title")}</a></p>'
        f'<form class="field" id="find" hidden data-former="{escape(voice("places.former"))}">'
        f'<label for="part">{voice("places.filter")}</label>{hint}'
        f'<input type="text" id="part"{described} autocapitalize="off" translate="no" autocomplete="off" '
        'autocorrect="off" spellcheck="false" writingsuggestions="false">'
        # What is said about the list stands there from the start, so that a screen reader hears it.
        f'<div role="status"><p class="note" id="none" hidden>{voice("places.none")}</p>'
        f'<p class="note" id="latin" hidden>{voice("places.latin")}</p>'
        f'<p class="note" id="several" hidden>{voice("places.several")}</p>'
        f'<p class="note" id="failed" hidden>{voice("places.failed")}</p></div>'
        "</form>"
        f'<nav aria-label="{escape(voice("places.letters"))}"><ul class="letters">{jumps}</ul></nav>'
        f'<div id="places">{lists}</div>'
    )


def _line(here: Municipality, slugs_by_code: dict[str, str]) -> str:
    also = f" ({escape(', '.join(here.aliases))})" if here.aliases else ""
    # The code is the id, so that the filter finds it and an address can point at it. The capitals of the
    # province may be typed behind the name: Laren (NH.).
    address = f"../m/{slugs_by_code[here.code]}/"
    capitals = "".join(word[0] for word in here.province.split("-"))
    return f'<li id="{here.code}"><a href="{address}" data-in="{capitals}">{escape(here.name)}</a>{also}</li>'
