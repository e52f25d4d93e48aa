"""The list of all pages by topic (step 1): the menu in, one page of each language out.

It is where the menu leads for every topic but the one in view, and it needs no script. The field above
it looks pages up in an index, which `overrides.press.lookups` makes of the built site.
"""

from html import escape

from overrides.frame import edition as editions
from overrides.frame import frame as frames
from overrides.frame import shell
from overrides.frame.edition import Edition
from overrides.frame.frame import Place
from overrides.frame.menu import SEARCH
from overrides.frame.shell import Link
from overrides.pages.wording import items
from overrides.words.strings import Strings
from overrides.words.synonyms import Synonyms, refuse_lost

PATH = "search/"


def render(site: Edition, nav: list[tuple[str, str]]) -> dict[str, bytes]:
    """The page of the language that the site speaks, by its path in the site."""
    t = site.t
    place = Place(
        PATH, t("search.title"), t("search.description"), None, None, SEARCH, "search.html"
    )
    said = synonyms(site, nav).said
    named = zip(editions.nav_links(site, nav, SEARCH, "../../"), nav, strict=True)
    lines = {link: _line(link, said.get(name, "")) for link, (name, _) in named if not link.current}
    found = frames.cut(frames.frame(site, nav, place))
    return {f"{t.language}/{PATH}index.html": found.fill(first=_field(t), body=_topics(t, lines))}


def synonyms(site: Edition, nav: list[tuple[str, str]]) -> Synonyms:
    """The words that people use for the pages of the menu, in the language that the site speaks."""
    found = site.synonyms[site.t.language]
    refuse_lost(found, {name for name, _ in nav}, site.t.language)
    return found


def _field(t: Strings) -> str:
    """The field with what is said about it; without a script it would do nothing, so the script shows it."""
    return (
        f'<form class="field" id="find" hidden data-index="./search-{t.language}.js">'
        f'<label for="part">{t("search.field")}</label><p class="hint" id="stays">{t("search.stays")}</p>'
        '<input type="text" id="part" dir="auto" aria-describedby="stays" autocapitalize="off" '
        'translate="no" autocomplete="off" autocorrect="off" spellcheck="false" writingsuggestions="false">'
        f'<div role="status"><p id="some" hidden>{t("search.some")} <span id="count"></span></p>'
        f'<p class="note" id="none" hidden>{t("search.none")}</p>'
        f'<p class="note" id="failed" hidden>{t("search.failed")}</p></div>'
        '<ul class="topics" id="results"></ul></form>'
        f'<p>{t("search.places")} <a href="../places/">{t("municipality.places.nav")}</a></p>'
    )


def _topics(t: Strings, lines: dict[Link, str]) -> str:
    """Every page but this one: those that stand alone, then a section for each topic."""
    topics: dict[str, list[str]] = {"": []}
    for topic, pages in shell.by_topic(lines):
        topics.setdefault(topic, []).extend(lines[one] for one in pages)
    alone = items(topics.pop(""))
    sections = "".join(
        f'<h2 id="{topic}">{t(f"menu.{topic}")}</h2>{items(pages)}'
        for topic, pages in topics.items()
    )
    return f'<div class="topics">{alone}{sections}</div>'


def _line(link: Link, said: str) -> str:
    """A link, and in the language of the page what it leads to."""
    other = f' lang="{link.language}" dir="{link.direction}"' if link.language else ""
    more = f' <span class="hint">{escape(said)}</span>' if said else ""
    return f'<a href="{link.href}"{other}>{escape(link.text)}</a>{more}'
