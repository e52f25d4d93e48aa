"""Where somebody may work at home (step 1): the data in, one page of every known answer out.

By answer and province, with date and certainty; what is not known is not listed, and where sources
conflict no side is taken. It names nobody, and says first who learns what from a question.
"""

from html import escape
from itertools import groupby

from overrides.facts import states
from overrides.facts.data import Data, Municipality
from overrides.facts.policy import PERMIT, VALUES, Fact
from overrides.facts.routes import Route, Term
from overrides.facts.sources import Source
from overrides.frame import elsewhere
from overrides.frame.edition import Edition
from overrides.pages import lead, nationwide, places
from overrides.pages.wording import Voice, items
from overrides.text.tables import table

PATH = "home-work/"
_UP = "../"
_MORE = ("complaint-or-objection.md", "routes.md", "letters.md", "help-lawyer.md", "work-rent.md")
# The routes for what happens at a check or with a landlord. The page about complaints has them all; where it
# is not translated, municipalities lead to these rows.
_ROUTES = (
    "municipality",
    "objection",
    "ombudsman",
    "police",
    "data-protection",
    "human-rights",
    "rent",
    "labour-inspectorate",
)
_PERMIT = "permit_self_employed_home"


def body(data: Data, edition: Edition, nav: list[tuple[str, str]]) -> str:
    """The page between its heading and its foot; `nav` lists file name and title of every page."""
    voice, sources = Voice(edition.t), edition.sources
    common = nationwide.usual(voice, data.common)
    found = _Answers(voice, data)
    others = "".join(
        f"<p><strong>{voice.t.closed(voice(f'form.{form}'))}</strong> {common[form].removeprefix(' <br>')}</p>"
        for form in ("home_alone", "home_together")
    )
    more = nationwide.page_links(voice, nav, _UP, edition.shown, _MORE)
    sections = [
        ("who", "who", f'<p class="warning">{nationwide.asking(voice, _UP)}</p>'),
        ("alone", "alone", found.of("home_alone", _states(voice, "home_alone"))),
        (
            "needed",
            "permit",
            found.of(
                _PERMIT, {one: voice(f"permit.{one}") for one in PERMIT if one != states.UNKNOWN}
            ),
        ),
        ("together", "together", found.of("home_together", _states(voice, "home_together"))),
        ("others", "others", others + _all(voice)),
        ("asks", "asks", _asks(voice, sources)),
        ("no", "no", _no(voice) + more),
    ]
    parts = [f'<h2 id="{at}">{voice(f"home.{name}")}</h2>{text}' for at, name, text in sections]
    parts.insert(4, nationwide.warnings(voice))
    routes = _route_table(voice, data.routes, edition.sources)
    parts.append(f'<h2 id="routes">{voice("routes.title")}</h2>{routes}')
    path = f"/{edition.t.language}/{PATH}"
    return elsewhere.marked(found.lead() + "".join(parts), path, edition.elsewhere)


class _Answers:
    """The lists of answers in one language."""

    def __init__(self, voice: Voice, data: Data) -> None:
        self._voice = voice
        self._data = data
        self._slugs = places.slugs(data.municipalities)

    def lead(self) -> str:
        """For how many of all municipalities there is an answer."""
        voice, policies = self._voice, self._data.policies.values()
        known = sum(one.facts["home_alone"].is_known for one in policies)
        conflict = sum("home_alone" in one.disputed for one in policies)
        said = voice("home.lead", all=str(len(self._data.municipalities)), known=str(known))
        more = voice("home.lead.more", conflict=str(conflict))
        return f'<div class="admonition summary"><p><strong>{said}</strong> {more}</p></div>'

    def of(self, name: str, titles: dict[str, str]) -> str:
        """Every known answer to one question by its title, and then where sources conflict about it."""
        groups = [
            self._group(f"{name}-{value}", title, self._with(name, value))
            for value, title in titles.items()
        ]
        disputed = [
            (here, "")
            for code, here in self._data.municipalities.items()
            if code in self._data.policies and name in self._data.policies[code].disputed
        ]
        title = _state(self._voice, states.CONFLICT)
        groups.append(self._group(f"{name}-{states.CONFLICT}", title, disputed))
        return "".join(groups) or f"<p>{self._voice('not_known')}</p>"

    def _with(self, name: str, value: str) -> list[tuple[Municipality, str]]:
        policies = self._data.policies
        return [
            (here, self._dated(policies[code].facts[name]))
            for code, here in self._data.municipalities.items()
            if code in policies and policies[code].facts[name].value == value
        ]

    def _dated(self, fact: Fact) -> str:
        voice = self._voice
        day = voice("fact.undated") if fact.as_of is None else voice.moment(fact.as_of)
        line = voice("home.fact", date=day, confidence=voice.certainty(fact.confidence))
        return f' <span class="hint">{line}</span>'

    def _group(self, group_id: str, title: str, found: list[tuple[Municipality, str]]) -> str:
        if not found:
            return ""
        by_province = sorted(found, key=lambda one: one[0].province)
        listed = items(
            f"{escape(province)}{items(map(self._line, members))}"
            for province, members in groupby(by_province, key=lambda one: one[0].province)
        )
        heading = self._voice("home.group", answer=title, count=str(len(found)))
        return f'<h3 id="{group_id}">{heading}</h3>{listed}'

    def _line(self, one: tuple[Municipality, str]) -> str:
        here, dated = one
        address = f"{_UP}m/{self._slugs[here.code]}/"
        also = f" ({escape(here.aliases[0])})" if here.aliases else ""
        return f'<a href="{address}">{escape(here.name)}</a>{also}{dated}'


