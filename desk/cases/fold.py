"""Folds events into a case, between steps 6 and 7: the one place that says what an event does.

Comes in: a case as it was, or nothing, and the next event with its place. Goes out: the case as it
is. It never raises: what it cannot act on stands in the thread and changes nothing else, since
stores of two handlers merge and a later version writes kinds that this one does not know.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from sys import intern

from desk.cases import kinds, said
from desk.cases.begin import (
    bundle_made,
    line,
    make_consent,
    received,
    settle_identity,
    word,
    words,
)
from desk.cases.case import Case, Deadline, Entry, Later, Referral
from desk.store.event import Event, Place

UNSOUND = "unsound"  # the kind of an entry whose values are not those of its kind
# The words between sender and desk; an answer stays on the board for a time after the last.
_WORDS = frozenset(("received", "received_again", "followed_up", "answered"))


def _again(case: Case, event: Event) -> None:
    found = line(event.values, "object")
    if found:
        case.add_object(found)


def _followed_up(case: Case, event: Event) -> None:
    heard = said.word_of(event)
    is_new = said.hear(case, heard)
    later = Later(line(heard.fields, "complaint_id"), heard.digest)
    if heard.fields and (is_new or later not in case.later):
        case.later = (*case.later, later)
    # What another copy of the store read too is not news.
    if is_new:
        if case.is_closed and heard.ask in ("write", "withdraw"):
            _reopened(case, event)
        case.wrote_again = event.on


def _asked(case: Case, event: Event) -> None:
    # Two desks at once: what was taken back meanwhile is not announced any more.
    due = event.values["due"]
    if case.asked_id == event.values["id"] and isinstance(due, int):
        case.asked_days = (*case.asked_days, event.on)
        case.asked_due = max(case.asked_due, due)


def _read(case: Case, event: Event) -> None:
    if case.status == "new":
        case.status = "read"
    case.wrote_again = case.asked_off = ""


def _triaged(case: Case, event: Event) -> None:
    changes = {name: event.values[name] for name in kinds.TRIAGED if name in event.values}
    if case.is_closed:
        changes.pop("status", None)  # two handlers at once: only `reopened` opens it again
    for name in changes:
        several = isinstance(changes[name], list)
        setattr(case, name, words(changes, name) if several else word(changes, name))


def _answered(case: Case, event: Event) -> None:
    case.answered_on = event.on
    if not case.is_closed:
        case.status = "waiting_sender"


def _referred(case: Case, event: Event) -> None:
    values = event.values
    made = Referral(
        id=line(values, "id"),
        receiver=word(values, "receiver"),
        organisation=line(values, "organisation"),
        person=line(values, "person"),
        agreed=line(values, "agreed"),
        follow_up=line(values, "follow_up"),
        warm=values["warm"] is True,
        on=event.on,
    )
    case.referrals = (*case.referrals, made)


def _referral_done(case: Case, event: Event) -> None:
    done = event.values["id"]
    case.referrals = tuple(
        replace(one, done_on=event.on) if one.id == done and not one.done_on else one
        for one in case.referrals
    )


def _bundled(case: Case, event: Event) -> None:
    case.bundle = word(event.values, "bundle") if case.kind == "complaint" else ""


def _unbundled(case: Case, event: Event) -> None:
    case.bundle = ""


def _duplicate(case: Case, event: Event) -> None:
    other = line(event.values, "of")
    case.duplicate_of = "" if other in case.subjects else other


def _consented(case: Case, event: Event) -> None:
    values, given = event.values, event.values["given"] is True
    purpose, how, scope = (word(values, name) for name in ("purpose", "how", "scope"))
    # Another copy of the store knew on a later day that she had taken it back.
    if given and said.is_taken_back(case, purpose, event.on):
        return
    to = words(values, "to")
    said_now = make_consent(purpose, given, event.on, how, scope, to, recorded=True)
    case.consents = (*case.consents, said_now)
    if purpose == "pass_on":
        settle_identity(case)


def _withdrawal_done(case: Case, event: Event) -> None:
    # Another copy may hold a later withdrawal, of which this handler knew nothing.
    if case.withdrawn_on <= line(event.values, "until"):
        case.withdrawn_on = ""


def _deadline_set(case: Case, event: Event) -> None:
    names = ("id", "rule", "started", "last_day")
    deadline = Deadline(*(line(event.values, name) for name in names))
    if deadline.id not in [known.id for known in case.deadlines]:
        case.deadlines = (*case.deadlines, deadline)


def _deadline_met(case: Case, event: Event) -> None:
    met = event.values["id"]
    case.deadlines = tuple(
        replace(one, met_on=event.on) if one.id == met and not one.met_on else one
        for one in case.deadlines
    )


def _outcome(case: Case, event: Event) -> None:
    case.outcomes = tuple(dict.fromkeys((*case.outcomes, *words(event.values, "outcomes"))))


def _tried(case: Case, event: Event) -> None:
    case.tried += 1


def _reported_back(case: Case, event: Event) -> None:
    case.reported_back = event.on


def _flood_released(case: Case, event: Event) -> None:
    case.flood = ""


def _set_aside(case: Case, event: Event) -> None:
    # It came before there were enough for a flood; who has looked at it since knows better.
    if case.status == "new":
        case.flood = word(event.values, "flood")


def _closed(case: Case, event: Event) -> None:
    without = word(event.values, "without")
    # Whoever complains hears what was done, or it is written down why not.
    if case.kind == "bundle" or case.reported_back or without:
        case.status, case.closed_on, case.closed_without = "closed", event.on, without
        if case.asked == "solved":
            said.drop(case)
        case.wrote_again = case.asked_off = ""


def _reopened(case: Case, event: Event) -> None:
    if case.is_closed:
        case.status, case.closed_on, case.closed_without = "read", "", ""
        case.reported_back = case.duplicate_of = ""


_ACTS: Mapping[str, tuple[Callable[[Case, Event], None], ...]] = {
    "received": (_again,),  # of another subject, when two desks imported the same complaint
    "received_again": (_again,),
    "followed_up": (_again, _followed_up),
    "asked": (_asked,),
    "read": (_read,),
    # Whoever writes something about a case has read it. To set a flood right is not to read it.
    "noted": (_read,),
    "translated": (_read,),
    "letter_made": (_read,),
    "identity_read": (_read,),
    "triaged": (_read, _triaged),
    "answered": (_read, _answered),
    "referred": (_read, _referred),
    "referral_done": (_referral_done,),
    "bundled": (_read, _bundled),
    "unbundled": (_unbundled,),
    "duplicate": (_duplicate,),
    "consented": (_read, _consented),
    "withdrawal_done": (_read, _withdrawal_done),
    "deadline_set": (_read, _deadline_set),
    "deadline_met": (_deadline_met,),
    "outcome": (_read, _outcome),
    "tried": (_read, _tried),
    "reported_back": (_read, _reported_back),
    "flood_released": (_flood_released,),
    "set_aside": (_set_aside,),
    "closed": (_closed,),
    "reopened": (_reopened,),
}


def _first(event: Event) -> Case | None:
    if event.kind == "received":
        return received(event)
    return bundle_made(event) if event.kind == "bundle_made" else None


def fold(case: Case | None, place: Place, event: Event) -> Case | None:
    """The case after the next event of its subject; `None` while nothing has begun a case.

    The case that came in is changed. An entry of a kind that `kinds` does not know, `UNSOUND` among
    them, is shown as not known to this version.
    """
    is_sound = kinds.is_sound(event)
    if case is None and is_sound:
        case = _first(event)
    elif case is not None and is_sound:
        before = case.status
        for act in _ACTS.get(event.kind, ()):
            act(case, event)
        if case.status != before:
            case.status_on = event.on
    if case is None:
        return None
    kind = event.kind if is_sound or not kinds.is_known(event.kind) else UNSOUND
    case.thread.append(Entry(place, intern(kind), intern(event.on), intern(event.by)))
    if is_sound and kind in _WORDS:
        case.last_on = max(case.last_on, event.on)
    return case
