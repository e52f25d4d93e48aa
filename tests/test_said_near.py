"""What a reader must not have to look for stands near the answer, and a page says it as the others do."""

import re

import pytest

from tests.quiz import Asker, records
from tests.site import Built
from tests.test_home_work import main, spaced


def row(html: str, form: str) -> str:
    """The words in the row of one form of work."""
    found = re.search(rf'<tr role="row" id="{form}">(.*?)</tr>', html)
    assert found
    return spaced(found[1])


def test_what_the_landlord_hears_stands_by_the_answer_about_home(built_site: Built) -> None:
    """Whoever rents in Sittard-Geleen reads it there, with what its source is; elsewhere nothing is said of it."""
    said = row(built_site.text("/nl/m/sittard-geleen/"), "home_alone")
    assert "de eigenaar krijgt een kopie als de bewoner huurt" in said
    assert "Dit zegt een van de bronnen onderaan; we weten niet welke." in said
    asked = Asker("nl").say("landlord")
    assert asked in said
    assert asked not in row(built_site.text("/nl/m/urk/"), "home_alone")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_name_in_one_province_says_how_to_tell_them_apart(
    built_site: Built, language: str
) -> None:
    """Vinkel lies in two municipalities of Noord-Brabant; Hengelo in two provinces, which tell them apart."""
    which = Asker(language).say("letter.which")
    lines = [spaced(one) for one in built_site.text(f"/{language}/places/v/").split("</li>")]
    assert [which in one for one in lines if one.startswith("Vinkel:")] == [True]
    lines = [spaced(one) for one in built_site.text(f"/{language}/places/h/").split("</li>")]
    assert [which in one for one in lines if one.startswith("Hengelo:")] == [False]


def test_den_haag_is_found_by_the_name_people_use(built_site: Built) -> None:
    """The official name alone tells a reader nothing."""
    assert "'s-Gravenhage (Den Haag)" in main(built_site.text("/nl/home-work/"))


def test_who_works_in_the_street_is_sent_to_no_lease(built_site: Built) -> None:
    """A lease and a plan are for a building; at home they are named where work is allowed."""
    warned = Asker("nl").say("warn.row")
    assert warned not in row(built_site.text("/nl/m/nijmegen/"), "street")
    assert warned in row(built_site.text("/nl/m/tilburg/"), "home_alone")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_complaint_takes_ten_weeks_with_a_committee_everywhere(
    built_site: Built, language: str
) -> None:
    """The page about work at home and the two pages about complaints say the same three numbers."""
    term = Asker(language).say(
        "routes.answer.committee", term={"nl": "10 weken"}.get(language, "10 weeks")
    )
    assert term in main(built_site.text(f"/{language}/home-work/"))
    committee = {
        "nl": "tien als een klachtencommissie het doet",
        "en": "ten if a complaints committee does it",
    }
    for page in ("routes", "complaint-or-objection"):
        assert committee[language] in main(built_site.text(f"/{language}/{page}/"))


@pytest.mark.parametrize("page", ["help", "law", "m/wijdemeren"])
def test_a_source_that_we_named_is_named_in_dutch(built_site: Built, page: str) -> None:
    """Our own words for a source have a Dutch wording wherever there is one."""
    names = [
        source["title"]
        for file, key in (("directory.yml", "organisations"), ("legislation.yml", "items"))
        for record in records(file)[key]
        for source in record["sources"]
        if isinstance(source["title"], dict)
    ]
    assert len(names) >= 6
    html = main(built_site.text(f"/nl/{page}/"))
    assert not [one["en"] for one in names if one["en"] != one["nl"] and one["en"] in html]
    assert not re.search(r"\bothers, interpreter\b|\bbill sent\b|\bformerly\b", html)
