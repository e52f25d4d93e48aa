"""Records of the tests' own: what a page must make of a record is said of these, and not of docs/data.

A correctly sourced change of the facts changes no expectation; both together are what pages are made
from where a test needs the whole country.
"""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from shutil import copy, copytree

import yaml

from overrides.facts import data
from overrides.facts.data import Data
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


def own_docs(folder: Path) -> Path:
    """A copy of the pages in a folder, with the tests' records as their facts."""
    return with_own_records(Path(copytree(ROOT / "docs", folder / "docs")))


def with_own_records(docs: Path) -> Path:
    """Put the tests' records among the facts of a copy of the pages."""
    read = [
        yaml.safe_load((at / "sources.yml").read_text("utf-8")) for at in (RECORDS, docs / "data")
    ]
    for path in RECORDS.iterdir():
        copy(path, docs / "data" / path.name)
    # The written pages rest on sources that the records do not name.
    (docs / "data" / "sources.yml").write_text(yaml.safe_dump(read[0] | read[1]), "utf-8")
    return docs
