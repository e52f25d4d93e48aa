"""All organisations on one page: each once, with what is known, and no way to a person too many."""

import re
from dataclasses import replace

import pytest

from overrides.facts import directory
from overrides.facts.directory import Organisation
from overrides.pages import help_list
from overrides.pages.wording import Voice
from tests.own_records import own
from tests.site import ROOT, STRINGS, Built, Page

FOLDER = ROOT / "docs" / "data"
COMMITTED = directory.load(FOLDER / "directory.yml")
FOUND, PLACES = own().organisations, own().municipalities
ENGLISH = Voice(STRINGS["en"])


def listed(*organisations: Organisation, practice: bool = True, language: str = "en") -> Page:
    """The list with only these organisations on it."""
    found = {one.id: one for one in organisations}
    voice = Voice(STRINGS[language])
    return Page("/", help_list.body(voice, found, PLACES, practice=practice))


def card(page: Page, organisation: str) -> str:
    """The text of one card."""
    (item,) = page.all("li", id=f"org-{organisation}")
    return item.text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_organisation_stands_once_on_the_built_page(built_site: Built, language: str) -> None:
    """Those for the whole country first, then those of a region; nobody is left out."""
    page = Page(f"/{language}/help/", built_site.text(f"/{language}/help/"))
    ids = [e.attributes.get("id", "") for e in page.elements if e.tag in ("li", "h3")]
    split, others = ids.index("help-regional"), ids.index("help-others")
    parts = [
        [name.removeprefix("org-") for name in part if name.startswith("org-")]
        for part in (ids[:split], ids[split:others], ids[others:])
    ]
    helping = [one for one in COMMITTED.values() if one.is_help]

    assert set(parts[0]) == {one.id for one in helping if one.national}
    assert set(parts[1]) == {one.id for one in helping if not one.national}
    assert set(parts[2]) == {one.id for one in COMMITTED.values() if one.listing == "no_help_line"}
    assert all(len(set(part)) == len(part) for part in parts)


def test_an_area_stands_on_the_card_by_names_people_know() -> None:
    """A public health region by its name, a municipality by its own."""
    page = listed(FOUND["red-light-united"], FOUND["rotterdam-vertrouwenspersoon"], FOUND["csg"])

    assert "Area: GGD Amsterdam." in card(page, "red-light-united")
    assert "Area: Rotterdam." in card(page, "rotterdam-vertrouwenspersoon")
    assert "Area:" not in card(page, "csg")


def test_languages_are_named_with_the_year_of_an_old_source() -> None:
    """What is no code stays as it was found, marked as English; unknown languages are not made up."""
    dutch = listed(FOUND["acs"], FOUND["spot46"], FOUND["belle"], language="nl")

    assert "Talen: Nederlands, Engels, Bulgaars (2009), Roemeens (2009)" in card(dutch, "acs")
    assert '<span class="found" lang="en" dir="ltr">others, interpreter</span>' in dutch.html
    assert "Talen" not in card(dutch, "belle")


def test_every_source_of_a_card_has_a_name_and_a_date() -> None:
    """By the host where it has no title; no date is said, not hidden."""
    for one in FOUND.values():
        (line,) = listed(one).all("p", class_="footnote")
        named = re.fullmatch(r"Sources: (.+)\. Certainty: (high|medium|low)\.", line.text)
        assert named, one.id
        parts = named[1].split("; ")
        assert len(parts) == len(one.readings)
        assert all(re.search(r", (.*20\d\d|no date)$", part) for part in parts), parts


def test_a_number_that_nobody_called_is_for_practice_only() -> None:
    """In a real build only 112 can be called; in practice the others say that nobody tried."""
    real = listed(*FOUND.values(), practice=False)
    practice = listed(*FOUND.values())

    numbers = [link.attributes["href"] for link in real.all("a", href="tel:112")]
    calls = [e for e in real.all("a") if e.attributes["href"].startswith(("tel:", "mailto:"))]
    assert [e.attributes["href"] for e in calls] == numbers == ["tel:112"]
    assert "not called yet" not in real.html
    assert "Contact: 0800-0188" in card(practice, "csg")
    assert "not called yet" in card(practice, "csg")


@pytest.mark.parametrize("listing", ["ask_first", "hardly_active", "replaced"])
def test_a_note_that_says_not_to_list_it_is_obeyed(listing: str) -> None:
    """It stands nowhere, until it was asked."""
    one = replace(FOUND["spot46"], listing=listing)

    assert listed(one).all("li", id="org-spot46") == []
    assert listed(replace(FOUND["spot46"], listing="no_help_line")).all("li", id="org-spot46")


def test_a_name_and_a_site_are_shown_to_everybody() -> None:
    """A number only when it was called."""
    real = card(listed(FOUND["spot46"], practice=False), "spot46")

    assert "Contact: www.spot46.nl." in real


def test_a_tie_that_somebody_else_told_shows_source_and_day() -> None:
    """What an organisation says of itself needs neither."""
    told = card(listed(FOUND["mma"]), "mma")
    own_word = card(listed(FOUND["meetingpoint-groningen"]), "meetingpoint-groningen")

    assert "That is how it stands at politie.nl, 13 July 2022." in told
    assert "That is how it stands" not in own_word


def test_what_is_not_known_about_the_police_is_said() -> None:
    """A card never leaves the tie or the name out."""
    one = replace(FOUND["csg"], anonymous="unknown", anonymous_note=None, police_ties="unknown")

    said = card(listed(one), "csg")
    assert "We do not know whether it works without a name." in said
    assert "We do not know whether there is a tie with the police." in said


def test_a_name_is_text_and_never_markup() -> None:
    """What a record says cannot change the page."""
    page = listed(replace(FOUND["csg"], name="<b>A & B</b>"))

    assert "<strong>&lt;b&gt;A &amp; B&lt;/b&gt;</strong>" in page.html
