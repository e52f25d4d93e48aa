"""One organisation on a page (step 1): a record of the directory in, HTML out.

Tie with the police and anonymity stand on every card, also when they are not known. A way to reach
somebody is shown only by the rule of the directory; it knows no page and no region.
"""

from html import escape

from overrides.facts import directory
from overrides.facts.directory import Organisation
from overrides.pages.wording import Voice, link

# For the people who make rules or write about them, not for somebody who needs help.
NO_HELP_LINE = ("alliance", "information")


class Card:
    """Writes cards in one language; a practice build also shows a contact that nobody tried."""

    def __init__(self, voice: Voice, *, practice: bool) -> None:
        self._voice = voice
        self._practice = practice

    def text(self, one: Organisation) -> str:
        """Name, what for, anonymity, police and contact, without the sources."""
        voice = self._voice
        parts = [
            f"<strong>{escape(one.name)}</strong>. {voice.words(one.what_for)}.",
            self.anonymous(one),
            self.police(one),
            voice("help.faith") if one.faith_based else "",
            self._contact(one),
        ]
        return " ".join(part for part in parts if part)

    def anonymous(self, one: Organisation) -> str:
        """Whether one can stay without a name, or that nobody knows."""
        said = self._voice(f"help.anonymous.{one.anonymous}")
        note = f": {self._voice.words(one.anonymous_note)}." if one.anonymous_note else ""
        if one.anonymous == "partly":
            return f"{said}{note}" if note else f"{said}."
        return f"{said.removesuffix('.')}{note}" if note else said

    def police(self, one: Organisation) -> str:
        """The tie with the police, or that nobody knows."""
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
            ways.append(link(contact.url, escape(host(contact.url))))
        if not ways:
            return ""
        return self._voice("help.contact", ways=", ".join(ways) + self._state(one, contact))

    def _state(self, one: Organisation, contact: directory.Contact) -> str:
        if contact.called:
            called = self._voice.t.day(contact.called)
            return f" ({self._voice('help.called', date=called)})"
        return "" if one.id == directory.EMERGENCY else f" ({self._voice('help.not_called')})"


def host(url: str) -> str:
    """An address as people read it: `https://www.example.nl/` is `www.example.nl`."""
    return url.split("://")[1].strip("/")
