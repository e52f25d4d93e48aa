"""Records of the tests' own: what a page must make of a record is said of these, and not of docs/data.

A correctly sourced change of the facts changes no expectation; both together are what pages are made
from where a test needs the whole country.
"""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from overrides import data
from overrides.data import Data
from tests.site import ROOT

RECORDS = Path(__file__).parent / "records"


@lru_cache
def own() -> Data:
    """The records of the tests, a small country by themselves."""
    return data.load(RECORDS)


@lru_cache
def facts() -> Data:
    """The committed facts, with the tests' records in place of theirs."""
    committed = data.load(ROOT / "docs" / "data")
    places = {**committed.municipalities, **own().municipalities}
    return replace(
        own(),
        municipalities=dict(sorted(places.items(), key=lambda one: data.sort_key(one[1].name))),
        policies={**committed.policies, **own().policies},
        bills=committed.bills,
    )
