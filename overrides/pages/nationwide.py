"""What holds in every municipality (step 1): officials, the usual rule and how to look a rule up in,
HTML out, made once per language.

Nothing here may say what holds in one place: the usual rule is always called usual.
"""

from collections.abc import Callable
from functools import lru_cache
from html import escape

from overrides.facts.officials import Official, Power
from overrides.facts.policy import FORMS
from overrides.facts.sources import Source
from overrides.facts.usual import Common, Search
from overrides.pages.wording import Voice, folded, items, link, origin
from overrides.text.tables import table
from overrides.words.strings import Strings

_LAWYER = "help-lawyer.md"
_ROUTES = "routes.md"
USUAL = "usual"  # where a page with other answers has what is usual for the rest
# Written pages that say more, where the language has them.
_PAGES = (
    "door.md",
    "door-workplace.md",
    "door-street.md",
    "complaint-or-objection.md",
    _ROUTES,
    "routes-anonymous.md",
    "home-work.md",
    "work-rent.md",
    "life-housing.md",
    "help.md",
    _LAWYER,
    "law.md",
    "unknown.md",
    "write.md",
)


def usual(voice: Voice, common: Common) -> dict[str, str]:
    """For each form of work what is usual, with date, certainty and source."""
    return {form: _usual(voice, common, form) for form in FORMS}


def _usual(voice: Voice, common: Common, form: str) -> str:
    line = common.forms[form]
    words = voice(f"usual.{form}.{line.pattern}")
    source = origin(line.source, voice.t.language) if line.source else voice("usual.own")
    return f" <br>{voice('usual')} {words}{voice.fact(line.as_of, line.confidence, source)}"


class Usual:
    """Rows and tables of forms of which nothing is known: made once, and each place puts its own name in.

    `name` is what a name replaces.
    """

    def __init__(self, voice: Voice, common: Common, name: str) -> None:
        self._voice = voice
        self._name = name
        self._said = usual(voice, common)
        self.note = f"<p>{voice('forms.note.usual', name=name)}</p>"
        self.table = lru_cache(maxsize=None)(self._table)
        self.fold = lru_cache(maxsize=None)(self._fold)

    def named(self, html: str, name: str) -> str:
        """The same with the name of a municipality in it, which is HTML already."""
        return html.replace(self._name, name)

    def row(self, form: str, first: str = "") -> tuple[str, list[str]]:
        """The row of one form; `first` is what to say in place of that nothing is known."""
        unknown = first or self._voice("value.unknown", name=self._name)
        return form, [self._voice(f"form.{form}"), unknown + self._said[form]]

    def _table(self, forms: tuple[str, ...]) -> str:
        heads = [self._voice("forms.form"), self._voice("forms.rule")]
        return table(heads, map(self.row, forms), quiet=True)

    def _fold(self, forms: tuple[str, ...]) -> str:
        if not forms:
            return ""
        inside = f"{self.note}<p>{self._voice('lead.unknown')}</p>{self._table(forms)}"
        return f'<div id="{USUAL}">{folded(self._voice("way.usual"), inside)}</div>'


def age(voice: Voice, common: Common, name: str) -> str:
    """The national age, for a municipality whose own was not found."""
    said = voice(
        "age.none",
        name=name,
        national=str(common.age.national),
        often=str(common.age.often_in_licensed_sector),
    )
    source = origin(common.age.source, voice.t.language)
    return said + voice.fact(common.age.as_of, common.age.confidence, source)


def warnings(voice: Voice) -> str:
    """What can still go wrong where work is allowed: the lease and the zoning plan."""
    lines = items(voice(f"warn.{name}") for name in ("lease", "zoning", "told"))
    return f'<h2 id="warn">{voice("warn.title")}</h2><div class="warning">{lines}</div>'


Shown = Callable[[str], Strings]  # tells the language in which a page is shown


def asking(voice: Voice, up: str) -> str:
    """Who learns what from a question to a municipality, and who can ask it; `up` leads to the pages."""
    return voice("ask.who", lawyer=lawyer(voice, up))


def lawyer(voice: Voice, up: str) -> str:
    """The words for a lawyer, which lead to the page that says how to get one."""
    return f'<a href="{up}{_LAWYER.removesuffix(".md")}/">{voice("ask.lawyer")}</a>'


