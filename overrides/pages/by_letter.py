"""A page for each letter (step 1): every name of a municipality, a place or a former municipality in,
files out.

They need no script. A name that leads to several municipalities says so, with the province of each; the
rules of a municipality that is gone are shown nowhere.
"""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from overrides.facts import place_names
from overrides.facts.data import Data, sort_key
from overrides.facts.records import earliest
from overrides.frame import frame as frames
from overrides.frame.edition import Edition
from overrides.frame.frame import DESCRIPTION, SLUG, TITLE, Place
from overrides.frame.shell import Link
from overrides.pages import names, places
from overrides.pages.names import Entry
from overrides.pages.wording import Voice, months_after

_CHECK_AGAIN_MONTHS = 6


def render(site: Edition, data: Data, nav: list[tuple[str, str]]) -> dict[str, bytes]:
    """The pages of the language that the site speaks, by path such as nl/places/b/index.html."""
    voice, lists = Voice(site.t), names.by_letter(data)
    checked = earliest(data.common.compiled)
    dates = (checked, months_after(checked, _CHECK_AGAIN_MONTHS))
    every = Link("../", voice("all"))
    one = Place(f"{places.PATH}{SLUG}/", TITLE, DESCRIPTION, *dates, listed_on=every)
    shell = frames.cut(frames.frame(site, nav, one))
    lines = _Lines(voice, data)
    return {
        f"{site.t.language}/{places.PATH}{letter.lower()}/index.html": shell.fill(
            title=voice("letter.title", letter=letter),
            description=voice("letter.description", letter=letter),
            slug=letter.lower(),
            first=lines.above(list(lists)),
            body="".join(lines.sections(found)),
        )
        for letter, found in lists.items()
    }


class _Lines:
    """Writes the lines of one language."""

    def __init__(self, voice: Voice, data: Data) -> None:
        self._voice, self._colon = voice, voice.t.letters.colon
        self._municipalities = data.municipalities
        self._slugs = places.slugs(data.municipalities)

    def above(self, letters: list[str]) -> str:
        """What the list holds, where it comes from, and the way to the other letters."""
        voice = self._voice
        day = voice.moment(place_names.AS_OF)
        jumps = "".join(f'<li><a href="../{one.lower()}/">{one}</a></li>' for one in letters)
        return (
            f"<p>{voice('letter.lead')}</p><p>{voice('letter.former')}</p>"
            f'<p class="hint">{voice("letter.source", source=place_names.SOURCE, date=day)}</p>'
            f'<nav aria-label="{escape(voice("places.letters"))}"><ul class="letters">{jumps}</ul></nav>'
        )

    def sections(self, found: list[Entry]) -> Iterator[str]:
        """The names by their first two letters."""
        yield '<div id="places">'
        for start, some in groupby(found, lambda one: sort_key(one.name)[:2].strip().title()):
            yield f"<section><h2>{start}</h2><ul>{''.join(map(self._line, some))}</ul></section>"
        yield "</div>"

    def _line(self, entry: Entry) -> str:
        """One name: alone where it is a municipality, else with all that it lies in.

        What a former municipality is part of now is said once where a place of that name lies there too.
        """
        said = []
        if set(entry.present) != set(entry.former):
            said.append(self._present(entry))
        if entry.former:
            gone = self._voice.t.letters.comma.join(map(self._link, entry.former))
            said.append(escape(entry.name) + self._colon + self._voice("letter.gone", names=gone))
        return "".join(f"<li>{one}</li>" for one in said if one)

    def _present(self, entry: Entry) -> str:
        name, here = escape(entry.name), entry.present
        if len(here) > 1:
            said = f"{self._voice('letter.several')} {self._each(here)}"
            return name + self._colon + self._voice.t.closed(said) + self._which(here)
        if here == entry.own:
            return "".join(map(self._link, here))
        return f"{self._link(here[0], name)} ({self._name(here[0])})" if here else ""

    def _which(self, codes: list[str]) -> str:
        """How to tell them apart where the province does not."""
        provinces = {self._municipalities[code].province for code in codes}
        return "" if len(provinces) == len(codes) else f" {self._voice('letter.which')}"

    def _each(self, codes: list[str]) -> str:
        """Links to several municipalities, each with its province."""
        found = ((code, escape(self._municipalities[code].province)) for code in codes)
        return self._voice.t.letters.comma.join(
            f"{self._link(code)} ({province})" for code, province in found
        )

    def _name(self, code: str) -> str:
        return escape(self._municipalities[code].name)

    def _link(self, code: str, name: str = "") -> str:
        return f'<a href="../../m/{self._slugs[code]}/">{name or self._name(code)}</a>'
