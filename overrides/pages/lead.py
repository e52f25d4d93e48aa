"""What a municipality's page says first (step 1): its record in, or none, HTML out.

One line with the answer to the first form of which something was found, its day and how far to trust
it, all three of that one value; then a row for each form, or, where no rule is known, the ways on. Each
state has one mark and one wording, wherever the site shows it. No side is chosen where sources conflict,
and no source is called the newest.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from overrides.facts import states
from overrides.facts.policy import FORMS, Fact, Policy
from overrides.pages import nationwide, pictograms
from overrides.pages.wording import Voice

# What is officially not allowed has the mark of that, whatever is said to happen; the words say both.
_MARKS = {
    "allowed": "allowed",
    "allowed_conditions": "conditions",
    "permit": "permit",
    states.BUSINESS: "permit",
    "forbidden": "no",
    "tolerated": "no",
    states.CONFLICT: "conflict",
    states.UNKNOWN: "unknown",
}
# Where a value stands that is no form of work, and what it is called there.
_OTHERS = {
    "permit_self_employed_home": ("permit", "permit"),
    "min_age": ("age", "age"),
    "max_licences": ("max", "max"),
    "home_entry_bylaw": ("entry", "entry"),
    "supervisor": ("supervisor", "checks.title"),
}


def words(voice: Voice, state: str) -> str:
    """The state in words, without a full stop."""
    return voice("row.unknown" if state == states.UNKNOWN else f"value.{state}")


def short(voice: Voice, state: str) -> str:
    """The same for a row, which does not say whose permit it is; the answer below it does."""
    return words(voice, "permit" if state == states.BUSINESS else state)


def mark(state: str) -> str:
    """The pictogram of a state."""
    return pictograms.mark(_MARKS[state])


def line(voice: Voice, name: str, policy: Policy | None, today: date) -> str:
    """The first line; `name` is HTML already."""
    if policy is None or not states.has_rows(policy):
        said = voice("lead.pointer" if states.kind(policy) == "pointer" else "lead.none", name=name)
        return f'<p id="lead"><strong>{said}</strong> {voice("lead.unknown")}</p>'
    found = zip(FORMS, states.all_of(policy), strict=True)
    form, state = next(one for one in found if one[1] != states.UNKNOWN)
    said = voice("first", form=voice(f"form.{form}"), state=words(voice, state))
    if state == states.CONFLICT:
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
        if policy and states.has_rows(policy):
            return self._forms(states.all_of(policy), states.silent(policy))
        if policy is None or states.kind(policy) == "none":
            return self._ways((), has_texts=False)
        found = tuple(name for name in _OTHERS if policy.facts[name].is_known)
        return self._ways(found, has_texts=bool(policy.texts))

    def _of_forms(self, found: tuple[str, ...], silent: tuple[str, ...]) -> str:
        voice = self._voice
        named = zip(FORMS, found, strict=True)
        places = (nationwide.USUAL if form in silent else form for form in FORMS)
        told = [(mark(one), voice(f"form.{form}"), short(voice, one)) for form, one in named]
        return _rows(_row(place, *row) for place, row in zip(places, told, strict=True))

    def _of_ways(self, found: tuple[str, ...], *, has_texts: bool) -> str:
        voice, paper = self._voice, pictograms.mark("paper")
        others = (_OTHERS[name] for name in found)
        rows = [_row(place, paper, voice(title), voice("way.found")) for place, title in others]
        ask, house = pictograms.mark("tell"), pictograms.mark("house")
        rows.append(_row("lookup", ask, voice("lookup.title"), voice("way.lookup")))
        rows.append(_row("forms", house, voice("way.usual"), voice("way.usual.more")))
        if has_texts:
            rows.append(_row("sources", paper, voice("way.texts"), voice("way.texts.more")))
        return _rows(rows)


def _row(place: str, mark: str, title: str, more: str) -> str:
    words = f"<span><strong>{title}</strong> {more}</span>"
    return f'<li><a href="#{place}">{mark}{words}</a></li>'


def _rows(rows: Iterable[str]) -> str:
    listed = f'<ul class="rows">{"".join(rows)}</ul>'
    return listed + pictograms.symbols(listed)
