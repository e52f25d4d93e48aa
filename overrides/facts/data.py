"""All facts of the site (step 1): the folder docs/data in, one frozen record of everything out.

Each file is checked by its own module; what spans two files is checked here: codes that exist,
sources that are listed, regions that are real. It knows neither pages nor MkDocs.
"""

import csv
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any  # one reader for each field of Data

from overrides.facts import (
    directory,
    legislation,
    officials,
    once,
    place_names,
    policy,
    records,
    routes,
    sources,
    usual,
)
from overrides.facts.directory import Organisation
from overrides.facts.legislation import Bill
from overrides.facts.officials import Official
from overrides.facts.place_names import PlaceNames
from overrides.facts.policy import Policy
from overrides.facts.records import Record
from overrides.facts.routes import Route
from overrides.facts.texts import CONFIDENCE
from overrides.facts.usual import Common, Origin
from overrides.words import yaml_file
from overrides.words.errors import Gathered, SiteError

_HERE, _OTHER_NAMES = "municipalities.csv", "municipality-aliases.yml"
_COLUMNS = ["cbs_code", "name", "province", "ggd_region", "police_unit", "safety_region", "website"]
_CODE = re.compile(r"GM\d{4}")
_ARTICLE = re.compile(r"^('s-|'t |[12]e )")


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


@dataclass(frozen=True, eq=False)
class Data:
    """Everything in docs/data, checked. One is alike to itself alone, so what is made of it is kept by it."""

    municipalities: dict[str, Municipality]
    policies: dict[str, Policy]
    organisations: dict[str, Organisation]
    officials: tuple[Official, ...]
    routes: tuple[Route, ...]
    bills: tuple[Bill, ...]
    common: Common
    mergers: dict[str, Merger]
    names: PlaceNames


def load(folder: Path) -> Data:
    """Read and check the whole folder; every wrong record stops the build and is named."""
    gathered, parts = Gathered(), dict[str, Any]()
    for name, read in _READERS.items():
        with gathered.part():
            parts[name] = read(folder)
    listed = set[str]()
    with gathered.part():
        listed = set(sources.load(folder / "sources.yml"))
    gathered.refuse()
    data = Data(**parts)
    with gathered.part():
        _check_codes(data)
    with gathered.part():
        _check_sources(data, listed)
    with gathered.part():
        _check_usual(data)
    gathered.refuse()
    return data


def municipalities(folder: Path) -> dict[str, Municipality]:
    """All municipalities by CBS code, by alphabet, with their other names."""
    other_names = records.written(folder / _OTHER_NAMES)
    return _municipalities(other_names, yaml_file.text(folder / _HERE), folder.name)


@once.by_text
def _municipalities(other_names: str, written: str, folder: str) -> dict[str, Municipality]:
    aliases = _aliases(other_names)
    rows = sorted(_rows(written, _HERE), key=lambda row: sort_key(row["name"]))
    found: dict[str, Municipality] = {}
    for row in rows:
        code = row["cbs_code"]
        if not _CODE.fullmatch(code) or code in found:
            raise SiteError(f"{_HERE}: {code} is no code or stands there twice", "correct it")
        _check_row(f"{_HERE}: {code}", row)
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
        hint = f"correct the code in {folder}/{_OTHER_NAMES}"
        raise SiteError(f"{_OTHER_NAMES}: {lost} is no municipality", hint)
    _check_aliases(found)
    return found


def _rows(written: str, name: str) -> list[dict[str, str]]:
    lines = enumerate(written.splitlines(), 1)
    rows = [_row(f"{name}, line {at}", line) for at, line in lines if line]
    if not rows or list(rows.pop(0).values()) != _COLUMNS:
        raise SiteError(f"{name} has other columns", f"write them as {', '.join(_COLUMNS)}")
    return rows


def _row(where: str, line: str) -> dict[str, str]:
    try:  # by itself: a quote left open takes no other lines with it
        return next(csv.DictReader([line], _COLUMNS, "more", "", strict=True))
    except csv.Error as error:
        hint = "take it away, or put quotes around the whole value"
        raise SiteError(f"{where}: a quote is not closed", hint) from error


def _check_row(where: str, row: dict[str, str]) -> None:
    if "more" in row or not all(row[name].strip() for name in _COLUMNS if name != "website"):
        hint = "count its commas; only the website may be empty; put a value with a comma in quotes"
        raise SiteError(f"{where} has not {len(_COLUMNS)} fields", hint)
    if row["website"] and not row["website"].startswith(("https://", "http://")):
        hint = "write it with https:// in front"
        raise SiteError(f"{where} has a website that is no web address", hint)


def _check_aliases(found: dict[str, Municipality]) -> None:
    """A name leads to one municipality: nobody may read the rules of another one."""
    whose = {fold(here.name): here for here in found.values()}
    for here in found.values():
        for alias in here.aliases:
            other = whose.setdefault(fold(alias), here)
            if other.code != here.code:
                raise SiteError(
                    f"{_OTHER_NAMES}: {here.code} has the alias {alias}, "
                    f"by which {other.name} ({other.code}) is known",
                    "take it out, or write what tells the two apart",
                )


def fold(name: str) -> str:
    """A name without case, accents and signs, as somebody may type it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "", plain.casefold())


@lru_cache(maxsize=16_384)
def sort_key(name: str) -> str:
    """Where a name stands in the alphabet: the article in 's-Hertogenbosch or 't Goy does not count."""
    plain = unicodedata.normalize("NFKD", _ARTICLE.sub("", name))
    return plain.encode("ascii", "ignore").decode("ascii").casefold()


def _aliases(written: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    raws = records.rows(records.parsed(written, _OTHER_NAMES), _OTHER_NAMES, "aliases")
    for index, raw in enumerate(raws, 1):
        record = Record(f"{_OTHER_NAMES}: record {index}", raw)
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
    merger = Merger(
        code=record.text("cbs_code"),
        into=record.text("into"),
        joins_on=date.fromisoformat(record.whole_day("joins_on")),
        as_of=record.day("as_of"),
        confidence=record.choice("confidence", CONFIDENCE),
        source=usual.origin(record.record("source")),
        old_rules_stay_at_most_years=old.number("stay_at_most_years", 0, 10),
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
    for name, code in (*data.names.places, *data.names.former):
        if code not in data.municipalities:
            raise SiteError(f"{name} lies in {code}, which is no municipality", "correct the code")
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


def _check_usual(data: Data) -> None:
    """What usual.yml says of our own records is what they say."""
    for form, line in data.common.forms.items():
        known = {one.facts[form].value for one in data.policies.values()} - {"unknown"}
        if line.pattern == "mostly_forbidden" and known - {"forbidden", "permit"}:
            said = f"usual.yml: {form} is {line.pattern}, and policy.yml knows {sorted(known)}"
            raise SiteError(said, "choose another pattern, and write what is usual anew")


_READERS: dict[str, Callable[[Path], Any]] = {
    "municipalities": municipalities,
    "policies": lambda folder: policy.load(folder / "policy.yml"),
    "organisations": lambda folder: directory.load(folder / "directory.yml"),
    "officials": lambda folder: officials.load(folder / "officials.yml"),
    "routes": lambda folder: routes.load(folder / "routes.yml"),
    "bills": lambda folder: legislation.load(folder / "legislation.yml"),
    "common": lambda folder: usual.load(folder / "usual.yml"),
    "mergers": lambda folder: _mergers(folder / "mergers.yml"),
    "names": place_names.load,
}
