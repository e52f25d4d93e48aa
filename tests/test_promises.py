"""Every promise of the privacy page names its tests; where none holds, the build stops and `make promises` is red."""

import io
import shutil
from pathlib import Path

import pytest

from overrides.facts import promises
from overrides.words.errors import Gathered, SiteError
from tests import promises as told
from tests.site import LANGUAGES, ROOT, STRINGS, Built, Page, build_site

FILE = ROOT / "docs" / "data" / "promises.yml"
HELD = "tests/test_house.py::test_rooms_keep_apart"
TESTS = """import pytest

def test_held(): pass
def test_broken(): assert False
@pytest.mark.parametrize("n", [1, 2])
def test_half(n): assert n == 1
def test_leaves(): pytest.skip("no")
@pytest.fixture
def gone(): raise OSError
def test_unready(gone): pass
@pytest.mark.skip
def test_marked(): pass
def helper(): pass
"""
# What a promise names, and why nothing holds it.
LOST = {
    "[]": "says names no test",
    '["tests/test_a.py"]': "says names what is no test: tests/test_a.py",
    '["docs/test_a.py::test_held"]': "says names what is no test",
    '["tests/../test_a.py::test_held"]': "says names what is no test",
    '["tests/test_b.py::test_held"]': "says names tests/test_b.py::test_held, and there is no such file",
    '["tests/test_a.py::test_held", "tests/test_a.py::test_x"]': "test_x, and there is no such test",
    '["tests/test_a.py::test_gone"]': "and there is no such test",
    '["tests/test_a.py::test_marked"]': "which `make test` may leave out",
    '["tests/test_late.py::test_held"]': "which `make test` may leave out",
    '["tests/test_off.py::test_held"]': "which `make test` may leave out",
}
SAID = {
    "[tests/test_a.py::test_held, 'tests/test_a.py::test_half[1]']": "",
    "[tests/test_a.py::test_held, tests/test_a.py::test_broken]": "test_broken failed",
    "[tests/test_a.py::test_half]": "test_half failed",
    "[tests/test_a.py::test_leaves]": "test_leaves was skipped",
    "[tests/test_a.py::test_unready]": "test_unready failed",
    "[tests/test_a.py::test_gone]": "test_gone and there is no such test",
    "['tests/test_a.py::test_half[3]']": "did not run",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with tests of every kind, and promises still to be written."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "docs" / "data").mkdir(parents=True)
    (tmp_path / "tests" / "test_a.py").write_text(TESTS, "utf-8")
    (tmp_path / "tests" / "test_late.py").write_text(TESTS, "utf-8")
    off = f"import pytest\npytestmark = [pytest.mark.skipif(True, reason='x')]\n{TESTS}"
    (tmp_path / "tests" / "test_off.py").write_text(off, "utf-8")
    late = "collect_ignore = [] if False else ['test_late.py']\n"
    (tmp_path / "tests" / "conftest.py").write_text(late, "utf-8")
    return tmp_path


def written(house: Path, *tests: str) -> Path:
    """A file with a promise for each list of tests."""
    says = "says: {nl: Wij beloven het., en: We promise it.}"
    records = [f"- id: says{at or ''}\n  {says}\n  tests: {one}\n" for at, one in enumerate(tests)]
    path = house / "docs" / "data" / "promises.yml"
    path.write_text(f"promises:\n{''.join(records)}", "utf-8")
    return path


@pytest.mark.parametrize("tests", LOST)
def test_a_promise_that_nothing_holds_is_refused(house: Path, tests: str) -> None:
    """No test, a file or a function that is not there, one that `make test` leaves out or may skip."""
    path = written(house, tests)

    with pytest.raises(SiteError, match=r"promises\.yml: says ") as refused:
        refuse(path, house / "tests")

    assert LOST[tests] in str(refused.value)
    assert refused.value.hint.endswith("take the promise off the page")


def refuse(path: Path, tests: Path) -> None:
    """As the build does."""
    gathered = Gathered()
    gathered.found += promises.unheld(promises.load(path), tests)
    gathered.refuse()


def test_the_build_stops_where_a_promise_has_lost_its_test(tmp_path: Path) -> None:
    """A test that was renamed takes the site with it, and no site is left."""
    docs = Path(shutil.copytree(ROOT / "docs", tmp_path / "docs"))
    text = FILE.read_text("utf-8")
    assert text.count(HELD) == 1
    (docs / "data" / "promises.yml").write_text(text.replace(HELD, f"{HELD}_not"), "utf-8")

    with pytest.raises(SiteError, match="test_rooms_keep_apart_not, and there is no such test"):
        build_site(tmp_path, docs=docs)

    assert not (tmp_path / "site").exists()


def test_the_tests_of_the_site_are_found() -> None:
    """The file that is committed, as the build reads it; each promise stands there once, in two languages."""
    found = promises.load(FILE)
    assert [*promises.unheld(found, ROOT / "tests")] == []
    assert len(found) >= 25
    for language in ("nl", "en"):
        assert len({one.says[language] for one in found}) == len(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_promise_with_its_tests(built_site: Built, language: str) -> None:
    """In the order of the file and in her language; the tests in small print behind the words."""
    page = Page(f"/{language}/privacy/", built_site.text(f"/{language}/privacy/"))
    small = page.all("code", class_="held-by")
    rows = [row for row in page.all("li") if any(row in one.inside for one in small)]
    known = STRINGS[language].facts

    assert [row.text.split() for row in rows] == [
        [*(one.says.get(language) or known[one.says["nl"]]).split(), "".join(one.tests)]
        for one in promises.load(FILE)
    ]


def test_what_is_not_green_is_red_and_names_its_test(
    house: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Failed with one of its parameters, skipped, never begun, or not there: each is red, and the rest is told."""
    written(house, *SAID)

    assert told.main([], house) == 1

    lines = capfd.readouterr().out.splitlines()
    for why in SAID.values():
        assert lines.pop(0) == f"{'RED   ' if why else 'green '} We promise it."
        if why:
            assert lines.pop(0).endswith(f"{why}")
    assert lines == ["", f"1 of {len(SAID)} promises are green"]


def test_all_green_is_nought_and_in_dutch(house: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """LANGUAGE may be what a Dutch machine has in its environment."""
    written(house, "[tests/test_a.py::test_held]")

    assert told.main(["--language", "nl_NL:nl"], house) == 0
    assert capfd.readouterr().out == "groen  Wij beloven het.\n\n1 of 1 promises are green\n"


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


def test_colour_is_for_a_terminal_that_wants_it() -> None:
    """And never all that tells red from green."""
    found = promises.load(FILE)[:2]
    said = {test: "" for test in found[0].tests} | {test: "failed" for test in found[1].tests}

    plain, coloured = ([*told.lines(found, said, "en", colour=one)] for one in (False, True))
    assert plain[0].startswith("green ")
    assert plain[1].startswith("RED ")
    assert coloured[0].startswith("\x1b[32mgreen ")
    assert coloured[1].startswith("\x1b[31mRED ")
    assert told.is_coloured(Terminal(), {})
    assert not told.is_coloured(Terminal(), {"NO_COLOR": "1"})
    assert not told.is_coloured(io.StringIO(), {})
