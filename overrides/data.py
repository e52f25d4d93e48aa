"""All facts of the site (step 1): the folder docs/data in, one frozen record of everything out.

Each file is checked by its own module; what spans two files is checked here: codes that exist,
sources that are listed, regions that are real. It knows neither pages nor MkDocs.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overrides import (
    directory,
    legislation,
    officials,
    policy,
    records,
    routes,
    sources,
    usual,
)
from overrides.directory import Organisation
from overrides.errors import SiteError
from overrides.legislation import Bill
from overrides.officials import Official
from overrides.policy import CONFIDENCE, Policy
from overrides.records import Record
from overrides.routes import Route
from overrides.usual import Common, Origin

_COLUMNS = ["cbs_code", "name", "province", "ggd_region", "police_unit", "safety_region", "website"]
_CODE = re.compile(r"GM\d{4}")


@dataclass(frozen=True)
class Municipality:
    """One municipality; `website` is empty where none was found."""

    code: str
    name: str
    province: str
    ggd_region: str
    police_unit: str
    website: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Merger:
    """A municipality that is to join another; the outcome of a plan may not be known."""

    code: str
    into: str
    joins_on: date
    as_of: str | None
    confidence: str
    source: Origin
    old_rules_stay_at_most_years: int


@dataclass(frozen=True)
class Data:
    """Everything in docs/data, checked."""

    municipalities: dict[str, Municipality]
    policies: dict[str, Policy]
    organisations: dict[str, Organisation]
    officials: tuple[Official, ...]
    routes: tuple[Route, ...]
    bills: tuple[Bill, ...]
    common: Common
    mergers: dict[str, Merger]


def load(folder: Path) -> Data:
    """Read and check the whole folder; the first wrong record stops the build and is named."""
    data = Data(
        municipalities=municipalities(folder),
        policies=policy.load(folder / "policy.yml"),
        organisations=directory.load(folder / "directory.yml"),
        officials=officials.load(folder / "officials.yml"),
        routes=routes.load(folder / "routes.yml"),
        bills=legislation.load(folder / "legislation.yml"),
        common=usual.load(folder / "usual.yml"),
        mergers=_mergers(folder / "mergers.yml"),
    )
    _check_codes(data)
    _check_sources(data, set(sources.load(folder / "sources.yml")))
    return data


def municipalities(folder: Path) -> dict[str, Municipality]:
    """All municipalities by CBS code, by alphabet, with their other names."""
    path = folder / "municipalities.csv"
    aliases = _aliases(folder / "municipality-aliases.yml")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != _COLUMNS:
            raise SiteError(
                f"{path.name} has other columns", f"write them as {', '.join(_COLUMNS)}"
            )
        rows = sorted(reader, key=lambda row: sort_key(row["name"]))
    found: dict[str, Municipality] = {}
    for row in rows:
        code = row["cbs_code"]
        if not _CODE.fullmatch(code) or code in found:
            raise SiteError(f"{path.name}: {code} is no code or stands there twice", "correct it")
        found[code] = Municipality(
            code=code,
            name=row["name"],
            province=row["province"],
            ggd_region=row["ggd_region"],
            police_unit=row["police_unit"],
            website=row["website"],
            aliases=aliases.pop(code, ()),
        )
    if aliases:
        lost = next(iter(aliases))
        hint = f"correct the code in {folder.name}/municipality-aliases.yml"
        raise SiteError(f"municipality-aliases.yml: {lost} is no municipality", hint)
    return found


def sort_key(name: str) -> str:
    """Where a name stands in the alphabet: the article in 's-Hertogenbosch does not count."""
    plain = unicodedata.normalize("NFKD", name.removeprefix("'s-"))
    return plain.encode("ascii", "ignore").decode("ascii").casefold()


def _aliases(path: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for index, raw in enumerate(records.listed(path, "aliases"), 1):
        record = Record(f"{path.name}: record {index}", raw)
        found[record.text("cbs_code")] = record.texts("names")
        record.done()
    return found


def _mergers(path: Path) -> dict[str, Merger]:
    found: dict[str, Merger] = {}
    for index, raw in enumerate(records.listed(path), 1):
        merger = _merger(Record(f"{path.name}: record {index}", raw))
        found[merger.code] = merger
    return found


def _merger(record: Record) -> Merger:
    record.choice("status", ("planned",))
    record.yes("known_outcome")
    old = record.record("old_rules")
    old.choice("confidence", CONFIDENCE)
    usual.origin(old.record("source"))
    day = record.day("joins_on")
    if day is None or len(day) != len("2027-01-01"):
        raise record.wrong("has no day", 'write joins_on as "2027-01-01"')
    merger = Merger(
        code=record.text("cbs_code"),
        into=record.text("into"),
        joins_on=date.fromisoformat(day),
        as_of=record.day("as_of"),
        confidence=record.choice("confidence", CONFIDENCE),
        source=usual.origin(record.record("source")),
        old_rules_stay_at_most_years=old.number("stay_at_most_years"),
    )
    old.done()
    record.done()
    return merger


def _check_codes(data: Data) -> None:
    """Every code and region named in a record is one of the list."""
    for code, found in data.policies.items():
        here = data.municipalities.get(code)
        if here is None or here.name != found.name:
            raise SiteError(
                f"policy.yml: {code} {found.name} is not in municipalities.csv",
                "correct code and name, or move the record to the municipality it joined",
            )
    regions = {here.ggd_region for here in data.municipalities.values()}
    for organisation in data.organisations.values():
        named = [*organisation.codes, *organisation.ggd_regions]
        for lost in [name for name in named if name not in regions | set(data.municipalities)]:
            hint = "use the codes and regions of municipalities.csv"
            raise SiteError(f"directory.yml: {organisation.id} names {lost}", hint)
    for merger in data.mergers.values():
        if not {merger.code, merger.into} <= set(data.municipalities):
            raise SiteError(f"mergers.yml: {merger.code} is no municipality", "take it out")


def _check_sources(data: Data, listed: set[str]) -> None:
    """Every source id named in a record is in sources.yml."""
    used = {f"routes.yml: {route.id}": set(route.sources) for route in data.routes}
    for official in data.officials:
        of_places = [source for power in official.places.values() for source in power.sources]
        used[f"officials.yml: {official.id}"] = {*official.sources, *of_places}
    for where, named in used.items():
        if lost := sorted(named - listed):
            raise SiteError(f"{where} names the source {lost[0]}", "add it to sources.yml")
