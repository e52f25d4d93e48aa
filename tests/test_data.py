"""The facts as data: no record is left out, and every forbidden record is refused by name."""

import copy
import csv
import shutil
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from overrides.facts import data, directory, legislation, officials, policy, records, routes
from overrides.facts.records import Record
from overrides.words.errors import SiteError
from tests.own_records import RECORDS
from tests.site import ROOT

FOLDER = ROOT / "docs" / "data"


def plain(path: Path) -> Any:
    """A YAML file with every value as text, so that dates cannot be told from their spelling."""
    return yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)


@pytest.fixture(scope="module")
def loaded() -> data.Data:
    """The committed data."""
    return data.load(FOLDER)


def test_all_records_load(loaded: data.Data) -> None:
    """The committed data pass their own checks, and no record of a file is left out."""
    assert len(loaded.municipalities) == len(rows(FOLDER / "municipalities.csv"))
    assert len(loaded.policies) == len(plain(FOLDER / "policy.yml"))
    assert len(loaded.organisations) == len(plain(FOLDER / "directory.yml")["organisations"])
    assert len(loaded.officials) == len(plain(FOLDER / "officials.yml")["officials"])
    assert len(loaded.routes) == len(plain(FOLDER / "routes.yml")["routes"])
    assert len(loaded.bills) == len(plain(FOLDER / "legislation.yml")["items"])


def rows(path: Path) -> list[list[str]]:
    """The lines of a CSV file below its heading."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def test_within_four_weeks_the_ombudsman_only_says_if_he_can_act(loaded: data.Data) -> None:
    """A reader who takes that for the outcome waits for what does not come."""
    by_id = {route.id: route.answer for route in loaded.routes}

    assert by_id["ombudsman"] == routes.Term(4, "week", 0, "if_they_can_act")
    assert by_id["municipality"] == routes.Term(6, "week", 4, "outcome", 10)


def test_police_who_come_to_help_say_who_they_are_at_a_home(loaded: data.Data) -> None:
    """The record names the law that the page on the door names for it."""
    (police,) = [one for one in loaded.officials if one.id == "police-check"]
    text = (FOLDER.parent / "en" / "door.md").read_text("utf-8")
    (said,) = [line for line in text.splitlines() if "[^politiewet-7]" in line]

    home = police.places["home"]
    assert {"politiewet-7", "awbi-1"} <= set(home.sources)
    assert home.note
    for words in ("say who they are", "and why", "A lawyer must still review that"):
        assert words.lower() in said.lower()
        assert words.lower() in home.note["en"].lower()


def test_conflicts_stay_open(loaded: data.Data) -> None:
    """Where sources disagree at least two claims are kept, and they differ."""
    for one in loaded.policies.values():
        for about in {claim.about for claim in one.conflicts}:
            claims = [claim for claim in one.conflicts if claim.about == about]
            said = {(claim.value, claim.passage.text) for claim in claims}
            assert len(said) == len(claims) >= 2, (one.code, about)


def test_every_field_of_every_file_is_explained() -> None:
    """fields.yml lists exactly the fields that are there; the page about the data is made of it."""
    for entry in records.read(FOLDER / "fields.yml")["files"]:
        path = FOLDER / entry["file"]
        assert names_in(path) == set(entry["fields"]), entry["file"]
        for words in [entry["about"], *entry["fields"].values()]:
            assert {"nl", "en"} == set(words)


def names_in(path: Path) -> set[str]:
    """Names of the fields in a data file, without those whose meaning their parent explains."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8") as file:
            return set(next(csv.reader(file)))
    parents = {
        "mergers.yml": ("source", "old_rules"),
        "policy.yml": ("limits",),
        "usual.yml": ("source", "says", "min_age", "search"),
        "directory.yml": (
            "meta",
            "title",
            "what_for",
            "police_note",
            "anonymous_note",
            "police_ties_note",
        ),
        "officials.yml": ("places", "name", "task", "note"),
        "promises.yml": ("says",),
        "routes.yml": ("within", "answer", "name", "about", "without_name"),
        "legislation.yml": ("sources", "dates", "name", "note"),
    }.get(path.name, ())
    raw = records.read(path)
    if path.name == "sources.yml":
        raw = list(raw.values())
    names = set(walk(raw, parents))
    return names | {"known", "access", "powers", "note"} if path.name == "officials.yml" else names


