"""The list of municipalities, the picture of what is known, and the menu that leads to them."""

import re
import shutil
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from overrides.facts import data
from overrides.facts.data import Municipality
from overrides.frame import edition, menu
from overrides.frame.edition import Edition, Job
from overrides.pages import coverage, places
from overrides.pages.wording import Voice
from overrides.text import tables
from overrides.words.errors import SiteError
from overrides.words.strings import Strings
from tests.avoid import avoided
from tests.own_records import facts, own
from tests.site import CONFIG, LANGUAGES, PAGES, ROOT, SETTINGS, STRINGS, Page, key_list
from tests.test_site_words import SENTENCE_END, words

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def dutch(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The Dutch edition."""
    keys = tmp_path_factory.mktemp("keys") / "keys.json"
    keys.write_text(key_list(), "utf-8")
    return edition.load(Job("nl", str(SETTINGS), str(keys), str(ROOT / "docs"), None))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("'s-Gravenhage", "s-gravenhage"),
        ("Súdwest-Fryslân", "sudwest-fryslan"),
        ("Bergen (L.)", "bergen-l"),
        ("Nuenen, Gerwen en Nederwetten", "nuenen-gerwen-en-nederwetten"),
    ],
)
def test_slugs_are_plain(name: str, slug: str) -> None:
    """Lower case, ascii, hyphens: an address that can be read aloud and typed."""
    assert places.slug(name) == slug


def test_slugs_are_unique_or_the_build_stops() -> None:
    """All differ; two names that become one would overwrite each other."""
    municipalities = facts().municipalities
    assert len(set(places.slugs(municipalities).values())) == len(municipalities)

    twin: Municipality = replace(municipalities["GM0855"], code="GM9999", name="Tílburg")
    with pytest.raises(SiteError, match="two municipalities get one address"):
        places.slugs({**municipalities, "GM9999": twin})


def test_every_municipality_stands_once_under_its_letter() -> None:
    """In the order of the alphabet; the article of 's-Hertogenbosch does not count."""
    body = places.body(Voice(STRINGS["en"]), facts(), places.slugs(facts().municipalities))
    sections = re.findall(r'<section><h2 id="(\w)">\w</h2>(.*?)</section>', body)
    jumps = re.findall(r'<a href="(\w)/">', body)

    assert jumps == sorted(jumps)
    assert {letter.lower() for letter, _ in sections} <= set(jumps)
    codes = re.findall(r'<li id="(GM\d{4})">', body)
    assert sorted(codes) == sorted(facts().municipalities)
    under_h = dict(sections)["H"]
    assert "'s-Hertogenbosch" in under_h.replace("&#x27;", "'")
    names = re.findall(r'href="\.\./m/([^/]+)/"', "".join(html for _, html in sections))
    assert names.index("sluis") < names.index("sudwest-fryslan") < names.index("terneuzen")


def test_the_picture_and_the_table_come_from_the_same_figures() -> None:
    """Twelve provinces and all municipalities; a bar is four pixels for each."""
    found, all_of_them = coverage.counts(facts()), len(facts().municipalities)
    picture = coverage.picture(Voice(STRINGS["en"]), found)

    assert len(found) == 12
    assert sum(count.all for count in found) == all_of_them
    found_any = [one for one in facts().policies.values() if one.known or one.texts]
    assert sum(count.all - count.none for count in found) == len(found_any)
    widths = [int(width) for width in re.findall(r'<rect [^>]*width="(\d+)" [^>]*/>', picture)][4:]
    assert sum(widths) == all_of_them * 4
    lefts = [int(left) for left in re.findall(r'<rect x="(\d+)"', picture)][4:]
    bars = list(zip(lefts, widths, strict=True))
    touching = [left + width == right for (left, width), (right, _) in pairwise(bars)]
    assert touching.count(False) == 11  # only from one province to the next
    assert "style" not in picture


def test_the_figures_are_those_of_the_records_and_called_weak() -> None:
    """A known form, work at home, how many are low: said in words beside the picture."""
    body = coverage.body(Voice(STRINGS["en"]), own(), TODAY)

    assert "Of 27 municipalities we know 9 with a rule for at least one form" in body
    assert "For working alone at home it is 5." in body
    assert "Municipalities where sources conflict about that: 2." in body
    assert "Of 49 answers 13 have certainty low, and 4 high. For 45 the source is more" in body
    assert '<td role="cell" data-label="All">27</td>' in body


def test_the_menu_without_mkdocs_is_the_menu_of_mkdocs(dutch: Edition) -> None:
    """The same pages in the same order; two made from data behind the first, work at home by work."""
    pages = menu.written(CONFIG, dutch)

    assert [name for name, _ in pages] == [f"{name}.md" for name in PAGES]
    whole = menu.whole(pages, dutch.t)
    made = [
        ("places.md", "Mijn gemeente"),
        ("search.md", "Zoeken en alle onderwerpen"),
        ("home-work.md", "Thuis werken"),
        ("cards.md", "Kaartjes om mee te nemen"),
    ]
    assert [one for one in whole if one not in made] == pages
    assert whole[1:3] == made[:2]
    doors = [at for at, (name, _) in enumerate(whole) if name.startswith("door")]
    assert whole.index(made[3]) == doors[-1] + 1
    work = [name.startswith("work-") for name, _ in whole].index(True)
    assert whole.index(made[2]) == work - 1


def test_a_page_in_the_menu_that_nobody_wrote_stops_the_build(
    dutch: Edition, tmp_path: Path
) -> None:
    """The message names the page."""
    config = tmp_path / "mkdocs.yml"
    config.write_text("nav:\n  - More:\n    - nowhere.md\n", "utf-8")

    with pytest.raises(SiteError, match=r"there is no nl/nowhere\.md"):
        menu.written(config, dutch)


def test_a_broken_record_stops_the_build(tmp_path: Path) -> None:
    """The message names the record and what to do."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    path = tmp_path / "docs" / "data" / "policy.yml"
    path.write_text(
        path.read_text("utf-8").replace("confidence: high", "confidence: sure", 1), "utf-8"
    )

    with pytest.raises(SiteError, match=r"policy\.yml: GM\d{4}.* has confidence: sure") as refused:
        data.load(tmp_path / "docs" / "data")
    assert refused.value.hint == "choose one of high, medium, low"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_generated_pages_are_plain(language: str) -> None:
    """No sentence of more than 25 words, no word that wounds or promises too much, no markup."""
    found = {
        name: text
        for name, text in STRINGS[language].texts.items()
        if name.startswith("municipality.")
    }

    assert len(found) > 150
    for name, text in found.items():
        for sentence in re.split(SENTENCE_END, text):
            assert words(sentence) <= 25, name
        assert not re.search(r"[<>&\"]", text), name
        assert avoided(text, language) == [], name


def test_a_menu_that_cannot_be_read_is_named_with_its_line(dutch: Edition, tmp_path: Path) -> None:
    """A wrong indent in mkdocs.yml ends in a sentence."""
    config = tmp_path / "mkdocs.yml"
    config.write_text("nav:\n  - index.md\n - door.md\n", "utf-8")

    with pytest.raises(SiteError, match=r"mkdocs\.yml, line 3: cannot be read"):
        menu.written(config, dutch)


def test_a_quote_in_a_translation_ends_no_attribute() -> None:
    """A string may hold one, and then it stands in a label as it does in a text."""
    english = STRINGS["en"]
    quoted = Strings("en", {**english.texts, "municipality.places.letters": 'By "letter"'})
    body = places.body(Voice(quoted), facts(), places.slugs(facts().municipalities))
    table = tables.table(['The "fee"', "a &amp; b"], [("", ["x", "y"])])

    page = Page("/en/places/", f"{body}{table}")
    assert 'By "letter"' in [one.attributes.get("aria-label") for one in page.all("nav")]
    assert [one.attributes["data-label"] for one in page.all("td")] == ['The "fee"', "a & b"]
