"""Help near a municipality (step 1): the directory and a region in, HTML out, made once per region.

Tie with the police and anonymity stand on every card, also when they are not known. A way to reach
somebody is shown only by the rule of the directory; it knows no rule of work.
"""

from html import escape

from overrides import directory
from overrides.data import Data, Municipality
from overrides.directory import Organisation
from overrides.wording import Voice, folded, link

# For the people who make rules or write about them, not for somebody who needs help.
_NO_HELP_LINE = ("alliance", "information")


class Near:
    """Blocks of help in one language; each region is made once."""

    def __init__(self, voice: Voice, data: Data, *, practice: bool) -> None:
        self._voice = voice
        self._practice = practice
        self._found = [one for one in data.organisations.values() if one.kind not in _NO_HELP_LINE]
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
        return (
            f'<h2 id="help">{voice("help.title")}</h2>'
            f"<p>{voice('help.region', region=escape(here.ggd_region))}</p>{nearby}"
            f"{folded(voice('help.national'), self._national)}"
        )

    def _cards(self, organisations: list[Organisation]) -> str:
        return "<ul>" + "".join(f"<li>{self._card(one)}</li>" for one in organisations) + "</ul>"

    def _card(self, one: Organisation) -> str:
        voice = self._voice
        parts = [f"<strong>{escape(one.name)}</strong>. {voice.words(one.what_for)}."]
        parts.append(self._anonymous(one))
        parts.append(self._police(one))
        if one.faith_based:
            parts.append(voice("help.faith"))
        parts.append(self._contact(one))
        newest = max((day for day in one.source_dates if day), default=None)
        line = voice(
            "help.date", date=voice.moment(newest), confidence=voice.certainty(one.confidence)
        )
        return " ".join(part for part in parts if part) + f' <span class="hint">{line}</span>'

    def _anonymous(self, one: Organisation) -> str:
        said = self._voice(f"help.anonymous.{one.anonymous}")
        note = f": {self._voice.words(one.anonymous_note)}." if one.anonymous_note else ""
        if one.anonymous == "partly":
            return f"{said}{note}" if note else f"{said}."
        return f"{said.removesuffix('.')}{note}" if note else said

    def _police(self, one: Organisation) -> str:
        voice = self._voice
        said = f"<strong>{voice(f'help.police.{one.police_ties}')}</strong>"
        note = f" ({voice.words(one.police_ties_note)})" if one.police_ties_note else ""
        more = f" {voice.words(one.police_note)}" if one.police_note else ""
        return f"{said}{note}{more}"

    def _contact(self, one: Organisation) -> str:
        contact = directory.contact(one, practice=self._practice)
        if contact is None:
            return ""
        ways = [
            f'<a href="tel:{number.replace("-", "")}">{number}</a>' for number in contact.phones
        ]
        if contact.email:
            ways.append(f'<a href="mailto:{contact.email}">{contact.email}</a>')
        if contact.url:
            ways.append(link(contact.url, escape(contact.url.split("://")[1].strip("/"))))
        if not ways:
            return ""
        return self._voice("help.contact", ways=", ".join(ways) + self._state(one, contact))

    def _state(self, one: Organisation, contact: directory.Contact) -> str:
        if contact.called:
            called = self._voice.t.day(contact.called)
            return f" ({self._voice('help.called', date=called)})"
        return "" if one.id == directory.EMERGENCY else f" ({self._voice('help.not_called')})"
