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

from desk.errors import DeskError
from desk.leak.folding import plain

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
        try:
            return yaml.load(file, yaml.CSafeLoader)
        except yaml.YAMLError:
            hint = "build the site: it names the line; or take the file from the last release"
            raise DeskError(f"the file {name} cannot be read", hint) from None


def _key(name: str) -> str:
    """A name as it is looked up: brackets, dots, spaces and apostrophes do not count."""
    return "".join(char for char in plain(name) if char.isalnum())


@cache
def _places() -> Mapping[str, tuple[str, str, str]]:
    """Code, official name and GGD region by each name of a municipality, as `_key` has it.

    A name may have its province behind it, whole or by its capitals: Laren (NH.).
    """
    with (DATA / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        raw = list(csv.DictReader(file))
    rows = {r["cbs_code"]: (r["cbs_code"], r["name"], r["ggd_region"]) for r in raw}
    places: dict[str, tuple[str, str, str]] = {}
    for one in raw:
        capitals = "".join(word[0] for word in one["province"].split("-"))
        places |= {
            _key(one["name"] + by): rows[one["cbs_code"]] for by in (capitals, one["province"])
        }
    for alias in _data("municipality-aliases.yml")["aliases"]:
        places |= {_key(name): rows[alias["cbs_code"]] for name in alias["names"]}
    return places | {_key(one["name"]): rows[one["cbs_code"]] for one in raw}


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
    place = _places().get(_key(municipality))
    if place is None:
        return None
    code, name, region = place
    here = [o for o in _organisations() if code in o["codes"] or name in o["municipalities"]]
    around = [o for o in _organisations() if region in o["ggd_regions"] and o not in here]
    return Region(region, tuple(map(_partner, (*here, *around))))
