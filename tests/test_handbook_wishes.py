"""The table of the wishes of 2015: all of them, in both languages alike, and each with something that is there."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.runbook import HANDBOOK, LANGUAGES
from tests.site import ROOT

PAGE = "boards/wishes-2015.md"
WISHES = 30  # rows of the exploration as we read it: 29 wishes and constraints, and a criticism
VERDICTS = {
    "en": ("met", "partly", "not met"),
    "nl": ("gehaald", "deels", "niet gehaald"),
}
_ROW = re.compile(r"(?m)^\| (Q\d+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$")
_SOURCE = re.compile(r"§\d|p\. \d|(?:recommendation|aanbeveling) \d")
_NAMED = re.compile(r"`([^`]+)`|\]\(([^)]+)\)")
_COUNTS = re.compile(r"(?:Of|Van) (\d+) [^.]*?(\d+)[^.]*?(\d+)[^.]*?(\d+)")


@dataclass(frozen=True, slots=True)
class Wish:
    """A row: its number, where the exploration has it, the verdict, and what is named for it."""

    number: str
    source: str
    verdict: int  # place in `VERDICTS`
    named: tuple[str, ...]


def text_of(language: str) -> str:
    return (HANDBOOK / language / PAGE).read_text("utf-8")


def wishes(language: str) -> list[Wish]:
    """The rows of the table in one language, in order."""
    return [
        Wish(
            number,
            source.replace("aanbeveling", "recommendation"),
            VERDICTS[language].index(verdict),
            tuple(
                code.replace(f"docs/{language}/", "docs/en/").replace(f".{language}.txt", ".en.txt")
                or link
                for code, link in _NAMED.findall(where)
            ),
        )
        for number, _, source, verdict, where in _ROW.findall(text_of(language))
    ]


def is_empty(page: Path) -> bool:
    """Whether a page of the site is front matter alone: its words stand elsewhere, and it shows nothing."""
    return not page.read_text("utf-8").rpartition("\n---\n")[2].strip()


def missing(language: str, named: str) -> bool:
    """Whether a file, a page beside this one, or a test of a file is not there; a page that says nothing is not."""
    path, _, test = named.partition("::")
    here = (
        ROOT / path
        if "/" in path or path.endswith(".yml")
        else HANDBOOK / language / "boards" / path
    )
    if not here.exists() or (path.startswith("docs/") and path.endswith(".md") and is_empty(here)):
        return True
    return bool(test) and re.search(rf"^def {test}\(", here.read_text("utf-8"), re.M) is None


def test_every_wish_has_its_row_in_both_languages_with_the_same_verdict() -> None:
    """Q1 to Q30 in order, each with a place in the exploration, and nothing told to one language alone."""
    english, dutch = (wishes(language) for language in LANGUAGES)
    assert [one.number for one in english] == [f"Q{number + 1}" for number in range(WISHES)]
    assert english == dutch
    assert [one.number for one in english if not _SOURCE.search(one.source)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_named_for_a_wish_is_there(language: str) -> None:
    """Each row names at least one thing, and each file, page and test that it names exists."""
    rows = _ROW.findall(text_of(language))
    named = {number: _NAMED.findall(where) for number, *_, where in rows}
    assert [number for number, names in named.items() if not names] == []
    gone = [
        (number, code or link)
        for number, names in named.items()
        for code, link in names
        if missing(language, code or link)
    ]
    assert gone == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_above_the_table_counts_what_is_met(language: str) -> None:
    """All rows, then those that are met, partly and not: as the table says, and not met is not hidden."""
    told = [row.verdict for row in wishes(language)]
    found = _COUNTS.search(text_of(language))
    assert found is not None
    assert list(map(int, found.groups())) == [len(told), *(told.count(one) for one in range(3))]
    assert told.count(2) > 0


def test_what_is_not_there_is_seen() -> None:
    """A file, a page and a test that nobody has, and a page without a text, are missing; what is there is not."""
    for named in (
        "docs/en/nowhere.md",
        "nowhere.md",
        "tests/test_handbook_wishes.py::test_nothing",
        "docs/en/write.md",
    ):
        assert missing("en", named), named
    for named in ("docs/en/about.md", "pilot.md", "settings.practice.yml"):
        assert not missing("en", named), named
