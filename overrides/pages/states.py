"""What is known of each form of work in a municipality (step 1): its record in, or none, HTML out.

First one line with the answer to the first form of which something was found, its day and how far to trust
it, all three of that one value; then a row for each form, or, where no rule is known, the ways on. Each
state has one mark and one wording, wherever the site shows it. No side is chosen where sources conflict,
and no source is called the newest.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from overrides.facts.policy import FORMS, Fact, Policy
from overrides.pages import nationwide, pictograms
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
# Where a value stands that is no form of work, and what it is called there.
_OTHERS = {
    "permit_self_employed_home": ("permit", "permit"),
    "min_age": ("age", "age"),
    "max_licences": ("max", "max"),
    "home_entry_bylaw": ("entry", "entry"),
    "supervisor": ("supervisor", "checks.title"),
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


def line(voice: Voice, name: str, policy: Policy | None, today: date) -> str:
    """The first line; `name` is HTML already."""
    if policy is None or not has_rows(policy):
        said = voice("lead.pointer" if kind(policy) == "pointer" else "lead.none", name=name)
        return f'<p id="lead"><strong>{said}</strong> {voice("lead.unknown")}</p>'
    found = zip(FORMS, all_of(policy), strict=True)
    form, state = next(one for one in found if one[1] != UNKNOWN)
    said = voice("first", form=voice(f"form.{form}"), state=words(voice, state))
    if state == CONFLICT:
        more = f"{voice('value.conflict.more')} {_checked(voice('check.first'))}"
    else:
        more = _dated(voice, policy.facts[form], today)
    return f'<p id="lead"><strong>{said}</strong> {more}</p>'


def _dated(voice: Voice, fact: Fact, today: date) -> str:
    """Day and certainty of one value: the same words stand beside it below."""
    moment = {} if fact.as_of is None else {"date": voice.moment(fact.as_of)}
    day = voice("first.dated" if moment else "first.undated", **moment)
    check = voice.check(fact.as_of, fact.confidence, today)
    sure = voice("first.sure", confidence=voice.certainty(fact.confidence))
    return f"{day} {_checked(check) if check else sure}"


def _checked(words: str) -> str:
    return f'<a href="#lookup">{words}</a>'


class Rows:
    """The rows below the first line in one language; those of the same states are made once."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._forms = lru_cache(maxsize=None)(self._of_forms)
        self._ways = lru_cache(maxsize=None)(self._of_ways)

    def of(self, policy: Policy | None) -> str:
        """The rows of a record, or of none, and the drawings that they show."""
        if policy and has_rows(policy):
            return self._forms(all_of(policy), silent(policy))
        if policy is None or kind(policy) == "none":
            return self._ways((), has_texts=False)
        found = tuple(name for name in _OTHERS if policy.facts[name].is_known)
        return self._ways(found, has_texts=bool(policy.texts))

    def _of_forms(self, found: tuple[str, ...], silent: tuple[str, ...]) -> str:
        voice = self._voice
        named = zip(FORMS, found, strict=True)
        return _rows(
            _row(
                nationwide.USUAL if form in silent else form,
                mark(state),
                voice(f"form.{form}"),
                short(voice, state),
            )
            for form, state in named
        )

    def _of_ways(self, found: tuple[str, ...], *, has_texts: bool) -> str:
        return _rows(self._each_way(found, has_texts=has_texts))

    def _each_way(self, found: tuple[str, ...], *, has_texts: bool) -> Iterator[str]:
        voice, mark = self._voice, pictograms.mark
        for name in found:
            place, title = _OTHERS[name]
            yield _row(place, mark("paper"), voice(title), voice("way.found"))
        yield _row("lookup", mark("tell"), voice("lookup.title"), voice("way.lookup"))
        yield _row("forms", mark("house"), voice("way.usual"), voice("way.usual.more"))
        if has_texts:
            yield _row("sources", mark("paper"), voice("way.texts"), voice("way.texts.more"))


def _row(place: str, mark: str, title: str, more: str) -> str:
    words = f"<span><strong>{title}</strong> {more}</span>"
    return f'<li><a href="#{place}">{mark}{words}</a></li>'


def _rows(rows: Iterator[str]) -> str:
    listed = f'<ul class="rows">{"".join(rows)}</ul>'
    return listed + pictograms.symbols(listed)
