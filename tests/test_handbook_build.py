"""The handbook as it is built: both languages alike, the same bytes each time, nothing in it that asks for others."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import handbooks, rebuilds
from tests.handbooks import Handbook
from tests.rebuilds import Way

MOST_FRAME = 420_000  # bytes of scripts, styles and licences, of which Material's style and script are 250,000
MOST_CHROME = 21_000  # bytes of a page besides its text, at most
_RESOURCE = re.compile(
    r'<(?:script|img|iframe|link|source|object|embed)\b[^>]*?(?:src|href)="([^"]+)"'
)


def test_both_languages_have_the_same_pages_headings_and_pictures(handbook: Handbook) -> None:
    """MkDocs passes over a missing translation in silence."""
    dutch, english = handbook.pages["nl"], handbook.pages["en"]
    assert dutch.keys() == english.keys()
    assert len(dutch) >= 20
    for name in dutch:
        assert handbook.headings("nl", name) == handbook.headings("en", name), name
        assert handbook.pictures("nl", name) == handbook.pictures("en", name), name
        assert '<html lang="nl"' in dutch[name]
        assert '<html lang="en"' in english[name]
        assert "http" not in "".join(_RESOURCE.findall(dutch[name] + english[name])), name


def test_every_link_of_a_page_leads_to_a_file_of_the_folder(handbook: Handbook) -> None:
    """Also those of the frame, of the other language and of the menu."""
    for path in handbook.folder.rglob("*.html"):
        for address in re.findall(r'(?:src|href)="([^"#?]+)[^"]*"', path.read_text("utf-8")):
            if not re.match(r"[a-z]+:", address):
                assert (path.parent / address).is_file(), f"{path}: {address}"


def test_no_page_of_one_language_leads_into_the_other(handbook: Handbook) -> None:
    """The text of a page links to its own language only; the menu of languages stands outside."""
    for name in handbook.pages["nl"]:
        assert not re.search(r'href="(?:\.\./)*en/', handbook.text("nl", name)), name


def test_each_language_has_an_index_of_its_own(handbook: Handbook) -> None:
    """Every page of the language is in it, and none of the other; it is read with the rules of that language."""
    script = (handbook.folder / "search/search_index.js").read_text("utf-8")
    whole = json.loads(script.partition("(")[2].rpartition(")[")[0])
    for language, start in (("nl", ""), ("en", "en/")):
        found = {entry["location"].partition("#")[0] for entry in whole[language]["docs"]}
        assert found == {start + name for name in handbook.pages[language]}
        assert whole[language]["config"]["lang"] == [language]


def test_it_weighs_no_more_than_it_must(handbook: Handbook) -> None:
    """No map for those who debug, no words of languages that it does not speak, no list for robots with today's day."""
    held = {
        path.relative_to(handbook.folder).as_posix(): path.stat().st_size
        for path in handbook.folder.rglob("*")
        if path.is_file()
    }
    assert [name for name in held if name.endswith((".map", ".xml", ".gz", ".json"))] == []
    lunr = {name.rpartition("/")[2] for name in held if "/lunr/" in name}
    assert lunr == {"lunr.stemmer.support.min.js", "lunr.nl.min.js"}
    assert sum(size for name, size in held.items() if name.startswith("assets/")) <= MOST_FRAME
    for language in handbook.pages:
        for name, page in handbook.pages[language].items():
            toc = sum(map(len, re.findall(r'<li class="md-nav__item">.*?</li>', page, re.S)))
            assert len(page) - len(handbook.text(language, name)) - toc <= MOST_CHROME, name


def test_it_is_the_same_bytes_in_another_folder_at_another_time(
    handbook: Handbook, tmp_path: Path
) -> None:
    """Another clock, zone, language of the machine, order of the disk and path."""
    house = rebuilds.copy(tmp_path / "house")
    way = Way(clock="2031-05-06 07:08:09", strange=True)
    out = rebuilds.made(house, way, "handbook.build", *handbooks.STAND_IN, tmp_path / "points")
    assert rebuilds.difference(rebuilds.files(handbook.folder), rebuilds.files(out)) == ""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, to spoil."""
    return rebuilds.copy(tmp_path_factory.mktemp("spoilt") / "house")


def test_a_page_shows_a_text_of_the_project_and_links_lead_to_it(house: Path) -> None:
    """Its title is one of the page's headings; its own links go by its own place; the Dutch page says: English."""
    (house / "keys/PROBE.md").write_text(
        "# Probe\n\n## Deep\n\n[back](../handbook/pages/en/operators/watch.md) and [wire](../WIRE.md),"
        " [`THREATS.md`](../THREATS.md).\n\n    # typed\n",
        "utf-8",
    )
    for language in ("nl", "en"):
        pages = house / "handbook/pages" / language
        (pages / "boards/probe.md").write_text("---\nsource: keys/PROBE.md\n---\n# Page\n\nOwn.\n")
        text = (pages / "boards/index.md").read_text("utf-8")
        (pages / "boards/index.md").write_text(f"{text}\n[there](../../../../keys/PROBE.md)\n")
    nav = house / "handbook/mkdocs.yml"
    nav.write_text(nav.read_text("utf-8") + "      - boards/probe.md\n", "utf-8")
    done = handbooks.build(house / "var/out", house)
    assert done.returncode == 0, done.stderr
    made = Handbook(house / "var/out")
    for language in ("nl", "en"):
        text = made.text(language, "boards/probe.html")
        assert made.headings(language, "boards/probe.html") == ["1", "2", "3"]
        assert 'href="../operators/watch.html">back</a>' in text
        assert "<span>wire <code>WIRE.md</code></span>" in text
        assert "<span><code>THREATS.md</code></span>" in text
        assert "# typed" in text
        assert ("in het Engels" in text) == (language == "nl")
        assert 'href="probe.html">there</a>' in made.text(language, "boards/index.html")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("boards/lone.md", "# Lone\n", "in one language only: boards/lone.md"),
        ("boards/index.md", "[x](../none.md)\n", "../none.md leads to 0 files"),
        ("boards/index.md", "[x](../index.md#none)\n", "does not contain an anchor"),
        ("boards/index.md", "![x](../logo.png)\n", "no picture of the handbook"),
        ("boards/index.md", "---\nsource: keys/NONE.md\n---\n", "keys/NONE.md is not there"),
    ],
)
def test_what_is_wrong_is_named(house: Path, name: str, text: str, said: str) -> None:
    """One sentence, a hint, and no folder."""
    path = house / "handbook/pages/en" / name
    before = path.read_bytes() if path.exists() else None
    path.write_text(text + (before or b"").decode(), "utf-8")
    done = handbooks.build(house / "var/spoilt", house)
    path.write_bytes(before) if before else path.unlink()
    assert done.returncode == 1
    assert said in done.stderr
    assert "\nhint: " in done.stderr
    assert not (house / "var/spoilt").exists()


def test_a_picture_that_is_not_there_is_named(house: Path) -> None:
    """By language and name; nothing is built without it."""
    path = house / "handbook/pages/en/boards/index.md"
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n![seen](../../pictures/no-such.png)\n", "utf-8")
    command = [sys.executable, "-m", "handbook.build", "--pictures", "var/none", "var/spoilt"]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True)
    path.write_text(before, "utf-8")
    assert done.returncode == 1
    assert "en/no-such.png" in done.stderr
