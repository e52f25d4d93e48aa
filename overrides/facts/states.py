"""How much a record says (step 1): a record of local policy or none in, the state of each form of work out.

That sources conflict and that nothing is known are states too. It rounds nothing: no side is chosen, and
what is unknown never becomes a rule.
"""

from overrides.facts.policy import FORMS, Policy

CONFLICT, UNKNOWN = "conflict", "unknown"
AT_LANDLORDS = "home_alone"  # where she looks first, and what a landlord hears stands with it
# Where the worker needs a permit of her own; everywhere else it is the operator's.
_OWN_PERMIT = ("home_alone", "street")
BUSINESS = "permit.business"


def of_value(form: str, value: str) -> str:
    """The state of a form that a recorded value means."""
    return BUSINESS if value == "permit" and form not in _OWN_PERMIT else value


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


def kind(policy: Policy | None) -> str:
    """How much is known: of a form of work, of something else, only that sources conflict, texts, or none."""
    if policy is None or not (policy.known or policy.texts):
        return "none"
    if policy.forms:
        return "known"
    if policy.disputed:
        return "conflict"
    return "pointer" if policy.known else "texts"


def has_rows(policy: Policy | None) -> bool:
    """Whether its page has a row for each form: eight times that nothing is known would be no answer."""
    return policy is not None and bool(policy.forms or policy.disputed)
