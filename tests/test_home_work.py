"""Work at home: one page of every known answer, what is usual elsewhere, and who learns what from a question."""

import re
from html import unescape
from urllib.parse import urljoin

import pytest

from overrides.pages import places
from overrides.text.marks import used_ids
from tests.quiz import ROUTES, Asker, policies, records
from tests.site import FALLBACK, LANGUAGES, OWN, ROOT, STRINGS, Built, Page

_AT_HOME = "home_alone"


def main(html: str) -> str:
    """The text of a page, without its menu and its foot, as words with single spaces."""
    inside = html.partition("<main")[2].partition("</main>")[0]
    return spaced(inside)


def spaced(html: str) -> str:
    """The words in a piece of HTML, without what holds two directions of writing apart."""
    text = re.sub("[\u2066-\u2069]", "", unescape(re.sub(r"<[^>]+>", "", html)))
    return " ".join(text.split())


def municipalities(built: Built, language: str) -> dict[str, str]:
    """The HTML of the page of every municipality, by code."""
    return {
        code: built.text(f"/{language}/m/{places.slug(row['name'])}/")
        for code, row in records("municipalities.csv").items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_to_a_municipality_is_never_asked_from_her_own_address(
    built_site: Built, language: str
) -> None:
    """Every page that says how to ask first says who learns what, and who can ask, with the way to a lawyer."""
    asker = Asker(language)
    lawyer = asker.say("ask.lawyer")
    english = STRINGS[language](f"translation.in.{FALLBACK}")
    mark = "" if "help-lawyer" in OWN[language] else f" ({english})"
    who = spaced(asker.say("ask.who", lawyer=lawyer + mark))
    question = records("usual.yml")["search"]["question"]
    pages = municipalities(built_site, language)
    for code, html in pages.items():
        said = main(html)
        assert 0 < said.find(who) < said.find(question), code
    home = built_site.text(f"/{language}/home-work/")
    assert who in main(home)
    for html in (*pages.values(), home):
        assert re.search(rf'<a href="(\.\./)+help-lawyer/"[^>]*>{lawyer}</a>', html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_knows_the_page_says_what_the_law_says_and_what_a_bylaw_may(
    built_site: Built, language: str
) -> None:
    """Not under article 151a, and a bylaw can still ask a permit: nowhere that none is needed."""
    usual = spaced(Asker(language).say("usual.home_alone.differs"))
    assert "151a" in usual
    known = {
        code for code, one in policies().items() if one["facts"][_AT_HOME]["value"] != "unknown"
    }
    for code, html in municipalities(built_site, language).items():
        (row,) = re.findall(rf'<tr role="row" id="{_AT_HOME}">(.*?)</tr>', html)
        assert (usual in spaced(row)) == (code not in known), code
    assert usual in main(built_site.text(f"/{language}/home-work/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_first_how_few_they_are(built_site: Built, language: str) -> None:
    """Of all municipalities, those with a known answer, and those about which sources conflict."""
    asker = Asker(language)
    known = [one for one in policies().values() if one["facts"][_AT_HOME]["value"] != "unknown"]
    conflict = [
        one for one in policies().values() if _AT_HOME in {c["about"] for c in one["conflicts"]}
    ]
    everywhere = str(len(records("municipalities.csv")))
    said = main(built_site.text(f"/{language}/home-work/"))

    lead = asker.say("home.lead", all=everywhere, known=str(len(known)))
    more = asker.say("home.lead.more", conflict=str(len(conflict)))
    assert f"{lead} {more}" in said
    assert said.find(lead) < said.find(asker.say("home.who"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_reached_by_a_link_in_a_text(built_site: Built, language: str) -> None:
    """From the first page, the page about ways of working, the list and each municipality."""
    there = f"/{language}/home-work/"
    tilburg = places.slug(records("municipalities.csv")["GM0855"]["name"])
    for path in ("", "work-ways/", "places/", f"m/{tilburg}/"):
        page = Page(f"/{language}/{path}", built_site.text(f"/{language}/{path}"))
        in_text = [
            urljoin(page.path, link.attributes["href"])
            for link in page.all("a")
            if any(one.tag == "main" for one in link.inside)
        ]
        assert there in in_text, page.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_maximum_is_never_said_without_that_it_is_no_room(
    built_site: Built, language: str
) -> None:
    """Where a number above zero is shown, and it makes no form of work allowed."""
    asker, pages = Asker(language), municipalities(built_site, language)
    room = spaced(asker.say("limit.room"))
    for code, record in policies().items():
        most = record["facts"]["max_licences"]
        counts = [one["count"] for one in most.get("limits", ())]
        (said,) = re.findall(r'<dt id="max">.*?</dt><dd>(.*?)</dd>', pages[code])
        assert (room in spaced(said)) == any(counts), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_municipality_leads_to_all_routes_in_the_readers_language(
    built_site: Built, language: str
) -> None:
    """To the page about complaints, which rests on all that is known of them; or to the rows on this page."""
    by_id = {one["id"]: one for one in records("routes.yml")["routes"]}
    sources = {source for one in ROUTES for source in by_id[one]["sources"]}
    wanted = (
        f"/{language}/routes/" if "routes" in OWN[language] else f"/{language}/home-work/#routes"
    )
    for code, html in municipalities(built_site, language).items():
        (href,) = re.findall(r'<p id="routes"><a href="([^"]+)"', html)
        assert urljoin(f"/{language}/m/-/", href) == wanted, code
    if "routes" in OWN[language]:
        text = (ROOT / "docs" / language / "routes.md").read_text("utf-8")
        assert sources <= set(used_ids(text))
    rows = built_site.text(f"/{language}/home-work/").partition('<h2 id="routes">')[2]
    assert rows.partition("</table>")[0].count("<tr ") == 1 + len(ROUTES)
