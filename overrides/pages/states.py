"""The states of a form of work (step 1): a record or none in, mark and words of a state out.

One mark and one wording for each state, wherever the site shows it; what sources dispute and what nobody
knows are states too. It knows no page.
"""

from overrides.facts.policy import FORMS, Policy
from overrides.pages import pictograms
from overrides.pages.wording import Voice

CONFLICT, UNKNOWN = "conflict", "unknown"
AT_LANDLORDS = "home_alone"  # where she looks first, and what a landlord hears stands with it
# Where the worker needs a permit of her own; everywhere else it is the operator's.
_OWN_PERMIT = ("home_alone", "street")
_BUSINESS = "permit.business"
# What is officially not allowed has the mark of that, whatever is said to happen; the words say both.
_MARKS = {
    "allowed": "allowed",
    "allowed_conditions": "conditions",
    "permit": "permit",
    _BUSINESS: "permit",
    "forbidden": "no",
    "tolerated": "no",
    CONFLICT: "conflict",
    UNKNOWN: "unknown",
}


def of_value(form: str, value: str) -> str:
    """The state of a form that a recorded value means."""
    return _BUSINESS if value == "permit" and form not in _OWN_PERMIT else value


def all_of(policy: Policy) -> tuple[str, ...]:
    """The state of each form, in their order."""
    disputed = policy.disputed
    values = ((form, str(policy.facts[form].value)) for form in FORMS)
    return tuple(CONFLICT if form in disputed else of_value(form, one) for form, one in values)


def silent(policy: Policy) -> tuple[str, ...]:
    """The forms of which a record says nothing; what it says of landlords is said of work alone at home."""
    found = zip(FORMS, all_of(policy), strict=True)
    unknown = tuple(form for form, state in found if state == UNKNOWN)
    return tuple(form for form in unknown if form != AT_LANDLORDS or not policy.landlord)


def words(voice: Voice, state: str) -> str:
    """The state in words, without a full stop."""
    return voice("row.unknown" if state == UNKNOWN else f"value.{state}")


def short(voice: Voice, state: str) -> str:
    """The same for a row, which does not say whose permit it is; the answer below it does."""
    return words(voice, "permit" if state == _BUSINESS else state)


def mark(state: str) -> str:
    """The pictogram of a state."""
    return pictograms.mark(_MARKS[state])
