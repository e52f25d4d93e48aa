"""The one file to keep: small, alone, and saying what the pages say."""

import re
from datetime import date
from html import unescape
from urllib.parse import urljoin

import pytest

from overrides.facts import front_matter
from overrides.frame import headers, inline
from overrides.paper import one_file
from overrides.paper.one_file import Days
from tests import printed
from tests.site import LANGUAGES, MENU, ROOT, STRINGS, Built, Page

MOST_BYTES = 300_000
KEPT = [name for name in MENU if name.partition("-")[0] in ("door", "cards")]
KEPT += [name for name in MENU if name in ("harm-hours", "help")]
# What stands on a page and not in the file: where it is, its own list of contents, its list of all sentences, what is
# said once for all parts, and where more stands of a source.
AWAY = re.compile(
    r'<nav class="crumb".*?</nav>|<div class="contents".*?</nav></div>|<section class="sheet".*?</section>'
    r'|<p class="up">.*?</a>|<sup.*?</sup>|<div class="footnote">.*?</div>|<p class="note".*?</p>'
    r'|<h2 id="sources">.*?</details>|<div class="foot">.*?</div>|<div class="paper cards backs">.*',
    re.S,
)
FROM = re.compile(r'(<p class="footnote"><a [^>]*>.*?</a>)[^<]*(?=</p>)', re.S)


def file_of(built: Built, language: str) -> str:
    return built.files[f"{language}/{one_file.NAME}"].decode("utf-8")


def parts(text: str) -> list[str]:
    """Each page in it, and behind them the sources; without the way back to the top."""
    return re.split(r'<section id="[a-z]">|<section class="footnote">', text)[1:]


def words(html: str) -> str:
    """What is read in a piece of HTML; a block is a word apart."""
    text = re.sub(r"</?(?:p|li|ul|ol|div|section|h\d|t\w+|details|summary|br)\b[^>]*>", " ", html)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


