"""The list of municipalities and a page of it in Chromium: found in two taps, filtered, and silent."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.visit import Visit
from tests.site import LANGUAGES, SHARE, STRINGS, asset

SMALL = {"width": 320, "height": 568}


def shown(page: Page) -> list[str]:
    """Names still in view."""
    return [line.inner_text() for line in page.locator("#places li:visible").all()]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("den haag", "'s-Gravenhage (Den Haag, The Hague)"),
        ("s gravenhage", "'s-Gravenhage (Den Haag, The Hague)"),
        ("DEN BOSCH", "'s-Hertogenbosch (Den Bosch)"),
        ("sudwest", "Súdwest-Fryslân (Zuidwest-Friesland)"),
        ("Súdwest", "Súdwest-Fryslân (Zuidwest-Friesland)"),
        ("gm0855", "Tilburg"),
        ("Hengelo (O.)", "Hengelo"),
        ("Laren (NH.)", "Laren"),
        ("Rijswijk (ZH.)", "Rijswijk"),
        ("rijswijk zh", "Rijswijk"),
        ("Beek (L.)", "Beek"),
        ("Stein (L.)", "Stein"),
        ("Middelburg (Z.)", "Middelburg"),
        ("bergen l", "Bergen (L.)"),
        (
            "\uff34\uff49\uff4c\uff42\uff55\uff52\uff47",
            "Tilburg",
        ),  # wide letters of a Chinese keyboard
        ("\u0132sselstein", "IJsselstein"),
    ],
)
def test_the_filter_knows_other_names_accents_and_codes(
    visit: Visit, typed: str, name: str
) -> None:
    """One line is left, and only the letter it stands under."""
    visit.open("places/")
    visit.page.locator("#part").fill(typed)

    assert shown(visit.page) == [name]
    assert visit.page.locator("#places section:visible").count() == 1
    assert visit.troubles == []


@pytest.mark.parametrize("language", SHARE)
def test_the_filter_works_in_every_language(visit: Visit, language: str) -> None:
    """Names are Dutch everywhere, also on a page that runs from right to left."""
    visit.language = language
    visit.open("places/")
    label = STRINGS[language]("municipality.places.filter")
    visit.page.get_by_label(label).fill("sudwest")

    assert shown(visit.page) == ["Súdwest-Fryslân (Zuidwest-Friesland)"]
    assert visit.troubles == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_writes_with_other_letters_is_told_before_she_types(
    visit: Visit, language: str
) -> None:
    """The label of the field says with which letters the names stand, where they are not those of the language."""
    visit.language = language
    visit.open("places/")
    field = visit.page.locator("#part")
    expect(field).to_be_visible()
    others = not re.search("[a-z]", STRINGS[language].name, re.I)
    said = STRINGS[language]("municipality.places.latin") if others else ""

    expect(field).to_have_accessible_description(said)
    assert visit.page.locator("#find .hint:visible").all_inner_texts() == ([said] if said else [])


@pytest.mark.parametrize("language", SHARE)
@pytest.mark.parametrize(
    ("typed", "said"),
    [("zzz", "none"), ("Hengelo (L.)", "none"), ("أمستردام", "latin"), ("Амстердам", "latin")],
)
def test_a_list_without_a_match_says_so_and_what_to_do(
    visit: Visit, typed: str, said: str, language: str
) -> None:
    """One sentence in the page's language, which a screen reader hears; a letter then leads on without script."""
    visit.language = language
    visit.open("places/")
    visit.page.locator("#part").fill(typed)

    sentence = STRINGS[language](f"municipality.places.{said}")
    expect(visit.page.locator(f"#{said}")).to_be_visible()  # when the names of places are there
    assert visit.page.locator("[role=status] p:visible").all_inner_texts() == [sentence]
    assert visit.page.locator("#places :visible").count() == 0
    visit.page.locator(".letters a", has_text="H").click()
    visit.page.wait_for_url("**/places/h/")
    expect(visit.page.get_by_role("link", name="Hengelo").first).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Hoofddorp", ["Haarlemmermeer Hoofddorp · Noord-Holland"]),
        ("s gravenmoer", ["Dongen 's-Gravenmoer · Noord-Brabant"]),
        ("sgravenmoer", ["Dongen 's-Gravenmoer · Noord-Brabant"]),
        ("hengelo", ["Bronckhorst Hengelo (Gld.) · Gelderland", "Hengelo Overijssel"]),
        (
            "Maasdonk",
            [
                f"{name} Maasdonk ({STRINGS['nl']('municipality.places.former')}) · Noord-Brabant"
                for name in ("'s-Hertogenbosch (Den Bosch)", "Oss")
            ],
        ),
    ],
)
def test_a_place_or_a_former_municipality_leads_to_where_it_lies_now(
    visit: Visit, typed: str, names: list[str]
) -> None:
    """With its province; of what is gone the line says that the old rule is not shown, of doubles that there are."""
    visit.open("places/")
    visit.page.locator("#part").fill(typed)
    found = visit.page.locator("#places li:visible")

    expect(found).to_have_text(names)
    assert visit.page.locator("#several").is_visible() is (len(names) > 1)
    assert visit.troubles == []


