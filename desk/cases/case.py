"""A case as a handler knows it, between steps 6 and 7: folded from events, never written itself.

Comes in: nothing; `fold` fills it. Goes out: fields with values from closed lists. It holds no
words of a sender: stories, notes and answers stay sealed on disk until they are read by `Place`.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from desk.store.event import Place

KINDS = ("complaint", "bundle")
CHANNELS = ("form", "telephone", "face", "paper")
URGENCIES = ("danger", "deadline", "normal", "information")  # most urgent first
NOT_SORTED = "not_sorted"  # the urgency that no handler chose yet; no event holds it
STATUSES = (
    "new",
    "read",
    "in_contact",
    "acting",
    "waiting_body",
    "waiting_sender",
    "reporting",
    "closed",
)
IDENTITIES = ("none", "desk_only", "workname", "named")
ABOUTS = (
    "municipality",
    "police",
    "tax_office",
    "authority",
    "operator",
    "landlord",
    "care",
    "business",
    "private",
    "platform",
    "other",
)
OUTCOMES = (
    "listened",
    "informed",
    "warm_referral",
    "cold_referral",
    "helped_to_file",
    "intervention",
    "mediation",
    "inquiry",
    "bundled",
    "advice",
)
# `operator`: that the desk writes to the one she complains of; only a handler can ask that.
PURPOSES = ("store", "act", "count", "quote", "pass_on", "operator")
BASES = ("told", "seen", "confirmed")  # how the desk knows a statement
HOWS = ("code", "telephone", "face", "paper")  # how the desk and a sender reach each other
MADE_BY = ("person", "interpreter", "offline_program")  # of a translation
CLOSED_WITHOUT = ("no_channel", "asked_not_to", "unreachable", "not_a_complaint", "duplicate")


class Entry(NamedTuple):  # as `Event`
    """One step in the thread of a case, with the place of its text, if it has one."""

    place: Place
    kind: str  # the kind of the event
    on: str
    by: str


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent given or withdrawn; `to` holds receivers of WIRE.md section 5.3, for `pass_on`."""

    purpose: str
    given: bool
    on: str
    how: str  # one of CHANNELS or HOWS
    scope: str = ""  # of `pass_on`: WIRE.md section 5, `scope`
    to: tuple[str, ...] = ()
    recorded: bool = False  # by a handler who asked, not taken from what was sent


@dataclass(frozen=True, slots=True)
class Deadline:
    """A term that runs: the rule's name in rules/deadlines.toml and its last day."""

    id: str  # 16 hex digits
    rule: str
    started: str
    last_day: str
    met_on: str = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """A person handed over to an organisation; `receiver` is one of WIRE.md section 5.3."""

    id: str  # 16 hex digits
    receiver: str
    organisation: str
    person: str
    agreed: str
    follow_up: str  # a date
    warm: bool
    on: str
    done_on: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """A word that came later under the reply code: the id of its complaint, SHA-256 of its text."""

    complaint_id: str
    digest: bytes


class Said:
    """What was said under one code, shared by all cases under it.

    `digests` are SHA-256 of the texts, `days` the last day of a word by what it asks.
    """

    __slots__ = ("cases", "days", "digests")

    def __init__(self, cases: "list[Case]") -> None:
        self.cases = cases
        self.digests: set[bytes] = set()
        self.days: dict[str, str] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Said) and self._told() == other._told()

    __hash__ = object.__hash__

    def _told(self) -> tuple[object, ...]:
        return [case.subject for case in self.cases], self.digests, self.days