def lookup(voice: Voice, search: Search, name: str, asked: str) -> str:
    """How to look it up, with the Dutch words that stand in the rules; `asked` says who learns what."""
    site = link(search.site, _bare(search.site))
    news = link(search.announcements, _bare(search.announcements))
    bylaw, version = _dutch(search.bylaw), _dutch(search.version)
    steps = [
        voice("lookup.site", site=site, name=name, bylaw=bylaw, version=version),
        voice("lookup.words", words=_list(search.chapter_words)),
        voice("lookup.titles", words=_list(search.title_words)),
        voice("lookup.news", site=news),
        voice("lookup.zoning", words=_list(search.zoning_words)),
        voice("lookup.entry", words=_list(search.entry_words)),
        f"{asked} {voice('lookup.ask')} {_say(search.question)}",
    ]
    lines = "".join(f"<li>{step}</li>" for step in steps)
    return f'<h2 id="lookup">{voice("lookup.title")}</h2><ol>{lines}</ol>'


def _say(sentence: str) -> str:
    return f'<span class="say" lang="nl" dir="ltr">{escape(sentence)}</span>'


def _bare(url: str) -> str:
    return url.removeprefix("https://").removeprefix("www.")


def _dutch(text: str) -> str:
    return f'<strong lang="nl" dir="ltr">{escape(text)}</strong>'


def _list(words: tuple[str, ...]) -> str:
    return f'<strong lang="nl" dir="ltr">{escape(", ".join(words))}</strong>'


def officials(voice: Voice, found: tuple[Official, ...], sources: dict[str, Source]) -> str:
    """Who may come, at home and in a business; only those of whom something was read."""
    heads = [voice(f"checks.{name}") for name in ("who", "home", "business", "source")]
    known = [one for one in found if one.places["home"].access]
    rows = (("", _official(voice, one, sources)) for one in known)
    return folded(voice("checks.holds"), table(heads, rows))


def _official(voice: Voice, one: Official, sources: dict[str, Source]) -> list[str]:
    home, business = one.places["home"], one.places["business"]
    used = dict.fromkeys([*home.sources, *business.sources])
    return [
        voice.words(one.name),
        _power(voice, home),
        _power(voice, business),
        cited(voice, used, sources),
    ]


def _power(voice: Voice, power: Power) -> str:
    said = voice(f"access.{power.access or 'unknown'}")
    return voice.t.closed(said) + (f" {voice.words(power.note)}" if power.note else "")


def cited(voice: Voice, used: dict[str, None], sources: dict[str, Source]) -> str:
    """Sources in a cell: name, article, and the date of the text that was read."""
    told = voice.t.letters.semicolon.join(cite(voice, sources[one]) for one in used)
    return f'<span class="footnote">{told}</span>'


def cite(voice: Voice, source: Source) -> str:
    """One source: its name and article with a link, and the date of the text that was read."""
    text_of = str(source.text_of)
    day = voice.moment(None if text_of == "undated" else text_of)
    name = escape(f"{source.name} {source.article}".strip())
    named = f'<span lang="nl">{name}</span>'
    return f"{link(source.url, named)}, {day}"


def routes(voice: Voice, shown: Shown, up: str) -> str:
    """The way to all routes in the reader's language; `up` leads to the pages."""
    place = "routes/" if shown(_ROUTES) == voice.t else "home-work/#routes"
    return f'<p id="routes"><a href="{up}{place}">{voice("routes.title")}</a></p>'


def links(voice: Voice, nav: list[tuple[str, str]], up: str, shown: Shown) -> str:
    """Written pages that say more, under a heading of their own."""
    title = voice("links.title")
    return f'<h2 id="national">{title}</h2>{page_links(voice, nav, up, shown, _PAGES)}'


def page_links(
    voice: Voice, nav: list[tuple[str, str]], up: str, shown: Shown, names: tuple[str, ...]
) -> str:
    """Those of these pages that are in the menu, by title; `up` leads to their folder."""
    titles = dict(nav)
    here = [page for page in names if page in titles]
    return items(_link(voice, up + page, titles[page], shown(page)) for page in here)


def _link(voice: Voice, page: str, title: str, shown: Strings) -> str:
    other = f' lang="{shown.language}" dir="{shown.direction}"' if shown != voice.t else ""
    return f'<a href="{page.removesuffix(".md")}/"{other}>{escape(title)}</a>'
