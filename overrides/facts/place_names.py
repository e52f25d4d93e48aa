"""Names of places and of municipalities that are gone (step 1): two lists of docs/data in, pairs of
name and code out.

The government's own export of municipalities gave both, as it stood at `AS_OF`. What tells two places of
one name apart stands in brackets behind it: Laren (Gld.). It knows no rule of any municipality.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from overrides.words import yaml_file
from overrides.words.errors import SiteError

SOURCE, AS_OF = "organisaties.overheid.nl", "2024-07"
PLACES, FORMER = "places.csv", "former-municipalities.csv"
Pair = tuple[str, str]  # a name, and the code of a municipality


@dataclass(frozen=True)
class PlaceNames:
    """Every place with the municipality that it lies in, and every former one with what it is part of.

    A name that lies in several municipalities, or was divided among them, stands there once for each.
    """

    places: tuple[Pair, ...] = ()
    former: tuple[Pair, ...] = ()


def load(folder: Path) -> PlaceNames:
    """Both lists in the order of their files."""
    return PlaceNames(_pairs(folder / PLACES, "place"), _pairs(folder / FORMER, "former_name"))


def _pairs(path: Path, first: str) -> tuple[Pair, ...]:
    rows = list(csv.reader(yaml_file.text(path).splitlines()))
    if rows[:1] != [[first, "cbs_code"]]:
        raise SiteError(f"{path.name} has other columns", f"write them as {first},cbs_code")
    found: dict[Pair, None] = {}
    for at, row in enumerate(rows[1:], 2):
        if len(row) != 2 or not all(field.strip() for field in row):
            hint = "write a name, a comma and a code; a name with a comma in quotes"
            raise SiteError(f"{path.name}, line {at} is no name with a code", hint)
        if (row[0], row[1]) in found:
            raise SiteError(f"{path.name}, line {at}: {row[0]} stands there twice", "keep one")
        found[row[0], row[1]] = None
    return tuple(found)