def walk(value: Any, parents: tuple[str, ...]) -> list[str]:
    """Field names at every depth, not looking inside `parents`."""
    if isinstance(value, list):
        return [name for inner in value for name in walk(inner, parents)]
    if not isinstance(value, dict):
        return []
    inside = [inner for name, inner in value.items() if name not in parents]
    return [*value, *walk(inside, parents)]


Change = Callable[[dict[str, Any]], object]


def conflict(about: str) -> dict[str, Any]:
    """A claim about a form of work."""
    said = {"claim": "it is forbidden", "lang": "en", "nl": "het is verboden"}
    return {"about": about, "value": "forbidden", "source": "s1", **said}


POLICY: list[tuple[str, Change]] = [
    ("has as_of written by hand", lambda r: r.update(as_of="2024-04")),
    ("has no date in date", lambda r: r["sources"][0].update(date="spring 2024")),
    ("has no date in date", lambda r: r["sources"][0].update(date="2024-13")),
    ("has confidence: certain", lambda r: r.update(confidence="certain")),
    ("has unknown fields: landlord", lambda r: r.update(landlord="x")),
    ("holds a mobile number", lambda r: r.update(notes="Call 06-12345678")),
    ("holds a mobile number", lambda r: r["conditions"][0].update(text="+31 (0)6 1234 5678")),
    ("facts, home_alone has no source", lambda r: r["facts"]["home_alone"].update(sources=[])),
    ("has as_of written by hand", lambda r: r["facts"]["home_alone"].update(as_of="2024-04")),
    ("has confidence written", lambda r: r["facts"]["home_alone"].update(confidence="high")),
    ("has as_of written by hand", lambda r: r["facts"]["window"].update(as_of="2024-04")),
    ("names a source twice", lambda r: r["facts"]["club"].update(sources=["b1", "b1"])),
    ("source that is not there", lambda r: r["conditions"][0].update(sources=["s99"])),
    ("has no sources", lambda r: r["conditions"][0].pop("sources")),
    ("allowed_conditions, and no condition", lambda r: r.update(conditions=[])),
    ("about which its sources conflict", lambda r: r.update(conflicts=[conflict("home_alone")])),
    ("notes in one language only", lambda r: r.update(notes_nl="")),
    ("has no editor", lambda r: r.pop("editor")),
    ("has kind: rule", lambda r: r["legal_basis"][0].update(kind="rule")),
    ("has value: perhaps", lambda r: r["facts"]["home_alone"].update(value="perhaps")),
    ("source that is not there", lambda r: r["facts"]["club"].update(sources=["s99"])),
    ("has unknown fields: sources", lambda r: r["facts"]["window"].update(sources=["s1"])),
    ("has no home_entry_bylaw", lambda r: r["facts"].pop("home_entry_bylaw")),
    ("has a url that is no web address", lambda r: r["sources"][0].update(url="www.x.nl")),
    ("has kind: rumour", lambda r: r["sources"][0].update(kind="rumour")),
    ("two texts with one id", lambda r: r["sources"][0].update(id="s2")),
]
DIRECTORY: list[tuple[str, Change]] = [
    ("has no source", lambda r: r.update(sources=[])),
    ("has no date", lambda r: r["sources"][0].update(date=None, date_note=None)),
    ("has police_ties: friendly", lambda r: r.update(police_ties="friendly")),
    ("has anonymous: maybe", lambda r: r.update(anonymous="maybe")),
    ("holds a mobile number", lambda r: r["phone"][0].update(number="06-12345678")),
    ("holds a mobile number", lambda r: r.update(note="or 0031 6 1234 5678")),
    ("is no telephone number", lambda r: r["phone"][0].update(number="call us")),
    ("has no date in verified_live", lambda r: r.update(verified_live="yesterday")),
    ("has no day in verified_live", lambda r: r.update(verified_live="2026-11")),
    ("has a url that is no web address", lambda r: r.update(url="slachtofferhulp")),
    ("has no what_for in nl and en", lambda r: r["what_for"].pop("nl")),
    ("is for no place", lambda r: r.update(national=False)),
    ("has unknown fields: twitter", lambda r: r.update(twitter="x")),
]
NATIONAL: list[tuple[str, str, int, Change]] = [
    (
        "officials.yml",
        "states what nobody read",
        0,
        lambda r: r["places"]["home"].update(known=False),
    ),
    ("officials.yml", "has no source", 0, lambda r: r["places"]["home"].update(sources=[])),
    (
        "officials.yml",
        "has the power fly",
        0,
        lambda r: r["places"]["home"]["powers"].append("fly"),
    ),
    ("routes.yml", "states what nobody read", 0, lambda r: r.update(known=False)),
    ("routes.yml", "has no source", 0, lambda r: r.update(sources=[])),
    ("routes.yml", "has anonymous: maybe", 0, lambda r: r.update(anonymous="maybe")),
    ("routes.yml", "has unit: moon", 0, lambda r: r["within"].update(unit="moon")),
    ("routes.yml", "has no says", 0, lambda r: r["answer"].pop("says")),
    ("routes.yml", "has extra time for no", 0, lambda r: r["answer"].update(says=routes.SAYS[1])),
    ("legislation.yml", "states what nobody read", 3, lambda r: r.update(known=False)),
    ("legislation.yml", "has no status, confidence", 3, lambda r: r.update(confidence=None)),
    ("legislation.yml", "has status: soon", 3, lambda r: r.update(status="soon")),
]
PARSERS: dict[str, tuple[str, Callable[[Record], object]]] = {
    "officials.yml": ("officials", officials.parse),
    "routes.yml": ("routes", routes.parse),
    "legislation.yml": ("items", legislation.parse),
}


