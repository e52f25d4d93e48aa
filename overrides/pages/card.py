"""One organisation on a page (step 1): a record of the directory in, HTML out.

Tie with the police and anonymity stand on every card, also when they are not known. A way to reach
somebody is shown only by the rule of the directory; it knows no page and no region.
"""

from html import escape

from overrides.facts import directory
from overrides.facts.directory import Organisation, Reading
from overrides.facts.policy import Passage
from overrides.pages.wording import Voice, found, link

_STOPS = ".\u3002"  # full stops


class Card:
    """Writes cards in one language; a practice build also shows a contact that nobody tried."""

    def __init__(self, voice: Voice, *, practice: bool) -> None:
        self._voice = voice
        self._practice = practice

    def text(self, one: Organisation) -> str:
        """Name, what for, anonymity, police and contact, without the sources."""
        voice = self._voice
        parts = [
            self.name(one),
            voice.t.closed(voice.words(one.what_for)),
            self.anonymous(one),
            self.police(one),
            voice("help.faith") if one.faith_based else "",
            self.contact(one),
        ]
        return " ".join(part for part in parts if part)

    def name(self, one: Organisation) -> str:
        """Who it is, closed as a sentence is."""
        return self._voice.t.closed(f"<strong>{escape(one.name)}</strong>")

    def about(self, one: Organisation) -> str:
        """What for, anonymity, and what is to be said of the tie beside its words in a row."""
        voice = self._voice
        note = f"({voice.words(one.police_ties_note)})" if one.police_ties_note else ""
        parts = [
            voice.t.closed(voice.words(one.what_for)),
            self.anonymous(one),
            note,
            voice.words(one.police_note) if one.police_note else "",
            self._told(one).strip(),
            voice("help.faith") if one.faith_based else "",
        ]
        return " ".join(part for part in parts if part)

    def call(self, one: Organisation) -> str:
        """By the rule of the directory, each number as a button, and whether anybody tried it."""
        contact = directory.contact(one, practice=self._practice)
        if not contact.phones:
            return ""
        buttons = "".join(
            f'<a class="button" href="tel:{number.replace("-", "")}">{number}</a>'
            for number in contact.phones
        )
        return f'<span class="call">{buttons}{self._state(one, contact)}</span>'

    def site(self, one: Organisation) -> str:
        """Its site and, by the rule of the directory, its mail; empty where there is none."""
        contact = directory.contact(one, practice=self._practice)
        ways = [link(contact.url, escape(host(contact.url)))] if contact.url else []
        if contact.email:
            mail = f'<a href="mailto:{contact.email}">{contact.email}</a>'
            ways.append(mail + ("" if contact.phones else self._state(one, contact)))
        return self._voice.t.closed(self._voice.t.letters.comma.join(ways)) if ways else ""

    def anonymous(self, one: Organisation) -> str:
        """Whether one can stay without a name, or that nobody knows."""
        voice = self._voice
        said = voice(f"help.anonymous.{one.anonymous}")
        if one.anonymous_note:
            said = said.rstrip(_STOPS) + voice.t.letters.colon + voice.words(one.anonymous_note)
        return voice.t.closed(said)

    def police(self, one: Organisation) -> str:
        """The tie with the police, or that nobody knows."""
        voice = self._voice
        said = f"<strong>{voice(f'help.police.{one.police_ties}')}</strong>"
        note = f" ({voice.words(one.police_ties_note)})" if one.police_ties_note else ""
        more = f" {voice.words(one.police_note)}" if one.police_note else ""
        return f"{said}{note}{more}{self._told(one)}"

    def _told(self, one: Organisation) -> str:
        """Who says so, if not the organisation itself: it has a right to be heard."""
        if one.tie_said_by != "other":
            return ""
        told = self._voice.t.letters.semicolon.join(
            source(self._voice, reading) for reading in one.tie_readings
        )
        return f" {self._voice('help.told', sources=told)}"

    def contact(self, one: Organisation) -> str:
        """Site and, by the rule of the directory, telephone and mail; empty where there is none."""
        contact = directory.contact(one, practice=self._practice)
        ways = [
            f'<a href="tel:{number.replace("-", "")}">{number}</a>' for number in contact.phones
        ]
        if contact.email:
            ways.append(f'<a href="mailto:{contact.email}">{contact.email}</a>')
        state = self._state(one, contact) if ways else ""
        if contact.url:
            ways.insert(0, link(contact.url, escape(host(contact.url))))
        return (
            self._voice("help.contact", ways=self._voice.t.letters.comma.join(ways) + state)
            if ways
            else ""
        )

    def _state(self, one: Organisation, contact: directory.Contact) -> str:
        if contact.called:
            called = self._voice.t.day(contact.called)
            return f" ({self._voice('help.called', date=called)})"
        return "" if one.id == directory.EMERGENCY else f" ({self._voice('help.not_called')})"

    def date(self, one: Organisation) -> str:
        """The day of the newest source, and how sure it is."""
        voice = self._voice
        newest = max((read.date for read in one.readings if read.date), default=None)
        sure = voice.certainty(one.confidence)
        return voice("help.date", date=voice.moment(newest), confidence=sure)


def source(voice: Voice, reading: Reading) -> str:
    """Where something was read: its title, or the host where it has none, and its day."""
    if reading.title:
        name = found(Passage(reading.title, "en", reading.dutch), voice.t.language)
    else:
        name = escape(host(reading.url or "").partition("/")[0].removeprefix("www."))
    return f"{link(reading.url, name)}, {voice.moment(reading.date)}"


def host(url: str) -> str:
    """An address as people read it: `https://www.example.nl/` is `www.example.nl`."""
    return url.split("://")[1].strip("/")
