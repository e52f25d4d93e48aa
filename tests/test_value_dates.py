"""The day of every fact about a municipality, on every page and in every language.

Read from the pages as built and from plain YAML: beside a value stand the date and the certainty of the
strongest source that states it, and no day that this source has not.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any  # plain YAML

import pytest

from overrides.pages import places
from tests.carriers import carried, ranked
from tests.places_to_look import FORMS
from tests.quiz import Asker, policies, records
from tests.site import LANGUAGES, Built

# Where a fact stands that has no row of its own name.
STANDS = {
    "permit_self_employed_home": "permit",
    "min_age": "age",
    "max_licences": "max",
    "home_entry_bylaw": "entry",
    "ask_at": "ask",
}
_UNSEEN = dict.fromkeys(
    map(ord, "\u2066\u2067\u2068\u2069")
)  # they hold apart two directions of writing


def plain(html: str) -> str:
    """The words of a piece of HTML without any space: a tag within a name leaves none behind."""
    text = unescape(re.sub(r"<[^>]+>", " ", html)).translate(_UNSEEN)
    return "".join(text.split())


def answers(html: str) -> dict[str, str]:
    """What a page of a municipality says, by the id of the place."""
    found = [
        *re.findall(r'<tr role="row" id="(\w+)">(.*?)</tr>', html),
        *re.findall(r'<dt id="(\w+)">.*?</dt><dd>(.*?)</dd>', html),
        *re.findall(r'<p id="(supervisor|ask)">(.*?)</p>', html),
    ]
    return {place: plain(inside) for place, inside in found}


def conditions(html: str) -> tuple[list[str], str, list[str]]:
    """The conditions with a source behind each, what is said of the others, and these."""
    head, unsure, end = (
        r'<h3 id="conditions">[^<]*</h3>',
        r"<p>(.*?)</p><ul>(.*?)</ul>",
        "(?=<h[23])",
    )
    listed = re.search(rf"{head}(?:<ul>(.*?)</ul>)?(?:{unsure})?{end}", html)
    sure, said, others = listed.groups(default="") if listed else ("", "", "")
    return lines(sure), plain(said), lines(others)


def lines(html: str) -> list[str]:
    """What stands in a list."""
    return [plain(one) for one in re.findall(r"<li>(.*?)</li>", html)]


def line(asker: Asker, record: dict[str, Any], stated: dict[str, Any]) -> str:
    """What must end a value: date, certainty, its source, and the others each with its own date."""
    texts = record["legal_basis"] + record["sources"]
    number = {one["id"]: str(at) for at, one in enumerate(texts, 1)}
    first, *others = ranked(record, stated["sources"])
    also = asker.t.letters.semicolon.join(
        f"{number[one['id']]}, {asker.moment(one['date'])}" for one in others
    )
    named = number[first["id"]] + (f". {asker.say('fact.others', sources=also)}" if also else "")
    found = carried(record, stated)
    day = asker.say("fact.undated") if found["as_of"] is None else asker.moment(found["as_of"])
    said = asker.say("fact", date=day, confidence=asker.sure(found["confidence"]), sources=named)
    return plain(said)


def pages(built: Built, language: str) -> Iterator[tuple[str, str]]:
    """Code and HTML of the page of every municipality."""
    for code, row in records("municipalities.csv").items():
        yield code, built.text(f"/{language}/m/{places.slug(row['name'])}/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_each_value_stands_the_day_of_its_strongest_source(
    built_site: Built, language: str
) -> None:
    """Every known value of every municipality, wherever on its page it stands."""
    asker, looked = Asker(language), 0
    for code, html in pages(built_site, language):
        record, found = policies().get(code), answers(html)
        assert set(FORMS) <= set(found), code
        for name, fact in (record["facts"] if record else {}).items():
            if fact["value"] != "unknown":
                assert record
                looked += 1
                said = found[STANDS.get(name, name)]
                said = said.partition(plain(asker.say("landlord")))[0]  # a condition, which follows
                check = plain(asker.check(carried(record, fact)))
                assert said.endswith(check + line(asker, record, fact)), (code, name, said)
    values = [fact for record in policies().values() for fact in record["facts"].values()]
    assert looked == sum(fact["value"] != "unknown" for fact in values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_line_says_day_and_trust_of_the_value_that_it_speaks_of(
    built_site: Built, language: str
) -> None:
    """The first form of which something is known; where no rule is known, it gives no day and no trust."""
    asker, answered = Asker(language), 0
    for code, html in pages(built_site, language):
        wanted = plain(asker.first_line(policies().get(code)))
        said = plain(re.findall(r'<p id="lead">(.*?)</p>', html)[0])
        answered += bool(wanted)
        assert said == wanted or (not wanted and said.endswith(plain(asker.say("lead.unknown")))), (
            code
        )
    assert answered > len(policies()) / 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_each_condition_stands_its_own_source_or_that_nobody_can_tell(
    built_site: Built, language: str
) -> None:
    """No condition takes its day from the record."""
    asker = Asker(language)
    for code, html in pages(built_site, language):
        record, (sure, said, others) = policies().get(code), conditions(html)
        stated = record["conditions"] if record else []
        own = [one for one in stated if one["sources"]]
        assert [len(sure), len(others)] == [len(own), len(stated) - len(own)], code
        assert said == (plain(asker.say("condition.unsure")) if others else ""), code
        for one, line_of in zip(own, sure, strict=True):
            assert record
            assert line_of.endswith(line(asker, record, one)), code


def also(code: str) -> str:
    """The name that people say, where it is another than the official one."""
    listed = records("municipality-aliases.yml")["aliases"]
    return next((f" ({one['names'][0]})" for one in listed if one["cbs_code"] == code), "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_work_at_home_shows_the_same_days(built_site: Built, language: str) -> None:
    """Every known answer is listed once under its value, with the day of its strongest source."""
    asker = Asker(language)
    html = built_site.text(f"/{language}/home-work/")
    for name in ("home_alone", "home_together", "permit_self_employed_home"):
        listed = re.findall(rf'<h3 id="{name}-(\w+)">.*?</h3>(.*?)(?=<h[23]|<div)', html)
        lines = {
            (value, slug): plain(rest)
            for value, inside in listed
            for slug, rest in re.findall(r'<a href="../m/([^/]+)/">(.*?)</li>', inside)
        }
        wanted = {}
        for code, record in policies().items():
            fact, here = record["facts"][name], records("municipalities.csv")[code]["name"]
            if fact["value"] != "unknown":
                found = carried(record, fact)
                day = found["as_of"]
                when = asker.say("fact.undated") if day is None else asker.moment(day)
                sure = asker.sure(found["confidence"])
                said = asker.say("home.fact", date=when, confidence=sure)
                wanted[fact["value"], places.slug(here)] = plain(f"{here}{also(code)} {said}")
            elif name in {claim["about"] for claim in record["conflicts"]}:
                wanted["conflict", places.slug(here)] = plain(f"{here}{also(code)}")
        assert lines == wanted
