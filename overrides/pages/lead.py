"""What a municipality's page says first (step 1): its record in, or none, HTML out.

One line with the answer to the first form of work of which something was found, its day and how far to
trust it, all three of that one value; then a row for each form, or, where no rule is known, the ways on.
It chooses no side where sources conflict, and calls no source the newest.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from overrides.facts.policy import FORMS, Fact, Policy
from overrides.pages import pictograms, states, usual
from overrides.pages.wording import Voice

# Where a value stands that is no form of work, and what it is called there.
_OTHERS = {
    "permit_self_employed_home": ("permit", "permit"),
    "min_age": ("age", "age"),
    "max_licences": ("max", "max"),
    "home_entry_bylaw": ("entry", "entry"),
    "supervisor": ("supervisor", "checks.title"),
    "ask_at": ("ask", "lookup.ask_at"),
}


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
    found = zip(FORMS, states.all_of(policy), strict=True)
    form, state = next(one for one in found if one[1] != states.UNKNOWN)
    said = voice("first", form=voice(f"form.{form}"), state=states.words(voice, state))
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
        if policy and has_rows(policy):
            return self._forms(states.all_of(policy), states.silent(policy))
        if policy is None or kind(policy) == "none":
            return self._ways((), has_texts=False)
        found = tuple(name for name in _OTHERS if policy.facts[name].is_known)
        return self._ways(found, has_texts=bool(policy.texts))

    def _of_forms(self, found: tuple[str, ...], silent: tuple[str, ...]) -> str:
        voice = self._voice
        named = zip(FORMS, found, strict=True)
        return _rows(
            _row(
                usual.AT if form in silent else form,
                states.mark(state),
                voice(f"form.{form}"),
                states.short(voice, state),
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