def _states(voice: Voice, form: str) -> dict[str, str]:
    """Mark and words of each value that a form of work can have and somebody can know."""
    return {
        one: _state(voice, states.of_value(form, one)) for one in VALUES if one != states.UNKNOWN
    }


def _state(voice: Voice, state: str) -> str:
    return lead.mark(state) + lead.words(voice, state)


def _all(voice: Voice) -> str:
    return f'<p><a href="{_UP}{places.PATH}">{voice("all")}</a></p>'


def _asks(voice: Voice, sources: dict[str, Source]) -> str:
    def said(name: str, *cited: str) -> str:
        marks = voice.t.letters.semicolon.join(
            nationwide.cite(voice, sources[one]) for one in cited
        )
        hint = f' <span class="hint">{marks}</span>' if marks else ""
        return voice(f"home.asks.{name}") + hint

    lines = [
        said("papers"),
        said("knows"),
        f'{said("conditions")} <span class="hint">{voice("usual.own")}</span>',
        said("special", "avg-9"),
        said("register", "ap-denhaag"),
    ]
    return items(lines)


def _no(voice: Voice) -> str:
    return f"<p>{voice('home.no.how', lawyer=nationwide.lawyer(voice, _UP))}</p>"


def _route_table(voice: Voice, found: tuple[Route, ...], sources: dict[str, Source]) -> str:
    """The routes that matter most in a municipality, each with its term and whether it works without a name."""
    heads = [voice(f"routes.{name}") for name in ("where", "about", "when", "name")]
    heads.append(voice("checks.source"))
    by_id = {route.id: route for route in found}
    return table(heads, (("", _route(voice, by_id[one], sources)) for one in _ROUTES))


def _route(voice: Voice, route: Route, sources: dict[str, Source]) -> list[str]:
    nameless = voice(f"routes.anonymous.{route.anonymous}")
    if route.without_name:
        nameless = f"{nameless} {voice.words(route.without_name)}"
    return [
        voice.words(route.name),
        voice.words(route.about),
        _when(voice, route),
        nameless,
        nationwide.cited(voice, dict.fromkeys(route.sources), sources),
    ]


def _when(voice: Voice, route: Route) -> str:
    parts = []
    if route.within:
        parts.append(voice("routes.within", term=_term(voice, route.within.count, route.within)))
    if route.answer:
        parts.append(_answer(voice, route.answer))
    return voice.t.letters.semicolon.join(parts) or voice("routes.no_term")


def _answer(voice: Voice, answer: Term) -> str:
    term = _term(voice, answer.count, answer)
    if answer.says == "if_they_can_act":
        return voice("routes.answer.if_they_can_act", term=term)
    said = voice("routes.answer", term=term)
    if answer.committee:
        longer = _term(voice, answer.committee, answer)
        said = f"{said}{voice('routes.answer.committee', term=longer)}"
    if answer.extra:
        said = f"{said}{voice('routes.answer.extra', extra=_term(voice, answer.extra, answer))}"
    return said


def _term(voice: Voice, count: int, term: Term) -> str:
    return voice.t.count("municipality.term", term.unit, count)
