"""Help near a municipality (step 1): the directory and a region in, HTML out, made once per region.

Regional first, then national. What a card says is made elsewhere; it knows no rule of work.
"""

from html import escape

from overrides.facts.data import Data, Municipality
from overrides.facts.directory import Organisation
from overrides.pages.card import Card
from overrides.pages.wording import Voice, folded
from overrides.words.strings import Strings

_ABOUT = "../../about/"  # from the page of a municipality


class Near:
    """Blocks of help in one language; each region is made once."""

    def __init__(self, voice: Voice, data: Data, *, practice: bool, about: Strings) -> None:
        """`about` speaks the language in which the page about the desk is shown."""
        self._voice = voice
        other = f' hreflang="{about.language}"' if about != voice.t else ""
        self._correct = f'<a href="{_ABOUT}#check"{other}>{voice("help.correct")}</a>'
        self._card = Card(voice, practice=practice)
        self._found = [one for one in data.organisations.values() if one.is_help]
        self._national = self._cards([one for one in self._found if one.national])
        self._special = {code for one in self._found for code in one.codes}
        self._made: dict[tuple[str, str], str] = {}

    def block(self, here: Municipality) -> str:
        """The section for one municipality: regional first, then national."""
        key = (here.ggd_region, here.code if here.code in self._special else "")
        if key not in self._made:
            self._made[key] = self._block(here)
        return self._made[key]

    def _block(self, here: Municipality) -> str:
        voice = self._voice
        regional = [
            one
            for one in self._found
            if here.ggd_region in one.ggd_regions or here.code in one.codes
        ]
        nearby = self._cards(regional) if regional else f"<p>{voice('help.none')}</p>"
        wrong = f"{voice('help.wrong')} {self._correct}."
        return (
            f'<h2 id="help">{voice("help.title")}</h2>'
            f"<p>{voice('help.region', region=escape(here.ggd_region))}</p>{nearby}"
            f"{folded(voice('help.national'), self._national)}<p>{wrong}</p>"
        )

    def _cards(self, organisations: list[Organisation]) -> str:
        return "<ul>" + "".join(f"<li>{self._line(one)}</li>" for one in organisations) + "</ul>"

    def _line(self, one: Organisation) -> str:
        return f'{self._card.text(one)} <span class="hint">{self._card.date(one)}</span>'