def test_the_names_of_places_are_asked_for_once_and_only_when_they_are_used(visit: Visit) -> None:
    """One file of our own, at an address that says nothing of what is looked for."""
    visit.open("places/")
    visit.page.wait_for_load_state("networkidle")
    before = len(visit.requests)
    assert [one.url for one in visit.requests if "names" in one.url] == []
    for typed in ("t", "tilburg", "Berkel-Enschot", ""):
        visit.page.locator("#part").fill(typed)
    visit.page.wait_for_load_state("networkidle")

    assert [one.url for one in visit.requests[before:]] == [f"{visit.address}/{asset('names.js')}"]


def test_without_the_names_of_places_the_field_says_so_and_the_letters_stay(visit: Visit) -> None:
    """Municipalities are still found."""
    visit.page.route(f"**/{asset('names.js')}", lambda route: route.abort())
    visit.open("places/")
    visit.page.locator("#part").fill("tilburg")
    expect(visit.page.locator("#failed")).to_be_visible()
    assert shown(visit.page) == ["Tilburg"]
    visit.page.locator("#part").fill("hoofddorp")

    expect(visit.page.locator("#none")).to_be_visible()
    expect(visit.page.locator(".letters")).to_be_visible()


def test_what_is_typed_or_chosen_never_leaves_the_page(visit: Visit) -> None:
    """No request that tells of it, nothing in the address, nothing stored; clearing brings all 342 back."""
    visit.open("places/")
    visit.page.locator("#part").focus()
    visit.page.wait_for_load_state("networkidle")
    before, address = len(visit.requests), visit.page.url
    for typed in ("t", "ti", "tilburg", "zzz", ""):
        visit.page.locator("#part").fill(typed)
        visit.page.locator("#part").press("Enter")
    stored = visit.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")

    assert len(visit.requests) == before <= 5
    assert visit.page.url == address
    assert stored == [0, 0, ""]
    assert visit.page.locator("#places li:visible").count() == 342


def test_two_taps_without_script(chromium: Browser, address: str) -> None:
    """A letter, then the name of a place; the field that would do nothing is not there."""
    context = chromium.new_context(java_script_enabled=False, viewport=SMALL)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/en/places/")
    expect(page.locator("#find")).to_be_hidden()
    page.locator(".letters a", has_text="B").click()
    page.get_by_role("link", name="Berkel-Enschot", exact=True).click()

    expect(page.locator("h1")).to_have_text("Tilburg")
    page.locator("summary", has_text="Who may come").click()
    expect(page.get_by_text("Municipal inspector")).to_be_visible()
    context.close()


@pytest.mark.parametrize("language", SHARE)
@pytest.mark.parametrize(
    "path", ["places/", "places/h/", "search/", "m/s-gravenhage/", "m/urk/", "m/utrecht/"]
)
def test_pages_from_data_fit_a_small_phone(visit: Visit, path: str, language: str) -> None:
    """Never sideways at 320 pixels, no complaint of the browser."""
    visit.language = language
    visit.page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    visit.open(path)

    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert visit.troubles == []