@lru_cache
def kept(file: str) -> Any:
    """What stands in a file of the tests' own records, read once."""
    return records.read(RECORDS / file)


def broken(record: Any, change: Change) -> dict[str, Any]:
    """A copy of a good record with one thing wrong."""
    changed: dict[str, Any] = copy.deepcopy(record)
    change(changed)
    return changed


def one(file: str, key: str | None, name: str) -> Any:
    """A record of the tests' own by its code or id."""
    raw = kept(file)
    return next(r for r in (raw[key] if key else raw) if name in (r.get("id"), r.get("cbs_code")))


@pytest.mark.parametrize(("said", "change"), POLICY)
def test_a_broken_policy_is_refused_by_name(said: str, change: Change) -> None:
    """Each defect names the municipality and says what to do."""
    with pytest.raises(SiteError) as refused:
        policy.parse(broken(one("policy.yml", None, "GM0855"), change))

    assert str(refused.value).startswith("policy.yml: GM0855")
    assert said in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize(("said", "change"), DIRECTORY)
def test_a_broken_organisation_is_refused_by_name(said: str, change: Change) -> None:
    """Each defect names the organisation and says what to do."""
    with pytest.raises(SiteError) as refused:
        directory.parse(broken(one("directory.yml", "organisations", "slachtofferhulp"), change))

    assert str(refused.value).startswith("directory.yml: slachtofferhulp")
    assert said in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize(("file", "said", "index", "change"), NATIONAL)
