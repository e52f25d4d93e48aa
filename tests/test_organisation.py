"""The papers of the organisation: blanks with names, the same in both languages, and only what the product holds."""

import re
from pathlib import Path

import pytest

from desk.keys.calendar import DESTROYED_AFTER_DAYS
from desk.outgoing.retention import KEPT_YEARS, WITHDRAWN_DAYS
from desk.wire.board.build import LIVE

ROOT = Path(__file__).resolve().parents[1]
PAPERS = ("dpia.md", "register.md", "retention.md", "processors.md", "security.txt")
LANGUAGES = ("en", "nl")
BLANK = re.compile(r"\[\[(\w+)\]\]")
ROW = re.compile(r"^\| `\[\[(\w+)\]\]` \| \S.+ \|$", re.MULTILINE)
ARTICLES = re.compile(r"\b(U?AVG) ([0-9]+)")


def paper(language: str, name: str) -> str:
    return (ROOT / "handbook/pages" / language / "operators/organisation" / name).read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_blank_is_explained_and_every_explained_one_is_used(language: str) -> None:
    """The table on the first page has each name once; nobody searches for one that stands nowhere."""
    explained = ROW.findall(paper(language, "index.md"))
    assert len(explained) == len(set(explained))
    used = {name for one in PAPERS for name in BLANK.findall(paper(language, one))}
    assert used == set(explained)


@pytest.mark.parametrize("name", PAPERS)
def test_both_languages_have_the_same_blanks_and_articles(name: str) -> None:
    """In the same order; headings and rows too, or one of them was changed alone."""
    en, nl = (paper(language, name) for language in LANGUAGES)
    assert BLANK.findall(en) == BLANK.findall(nl)
    assert ARTICLES.findall(en) == ARTICLES.findall(nl)
    for mark in ("#", "|", "- "):
        assert [line.startswith(mark) for line in en.splitlines() if line.startswith(mark)] == [
            line.startswith(mark) for line in nl.splitlines() if line.startswith(mark)
        ]


def test_every_article_is_one_that_the_site_has_read() -> None:
    """No article of the law stands in a paper that no source of the site names."""
    keys = re.findall(
        r"^(u?avg)-(\d+)(?:-(\d+))?:",
        (ROOT / "docs/data/sources.yml").read_text("utf-8"),
        re.MULTILINE,
    )
    read = {
        (law, one) for law, first, last in keys for one in range(int(first), int(last or first) + 1)
    }
    named = {
        (law.lower(), int(one))
        for name in PAPERS
        for law, one in ARTICLES.findall(paper("en", name))
    }
    assert len(named) >= 5
    assert named <= read


@pytest.mark.parametrize(
    ("language", "year", "days", "weeks"),
    [("en", "year", "days", "weeks"), ("nl", "jaar", "dagen", "weken")],
)
def test_how_long_is_what_the_desk_does(language: str, year: str, days: str, weeks: str) -> None:
    """The times of the table are those of the code; the 45 days of the store have tests of their own."""
    said = paper(language, "retention.md")
    for time in (
        f"{KEPT_YEARS} {year}",
        f"{WITHDRAWN_DAYS} {days}",
        f"{DESTROYED_AFTER_DAYS} {days}",
        f"{LIVE.days // 7} {weeks}",
    ):
        assert f"| {time} " in said
