"""The pages of all municipalities (step 1): checked data, strings and a page shell in, files out.

A municipality of which nothing is known is the usual case: its page says what is usual and how to
look the rule up. Pure: it reads no file and no clock, and MkDocs need not be installed.
"""

from dataclasses import dataclass
from datetime import date
from html import escape

from overrides.facts.data import Data, Merger, Municipality
from overrides.facts.policy import Passage, Policy, Text
from overrides.facts.records import earliest
from overrides.frame import frame as frames
from overrides.frame.edition import Edition
from overrides.frame.frame import DESCRIPTION, SLUG, TITLE, Frame, Place
from overrides.frame.menu import PLACES
from overrides.frame.shell import Link
from overrides.pages import contents, coverage, nationwide, places
from overrides.pages.answers import Answers
from overrides.pages.near import Near
from overrides.pages.wording import STALE_MONTHS, Voice, found, link, months_after, origin

_UP = "../../"  # from /nl/m/tilburg/ to /nl/
_CHECK_AGAIN_MONTHS = 6
_NAME = "@@name@@"  # in blocks that differ between pages by the name alone


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
    shell = frames.frame(edition, nav, one)
    writer = Writer(edition, context.data, nav)
    files = {
        f"{language}/m/{slugs[code]}/index.html": writer.page(shell, here, slugs[code])
        for code, here in context.data.municipalities.items()
    }
    title, description = voice("places.title"), voice("places.description")
    finder = Place(places.PATH, title, description, *dates, PLACES, "places.html")
    body = places.body(voice, context.data, slugs) + coverage.body(
        voice, context.data, edition.settings.reference_date
    )
    files[f"{language}/{places.PATH}index.html"] = frames.frame(edition, nav, finder).fill(
        body=body
    )
    return files


class Writer:
    """Writes the pages of one language; what is the same on every page is made once."""

    def __init__(self, edition: Edition, data: Data, nav: list[tuple[str, str]]) -> None:
        voice = Voice(edition.t)
        site = edition.settings
        self._voice = voice
        self._today: date = site.reference_date
        self._data = data
        self._usual = nationwide.usual(voice, data.common)
        self._age = nationwide.age(voice, data.common, _NAME)
        self._lookup = nationwide.lookup(voice, data.common.search, _NAME)
        self._warnings = nationwide.warnings(voice)
        self._officials = nationwide.officials(voice, data.officials, edition.sources)
        self._routes = nationwide.routes(voice, data.routes, edition.sources)
        self._links = nationwide.links(voice, nav, _UP, edition.shown)
        self._practice = site.practice
        self._near = Near(voice, data, practice=site.practice)
        self._description = voice("description")
        self._listed: dict[bool, str] = {}

    def page(self, shell: Frame, here: Municipality, slug: str) -> bytes:
        """The page of one municipality."""
        policy = self._data.policies.get(here.code)
        return shell.fill(
            title=escape(here.name),
            description=self._description,
            slug=slug,
            body=self._body(here, policy),
        )

    def _body(self, here: Municipality, policy: Policy | None) -> str:
        voice = self._voice
        name = escape(here.name)
        answers = Answers(voice, here, policy)
        merger = self._merger(here)
        text = "".join(
            [
                merger,
                answers.forms(self._usual),
                answers.more(self._age.replace(_NAME, name)),
                self._warnings,
                self._lookup.replace(_NAME, name),
                answers.ask_at(practice=self._practice),
                self._website(here),
                f'<h2 id="checks">{voice("checks.title")}</h2>{answers.supervisor()}',
                f"<p>{voice('checks.police', unit=escape(here.police_unit))}</p>{self._officials}",
                self._near.block(here),
                self._routes,
                self._links,
                self._sources(here, policy),
            ]
        )
        listed = self._contents(text, changes=bool(merger))
        return f"{self._lead(here, policy, answers.known)}{listed}{text}"

    def _contents(self, text: str, *, changes: bool) -> str:
        """The list of contents: made once, since no other section is on some pages only."""
        if changes not in self._listed:
            self._listed[changes] = contents.of(text, self._voice.t, self._voice.t)
        return self._listed[changes]

    def _lead(self, here: Municipality, policy: Policy | None, known: int) -> str:
        voice = self._voice
        kind = "none" if policy is None else "known" if known else "pointer"
        said = voice(f"lead.{kind}", **self._lead_values(kind, here, known))
        more = voice(f"lead.{kind}.more", **({"name": escape(here.name)} if kind == "none" else {}))
        looks = "admonition summary" if kind == "known" else "admonition unknown"
        names = ", ".join(map(escape, here.aliases))
        also = f"<p>{voice('aliases', names=names)}</p>" if names else ""
        return (
            f'{also}<div class="{looks}" id="lead"><p><strong>{said}</strong> {more}</p>'
            f"{self._record(policy)}</div>{self._stale(policy)}"
        )

    def _lead_values(self, kind: str, here: Municipality, known: int) -> dict[str, str]:
        values = {"name": escape(here.name)}
        return {**values, "count": str(known)} if kind == "known" else values

    def _record(self, policy: Policy | None) -> str:
        if policy is None:
            return ""
        voice = self._voice
        newest = voice(
            "record",
            date=voice.moment(policy.as_of),
            confidence=voice.certainty(policy.confidence),
        )
        return f'<p id="record">{newest} {self._again(policy)}</p>'

    def _again(self, policy: Policy) -> str:
        """The day after which the record counts as old; gone by, it says so instead."""
        if policy.as_of is not None:
            day = months_after(earliest(policy.as_of), STALE_MONTHS)
            if day > self._today:
                return self._voice("check_again", date=self._voice.t.day(day))
        return self._voice("check_now")

    def _stale(self, policy: Policy | None) -> str:
        banner = self._voice.stale(policy.as_of, self._today) if policy else ""
        if not banner:
            return ""
        return f'<p class="warning" id="{banner.replace(".", "-")}">{self._voice(banner)}</p>'

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

    def _sources(self, here: Municipality, policy: Policy | None) -> str:
        voice = self._voice
        texts = policy.texts if policy else ()
        lines = "".join(f'<li id="{text.id}">{self._text(text)}</li>' for text in texts)
        none = f"<p>{voice('sources.none', name=escape(here.name))}</p>"
        listed = f'<ol class="footnote">{lines}</ol>' if lines else none
        about = voice("about", code=here.code, province=escape(here.province))
        return f'<h2 id="sources">{voice("sources.title")}</h2>{listed}<p>{about}</p>'

    def _text(self, text: Text) -> str:
        """One source: title with link, article, kind and date."""
        voice = self._voice
        # Titles of rules are Dutch, so that they can be found; the others were written in English.
        language = "nl" if text.kind == "rule" else "en"
        title = link(text.url, found(Passage(text.title, language), voice.t.language))
        parts = [title]
        if text.article:
            article = found(Passage(text.article, "en"), voice.t.language)
            parts.append(voice("sources.article", article=article))
        parts.append(voice(f"source.kind.{text.kind}"))
        parts.append(voice.moment(text.date))
        if text.url is None:
            parts.append(voice("sources.no_url"))
        return ", ".join(parts) + "."