def test_a_broken_national_record_is_refused_by_name(
    file: str, said: str, index: int, change: Change
) -> None:
    """What nobody read may not be stated, and a claim needs its source."""
    key, parse = PARSERS[file]
    raw = kept(file)[key][index]
    with pytest.raises(SiteError) as refused:
        parse(Record(f"{file}: {raw['id']}", broken(raw, change)))

    assert str(refused.value).startswith(f"{file}: {raw['id']}")
    assert said in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("policy.yml", "cbs_code: GM0034", "cbs_code: GM0014", "GM0014 stands there twice"),
        ("policy.yml", "cbs_code: GM0034", "cbs_code: GM9999", "GM9999 Almere is not in"),
        ("policy.yml", 'name: "Almere"', 'name: "Almeer"', "GM0034 Almeer is not in"),
        ("municipalities.csv", "GM0034,", "GM0014,", "GM0014 is no code or stands there twice"),
        ("municipality-aliases.yml", "GM0518", "GM9999", "GM9999 is no municipality"),
        ("directory.yml", "- GGD Haaglanden", "- GGD Nowhere", "spot46 names GGD Nowhere"),
        ("directory.yml", "- id: csg", '- id: "112"', "112 stands there twice"),
        ("routes.yml", "[jl-aangifte, ", "[nowhere-1, ", "crime-tip names the source nowhere-1"),
        (
            "officials.yml",
            "sources: [vw-47]",
            "sources: [vw-0]",
            "migration-police names the source",
        ),
        ("usual.yml", "- form: club", "- form: street", "has no line for club"),
        (
            "policy.yml",
            "home_together: {value: forbidden",
            "home_together: {value: tolerated",
            "usual.yml: home_together is mostly_forbidden, and policy.yml knows",
        ),
        ("mergers.yml", "cbs_code: GM1696", "cbs_code: GM9999", "GM9999 is no municipality"),
    ],
)
def test_what_spans_two_files_is_checked(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    """Codes, names, regions and source ids exist, once each."""
    folder = tmp_path / "data"
    shutil.copytree(RECORDS, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).chmod(0o644)
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(SiteError, match=said) as refused:
        data.load(folder)
    assert file in str(refused.value)
    assert refused.value.hint


def organisation(**changed: object) -> directory.Organisation:
    """Slachtofferhulp with some fields changed."""
    record = {**one("directory.yml", "organisations", "slachtofferhulp"), **changed}
    return directory.parse(record)


def test_a_number_nobody_called_is_for_practice_only() -> None:
    """A release shows a contact only once somebody tried it."""
    untried, tried = organisation(), organisation(verified_live="2026-11-01")

    hidden = directory.contact(untried, practice=False)
    shown = directory.contact(tried, practice=False)
    assert (hidden.phones, hidden.email, hidden.url, hidden.called) == ((), "", untried.url, None)
    assert directory.contact(untried, practice=True).phones == untried.phones != ()
    assert (shown.phones, shown.called) == (tried.phones, date(2026, 11, 1))


def test_112_is_always_shown() -> None:
    """The emergency number needs no trial call."""
    emergency = directory.parse(one("directory.yml", "organisations", "112"))

    assert directory.contact(emergency, practice=False).phones == ("112",)


def test_a_contact_not_fit_to_show_is_never_shown() -> None:
    """Not in practice either, even when it was tried."""
    unfit = organisation(contact_ready_to_show=False, verified_live="2026-11-01")

    assert directory.contact(unfit, practice=True).phones == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"police_ties_said_by": None}, "police_ties_said_by"),
        ({"police_ties_said_by": "a neighbour"}, "police_ties_said_by"),
        ({"police_ties_sources": []}, "no source says so"),
        ({"police_ties_sources": [3]}, "no sources of its own"),
        ({"police_ties_sources": "1"}, "no sources of its own"),
        ({"listing": "sometimes"}, "listing"),
        ({"asked_on": "2026-11"}, "asked_on"),
    ],
)
def test_a_tie_without_a_source_and_a_note_that_nobody_knows_are_refused(
    changed: dict[str, object], said: str
) -> None:
    """Who says it of another says where it stands."""
    with pytest.raises(SiteError, match=said):
        organisation(**changed)


def test_what_must_be_asked_first_is_no_help_until_it_was() -> None:
    """Nor is what is hardly active, replaced, or helps nobody who calls."""
    asked = organisation(listing="ask_first", asked_on="2026-11-01")
    listed = {name: organisation(listing=name).is_help for name in directory.LISTINGS}

    assert asked.is_help
    assert [name for name, is_help in listed.items() if is_help] == ["help"]


def test_a_mobile_number_of_an_organisation_needs_its_own_word() -> None:
    """organisation_mobile: true lets it in."""
    phone = [{"number": "06-12345678", "cost": "", "detail": ""}]

    assert organisation(organisation_mobile=True, phone=phone).phones == ("06-12345678",)


@pytest.mark.parametrize(("day", "old"), [("2026-06-01", False), ("2026-05-01", True)])
def test_a_contact_tried_half_a_year_ago_is_named(day: str, old: bool) -> None:
    """After 180 days the build says which to try again."""
    found = {"slachtofferhulp": organisation(verified_live=day)}

    assert directory.aging(found, date(2026, 11, 22)) == (("slachtofferhulp",) if old else ())


def test_a_contact_tried_over_a_year_ago_stops_the_build() -> None:
    """A number that old is no help."""
    found = {"slachtofferhulp": organisation(verified_live="2025-11-01")}

    with pytest.raises(SiteError, match="slachtofferhulp was last tried 386 days ago"):
        directory.aging(found, date(2026, 11, 22))
