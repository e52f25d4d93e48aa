"""The page about the data: every file and field explained, and nothing published unexplained."""

import shutil
from pathlib import Path

import pytest
import yaml

from overrides.pages import fields
from overrides.words.errors import SiteError
from tests.site import ROOT, Built, Page

FOLDER = ROOT / "docs" / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data that a test may spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "data"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_field_stands_on_the_built_page_with_its_meaning(
    built_site: Built, language: str
) -> None:
    """File by file, in the order of the list, with a link to the file as it is."""
    page = Page(f"/{language}/data/", built_site.text(f"/{language}/data/"))
    rows = [[e.text for e in page.all("td") if row in e.inside] for row in page.all("tr")]
    wanted = yaml.safe_load((FOLDER / "fields.yml").read_text("utf-8"))["files"]

    assert [row for row in rows if row] == [
        [name, words[language]] for one in wanted for name, words in one["fields"].items()
    ]
    links = [e.attributes["href"] for e in page.all("a")]
    raw = [link for link in links if link.startswith("../../data/")]
    assert raw == [f"../../data/{one['file']}" for one in wanted]


def test_a_file_that_nobody_explained_stops_the_build(folder: Path) -> None:
    """The whole folder is published, so that nothing may lie in it by accident."""
    (folder / "letters.csv").write_text("a,b\n", "utf-8")

    with pytest.raises(SiteError, match=r"letters\.csv is only in one of list and folder"):
        fields.load(folder)


def test_an_explained_file_that_is_not_there_stops_the_build(folder: Path) -> None:
    """A page would link to nothing."""
    (folder / "mergers.yml").unlink()

    with pytest.raises(SiteError, match=r"mergers\.yml is only in one"):
        fields.load(folder)


def test_a_field_without_a_meaning_in_both_languages_stops_the_build(folder: Path) -> None:
    """The message names the record and the field."""
    path = folder / "fields.yml"
    text = path.read_text("utf-8").replace("{nl: Provincie, en: Province}", "{nl: Provincie}")
    path.write_text(text, "utf-8")

    with pytest.raises(SiteError, match="record 1, fields has no province in nl and en"):
        fields.load(folder)
