"""Organisations by need on one page: each once, with what is known, and no way to a person too many."""

import re
from dataclasses import replace
from datetime import date

import pytest

from overrides.facts import directory
from overrides.facts.directory import Organisation
from overrides.pages import help_list
from overrides.pages.wording import Voice
from overrides.words.errors import SiteError
from tests.own_records import own
from tests.site import ROOT, STRINGS, Built, Page

FOLDER = ROOT / "docs" / "data"
COMMITTED = directory.load(FOLDER / "directory.yml")
FOUND, PLACES = own().organisations, own().municipalities
ENGLISH = Voice(STRINGS["en"])


PARTS = (*help_list.NEEDS, "others")


def listed(*organisations: Organisation, practice: bool = True, language: str = "en") -> Page:
    """All parts of the list, with only these organisations on it."""
    return made(PARTS, *organisations, practice=practice, language=language)


def made(
    parts: tuple[str, ...], *organisations: Organisation, practice: bool = True, language: str
) -> Page:
    """These parts behind each other."""
    found = {one.id: one for one in organisations}
    voice = Voice(STRINGS[language])
    bodies = (help_list.body(voice, found, PLACES, part, practice=practice) for part in parts)
    return Page("/", "".join(bodies))


def card(page: Page, organisation: str) -> str:
    """The text of one card."""
    (item,) = page.all("li", id=f"org-{organisation}")
    return item.text


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_organisation_stands_once_below_its_need(built_site: Built, language: str) -> None:
    """In the order in which needs cannot wait; in each, those for the whole country come first."""
    page = Page(f"/{language}/help/", built_site.text(f"/{language}/help/"))
    ids = [e.attributes.get("id", "") for e in page.elements if e.tag in ("li", "h2")]
    starts = [*(ids.index(part) for part in PARTS), ids.index("police")]
    assert starts == sorted(starts)
    placed = {
        part: [COMMITTED[name.removeprefix("org-")] for name in ids[start + 1 : end]]
        for part, start, end in zip(PARTS, starts, starts[1:], strict=False)
    }

    helping = [one for one in COMMITTED.values() if one.is_help]
    assert sorted(one.id for part in help_list.NEEDS for one in placed[part]) == sorted(
        one.id for one in helping
    )
    for part, kinds in help_list.NEEDS.items():
        assert {one.kind for one in placed[part]} <= set(kinds)
        whole = [one.national for one in placed[part]]
        assert whole == sorted(whole, reverse=True), part
    unhelpful = {one.id for one in COMMITTED.values() if one.listing == "no_help_line"}
    assert {one.id for one in placed["others"]} == unhelpful


def test_every_kind_of_organisation_belongs_to_one_need() -> None:
    """A new kind in the data has its place, or nobody would see it."""
    kinds = [kind for kinds in help_list.NEEDS.values() for kind in kinds]
    assert sorted(kinds) == sorted(directory.KINDS)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_words_of_every_tie_stand_in_the_legend(built_site: Built, language: str) -> None:
    """What a row says in three words is explained below, in the same words; each has a shape as well."""
    page = Page(f"/{language}/help/", built_site.text(f"/{language}/help/"))
    (legend,) = page.all("details", class_="folded")
    voice = Voice(STRINGS[language])
    for one in COMMITTED.values():
        assert voice(f"help.tie.{one.police_ties}") in legend.text, one.police_ties
    heads = [e for e in page.all("svg") if any(up.tag == "li" for up in e.inside)]
    assert len(heads) == len(page.all("li")) - len(
        [
            e
            for e in page.all("li")
            if not any(up.attributes.get("class") == "rows" for up in e.inside)
        ]
    )


def test_the_first_number_of_help_stands_beside_that_of_danger() -> None:
    """On the real site only once somebody called it; then the next that was called takes its place."""
    called = replace(FOUND["slachtofferhulp"], verified_live=date(2026, 11, 1))
    found = (FOUND["112"], FOUND["csg"], called)

    def first(*, practice: bool) -> list[str]:
        page = made(("first",), *found, practice=practice, language="en")
        return [e.attributes["href"] for e in page.all("a", class_="button")]

    assert first(practice=True) == ["tel:112", "tel:08000188"]
    assert first(practice=False) == ["tel:112", "tel:09000101"]


def test_an_unknown_part_is_refused_with_those_that_are_known() -> None:
    """An editor sees which parts there are."""
    with pytest.raises(SiteError, match="no part police") as refused:
        made(("police",), language="en")
    assert "violence" in str(refused.value.hint)


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
    """By the host where it has no title; no date is said, not hidden. The end of its part leads there."""
    for one in [one for one in FOUND.values() if one.is_help]:
        (line,) = made(("sources",), one, language="en").all("li")
        named = re.fullmatch(r".+\. Sources: (.+)\. Certainty: (high|medium|low)\.", line.text)
        assert named, one.id
        parts = named[1].split("; ")
        assert len(parts) == len(one.readings)
        assert all(re.search(r", (.*20\d\d|no date)$", part) for part in parts), parts
        assert listed(one).all("a", href=f"../data/#{line.attributes['id']}")


def test_a_number_that_nobody_called_is_for_practice_only() -> None:
    """In a real build only 112 can be called; in practice the others say that nobody tried."""
    real = listed(*FOUND.values(), practice=False)
    practice = listed(*FOUND.values())

    numbers = [link.attributes["href"] for link in real.all("a", href="tel:112")]
    calls = [e for e in real.all("a") if e.attributes["href"].startswith(("tel:", "mailto:"))]
    assert [e.attributes["href"] for e in calls] == numbers == ["tel:112"]
    assert "not called yet" not in real.html
    assert "0800-0188(not called yet)" in re.sub(r"\s+\(", "(", card(practice, "csg"))
    assert all(
        e.attributes["class"] == "button"
        for e in practice.all("a")
        if "tel:" in e.attributes["href"]
    )


@pytest.mark.parametrize("listing", ["ask_first", "hardly_active", "replaced"])
def test_a_note_that_says_not_to_list_it_is_obeyed(listing: str) -> None:
    """It stands nowhere, until it was asked."""
    one = replace(FOUND["spot46"], listing=listing)

    assert listed(one).all("li", id="org-spot46") == []
    assert listed(replace(FOUND["spot46"], listing="no_help_line")).all("li", id="org-spot46")


def test_a_name_and_a_site_are_shown_to_everybody() -> None:
    """A number only when it was called."""
    real = card(listed(FOUND["spot46"], practice=False), "spot46")

    assert "www.spot46.nl." in real


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
    assert "police: not known" in said


def test_a_name_is_text_and_never_markup() -> None:
    """What a record says cannot change the page."""
    page = listed(replace(FOUND["csg"], name="<b>A & B</b>"))

    assert "<strong>&lt;b&gt;A &amp; B&lt;/b&gt;</strong>" in page.html
