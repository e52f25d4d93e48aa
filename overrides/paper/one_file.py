"""What cannot wait, as one file to keep (step 1): the built pages of one language in, one HTML file out.

It is made of the pages as they are built, so that it can say nothing else. It asks for nothing, from nowhere: its
style stands in it, and it has no script. What stands on a page for moving about the site stays away; the sources
of all pages stand once, at the end, by their names. Whoever wants their addresses finds them on the pages.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from overrides.facts import front_matter
from overrides.frame import headers, inline
from overrides.frame.edition import Edition, url_path
from overrides.frame.shell import is_kept
from overrides.pages import pictograms
from overrides.paper import pages
from overrides.text.sayings import LIST
from overrides.words import bidi
from overrides.words.errors import SiteError

NAME = "info.html"  # in the folder of its language; says nothing where it lies
TITLE = "Info"
_MAIN = re.compile(r'<main id="main">\s*(?:<nav class="crumb".*?</nav>\s*)?(.*?)\s*</main>', re.S)
_TITLE = re.compile(r"<h1>(.*?)</h1>", re.S)
_NOTES = re.compile(r'<div class="footnote">.*?</div>', re.S)
_AWAY = re.compile(
    r'<div class="contents".*?</div>|<h2 id="sources">.*?</h2>\s*<details class="fold">.*?</details>'
    r'|<svg hidden>.*?</svg>|<div class="foot">.*?</div>| rel="noreferrer"',
    re.S,
)
# What is told of where an organisation's row comes from, and leads to a page of its own.
_FROM = re.compile(r'(<p class="footnote">)<a [^>]*>(.*?)</a>[^<]*</p>', re.S)
_ADDRESS = re.compile(r"</?a\b[^>]*>")
_CARDS = re.compile(
    r'(<h1>.*?</h1>).*?<div class="paper cards">(.*?)</div>(?=<div|</div>|\s*$)', re.S
)
_SAID_OF_IT = re.compile(r'<p class="note">(.*?)</p>', re.S)
_SHEET = re.compile(r'(<section class="sheet".*?<p>.*?)</p>.*?</section>', re.S)
_PARTED = re.compile(r"(?=<h2 )")
_NOTE = re.compile(r'<li id="fn:(\d+)">(.*?)</li>', re.S)
_TOLD = re.compile(r"<p>(.*?)</p>", re.S)
_BACK = re.compile(r'&#160;<a class="footnote-backref".*', re.S)
_MARK = re.compile(r'<sup id="fnref\d*:\d+"><a class="footnote-ref" href="#fn:(\d+)">\d+</a></sup>')
_ID = re.compile(r' id="([^"]+)"')
_HREF = re.compile(r'(<a [^>]*?\bhref=")([^"]*)"')
_HEADING = re.compile(r"<(/?)h([1-3])\b")
_BLOCK = r"</?(?:li|p|ul|ol|div|section|h[2-4]|table|thead|tbody|tr|td|th|details|summary|nav)\b"
_LINES = re.compile(rf"\s*\n\s*(?={_BLOCK})")
_END = re.compile(rf"</(?:li|p)>(?={_BLOCK})")
_SOUND = re.compile(r'<span class="sound"( translate="no")>(.*?)</span>', re.S)
_LANGUAGE = re.compile(r'^<div( lang="[^"]*" dir="[^"]*")>', re.M)
_ELSEWHERE = re.compile(r"[a-z]+:")


@dataclass(frozen=True)
class Days:
    """Of which day the oldest page is, and behind which day the first of them should not be trusted."""

    day: date
    until: date


def names(listed: Iterable[str]) -> list[str]:
    """Of the pages of a menu, by file name, those that stand in it, in the same order."""
    return [name for name in listed if is_kept(name)]


def write(site: Edition, chosen: list[str], made: Path) -> None:
    """Write the file of the language that the site speaks; `made` holds its pages."""
    html = {name: (made / _place(site, name)).read_text("utf-8") for name in chosen}
    path = made / site.t.language / NAME
    path.unlink(missing_ok=True)  # it may be one more name of a file that is kept
    path.write_text(text(site, html, days(site, chosen)), "utf-8", newline="\n")


def _place(site: Edition, name: str) -> str:
    return f"{url_path(site.t.language, name)[1:]}index.html"


def days(site: Edition, chosen: list[str]) -> Days:
    """The days of the pages that somebody wrote; the others are made of these."""
    found = []
    for name in chosen:
        path = site.docs / site.shown(name).language / name
        if path.is_file():
            facts = front_matter.parse(name, front_matter.read(path))
            found.append((facts.last_checked, facts.check_again))
    return Days(min(day for day, _ in found if day), min(until for _, until in found if until))


def text(site: Edition, html: Mapping[str, str], days: Days) -> str:
    """The file itself; `html` has each page by its file name, in order."""
    t = site.t
    made = _File(site, tuple(html))
    parts = "".join(made.part(name, page) for name, page in html.items())
    body = (
        f'<main>\n<p class="day">{escape(pages.until(t, days.day, days.until))}</p>\n{_practice(site)}'
        f"<h1>{TITLE}</h1>\n{_above(site)}{made.contents()}{parts}{made.sources()}</main>\n"
    )
    body = _packed(bidi.isolate_part(body) if t.direction == "rtl" else body, t.direction)
    return (
        f'<!doctype html>\n<html lang="{t.language}" dir="{t.direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(headers.kept_policy())}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{TITLE}</title>\n<style>{inline.style()}</style>\n</head>\n<body>\n"
        f"{body}{pictograms.symbols(body)}</body>\n</html>\n"
    )


def _practice(site: Edition) -> str:
    is_practice = site.settings.practice or site.keys.practice
    return f'<p class="warning">{escape(site.t("practice.banner"))}</p>\n' if is_practice else ""


def _above(site: Edition) -> str:
    """What to know before reading: what keeping it means, and what a link tells others."""
    t = site.t
    return (
        f'<p>{escape(t("footer.emergency"))} <a href="tel:112">112</a>.</p>\n'
        f'<p class="warning">{escape(t("file.keep"))}</p>\n<p>{escape(t("file.links"))}</p>\n'
        f"<p>{escape(t('footer.disclaimer'))} {escape(t('footer.lawyer_none'))}</p>\n"
    )


def _packed(body: str, direction: str) -> str:
    """Without what a browser does not need: ends that HTML lets away, lines, and a direction that is that of all."""
    body = _END.sub("", _LINES.sub("", body)).replace(' class="admonition-title"', "")
    return body if direction == "rtl" else body.replace(' dir="ltr"', "")


class _File:
    """The file while it is made: the titles of its pages, and each source once, by what is told of it."""

    def __init__(self, site: Edition, chosen: tuple[str, ...]) -> None:
        self._site = site
        # A letter for each part: what stands behind the name of a file in the browser's bar tells nothing.
        self._parts = {
            url_path(site.t.language, name): chr(ord("a") + at) for at, name in enumerate(chosen)
        }
        self._titles: dict[str, tuple[str, str]] = {}
        self._sources: dict[str, int] = {}
        days = {one.read for one in site.sources.values()}
        voices = {site.shown(name).language: site.shown(name) for name in chosen}.values()
        self._read = [
            escape(t("sources.read", date=t.day(day)), quote=False) for t in voices for day in days
        ]
        # Said once, above all: that nobody checked the translation.
        self._note = ""

    def part(self, name: str, page: str) -> str:
        """One page as a part: its ids begin with its name, and its links lead into the file where they can."""
        path, inside = url_path(self._site.t.language, name), _MAIN.search(page)
        if not inside:
            raise SiteError(f"{name} was built without a text", "make the site anew")
        body = _CARDS.sub(r"\1\2", inside[1]) if name == pages.NAME else inside[1]
        language = _LANGUAGE.search(body)
        marks = self._marks(body, language[1] if language else "")
        body = _FROM.sub(r"\1\2</p>", _AWAY.sub("", _NOTES.sub("", body)))
        body = self._unchecked(_SOUND.sub(r"<i\1>\2</i>", body))
        title = _TITLE.search(body)
        self._titles[self._parts[path]] = (
            title[1] if title else name,
            language[1] if language else "",
        )
        body = "".join(map(_said, _PARTED.split(self._sheet(body, path))))
        pieces = _MARK.split(body)  # every second one is the number of a mark
        pieces[::2] = [self._own(one, path) for one in pieces[::2]]
        pieces[1::2] = [marks[one] for one in pieces[1::2]]
        body = "".join(pieces)
        body = _HEADING.sub(lambda one: f"<{one[1]}h{int(one[2]) + 1}", body)
        return f'<section id="{self._parts[path]}">\n{body}\n{self._up()}</section>\n'

    def _unchecked(self, body: str) -> str:
        """Without what every translated page says alike of its translation, which stands once above them all."""
        said = escape(self._site.t("translation.unchecked"))
        for note in _SAID_OF_IT.findall(body):
            if note.startswith(said):
                self._note = f'<p class="note">{said}</p>\n'
                body = body.replace(f'<p class="note">{note}</p>', "", 1)
        return body

    def _sheet(self, body: str, path: str) -> str:
        """Without the list of all its sentences: the style shows those of the text itself, and the way back."""
        title = _TITLE.search(body)
        back = f' <a href="{path}">{title[1] if title else path}</a></p></section>'
        return _SHEET.sub(lambda sheet: sheet[1] + back, body)

    def _marks(self, body: str, language: str) -> dict[str, str]:
        """What stands in place of each mark of a page: a link to each of its sources."""
        found = {}
        for number, note in _NOTE.findall(body):
            told = [self._told(one) for one in _TOLD.findall(note)]
            at = [
                self._sources.setdefault(f"<li{language} @>{one}</li>", len(self._sources) + 1)
                for one in told
            ]
            links = "".join(f'<a href="#s{one}">{one}</a>' for one in at)
            found[number] = f"<sup>{links}</sup>"
        return found

    def _told(self, source: str) -> str:
        """What is told of a source, without its address and the day on which it was read: the file has its own."""
        told = _ADDRESS.sub("", _BACK.sub("", source))
        for said in self._read:
            told = told.replace(f" {said}", "")
        return told

    def _own(self, body: str, path: str) -> str:
        """Ids that no other part has, and links that lead there."""
        body = _ID.sub(rf' id="{self._parts[path]}.\1"', body)
        return _HREF.sub(lambda link: f'{link[1]}{self._target(path, link[2])}"', body)

    def _target(self, base: str, href: str) -> str:
        """A part of the file, or the whole address of a page that is not in it."""
        if _ELSEWHERE.match(href):
            return href
        path, mark, place = urljoin(base, href).partition("#")
        if path in self._parts:
            return f"#{self._parts[path]}{'.' if place else ''}{place}"
        return escape(self._site.address(f"{path}{mark}{place}"))

    def contents(self) -> str:
        """Links to all parts; called when they are made."""
        links = "".join(
            f'<li><a href="#{part}"{language}>{title}</a></li>\n'
            for part, (title, language) in self._titles.items()
        )
        title = escape(self._site.t("contents.title"))
        return f'{self._note}<nav class="list" id="list" aria-label="{title}"><ul>\n{links}</ul></nav>\n'

    def _up(self) -> str:
        return f'<p class="up"><a href="#list">{escape(self._site.t("contents.title"))}</a></p>\n'

    def sources(self) -> str:
        """What is told of each source, under the number of its marks."""
        told = "\n".join(one.replace("@", f'id="s{at}"', 1) for one, at in self._sources.items())
        title = escape(self._site.t("sources.title"))
        return f'<section class="footnote"><h2>{title}</h2>\n<ol>\n{told}\n</ol>\n</section>\n'


def _said(section: str) -> str:
    """A section whose heading stays where only its sentences are shown, if it has any."""
    return section.replace("<h2 ", '<h2 class="said" ', 1) if LIST in section else section
