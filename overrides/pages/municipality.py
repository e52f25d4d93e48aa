"""The pages of all municipalities (step 1): checked data, strings and a page shell in, files out.

A municipality of which nothing is known is the usual case: its page says what is usual and how to
look the rule up. Pure: it reads no file and no clock, and MkDocs need not be installed.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from html import escape

from overrides.facts.data import Data, Merger, Municipality
from overrides.facts.policy import Policy
from overrides.facts.records import earliest
from overrides.frame import elsewhere
from overrides.frame import frame as frames
from overrides.frame.edition import Edition
from overrides.frame.frame import BODY, DESCRIPTION, FIRST, SLUG, TITLE, Place, hole
from overrides.frame.menu import HOME_WORK, PLACES
from overrides.frame.shell import Link
from overrides.pages import coverage, home_work, lead, nationwide, pictograms, places
from overrides.pages.answers import Answers
from overrides.pages.near import Near
from overrides.pages.wording import Voice, link, months_after, origin
from overrides.text import contents, sayings

_UP = "../../"  # from /nl/m/tilburg/ to /nl/
_CHECK_AGAIN_MONTHS = 6
_NAME = hole("name")  # in blocks that differ between pages by the name alone
_PARTS = ("lead", "rows", "forms", "more", "ask", "supervisor", "sources")  # what a record fills


@dataclass(frozen=True)
class Context:
    """What every language is rendered from. `nav` lists file name and title by language."""

    edition: Edition
    data: Data
    nav: dict[str, list[tuple[str, str]]]


def render(language: str, context: Context) -> dict[str, bytes]:
    """All generated pages of a language by path in the site, such as nl/m/tilburg/index.html."""
    edition = frames.speaking(context.edition, language)
    voice = Voice(edition.t)
    nav = context.nav[language]
    slugs = places.slugs(context.data.municipalities)
    checked = earliest(context.data.common.compiled)
    dates = (checked, months_after(checked, _CHECK_AGAIN_MONTHS))
    every = Link(f"{_UP}{places.PATH}", voice("all"))
    one = Place(f"m/{SLUG}/", TITLE, DESCRIPTION, *dates, listed_on=every)
    writer = Writer(edition, context.data, nav, frames.frame(edition, nav, one))
    files = {
        f"{language}/m/{slugs[code]}/index.html": writer.page(here, slugs[code])
        for code, here in context.data.municipalities.items()
    }
    title, description = voice("places.title"), voice("places.description")
    finder = Place(places.PATH, title, description, *dates, PLACES, "places.html")
    body = places.body(voice, context.data, slugs) + coverage.body(
        voice, context.data, edition.settings.reference_date
    )
    found = frames.cut(frames.frame(edition, nav, finder))
    files[f"{language}/{places.PATH}index.html"] = _filled(found, body)
    files[f"{language}/{home_work.PATH}index.html"] = _home_work(edition, context, nav, dates)
    return files


def _home_work(
    edition: Edition, context: Context, nav: list[tuple[str, str]], dates: tuple[date, date]
) -> bytes:
    """The page of all answers about work at home."""
    voice = Voice(edition.t)
    title, description = voice("home.title"), voice("home.description")
    place = Place(home_work.PATH, title, description, *dates, HOME_WORK)
    body = home_work.body(context.data, edition, nav)
    text = contents.insert(body, edition.t, edition.t) + pictograms.symbols(body)
    return _filled(frames.cut(frames.frame(edition, nav, place)), text)


def _filled(found: frames.Frame, body: str) -> bytes:
    first, rest = sayings.answer(body)
    return found.fill(first=first, body=rest)


class Writer:
    """Writes the pages of one language; what is the same on every page is made once.

    `shell` has holes for title, description, slug and body. A page without a record differs from
    the next one by little more than names, so that its answers are made once too.
    """

    def __init__(
        self, edition: Edition, data: Data, nav: list[tuple[str, str]], shell: str
    ) -> None:
        voice = Voice(edition.t)
        site = edition.settings
        self._voice = voice
        self._today: date = site.reference_date
        self._data = data
        self._usual = nationwide.Usual(voice, data.common, _NAME)
        self._rows = lead.Rows(voice)
        self._age = nationwide.age(voice, data.common, _NAME)
        self._practice = site.practice
        self._near = Near(voice, data, practice=site.practice)
        self._description = voice("description")
        path = f"/{edition.t.language}/m/{SLUG}/"
        marked = partial(elsewhere.marked, path=path, elsewhere=edition.elsewhere)
        self._marked = cache(marked)  # a region has one text about help for all its pages
        constant = self._constant(edition, nav)
        answers = {part: hole(part) for part in _PARTS}
        self._recorded = frames.cut(self._whole(shell, constant, answers))
        nobody = self._answers(_NAME, None)
        self._unfilled = self._body(constant, nobody)
        self._unrecorded = frames.cut(self._whole(shell, constant, nobody))
        self._listed: dict[bool, str] = {}

    def page(self, here: Municipality, slug: str) -> bytes:
        """The page of one municipality."""
        policy = self._data.policies.get(here.code)
        name = escape(here.name)
        merger = self._merger(here)
        values = {
            "title": name,
            "description": self._description,
            "slug": slug,
            "name": name,
            "aliases": self._aliases(here),
            "contents": self._contents(here, merger),
            "merger": merger,
            "website": self._website(here),
            "unit": escape(here.police_unit),
            "near": self._marked(self._near.block(here)),
            "code": here.code,
            "province": escape(here.province),
        }
        if policy is None:
            return self._unrecorded.fill(**values)
        return self._recorded.fill(**values, **self._answers(name, policy))

    def _constant(self, edition: Edition, nav: list[tuple[str, str]]) -> dict[str, str]:
        """The parts that are alike on all pages."""
        voice, data = self._voice, self._data
        asked = nationwide.asking(voice, _UP)
        return {
            "warnings": nationwide.warnings(voice),
            "lookup": self._marked(nationwide.lookup(voice, data.common.search, _NAME, asked)),
            "officials": nationwide.officials(voice, data.officials, edition.sources),
            "routes": nationwide.routes(voice, edition.shown, _UP),
            "links": nationwide.links(voice, nav, _UP, edition.shown),
        }

    def _answers(self, name: str, policy: Policy | None) -> dict[str, str]:
        """The parts that a record fills."""
        answers = Answers(self._voice, name, policy, self._today)
        return {
            "lead": lead.line(self._voice, name, policy, self._today),
            "rows": self._rows.of(policy),
            "forms": answers.forms(self._usual),
            "more": answers.more(self._age.replace(_NAME, name)),
            "ask": answers.ask_at(practice=self._practice),
            "supervisor": answers.supervisor(),
            "sources": answers.sources(),
        }

    def _whole(self, shell: str, constant: dict[str, str], answers: dict[str, str]) -> str:
        """The page with the answer first, with holes."""
        first = f"{answers['lead']}{hole('aliases')}{answers['rows']}"
        return shell.replace(FIRST, first).replace(BODY, self._body(constant, answers))

    def _body(self, constant: dict[str, str], answers: dict[str, str]) -> str:
        """The text of a page between its answer and its foot, with holes."""
        voice = self._voice
        about = voice("about", code=hole("code"), province=hole("province"))
        return "".join(
            [
                f"{hole('contents')}{hole('merger')}",
                f"{answers['forms']}{answers['more']}",
                f"{constant['warnings']}{constant['lookup']}{answers['ask']}{hole('website')}",
                f'<h2 id="checks">{voice("checks.title")}</h2>{answers["supervisor"]}',
                f"<p>{voice('checks.police', unit=hole('unit'))}</p>{constant['officials']}",
                f"{constant['routes']}{hole('near')}{constant['links']}",
                f'<h2 id="sources">{voice("sources.title")}</h2>{answers["sources"]}<p>{about}</p>',
            ]
        )

    def _contents(self, here: Municipality, merger: str) -> str:
        """The list of contents: made once, since no other section is on some pages only."""
        changes = bool(merger)
        if changes not in self._listed:
            text = merger + self._unfilled.replace(hole("near"), self._near.block(here))
            self._listed[changes] = contents.of(text, self._voice.t, self._voice.t)
        return self._listed[changes]

    def _aliases(self, here: Municipality) -> str:
        names = ", ".join(map(escape, here.aliases))
        return f"<p>{self._voice('aliases', names=names)}</p>" if names else ""

    def _merger(self, here: Municipality) -> str:
        mergers = self._data.mergers.values()
        return "".join(
            self._change(merger, here)
            for merger in mergers
            if here.code in (merger.code, merger.into)
        )

    def _change(self, merger: Merger, here: Municipality) -> str:
        voice = self._voice
        municipalities = self._data.municipalities
        said = voice(
            "merger.leaves" if here.code == merger.code else "merger.receives",
            name=escape(municipalities[merger.code].name),
            into=escape(municipalities[merger.into].name),
            date=voice.t.day(merger.joins_on),
        )
        rules = voice("merger.rules", years=str(merger.old_rules_stay_at_most_years))
        source = origin(merger.source, voice.t.language)
        meta = voice.fact(merger.as_of, merger.confidence, source)
        return (
            f'<h2 id="merger">{voice("merger.title")}</h2>'
            f'<div class="warning"><p>{said} {rules}{meta}</p></div>'
        )

    def _website(self, here: Municipality) -> str:
        voice = self._voice
        if not here.website:
            return f"<p>{voice('website.none')}</p>"
        return f"<p>{link(here.website, voice('website'))}</p>"
