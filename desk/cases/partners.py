"""Who could take over from the desk, for a referral in step 6: the region of the public health service first.

Comes in: a municipality as she wrote it, and the open data of the site. Goes out: organisations of
that region with their tie to the police and the newest source. It refuses to guess: a name that is
no municipality has no region, and a telephone number is not its to give.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from desk.letters.folding import plain

DATA = Path(__file__).parents[2] / "docs" / "data"


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation; `ties` is its tie to the police, one of the site's closed list.

    `police` says by language what that tie is, unless it is unknown or none. `read` is the day, month
    or year of the newest source, `called` the day of the last call; both may be empty.
    """

    name: str
    ties: str
    police: Mapping[str, str]
    url: str
    read: str
    called: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the public health service (GGD), and who helps there."""

    name: str
    partners: tuple[Partner, ...]


# Any: what a data file holds; the tests of the site check its shape.
def _data(name: str) -> Any:
    with (DATA / name).open("rb") as file:
        return yaml.load(file, yaml.CSafeLoader)


@cache
def _places() -> Mapping[str, tuple[str, str, str]]:
    """Code, official name and GGD region by each folded name of a municipality."""
    with (DATA / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = [(r["cbs_code"], r["name"], r["ggd_region"]) for r in csv.DictReader(file)]
    places = {plain(row[1]): row for row in rows}
    by_code = {row[0]: row for row in rows}
    for alias in _data("municipality-aliases.yml")["aliases"]:
        places |= {plain(name): by_code[alias["cbs_code"]] for name in alias["names"]}
    return places


@cache
def _organisations() -> tuple[Mapping[str, Any], ...]:
    found = _data("directory.yml")["organisations"]
    return tuple(one for one in found if not one["national"])


def _partner(one: Mapping[str, Any]) -> Partner:
    read = max(str(source["date"] or "") for source in one["sources"])
    called = str(one["verified_live"] or "")
    return Partner(
        one["name"], one["police_ties"], one["police_note"] or {}, one["url"] or "", read, called
    )


def near(municipality: str) -> Region | None:
    """The region of a municipality, those who name the municipality itself first; `None` if unknown."""
    place = _places().get(plain(municipality))
    if place is None:
        return None
    code, name, region = place
    here = [o for o in _organisations() if code in o["codes"] or name in o["municipalities"]]
    around = [o for o in _organisations() if region in o["ggd_regions"] and o not in here]
    return Region(region, tuple(map(_partner, (*here, *around))))
