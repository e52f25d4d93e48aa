"""Who helps near a municipality (desk/work/partners.py), on the page and on the command line."""

import csv
import json
from pathlib import Path

import pytest
import yaml

from desk.strings import LANGUAGES, Strings
from desk.work import partners
from tests.screens import CODE, make_client, put_case
from tests.vaults import make_store
from tests.verbs import FD, Done, run

FOUND = yaml.safe_load((partners.DATA / "directory.yml").read_text(encoding="utf-8"))
REGIONAL = {one["name"]: one for one in FOUND["organisations"] if not one["national"]}

PROVINCES = [
    ("Hengelo", "O", "Overijssel"),
    ("Laren", "NH", "Noord-Holland"),
    ("Rijswijk", "ZH", "Zuid-Holland"),
    ("Beek", "L", "Limburg"),
    ("Stein", "L", "Limburg"),
    ("Middelburg", "Z", "Zeeland"),
]


def names(municipality: str) -> list[str]:
    region = partners.near(municipality)
    assert region is not None, municipality
    return [one.name for one in region.partners]


@pytest.mark.parametrize(
    "written", ["Den Haag", "den  haag ", "\u2019s-Gravenhage", "'S-GRAVENHAGE", "The Hague"]
)
def test_a_municipality_is_found_as_people_write_it(written: str) -> None:
    """Capitals, spaces, a phone's apostrophe and everyday names lead to the same region."""
    assert names(written) == ["Spot 46 / SHOP", "Stichting De Haven"]


def test_an_official_name_with_its_province_is_found_however_it_is_spelled() -> None:
    """With or without brackets and dots, by the capitals of the province or its whole name."""
    for name, capitals, province in PROVINCES:
        wanted = partners.near(name)
        assert wanted is not None, name
        for behind in (f"({capitals}.)", f"({capitals})", capitals.lower(), f"({province})"):
            assert partners.near(f"{name} {behind}") == wanted, f"{name} {behind}"
    assert partners.near("Bergen (L.)") != partners.near("Bergen (NH.)")
    assert partners.near("Hengelo (Gld.)") is None  # another place, in another municipality


@pytest.mark.parametrize("written", ["", "Hoofddorp", "Amsterdam-Noord", "?"])
def test_what_is_no_municipality_has_no_region(written: str) -> None:
    """Nothing is guessed."""
    assert partners.near(written) is None


def test_every_regional_entry_is_offered_in_its_region_and_nowhere_else() -> None:
    """Held against the data files themselves, for all municipalities."""
    with (partners.DATA / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 342
    seen: set[str] = set()
    for row in rows:
        code, name, region = row["cbs_code"], row["name"], row["ggd_region"]
        wanted = {
            one["name"]
            for one in REGIONAL.values()
            if region in one["ggd_regions"] or code in one["codes"] or name in one["municipalities"]
        }
        found = names(name)
        assert (set(found), len(found)) == (wanted, len(wanted)), name
        seen |= wanted
    assert seen == REGIONAL.keys()


def test_who_names_the_municipality_itself_comes_first() -> None:
    """Before those who name only the region."""
    assert names("Amstelveen")[0].startswith("Amsterdam Center for Sex Workers")
    assert names("Amsterdam")[0] == "Red Light United"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tie_to_the_police_is_always_said(language: str) -> None:
    """In the words of the data, or that none is known, or that we do not know."""
    say = Strings(language)
    for one in map(partners._partner, REGIONAL.values()):
        assert one.police.get(language) or say.has(f"partner.ties.{one.ties}"), one.name


def test_the_form_for_a_referral_names_them(tmp_path: Path) -> None:
    """With the region, the tie to the police, the source's day, and that nobody called."""
    client = make_client(make_store(tmp_path)).enter().unlock()
    book = client.screen.book
    for municipality, words in (
        (
            "Utrecht",
            "In GGD regio Utrecht, with the tie to the police: Belle (De Tussenvoorziening)",
        ),
        ("Tilburg", "In GGD Hart voor Brabant we know of no help"),
        ("Nergenshuizen", "This municipality is not known"),
    ):
        case = put_case(book, municipality=municipality, **CODE)
        assert words in client.get(f"/case/{case.subject}").words
    client.screen.lock()


def near(municipality: str, *options: str) -> Done:
    """Ask the verb for the partners near a municipality, which it reads from a descriptor."""
    said = json.dumps({"municipality": municipality})
    return run("partners", *options, "--words-fd", FD, words=said)


def test_the_command_line_says_the_same() -> None:
    """It needs neither store nor passphrase, and never gives a number nobody has called."""
    done = near("Amsterdam", "--language", "en")
    assert done.status == 0
    assert "  Amsterdam Center for Sex Workers (ACS, P&G292). Gives training to police" in done.out
    assert "Newest source: 7 February 2025. Nobody called them yet: do that first." in done.out
    assert near("Tilburg").out.startswith("In GGD Hart voor Brabant kennen wij geen hulp")
    assert "onbekend" in near("Nergenshuizen").out
