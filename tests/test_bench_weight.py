"""Tests of which pages the benchmark visits, and against which budget each is held."""

from pathlib import Path

import pytest

from tests.bench import page, weight
from tests.bench.goals import GOALS
from tests.bench.weight import Weighed
from tests.site import LANGUAGES

WRITTEN = ("", "door/", "places/", "places/b/", "search/", "answer/", "write/")
NAMES = ("ede", "goes", "urk", "velsen")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of a few pages in each language; the last municipality is the lightest."""
    for language in LANGUAGES:
        for name in WRITTEN:
            _put(tmp_path / language / name, "<p>written</p>")
        for number, name in enumerate(NAMES):
            _put(tmp_path / language / "m" / name, "".join(map(chr, range(65, 100 - number))))
    return tmp_path


def _put(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text, "utf-8")


def test_the_answer_page_and_the_form_are_no_reading_pages(site: Path) -> None:
    """They seal and open, with a script that a reading page may not have; each has a budget of its own."""
    found = weight.paths(site)
    assert found["page"] == [f"/{one}/{name}" for one in LANGUAGES for name in ("door/", "")]
    for kind, name in (
        ("places", "places"),
        ("letter", "places/b"),
        ("search", "search"),
        ("answer", "answer"),
        ("form", "write"),
    ):
        assert found[kind] == [f"/{one}/{name}/" for one in LANGUAGES]


def test_of_the_municipalities_the_heaviest_are_visited(site: Path) -> None:
    """In every language, since its words weigh differently."""
    found = weight.paths(site)["municipality"]
    assert len(found) == weight.HEAVIEST * len(LANGUAGES)
    assert not [path for path in found if path.endswith(f"/m/{NAMES[-1]}/")]


def test_the_heaviest_of_a_kind_is_told_and_not_the_heaviest_of_all() -> None:
    """Bytes, requests and script may come from three different pages."""
    script = Weighed((("/a/", 10), ("/a.js", 900)))
    long = Weighed((("/b/", 2_000), ("/b.css", 1), ("/b.css", 1)))
    found = page.heaviest("municipality", [script, long])
    assert {key: figure.value for key, figure in found.items()} == {
        "municipality.first_visit_brotli_max": 2_002,
        "municipality.requests_max": 3,
        "municipality.script_bytes_max": 900,
    }


def test_every_language_of_the_form_has_its_key_and_goal() -> None:
    """The heaviest decides, and the others are seen beside it."""
    goals = {
        goal for key, goal in GOALS["page"].items() if key.startswith("form.first_visit_brotli")
    }
    keys = [key for key in GOALS["page"] if key.startswith("form.first_visit_brotli_")]
    assert keys == [f"form.first_visit_brotli_{language}" for language in LANGUAGES]
    assert goals == {("<=", 36 * 1_024)}
