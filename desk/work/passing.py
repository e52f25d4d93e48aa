"""What a handler does with others, between steps 6 and 7: consents, referrals, terms.

Comes in: a step with checked fields. Goes out: events, or `Refusal`. It sends nothing: it records,
and refuses what a sender has not agreed to.
"""

import secrets
from datetime import date

from desk.cases import deadlines
from desk.cases.refusals import Refusal
from desk.store.event import Event
from desk.wire.canon import Value
from desk.work.step import Step

_ID_BYTES = 8
# That she may be handed over needs more than "that it happens, without details".
_DETAILS = ("details", "name")


def _require_passing_on(step: Step, receiver: str) -> None:
    """Refuse to hand over a person who has not said that this receiver may know."""
    ends = step.case.is_withdrawn or step.case.asked == "erase"
    step.refuse_if(ends, "not_agreed", "receiver")
    if receiver not in step.case.agreed(*_DETAILS):
        is_professional = step.case.role == "professional"
        raise Refusal("professional" if is_professional else "no_consent", "receiver")


def refer(step: Step) -> list[Event]:
    """Hand a sender over: warm by name and appointment, or cold by telling her where to go.

    Whoever has spoken about her with a person there has handed her over, whatever the box says.
    """
    warm, follow_up = step.yes("warm"), step.one("follow_up")
    receiver = step.one("receiver") or "help"
    if warm:
        for name in ("person", "agreed", "follow_up"):
            step.refuse_if(not step.one(name), "missing", name)
    if warm or step.one("person") or step.one("agreed"):
        _require_passing_on(step, receiver)
    step.refuse_if(
        bool(follow_up) and follow_up < step.today.isoformat(), "in_the_past", "follow_up"
    )
    values: dict[str, Value] = {
        "id": secrets.token_hex(_ID_BYTES),
        "receiver": receiver,
        "organisation": step.one("organisation"),
        "person": step.one("person"),
        "agreed": step.one("agreed"),
        "follow_up": follow_up,
        "warm": warm,
    }
    return [step.event("referred", values)]


def _place(step: Step, name: str, length: int) -> int:
    """A number that counts from 1 as a place in a list."""
    place = int(step.one(name)) - 1
    step.refuse_if(not 0 <= place < length, "not_a_number", name)
    return place


def referral_done(step: Step) -> list[Event]:
    """Say that a referral was followed up: it worked, or nothing more is to be done."""
    referral = step.case.referrals[_place(step, "number", len(step.case.referrals))]
    step.refuse_if(bool(referral.done_on), "not_running", "number")
    return [step.event("referral_done", {"id": referral.id})]


def consent(step: Step) -> list[Event]:
    """Record what a sender said to one purpose; the last word counts."""
    purpose, given = step.one("purpose"), step.yes("given")
    scope, to = step.one("scope"), step.many("to")
    if purpose == "pass_on" and given:
        step.refuse_if(scope in ("", "nobody"), "scope_missing", "scope")
        step.refuse_if(not to, "scope_missing", "to")
    else:
        step.refuse_if(bool(scope), "no_such_scope", "scope")
        step.refuse_if(bool(to), "no_such_scope", "to")
    values: dict[str, Value] = {
        "purpose": purpose,
        "given": given,
        "how": step.one("how"),
        "scope": scope,
        "to": to,
    }
    return [step.event("consented", values)]


def deadline(step: Step) -> list[Event]:
    """Set a term from the rules; its last day is counted here and kept."""
    started, rule = date.fromisoformat(step.one("started")), deadlines.rules()[step.one("rule")]
    reason = "too_far_ahead" if rule.weeks_ahead else "in_the_future"
    step.refuse_if(started > deadlines.last_start(rule, step.today), reason, "started")
    values: dict[str, Value] = {
        "id": secrets.token_hex(_ID_BYTES),
        "rule": rule.id,
        "started": started.isoformat(),
        "last_day": deadlines.last_day(rule, started).isoformat(),
    }
    return [step.event("deadline_set", values)]


def deadline_met(step: Step) -> list[Event]:
    """Say that a term was met, or has no meaning any more."""
    term = step.case.deadlines[_place(step, "number", len(step.case.deadlines))]
    step.refuse_if(bool(term.met_on), "not_running", "number")
    return [step.event("deadline_met", {"id": term.id})]