@dataclass(slots=True)
class Case:
    """A complaint, or a bundle of complaints, with its state."""

    subject: str
    kind: str
    pseudonym: str  # no other case in the store has it
    received_on: str  # a date; screens and exports show the week
    channel: str = "form"
    title: str = ""  # of a bundle
    language: str = ""
    reply_language: str = ""
    script: str = ""  # first word of the Unicode names of most letters, in small letters: "latin"
    has_code: bool = False
    code: bytes = field(default=b"", repr=False)  # its mark, `codes.mark`; the keys stay on disk
    unknown_code: bool = False  # begun by a word under a code of which no complaint was known
    canary: bool = False  # of the desk itself, to see that what is sent is answered
    practice: bool = False
    complaint_id: str = ""
    digest: bytes = field(default=b"", repr=False)  # SHA-256 of its text, the id included
    sealed: str = ""  # name of the first object it came in
    # Names of the others, in order: one complaint may be sealed thousands of times.
    sealed_again: dict[str, None] | None = None
    also: tuple[str, ...] = ()  # other subjects of the same complaint: two desks imported it
    role: str = ""
    wish: str = ""
    period: str = ""
    topics: tuple[str, ...] = ()
    municipality: str = ""
    answerer: str = ""
    address_as: str = ""
    contact: str = ""
    about: str = ""
    about_name: str = ""  # masked on every screen until asked for
    identity: str = "none"
    identity_to: tuple[str, ...] = ()
    urgency: str = NOT_SORTED
    status: str = "new"
    assigned: str = ""
    consents: tuple[Consent, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    outcomes: tuple[str, ...] = ()
    referrals: tuple[Referral, ...] = ()
    bundle: str = ""  # subject of the bundle it is in
    duplicate_of: str = ""  # subject
    flood: str = ""  # id of the flood it came with, empty once released
    tried: int = 0
    answered_on: str = ""  # day of the last answer written
    reported_back: str = ""  # a date
    closed_on: str = ""
    closed_without: str = ""
    later: tuple[Later, ...] = ()
    wrote_again: str = ""  # day of a word under the code that nobody has read yet
    said: Said | None = field(default=None, repr=False)  # once there are words under its code
    withdrew_on: str = ""  # day on which somebody who holds the code withdrew a consent
    withdrawn_on: str = ""  # day of consents taken back under the code, until it is carried out
    asked: str = ""  # what somebody who holds the code asked: "solved" or "erase", until it is done
    asked_on: str = ""
    asked_id: str = ""  # of the word that asked it
    asked_days: tuple[str, ...] = ()  # of the boards that announced it
    asked_due: int = 0  # epoch before whose board it is done, 0 before the first announcement
    asked_off: str = ""  # what was asked and is off, since somebody wrote afterwards
    status_on: str = ""  # day on which the status last changed
    thread: list[Entry] = field(default_factory=list)
    last_on: str = ""  # day of the last word between sender and desk

    @property
    def is_closed(self) -> bool:
        """Whether nothing is expected any more."""
        return self.status == "closed"

    @property
    def is_sorted(self) -> bool:
        """Whether a handler has said how urgent it is."""
        return self.urgency != NOT_SORTED

    @property
    def is_withdrawn(self) -> bool:
        """Whether she no longer agrees that the desk reads and keeps her complaint."""
        store = self.consent("store")
        return store is not None and not store.given

    @property
    def objects(self) -> tuple[str, ...]:
        """The names of the objects in which the complaint came, the first one first."""
        return (self.sealed, *(self.sealed_again or ())) if self.sealed else ()

    def has_object(self, name: str) -> bool:
        """Whether the complaint came in an object of this name."""
        return name == self.sealed or name in (self.sealed_again or ())

    def add_object(self, name: str) -> None:
        """Note one more object in which the complaint came; nothing when it is known."""
        if not self.sealed:
            self.sealed = name
        elif name != self.sealed:
            self.sealed_again = self.sealed_again or {}
            self.sealed_again[name] = None

    @property
    def subjects(self) -> tuple[str, ...]:
        """Every subject that holds a part of the case; to erase it is to erase them all."""
        return (self.subject, *self.also)

    def consent(self, purpose: str) -> Consent | None:
        """The last word on a purpose, if it was ever asked."""
        for consent in reversed(self.consents):
            if consent.purpose == purpose:
                return consent
        return None

    def agreed(self, *scopes: str) -> tuple[str, ...]:
        """Who may get what concerns her, when the last word on passing on had one of `scopes`.

        What a professional sent in holds the professional's ticks. Only what a handler recorded
        later can be the consent of the person whom it is about.
        """
        consent = self.consent("pass_on")
        if consent is None or not consent.given or consent.scope not in scopes:
            return ()
        return () if self.role == "professional" and not consent.recorded else consent.to

    def consents_to(self, purpose: str) -> bool:
        """Whether the last word on a purpose was yes."""
        consent = self.consent(purpose)
        return consent is not None and consent.given
