"""Help near a municipality (step 1): the directory and a region in, HTML out, made once per region.

Who helps in the whole country stands on the page of help, once, and by need; said again on each of these
pages it was a quarter of what a phone waited for. What a card says is made elsewhere.
"""

from html import escape

from overrides.facts.data import Data, Municipality
from overrides.facts.directory import Organisation
from overrides.pages.card import Card
from overrides.pages.wording import Voice

_UP = "../../"  # from the page of a municipality


class Near:
    """Blocks of help in one language; each region is made once."""

    def __init__(self, voice: Voice, data: Data, *, practice: bool) -> None:
        self._voice = voice
        self._correct = f'<a href="{_UP}about/#check">{voice("help.correct")}</a>'
        self._national = f'<a href="{_UP}help/">{voice("help.national")}</a>'
        self._card = Card(voice, practice=practice)
        self._found = [one for one in data.organisations.values() if one.is_help]
        self._special = {code for one in self._found for code in one.codes}
        self._made: dict[tuple[str, str], str] = {}

    def block(self, here: Municipality) -> str:
        """The section for one municipality: the regional ones, and where the national ones are."""
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
        wrong = f"{voice('help.wrong')} {voice.t.closed(self._correct)}"
        return (
            f'<h2 id="help">{voice("help.title")}</h2>'
            f"<p>{voice('help.region', region=escape(here.ggd_region))}</p>{nearby}"
            f"<p>{self._national}</p><p>{wrong}</p>"
        )

    def _cards(self, organisations: list[Organisation]) -> str:
        return "<ul>" + "".join(f"<li>{self._line(one)}</li>" for one in organisations) + "</ul>"

    def _line(self, one: Organisation) -> str:
        return f'{self._card.text(one)} <span class="hint">{self._card.date(one)}</span>'
