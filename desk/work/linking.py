"""What a handler does with several cases at once, between steps 6 and 7: bundles, same ones, floods.

Comes in: a step with checked fields. Goes out: events, or `Refusal`. Nothing is dropped: a linked
case keeps its own thread.
"""

from desk.cases import deadlines
from desk.cases.case import Case
from desk.cases.inbox import speaks_of_violence
from desk.intake import floods
from desk.store.event import Event
from desk.store.vault import new_subject
from desk.work.step import Step


def bundle(step: Step) -> list[Event]:
    """Put a complaint in a bundle that is there, or in a new one with a title."""
    title, chosen = step.one("title"), step.chosen_case("bundle")
    step.refuse_if((chosen is None) == (not title), "bundle_or_title", "bundle")
    if chosen is not None:
        step.refuse_if(chosen.kind != "bundle", "not_a_bundle", "bundle")
        step.refuse_if(chosen.is_closed, "closed", "bundle")
        return [step.event("bundled", {"bundle": chosen.subject})]
    subject, name = new_subject(), step.book.new_pseudonym()
    # Where it happened may tell who wrote it, so a handler decides that for the bundle.
    made = step.event(
        "bundle_made",
        {"pseudonym": name, "title": title, "about": step.case.about, "municipality": ""},
        subject,
    )
    return [made, step.event("bundled", {"bundle": subject})]


def unbundle(step: Step) -> list[Event]:
    """Take a complaint out of its bundle."""
    step.refuse_if(not step.case.bundle, "not_in_bundle")
    return [step.event("unbundled")]


def _hides_danger(case: Case, other: Case) -> bool:
    """Whether danger, or what may be danger, stands nowhere once only the other case goes on."""
    if not other.is_closed and other.urgency == "danger":
        return False
    return case.urgency == "danger" or (speaks_of_violence(case) and not speaks_of_violence(other))


def duplicate(step: Step) -> list[Event]:
    """Link a complaint to the one that goes on, and close it with that reason."""
    other = step.chosen_case("of")
    if other is not None and other.duplicate_of:
        other = step.book.get(other.duplicate_of) or other
    step.refuse_if(step.case.is_closed, "closed")
    step.refuse_if(deadlines.loud(step.case) is not None, "term_runs")
    step.refuse_if(other is None or other.kind != "complaint", "no_such_case", "of")
    step.refuse_if(other is step.case, "itself", "of")
    found = other.subject if other is not None else ""
    step.refuse_if(other is not None and _hides_danger(step.case, other), "danger_hidden", "of")
    return [
        step.event("duplicate", {"of": found}),
        step.event("closed", {"without": "duplicate", "text": ""}),
    ]


def release_flood(step: Step) -> list[Event]:
    """Take a complaint, or with `whole` all of them, out of the flood with which it came."""
    flood = step.case.flood
    step.refuse_if(not flood, "not_in_flood")
    cases = [step.case]
    if step.yes("whole"):
        cases = floods.marked(step.book, flood)
    return [step.event("flood_released", subject=case.subject) for case in cases]