def ids(html: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_small_and_alone(built_site: Built, language: str) -> None:
    """No script, nothing that is fetched, one style that its own policy names, and a name that tells nothing."""
    text = file_of(built_site, language)
    assert len(text.encode("utf-8")) < MOST_BYTES
    assert re.findall(r"<(script|link|img|iframe|object|embed|audio|video|form|base)\b", text) == []
    assert re.findall(r" (?:src|style|srcset|on\w+)=", text) == []
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.S)
    assert (style, "url(" in style or "@import" in style) == (inline.style(), False)
    policy = unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', text)[0])
    assert policy == headers.kept_policy()
    assert f"style-src {inline.source()}" in policy
    assert (one_file.NAME, re.findall("<title>(.*?)</title>", text)) == ("info.html", ["Info"])
    assert re.findall(rf'<html lang="{language}" dir="{STRINGS[language].direction}">', text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_somewhere(built_site: Built, language: str) -> None:
    """Inside it to a part that is there once; outside to a page of the site with that part, a telephone, or a site."""
    text = file_of(built_site, language)
    known = ids(text)
    assert len(known) == len({*known})
    own, pages = built_site.settings.site_url, {*built_site.paths}
    for href in map(unescape, re.findall(r'<a [^>]*?href="([^"]*)"', text)):
        if href.startswith("#"):
            assert href[1:] in known
        elif href.startswith(own):
            path, _, place = href.removeprefix(own).partition("#")
            assert path in pages
            assert not place or place in ids(built_site.text(path)), href
            assert path.strip("/").partition("/")[2] not in KEPT
        else:
            assert re.match(r"https?://|mailto:|tel:[0-9+]+$", href), href


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_pages_say(built_site: Built, language: str) -> None:
    """Word for word, each page in the order of the menu; only what moves about the site is not there."""
    found = parts(file_of(built_site, language))
    assert len(found) == len(KEPT) + 1
    for name, part in zip(KEPT, found, strict=False):
        page = Page("", built_site.text(f"/{language}/{name}/")).html
        main = page.partition('<main id="main">')[2].partition("</main>")[0]
        if (
            name == "cards"
        ):  # what is said of paper stays away, and no card is printed from the file
            main = main.partition("<p>")[0] + main.partition('<div class="paper cards">')[2]
        assert words(AWAY.sub("", part)) == words(AWAY.sub("", FROM.sub(r"\1", main))), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_mark_leads_to_the_sources_of_the_page(built_site: Built, language: str) -> None:
    """The same sources in the same order as behind the mark on the page, by their names."""
    text = file_of(built_site, language)
    told = dict(re.findall(r'<li[^>]* id="(s\d+)">(.*?)(?=<li|</ol>)', text, re.S))
    for name, part in zip(KEPT, parts(text), strict=False):
        page = built_site.text(f"/{language}/{name}/")
        notes = dict(re.findall(r'<li id="(fn:\d+)">(.*?)</li>', page, re.S))
        marks = [notes[one] for one in re.findall(r'footnote-ref" href="#(fn:\d+)"', page)]
        groups = [re.findall(r'href="#(s\d+)"', one) for one in re.findall(r"<sup.*?</sup>", part)]
        assert len(marks) == len(groups)
        for note, group in zip(marks, groups, strict=True):
            named = re.findall(r"<p>(.*?)</p>", note, re.S)
            assert len(named) == len(group)
            assert all(
                words(one).startswith(words(told[at])[:12])
                for one, at in zip(named, group, strict=True)
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_first_line_says_until_when(built_site: Built, language: str) -> None:
    """The day of its oldest page, and the first day on which one of them has to be checked again."""
    body = file_of(built_site, language).partition("<body>")[2]
    site = printed.editions()[language]
    facts = [
        front_matter.parse(
            name,
            front_matter.read(ROOT / "docs" / site.shown(f"{name}.md").language / f"{name}.md"),
        )
        for name in KEPT
        if name != "cards"
    ]
    day = min(one.last_checked for one in facts if one.last_checked)
    until = min(one.check_again for one in facts if one.check_again)
    said = site.t("cards.until", day=site.t.day(day), until=site.t.day(until))
    assert words(body.strip().partition("<p class")[2].partition("<p")[0]).endswith(words(said))
    assert words(body.strip()).removeprefix(words(said)) != words(body.strip())
    for string in ("file.keep", "file.links", "footer.disclaimer"):
        assert words(site.t(string)) in words(body)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_offered_where_a_reader_looks(built_site: Built, language: str) -> None:
    """As a link at the foot of its pages and of the page on traces, beside what saving it leaves; nowhere else."""
    t = STRINGS[language]
    for page in built_site.pages:
        if page.language != language:
            continue
        found = [one for one in page.all("a") if "download" in one.attributes]
        name = page.path.removeprefix(f"/{language}/").strip("/")
        assert len(found) == (name in (*KEPT, "leaving")), page.path
        for one in found:
            assert urljoin(page.path, one.attributes["href"]) == f"/{language}/{one_file.NAME}"
            assert words(t("file.stays")) in words(page.html)


def test_a_part_in_another_language_says_so() -> None:
    """A page that is not translated brings its language along, its title in the list and its sources too."""
    site = printed.editions()["ar"]
    page = (
        '<main id="main"><p class="note">x</p>\n<div lang="en" dir="ltr">\n<h1>Door</h1><p>a<sup id="fnref:1">'
        '<a class="footnote-ref" href="#fn:1">1</a></sup></p><div class="footnote"><ol><li id="fn:1"><p>Law</p></li>'
        "</ol></div></div></main>"
    )
    made = one_file.text(site, {"door.md": page}, Days(date(2026, 11, 22), date(2027, 5, 22)))
    assert '<div lang="en" dir="ltr"><h2>Door</h2>' in made
    assert '<a href="#a" lang="en" dir="ltr">Door</a>' in made
    assert '<li lang="en" dir="ltr" id="s1">Law' in made
