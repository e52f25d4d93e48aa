"""What a municipality's page says first (step 1): its record in, or none, HTML out.

How much is known and how old it is, made from the values themselves; it says that something was found
only where a value is known, and calls no source the newest.
"""

from datetime import date

from overrides.facts.policy import Policy
from overrides.pages.wording import Voice

_OLD = ("stale.first", "stale.undated")


def kind(policy: Policy | None) -> str:
    """How much is known: of a form of work, of something else, only that sources conflict, texts, or none."""
    if policy is None or not (policy.known or policy.texts):
        return "none"
    if policy.forms:
        return "known"
    if policy.disputed:
        return "conflict"
    return "pointer" if policy.known else "texts"


def block(voice: Voice, name: str, policy: Policy | None, today: date) -> str:
    """The box at the top and, below it, how old the answers are; `name` is HTML already."""
    how = kind(policy)
    count = {"count": str(len(policy.forms))} if policy and how == "known" else {}
    said = voice(f"lead.{how}", name=name, **count)
    more = voice(f"lead.{how}.more", **({"name": name} if how == "none" else {}))
    looks = "admonition summary" if how == "known" else "admonition unknown"
    record, old = (_record(voice, policy), _stale(voice, policy, today)) if policy else ("", "")
    return (
        f'<div class="{looks}" id="lead"><p><strong>{said}</strong> {more}</p>{record}</div>{old}'
    )


def _record(voice: Voice, policy: Policy) -> str:
    if not policy.known:
        return ""
    low, high = map(voice.certainty, policy.certainty)
    certainty = low if low == high else voice("confidence.range", low=low, high=high)
    if policy.as_of is None:
        said = voice("record.undated", confidence=certainty)
    else:
        said = voice("record", date=voice.moment(policy.as_of), confidence=certainty)
    return f'<p id="record">{said}</p>'


def _stale(voice: Voice, policy: Policy, today: date) -> str:
    banner = banner_of(voice, policy, today)
    if not banner:
        return ""
    return f'<p class="warning" id="{banner.replace(".", "-")}">{voice(banner)}</p>'


def banner_of(voice: Voice, policy: Policy, today: date) -> str:
    """Id of what must be said of the age of the values, or nothing."""
    found = [voice.stale(fact.as_of, today) for fact in policy.known]
    if not found:
        return ""
    if all(one in _OLD for one in found):
        return "stale.undated" if policy.as_of is None else "stale.first"
    if any(one in _OLD for one in found):
        return "stale.some"
    return "stale.year" if "stale.year" in found else ""
